"""Generates archives of press releases from templates, with the truth about duplicates and happenings.

    python benchmarks/generate.py 100000 -o archive.jsonl.gz --truth truth.jsonl.gz [--seed 0]

The releases name real places, ministries (those of the day) and programmes of the knowledge base; persons, sums and
buildings are made up, and so are all sentences (`generate.toml`). The same seed gives the same archive.

- Ministry, district and city report a happening, each in its own words; now and then one gives another sum.
- One in ten documents repeats the text of another one, with the head, foot and layout of another site, or a correction.
- One in a hundred is broken: no text, half a character, no JSON.
- Some are alike and yet not the same: a round of grants for several towns, weekly office hours, a tour, more money later.

The truth has one line per document: `kind`, `by`, `broken`, `duplicates` and `happening` (documents with the same number
belong together), `contradiction` (another sum than the others of the happening).
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import heapq
import json
import random
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from policy_ie import knowledge
from policy_ie.knowledge import KnowledgeBase, OrganisationEntry, ProgrammeEntry, TerritoryEntry, knowledge_base
from policy_ie.knowledge.portfolios import portfolios

TEXTS = tomllib.loads((Path(__file__).parent / "generate.toml").read_text(encoding="utf-8"))
MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"]
DAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
ARTICLES = {"f": ("die", "die", "der"), "m": ("der", "den", "dem"), "n": ("das", "das", "dem")}
SHARED = ("grant", "opening", "groundbreaking", "visit", "admission", "award", "agreement")
ALONE = (("council", "city"), ("call", "ministry"), ("report", "ministry"), ("appointment", "district"), ("notice", "city"))
BROKEN = (
    '{"id": "%s", "text": ""}',
    '{"id": "%s", "text": null}',
    '{"id": "%s", "text": "\\ud800"}',
    '{"id": "%s", "text": "ab',
)

Fields = dict[str, str]
Render = Callable[[random.Random, Fields], str]


class Document(NamedTuple):
    """A line of the archive, and the truth about it."""

    line: str
    truth: dict[str, Any]


class Place(NamedTuple):
    town: TerritoryEntry
    district: TerritoryEntry | None
    state: TerritoryEntry


class Release(NamedTuple):
    """A release before it gets the head, foot and layout of a site."""

    place: Place
    by: str
    published: dt.date
    title: str
    paragraphs: tuple[str, ...]
    fields: Fields


class World:
    """The places, bodies and programmes of the knowledge base, and made-up persons who hold the offices."""

    def __init__(self, kb: KnowledgeBase) -> None:
        towns = [e for i in kb.ids("territory") if isinstance(e := kb.entry(i), TerritoryEntry) and e.level == "municipality"]
        self.places: list[Place] = []
        for town in towns:
            if town.valid_to is not None or town.population < 2500:
                continue
            district = f"ags:{town.kreis_key}"
            state = cast(TerritoryEntry, kb.entry(f"ags:{(town.ags or '')[:2]}"))
            if state.state not in ("DE-BE", "DE-HB", "DE-HH"):
                own = cast(TerritoryEntry, kb.entry(district)) if district in kb else None
                self.places.append(Place(town, own if own and own.name.startswith(("Kreis ", "Landkreis ")) else None, state))
        self.ministries: dict[str, list[OrganisationEntry]] = {}
        for i in kb.ids("organisation"):
            body = cast(OrganisationEntry, kb.entry(i))
            if body.org_type == "ministry" and "inisterium" in body.name:
                self.ministries.setdefault(body.territory or "", []).append(body)
        self.programmes: dict[str, list[tuple[str, str | None]]] = {}
        for theme, texts in TEXTS["themes"].items():
            for name in texts["programmes"]:
                known = next((e for e in kb.by_name(name) if isinstance(e, ProgrammeEntry)), None)
                land = re.match("org:(..)-landesregierung", (known and known.owner) or "")
                self.programmes.setdefault(theme, []).append((name, land and f"DE-{land[1].upper()}"))
        lines = (Path(knowledge.__file__).parent / "data" / "persons.tsv").read_text(encoding="utf-8").splitlines()
        people = [line.split("\t") for line in lines if line[0] != "#"]
        self.given = {sex: [row[0] for row in people if row[1] == sex] for sex in "fm"}
        self.family = [row[0] for row in people if row[1] == "s"]
        self.stems: dict[str, str] = {}
        for stem, portfolio in portfolios().stems.items():
            self.stems.setdefault(portfolio, stem)

    def ministry(self, place: Place, portfolios: list[str], day: dt.date) -> tuple[str, str] | None:
        """The ministry of the Land for one of some subjects on that day, and the subject."""
        for portfolio in portfolios:
            for body in self.ministries.get(place.state.kb_id, ()):
                if portfolio in body.portfolios and body.valid_at(day) and portfolio in self.stems:
                    return body.name, portfolio
        return None

    @cache  # noqa: B019  (one world per process)
    def holder(self, office: str, term: int) -> tuple[bool, str, str]:
        """Who holds an office in a term of five years: whether a woman, given name, family name."""
        chance = random.Random(f"{office} {term}")
        woman = chance.random() < 0.5
        return woman, chance.choice(self.given["f" if woman else "m"]), chance.choice(self.family)


def compiled(template: str) -> Render:
    """A function that fills a template.

    >>> compiled("[a|b] in {town}.")(random.Random(1), {"town": "Celle"})
    'a in Celle.'
    """
    parts: list[str | tuple[str, ...]] = []
    for piece in re.split(r"(\[[^\]]*\])", template):
        if piece:
            parts.append(tuple(piece[1:-1].split("|")) if piece[0] == "[" else piece)

    def render(chance: random.Random, fields: Fields) -> str:
        return "".join([p if isinstance(p, str) else p[int(chance.random() * len(p))] for p in parts]).format_map(fields)

    return render


_render = cache(compiled)


def filled(chance: random.Random, fields: Fields, templates: list[str]) -> str:
    """One of some templates, filled."""
    return _render(chance.choice(templates))(chance, fields)


def written_sum(chance: random.Random, amount: int) -> str:
    """A sum as offices write it: exact, or rounded and said so."""
    if amount < 1_000_000:
        return f"{amount:,} Euro".replace(",", ".")
    exact = amount % 10_000 == 0
    number = f"{amount / 1e6:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    unit = chance.choice(("Mio.", "Millionen")) if number != "1" else "Million"
    if chance.random() < 0.3:
        return f"{amount:,} Euro".replace(",", ".")
    return f"{'' if exact else 'rund '}{number} {unit} Euro"


def written_date(day: dt.date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def written_day(chance: random.Random, day: dt.date, published: dt.date) -> str:
    """A day as a release of another day (or the same) writes it."""
    full = f"{day.day}. {MONTHS[day.month - 1]}"
    if day == published:
        return chance.choice(("heute", "heute", f"am {DAYS[day.weekday()]}", f"am {DAYS[day.weekday()]} ({full})"))
    if published - day == dt.timedelta(1) and chance.random() < 0.3:
        return "gestern"
    if published - day < dt.timedelta(6) and chance.random() < 0.5:
        return f"am {DAYS[day.weekday()]}"
    return f"am {full} {day.year}"


class Story:
    """Something that happens in a place, and all that its releases have in common."""

    def __init__(self, world: World, chance: random.Random, place: Place, day: dt.date, theme: str | None = None) -> None:
        self.chance, self.place, self.day = chance, place, day
        bodies = {name: world.ministry(place, texts["portfolios"], day) for name, texts in TEXTS["themes"].items()}
        themes = [name for name, body in bodies.items() if body is not None]
        self.theme: str = theme if theme is not None and theme in themes else chance.choice(themes)
        self.office, self.subject = cast(tuple[str, str], bodies[self.theme])
        texts = TEXTS["themes"][self.theme]
        names = [name for name, land in world.programmes[self.theme] if land in (None, place.state.state)]
        self.programme = chance.choice(names)
        noun, self.gender = chance.choice(texts["places"])
        self.spot = chance.choice(TEXTS["names"]["spots"])
        self.noun, self.works = noun.removesuffix(" {spot}"), texts["works"]
        self.sum = self._amount()
        self.total = int(self.sum * chance.choice((1.25, 1.5, 2, 2.5)))
        self.fixed = self._fixed(world)

    def _amount(self) -> int:
        size = 10 ** self.chance.uniform(4, 6.9)
        step = 10 ** max(2, len(str(int(size))) - self.chance.choice((2, 2, 3)))
        return int(size // step * step)

    def _fixed(self, world: World) -> dict[str, str]:
        """Fields that are the same in all releases of the story."""
        chance, place, noun = self.chance, self.place, self.noun
        land = place.state
        free = land.designation == "Freistaat"
        das, dem, des = ("der Freistaat", "vom Freistaat", "des Freistaats") if free else ("das Land", "vom Land", "des Landes")
        case = ARTICLES[self.gender]
        genitive = f"der {noun}" if self.gender == "f" else f"des {noun}{'es' if noun[-1] in 'sz' else 's'}"
        name = f"{noun} {self.spot}"
        town = place.town
        city = "Stadt" in (town.designation or "") or "stadt" in (town.designation or "")
        major = "Oberbürgermeister" if town.population > 80_000 else "Bürgermeister"
        fields = {
            "town": town.name, "Stadt": "Stadt" if city else "Gemeinde", "land": land.name, "das_Land": f"{das} {land.name}",
            "Das_Land": f"{das[0].upper()}{das[1:]} {land.name}", "vom_Land": dem, "des_Landes": des,
            "ministry": self.office, "prog": self.programme, "spot": self.spot,
            "place": name, "place_n": f"{case[0]} {name}", "place_a": f"{case[1]} {name}", "place_g": f"{genitive} {self.spot}",
            "prize": chance.choice(TEXTS["names"]["prizes"]), "partner": chance.choice(TEXTS["names"]["partners"]),
            "n": str(chance.randint(2, 98)), "m": str(chance.randint(3, 19)),
            "season": f"{chance.choice(('Frühjahr', 'Sommer', 'Herbst'))} {self.day.year + 1}",
            "later": f"Ende {self.day.year + 2}", "past": str(self.day.year - chance.randint(2, 9)),
            "year": str(self.day.year + 1), "deadline": written_date(self.day + dt.timedelta(chance.randint(5, 60))),
        }  # fmt: skip
        term = self.day.year // 5
        offices = {
            "minister": (f"{land.kb_id} {self.office}", world.stems[self.subject] + "minister", "Ministerin"),
            "bm": (town.kb_id, major, "Buergermeisterin"),
        }
        if place.district is not None:
            kind = place.district.name.split()[0]
            kreises = f"{kind}es {place.district.name.split(maxsplit=1)[1]}"
            fields |= {"kreis": place.district.name, "kreises": kreises, "Kreis": kind}
            offices["landrat"] = (place.district.kb_id, "Landrat", "Landraetin")
        for key, (office, title, field) in offices.items():
            woman, given, family = world.holder(office, term)
            female = "Landrätin" if title == "Landrat" else f"{title}in"
            fields |= {key: f"{given} {family}", f"{key}s": family, field: female if woman else title}
        woman, given, family = world.holder(f"{town.kb_id} {self.day}", 0)
        return fields | {"person": f"{given} {family}"}

    def release(self, kind: str, by: str, published: dt.date, amount: int | None = None) -> Release:
        """What one body writes about it."""
        chance = self.chance
        work, gender = chance.choice(self.works)
        case = ARTICLES[gender]
        fields = self.fixed | {
            "sum": written_sum(chance, amount or self.sum),
            "total": written_sum(chance, self.total),
            "day": written_day(chance, self.day, published),
            "date": written_date(published),
            "work_n": f"{case[0]} {work} {self.fixed['place_g']}",
            "work_a": f"{case[1]} {work} {self.fixed['place_g']}",
        }
        texts = TEXTS["kinds"][kind][by]
        lines = chance.sample(TEXTS["general"]["lines"], chance.randint(6, 14))
        lines += chance.sample(texts["lines"], chance.randint(1, len(texts["lines"])))
        lines += chance.sample(TEXTS["themes"][self.theme]["lines"], chance.randint(2, 4)) if kind != "notice" else []
        chance.shuffle(lines)
        told = [filled(chance, fields, [line]).replace("von dem ", "vom ") for line in lines]
        lead = filled(chance, fields, texts["leads"])
        quote = filled(chance, fields, texts["quotes"])
        title = filled(chance, fields, texts["titles"])
        cut = len(told) // 2
        paragraphs = (lead, f"{quote} {' '.join(told[:cut])}", " ".join(told[cut:]))
        return Release(self.place, by, published, title[0].upper() + title[1:], paragraphs, fields)

    def bodies(self) -> tuple[str, ...]:
        """Who could write about it."""
        return ("ministry", "district", "city") if self.place.district is not None else ("ministry", "city")


def printed(chance: random.Random, release: Release, host: str, again: bool = False) -> str:
    """The text of a release on a site: its head and foot, and its layout, which changes where it is printed again."""
    publisher = {
        "ministry": release.fields["ministry"], "district": release.fields.get("kreis", ""),
        "city": f"{release.fields['Stadt']} {release.fields['town']}",
    }[release.by if not again or chance.random() < 0.3 else chance.choice(("ministry", "city"))]  # fmt: skip
    site = release.fields | {
        "publisher": publisher, "host": host, "number": f"{chance.randint(1, 400)}/{release.published.year}",
        "phone": str(chance.randint(100, 99_999)), "n": str(chance.randint(1, 9)), "m": str(chance.randint(1, 99)),
    }  # fmt: skip
    head, foot = filled(chance, site, TEXTS["general"]["headers"]), filled(chance, site, TEXTS["general"]["footers"])
    seat = release.fields["town"]
    dateline = chance.choice((f"{seat}, {release.fields['date']}. ", f"{seat} – ", "")) if release.by != "ministry" else ""
    title, first, *others = (release.title, *release.paragraphs)
    if again:
        if chance.random() < 0.3:
            title = title.upper() if chance.random() < 0.3 else f"{title} – {release.fields['town']}"
        if chance.random() < 0.2:  # a site that cuts the last sentence
            others[-1] = others[-1].rsplit(". ", 1)[0] + "."
    day = release.fields["date"] if chance.random() < 0.6 else ""
    text = "\n\n".join(part for part in (head, day, title, dateline + first, *others, foot) if part)
    if again:
        style = chance.random()
        if style < 0.25:
            text = "\n".join(textwrap.fill(line, 78) if len(line) > 78 else line for line in text.split("\n"))
        elif style < 0.5:
            text = text.translate(str.maketrans("„“–", '""-'))
        elif style < 0.6:
            text = text.replace("\n\n", "\n")
    return text


class _Emitted(NamedTuple):
    release: Release
    again: bool
    truth: dict[str, Any]


class Archive:
    """Makes stories and puts their releases into the stream, near each other but not one after the other."""

    def __init__(self, seed: int, duplicates: float, broken: float) -> None:
        self.world = World(knowledge_base())
        self.chance = random.Random(seed)
        self.copies, self.broken = duplicates / (1 - duplicates - broken), broken
        self.numbers = count(1)
        self.waiting: list[tuple[int, int, _Emitted]] = []
        self.order = count()
        self.kinds: list[tuple[float, Callable[[], None]]] = [
            (0.45, self._shared), (0.02, self._round), (0.02, partial(self._series, "series", "city")),
            (0.01, partial(self._series, "tour", "ministry")), (0.03, self._more), (0.47, self._alone),
        ]  # fmt: skip

    def documents(self, number: int) -> Iterator[Document]:
        """The documents of the archive."""
        for position in range(number):
            name = f"{position:07}"
            if self.chance.random() < self.broken:
                yield Document(self.chance.choice(BROKEN) % name, {"id": name, "kind": "broken", "broken": True})
                continue
            while not self.waiting or self.waiting[0][0] > position:
                self.now = position
                make = self.chance.choices([k for _, k in self.kinds], [share for share, _ in self.kinds])[0]
                make()
            release, again, truth = heapq.heappop(self.waiting)[2]
            site = release.place.state.state if release.by == "ministry" else release.place.town.ags
            host = f"{release.by if not again else 'portal'}-{(site or '').lower()}.example"
            row = {
                "id": name,
                "text": printed(self.chance, release, host, again),
                "source": f"https://{host}/presse/{position}",
            }
            if self.chance.random() < 0.85:
                row["published"] = release.published.isoformat()
            yield Document(json.dumps(row, ensure_ascii=False), {"id": name, "broken": False, **truth})

    def _put(self, release: Release, kind: str, happening: int, contradiction: bool = False, copies: int | None = None) -> int:
        """Puts a release into the stream, and copies of it; returns the number of its text."""
        text = next(self.numbers)
        truth = {"kind": kind, "by": release.by, "duplicates": text, "happening": happening, "contradiction": contradiction}
        if copies is None:
            copies = 0 if self.chance.random() >= self.copies else self.chance.choices((1, 2), (9, 1))[0]
        for again in range(copies + 1):
            place = (self.now + self.chance.randint(0, 300), next(self.order))
            heapq.heappush(self.waiting, (*place, _Emitted(release, again > 0, truth | {"copy": again > 0})))
        return text

    def _story(self, day: dt.date | None = None, place: Place | None = None) -> Story:
        if day is None:
            day = dt.date(2000, 1, 3) + dt.timedelta(self.chance.randrange(9500))
        return Story(self.world, self.chance, place or self.chance.choice(self.world.places), day)

    def _shared(self) -> None:
        chance, story, happening = self.chance, self._story(), next(self.numbers)
        kind = chance.choices(SHARED, (8, 3, 2, 3, 2, 2, 2))[0]
        bodies = chance.sample(story.bodies(), min(len(story.bodies()), chance.choice((1, 2, 2, 3))))
        wrong = chance.choice(bodies) if len(bodies) > 1 and kind == "grant" and chance.random() < 0.1 else None
        text = 0
        for by in bodies:
            late = 0 if by == "ministry" else chance.choice((0, 0, 1, 2))
            amount = int(story.sum * 1.2) // 100 * 100 if by == wrong else None
            release = story.release(kind, by, story.day + dt.timedelta(late), amount)
            text = self._put(release, kind, happening, by == wrong)
        if kind == "grant" and chance.random() < 0.03:
            self._correction(release, story, happening, text)

    def _correction(self, release: Release, story: Story, happening: int, text: int) -> None:
        """The same text once more, with another sum: the same text in the sense of this archive."""
        old = release.fields["sum"]
        new = written_sum(self.chance, int(story.sum * 1.1) // 100 * 100)
        fixed = release._replace(
            title=f"Korrektur: {release.title}".replace(old, new),
            paragraphs=tuple(p.replace(old, new) for p in release.paragraphs),
        )
        truth = {"kind": "correction", "by": release.by, "duplicates": text, "happening": happening, "contradiction": True}
        place = (self.now + self.chance.randint(100, 400), next(self.order))
        heapq.heappush(self.waiting, (*place, _Emitted(fixed, True, truth | {"copy": True})))

    def _round(self) -> None:
        """A ministry gives grants to several towns on one day, and writes the same about each."""
        chance, first = self.chance, self._story()
        places = [p for p in self.world.places if p.state == first.place.state and p != first.place]
        state = chance.getstate()
        for place in [first.place, *chance.sample(places, chance.randint(2, 6))]:
            after = chance.getstate()
            chance.setstate(state)
            story = Story(self.world, chance, place, first.day, first.theme)
            story.fixed["prog"] = first.fixed["prog"]
            story.total = first.total
            release = story.release("grant", "ministry", first.day, amount=max(5000, first.sum - len(place.town.name) * 100))
            chance.setstate(after)
            self._put(release, "round", next(self.numbers))

    def _series(self, kind: str, by: str) -> None:
        """The same text week after week, for another day (office hours) or in another town (tour)."""
        chance, story = self.chance, self._story()
        places = [p for p in self.world.places if p.state == story.place.state]
        state = chance.getstate()
        for week in range(chance.randint(3, 8)):
            place = story.place if kind == "series" else chance.choice(places)
            day = story.day + dt.timedelta(7 * week)
            after = chance.getstate()
            chance.setstate(state)
            one = Story(self.world, chance, place, day, story.theme)
            release = one.release(kind, by, day)
            chance.setstate(after)
            self._put(release, kind, next(self.numbers), copies=0)

    def _more(self) -> None:
        """A grant, and months later more money for the same thing: two happenings."""
        story = self._story()
        self._put(story.release("grant", "ministry", story.day), "grant", next(self.numbers))
        story.day += dt.timedelta(self.chance.randint(60, 400))
        more = story.sum // 200 * 100 or 5000
        self._put(story.release("grant", "city", story.day, amount=more), "more", next(self.numbers))

    def _alone(self) -> None:
        kind, by = self.chance.choice(ALONE)
        story = self._story()
        while by not in story.bodies():
            story = self._story()
        self._put(story.release(kind, by, story.day), kind, next(self.numbers))


def archive(documents: int, *, seed: int = 0, duplicates: float = 0.1, broken: float = 0.01) -> Iterator[Document]:
    """Documents of a generated archive, one after the other; memory does not grow with their number."""
    return Archive(seed, duplicates, broken).documents(documents)


def write(documents: Iterator[Document], path: Path, truth: Path | None = None) -> int:
    """Writes an archive as JSON lines (.gz by its ending), and its truth; returns the number of documents."""
    written = 0
    with ExitStack() as stack:
        lines = stack.enter_context(_writer(path))
        truths = stack.enter_context(_writer(truth)) if truth is not None else None
        for document in documents:
            written += 1
            lines.write(document.line + "\n")
            if truths is not None:
                truths.write(json.dumps(document.truth) + "\n")
    return written


def _writer(path: Path) -> IO[str]:
    # The fastest compression: the archive is read once or twice.
    if path.suffix == ".gz":
        return cast(IO[str], gzip.open(path, "wt", compresslevel=1, encoding="utf-8"))
    return path.open("w", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True, help=".jsonl or .jsonl.gz")
    parser.add_argument("--truth", type=Path, help=".jsonl or .jsonl.gz")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(write(archive(options.documents, seed=options.seed), options.output, options.truth), "documents")


if __name__ == "__main__":
    main()
