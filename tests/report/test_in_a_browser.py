"""The page of an archive in a real browser: Chromium, with its driver, where they are installed (Debian: chromium-driver)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policy_ie.archive.store import Store
from policy_ie.archive.tables import Rows
from policy_ie.records import Failure
from policy_ie.report.archive import archive_page

webdriver = pytest.importorskip("selenium.webdriver")

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")

pytestmark = [
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium and chromedriver are not installed"),
    # Chromium's start script may write to the log of the driver.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    # Chromium refuses its sandbox to root, and /dev/shm is small in containers.
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Any, archive: Path, tmp_path: Path) -> Iterator[Any]:
    """The page, opened; at the end there must be no error in the console, and no request to anywhere."""
    path = tmp_path / "report.html"
    path.write_text(archive_page(archive, title="Fünf Meldungen"), encoding="utf-8")
    browser.get(path.as_uri())
    yield browser
    assert browser.get_log("browser") == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


def all_of(page: Any, css: str) -> list[str]:
    """Texts of the elements, as they are seen."""
    return [" ".join(element.text.split()) for element in page.find_elements("css selector", css)]


def click(page: Any, css: str, text: str = "") -> None:
    element = next(e for e in page.find_elements("css selector", css) if text in e.text)
    page.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()


def sentences(page: Any) -> list[str]:
    return all_of(page, "dialog[open] blockquote")


def test_the_page_says_what_it_is_about(page: Any) -> None:
    assert page.title == "Fünf Meldungen"
    assert all_of(page, "h1") == ["Fünf Meldungen"]
    assert "6 press releases, Mar 2015 to Apr 2021" in all_of(page, "#span")[0]
    assert dict(zip(all_of(page, "#key dt"), all_of(page, "#key dd"), strict=True))["Funding asserted"] == "€10 m"


def test_a_bar_of_the_chart_leads_to_its_sentence(page: Any) -> None:
    assert (
        page.find_element("css selector", "#time [aria-label^='2015']").get_attribute("title") == "2015: €9,000,000 in 1 event"
    )
    click(page, "#time [aria-label^='2015'] i")
    assert all_of(page, "dialog #heading, dialog #about") == ["Funding, 2015", "1 asserted event: €9 m"]
    assert sentences(page) == ["Hessen fördert Fulda und Marburg.", "Es gibt 9 Mio. Euro."]
    assert all_of(page, "dialog mark.trigger") == ["fördert"]
    assert all_of(page, "dialog .event h3, dialog .event time") == ["2015-03-01", "Geld für zwei Städte"]
    assert page.find_element("css selector", "dialog .source a").get_attribute("href") == "https://example.org/parts"
    page.find_element("css selector", "dialog .close").click()
    assert page.find_elements("css selector", "dialog[open]") == []


def test_rankings_and_map_lead_to_their_sentences(page: Any) -> None:
    assert all_of(page, "#recipients tbody tr") == [
        "Fulda 2 €6 m", "Marburg 1 €3 m", "Theater GmbH 1 €1 m", "Kitas 1 –", "not named 1 –",
    ]  # fmt: skip
    assert all_of(page, "#funders tbody tr")[0] == "Hessen 2 €9 m + €1 m shared"
    click(page, "#funders button", "Bundesrepublik")
    assert len(sentences(page)) == 1
    assert "1.955.830 Mark" in all_of(page, "dialog mark.money")
    page.find_element("css selector", "dialog .close").click()
    circles = page.find_elements("css selector", "#map circle")
    assert [float(circle.get_attribute("r")) > 5 for circle in circles] == [True, True]
    click(page, "#map circle")
    assert all_of(page, "dialog #about") == ["2 asserted events: €6 m"]


def test_modalities_are_shown_one_at_a_time(page: Any) -> None:
    assert all_of(page, "#modality small") == ["€10 m · 5 events", "€400k · 1 event", "€0 · 0 events", "€400k · 1 event"]
    click(page, "#modality label", "Planned")
    assert all_of(page, "#recipients tbody tr") == ["Fulda 1 €400k"]
    assert page.find_elements("css selector", "#time[hidden]") == []
    click(page, "#recipients button", "Fulda")
    assert sentences(page) == ["Hessen will Fulda 400.000 Euro geben."]
    page.find_element("css selector", "dialog .close").click()
    click(page, "#modality label", "Possible")
    assert all_of(page, "#recipients") == ["No possible funding."]
    assert len(page.find_elements("css selector", "#time[hidden]")) == 1


def test_a_land_fills_the_map(page: Any) -> None:
    click(page, "#land option", "Hessen")
    view = [float(n) for n in page.find_element("css selector", "#map").get_dom_attribute("viewBox").split()]
    assert 100 < view[3] < 300
    assert all_of(page, "#spots tbody td:first-child") == ["Fulda", "Marburg"]
    click(page, "#land option", "Bayern")
    assert all_of(page, "#spots") == ["No asserted funding."]


def test_programmes_and_officials_lead_to_their_sentences(page: Any) -> None:
    assert all_of(page, "#lives tbody tr") == ["Dorfglück 2015-03-01 to 2021-04-01 3 €10 m"]
    click(page, "#lives .strip button[aria-label*='2021']")
    assert sentences(page) == ["Noch einmal Dorfglück"]
    assert all_of(page, "dialog mark") == ["Dorfglück"]
    page.find_element("css selector", "dialog .close").click()
    assert all_of(page, "#people tbody tr") == ["Anna Berger Ministerin · XYZ 1 1 1 2015-03 to 2020-02"]
    click(page, "#people .cell")
    assert sentences(page) == ["Das gehört zu Dorfglück, sagte Anna Berger."]


def test_the_table_is_filtered_and_sorted(page: Any) -> None:
    rows = "#table tbody tr.row"
    assert len(all_of(page, rows)) == 11
    click(page, "#types button", "funding")
    assert len(all_of(page, rows)) == 9
    click(page, "#table th button", "Sum")
    assert "€9 m" in all_of(page, rows)[0]
    click(page, "#table th button", "Sum")
    assert all_of(page, "#table th[aria-sort=ascending]") == ["Sum"]
    assert "€9 m" in all_of(page, rows)[-1]
    page.find_element("css selector", "#words").send_keys("theater mark")
    assert all_of(page, "#found") == ["1 event found; 1 shown."]
    click(page, rows)
    assert all_of(page, "#table .detail mark.trigger") == ["geben"]
    assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_what_a_release_says_is_text_and_no_markup(page: Any) -> None:
    click(page, "#undated button")
    assert any("<script>document.title" in title for title in all_of(page, "dialog h3"))
    assert page.title == "Fünf Meldungen"
    assert page.find_elements("css selector", "dialog .source a") == []


def test_a_narrow_window_needs_no_scrolling_sideways(page: Any) -> None:
    page.set_window_size(500, 900)
    assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    page.set_window_size(1280, 900)


def test_a_page_that_holds_few_events_says_so(browser: Any, archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "small.html"
    path.write_text(archive_page(archive, events=1), encoding="utf-8")
    browser.get(path.as_uri())
    assert all_of(browser, "#held")[0].startswith("The page holds 1 of 11 events")
    click(browser, "#recipients button", "Marburg")
    assert "The page holds 0 of these 1 event" in all_of(browser, "dialog .note")[0]


def test_an_archive_without_events_gives_a_page(browser: Any, tmp_path: Path) -> None:
    rows = Rows()
    rows.fail(0, Failure(id="empty", error="EmptyDocument", message="no text"))
    store = Store(tmp_path / "archive")
    store.make()
    store.finish(0, rows.tables(), None)
    path = tmp_path / "empty.html"
    path.write_text(archive_page(tmp_path / "archive"), encoding="utf-8")
    browser.get(path.as_uri())
    assert all_of(browser, "#recipients, #lives, #people") == ["No asserted funding.", "No programmes.", "No officials."]
    assert "1 document could not be read" in all_of(browser, "#counted")[0]
    assert browser.get_log("browser") == []
