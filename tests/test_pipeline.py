"""`load()`, other bases, saving and loading, several processes."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import policy_ie
from policy_ie import Extractor
from policy_ie.errors import ModelNotInstalled, PolicyIEError
from policy_ie.pipeline import COMPONENTS, load

TEXT = (
    "Der Landkreis Soest erhält am 3. Mai 2024 eine Förderung von 1,5 Mio. Euro. "
    "Das sagte Ortrun Xylander vom Kulturnetz Hellweg."
)


@pytest.fixture
def stand_in() -> Language:
    """A pipeline with the interface of `de_core_news_md`: sentences, PER, LOC, ORG; under its name."""
    nlp = spacy.blank("de")
    nlp.meta["name"] = "core_news_md"
    nlp.meta["version"] = "3.8.0"
    nlp.add_pipe("sentencizer", name="parser")  # a German pipeline sets sentences by its parser
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PER", "pattern": "Ortrun Xylander"},
            {"label": "ORG", "pattern": "Kulturnetz Hellweg"},
            {"label": "LOC", "pattern": "Soest"},
        ]
    )
    return nlp


def test_components_are_entry_points_and_in_order() -> None:
    registered = {e.name for e in entry_points(group="spacy_factories") if e.value.startswith("policy_ie.")}
    assert registered == {*COMPONENTS, "policy_sentences", "policy_tagger", "policy_lemmatizer"}
    assert load("rules").pipe_names == list(COMPONENTS)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_works_alone_without_an_import(name: str) -> None:
    code = (
        "import spacy\n"
        f"nlp = spacy.blank('de'); nlp.add_pipe({name!r})\n"
        f"doc = nlp({TEXT!r})\n"
        "print(sorted({s.label_ for s in doc.spans.get('policy', [])}))"
    )
    result = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    if name == "policy_money":
        assert result.stdout == "['money']\n"


def test_the_rest_runs_without_any_one_component() -> None:
    for name in COMPONENTS:
        record = Extractor(load("rules", disable=[name])).extract(TEXT)
        assert record.text == TEXT


def test_another_base_from_disk(stand_in: Language, tmp_path: Path) -> None:
    stand_in.to_disk(tmp_path / "de_core_news_md")
    extractor = Extractor(base=tmp_path / "de_core_news_md")
    assert extractor.nlp.pipe_names == ["parser", "entity_ruler", *COMPONENTS]
    record = extractor.extract(TEXT)
    assert record.pipeline.base == "de_core_news_md 3.8.0"
    assert any(e.kind == "person" and e.name == "Ortrun Xylander" for e in record.entities)
    assert any(e.kind == "organisation" and e.name == "Kulturnetz Hellweg" for e in record.entities)


def test_another_base_as_an_object(stand_in: Language) -> None:
    assert load(base=stand_in).pipe_names == ["parser", "entity_ruler", *COMPONENTS]


def test_a_base_that_is_not_installed() -> None:
    with pytest.raises(ModelNotInstalled, match="python -m spacy download de_core_news_md"):
        load(base="de_core_news_md")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"base": spacy.blank("en")}, "for 'en'"),
        ({"profile": "fast"}, "no profile 'fast'"),
        ({"profile": "rules", "disable": ["policy_weather"]}, "no component 'policy_weather'"),
        ({"profile": "rules", "config": {"policy_weather": {}}}, "no component 'policy_weather'"),
    ],
)
def test_wrong_options_are_named(options: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyIEError, match=message):
        load(**options)  # type: ignore[arg-type]


def test_save_and_load(tmp_path: Path, rules: Extractor) -> None:
    nlp = load("rules", config={"policy_officials": {"persons": False}})
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.get_pipe("policy_officials").settings == {"persons": False}  # type: ignore[attr-defined]
    assert Extractor(again).extract(TEXT).entities == Extractor(nlp).extract(TEXT).entities
    assert Extractor(pickle.loads(pickle.dumps(rules.nlp))).extract(TEXT) == rules.extract(TEXT)


def test_several_processes_keep_the_layer() -> None:
    docs = list(load("rules").pipe([TEXT] * 4, n_process=2, batch_size=2))
    assert [len(d._.policy.mentions) for d in docs] == [len(docs[0]._.policy.mentions)] * 4
    assert any(s.label_ == "money" and s._.value.amount == 1_500_000 for s in docs[3].spans["policy"])
    assert docs[0]._.policy_events[0].type == "funding"


def test_tables_and_frames_of_the_user(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text(
        "kind\tkb_id\tname\taliases\torg_type\tprogramme_type\n"
        "organisation\torg:my-hellweg\tKulturnetz Hellweg\tKNH\tassociation\t\n"
        "programme\tprog:my-lichtblick\tLichtblick 2030\t\t\tinitiative\n",
        encoding="utf-8",
    )
    frame = tmp_path / "own.toml"
    frame.write_text(
        'type = "opening"\n[[frame]]\nid = "keel"\nnouns = ["Kiellegung"]\nstrength = 0.9\n'
        '[[example]]\ntext = "Die {Kiellegung} war in Kiel."\n',
        encoding="utf-8",
    )
    text = "Das Kulturnetz Hellweg stellte am 3. Mai die Initiative Lichtblick 2030 vor. Die Kiellegung der Fähre war in Kiel."
    own = Extractor(load("rules", knowledge=[table], frames=[frame]))
    record = own.extract(text)
    assert {"org:my-hellweg", "prog:my-lichtblick"} <= {e.kb_id for e in record.entities}
    assert [e.trigger.text for e in record.events if e.type == "opening"] == ["Kiellegung"]
    assert record.pipeline.knowledge != Extractor(profile="rules").info.knowledge
    plain = Extractor(profile="rules").extract(text)
    assert not any(e.type == "opening" for e in plain.events)


def test_public_names() -> None:
    assert sorted(policy_ie.__all__) == dir(policy_ie)
    for name in policy_ie.__all__:
        assert getattr(policy_ie, name) is not None
    with pytest.raises(AttributeError):
        policy_ie.nothing  # noqa: B018


def test_wrong_arguments_say_what_is_right(tmp_path: Path) -> None:
    extractor = Extractor(profile="rules")
    text = "Der Rat tagt."
    assert extractor.extract(text, source=tmp_path).source == str(tmp_path)  # type: ignore[arg-type]  # a path is a source too
    broken = tmp_path / "broken.toml"
    broken.write_text('type = "visit"\n[[frame]\n', encoding="utf-8")
    wrong: list[tuple[str, Callable[[], object]]] = [
        ("no such file", lambda: load("rules", frames=[tmp_path / "none.toml"])),
        ("broken.toml is no TOML.*line 2", lambda: load("rules", frames=[broken])),
        ("no such file", lambda: load("rules", knowledge=str(tmp_path / "none.tsv"))),
        ("there is no component 'policy_event'", lambda: load("rules", disable="policy_event")),
        ("settings of policy_money: .*nix", lambda: load("rules", config={"policy_money": {"nix": 1}})),
        ("is no pipeline", lambda: Extractor("rules")),  # type: ignore[arg-type]  # what is tested
        ("takes no frames", lambda: Extractor(extractor.nlp, frames=[])),
        ("str is no stream", lambda: next(extractor.extract_many(text))),
        ("batch_size=0", lambda: next(extractor.extract_many([text], batch_size=0))),
        ("NoneType is no stream", lambda: next(extractor.extract_many(None))),  # type: ignore[arg-type]  # what is tested
        ("3 is no base pipeline", lambda: load(base=3)),  # type: ignore[arg-type]  # what is tested
        ("3 is no name or path", lambda: load("rules", frames=3)),  # type: ignore[arg-type]  # what is tested
        ("None is no name or path", lambda: load("rules", knowledge=[None])),  # type: ignore[list-item]  # what is tested
        ("errors='ignore'", lambda: next(extractor.extract_many([text], errors="ignore"))),  # type: ignore[arg-type]  # what is tested
        ("media='pdf'", lambda: extractor.extract(text, media="pdf")),  # type: ignore[arg-type]  # what is tested
    ]
    for message, call in wrong:
        with pytest.raises(PolicyIEError, match=message):
            call()
