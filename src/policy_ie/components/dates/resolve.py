"""From what an expression says to its value: anchors, tense and the expressions before it."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TypeVar

from policy_ie.components.dates import values
from policy_ie.components.dates.grammar import Expression
from policy_ie.components.dates.scan import Token
from policy_ie.components.dates.tense import Cue, cues, tense
from policy_ie.language.calendar import feast_day

__all__ = ["Resolver"]

_OFFSET = {"this": 0, "last": -1, "last2": -2, "next": 1, "next2": 2, "following": 1, "same": 0}
_DAYS = dt.timedelta
#: "Am 9. Dezember" in a release of 30 November is next week's even where the verb is misread: being near outweighs the tense.
_AGAINST = 6
_WINDOW = 400
_PLURALS = re.compile(r"(?:Jahre|Jahren|Monate|Monaten|Tage|Tagen|Wochen|Stunden|Minuten|Sekunden|Jahrzehnte|Jahrzehnten|Wochenenden)$")
_BREAK = re.compile(r"[.!?][“\"»]?\s+(?=[A-ZÄÖÜ„»\"])|\n\s*\n|\n(?=[-•*])")
_AGED = re.compile(r"\s*(?:alt|jung|jünger|älter)")
_PERSON_AFTER = re.compile(r"\s+(?:\w*(?:tochter|sohn|kind|frau|mann|mädchen|junge|schüler|schülerin)\b|Kind|Tochter|Sohn|Mädchen|Junge|Mann|Frau|Schüler|Fahrer|Patient|Person|Bub|Sch[uü]l|Jugendlich|Täter|Opfer|Enkel)")
#: Nouns of what lasts; "-jährig" before another noun is an age from six years on.
_LASTING = re.compile(
    r"\s+(?:[\wäöüß]+\s+)?(?:\w*(?:ung|zeit|dauer|phase|jubiläum|bestehen|vertrag|projekt|programm|plan|studium|haft|strafe|kredit|pause|frist|reise|kurs|modell"
    r"|lehrgang|versuch|prozess|betrieb|arbeit|tradition|geschichte|tätigkeit|mitgliedschaft|partnerschaft|garantie|krieg|engagement|erfahrung|verfahren|laufbahn"
    r"|turnus|periode|zeitraum|schaft|bau|rhythmus|abstand|einsatz|dienst))(?:en|es|s|e|n)?\b", re.I
)
_PEOPLE = re.compile(r"Kind|Jugend|Mensch|Person|Jungen|Mädchen|Schüler|Frauen|Männer|Alter|Bürger|Teilnehm|Alters|Mitarbeit")
_COUNTED = re.compile(
    r"\s*(?:%|€|\$|Euro|EUR|Prozent|Mio|Mrd|Millionen|Milliarden|Tsd|Meter|Kilometer|km|m²|qm|kg|Tonnen|Quadratmeter|Hektar|Liter|Kubikmeter|Menschen"
    r"|Personen|Kinder|Schüler|Einwohner|Mitglieder|Besucher|Teilnehmer|Gäste|Plätze|Stück|Seiten|Wohnungen|Beschäftigte|Mitarbeiter|Studierende|Studenten"
    r"|Unternehmen|Zuschauer|Bäume|Bürger|Frauen|Männer|Jugendliche|Betriebe|Haushalte|Stellen|Fälle|Anträge|Exemplare|Ehrenamtliche|Fahrzeuge)\b"
)
_NUMBERED = re.compile(
    r"(?<!\w)(?:Nr\.?|Nummer|Art\.?|Artikel|Abs\.?|Seite|S\.|§§?|Tel\.?:?|Telefon:?|Fax:?|Raum|Zimmer|Ziffer|Drucksache|PLZ|IC|ICE|EC|RE|RB|Bus|Agenda|Horizont|Linie|Halle|Platz|DIN"
    r"|ISO|EN|Postfach|rund|etwa|über|knapp|mehr als|fast|insgesamt|ca\.|circa|jeweils|je|mindestens|höchstens|bis zu|um rund|Abschnitt|Kapitel|Version|Punkt|Titel|Anlage|Az\.|Durchwahl|App\.|NRW|Vision)\s*$"
)
_RATED = re.compile(r"(?:Euro|€|EUR|Mio\.|Mrd\.|Millionen|Milliarden|Prozent|[Mm]al|Stunden|Cent|Tonnen|Kilowattstunden|\d)\s+$")
#: Feasts that are names of persons and churches too: only after a preposition of time.
_NAMESAKES = frozenset(("Nikolaus", "Peter und Paul", "Sankt Martin", "Dreikönig", "Himmelfahrt", "Mariä Himmelfahrt", "Christi Himmelfahrt"))
_NEWSPAPER = re.compile(r"(?i:bild|welt) am $")
_ONWARD = re.compile(r"\s+an\b(?!\s+(?:der|die|den|das|dem))")
_COURSE = re.compile(r"(?:Laufe?|Verlaufe?|Rest|Rests|innerhalb|während|Hälfte|Monate[n]?|Wochen)\s+$")
#: Nouns of what happens on one day: "die heutige Sitzung" is that of the day, "das heutige Gesetz" is not.
_HAPPENING = re.compile(
    r"\)?\s+(?:[\wäöüß-]*\s)?[\wäöüßÄÖÜ-]*(?:[Ss]itzung|[Ee]ntscheidung|[Bb]eschluss|[Bb]eschlusses|[Kk]onferenz|[Vv]eranstaltung|[Bb]esuch|[Tt]reffen|[Tt]ermin|[Aa]bend"
    r"|[Tt]age?s?|[Ww]ahl|[Aa]bstimmung|[Dd]ebatte|[Ff]eier|[Ee]röffnung|[Üü]bergabe|[Gg]espräch|[Uu]nterzeichnung|[Vv]erhandlung|[Ss]tart|[Aa]ussprache|[Ee]inweihung"
    r"|[Ff]achtagung|[Tt]agung|[Kk]ongress|[Ff]est|[Vv]orstellung|[Rr]atifizierung|[Zz]ustimmung|[Gg]ipfel)(?:en|es|s)?\b"
)
T = TypeVar("T")


def pick(candidates: Iterable[T], distance: Callable[[T], int], direction: str | None) -> T | None:
    """The nearest candidate, where one against the tense counts as `_AGAINST` times as far; the future wins a tie."""

    def cost(candidate: T) -> tuple[int, int]:
        d = distance(candidate)
        against = d > 0 if direction == "past" else d < 0 if direction == "future" else False
        return abs(d) * (_AGAINST if against else 1), -d

    return min(candidates, key=cost, default=None)


class Resolver:
    """Resolves the expressions of one text in order.

    Attributes:
        published: date of the release, or None.
    """

    def __init__(self, text: str, published: dt.date | None, tokens: list[Token]) -> None:
        self.text = text
        self.published = published
        self.tokens = tokens
        self.done: list[Expression] = []
        self._breaks: list[int] | None = None
        self._known: dict[tuple[int, int], int] = {}
        self._cues: dict[tuple[int, int], list[Cue]] = {}

    # -- surroundings ---------------------------------------------------------------------------------------------

    def bounds(self, e: Expression) -> tuple[int, int]:
        """Offsets of the sentence around the expression, without a model."""
        if self._breaks is None:
            ends = [0]
            for match in _BREAK.finditer(self.text):
                before = self.text[max(0, match.start() - 2) : match.start()]
                if self.text[match.start()] == "." and (before.isdigit() or before[-1:].isdigit()):
                    following = self.text[match.end() : match.end() + 9]
                    if following.startswith(("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")):
                        continue
                ends.append(match.end())
            self._breaks = [*ends, len(self.text)]
        i = bisect_right(self._breaks, e.start) - 1
        i = min(i, len(self._breaks) - 2)
        first, last = self._breaks[max(i, 0)], self._breaks[max(i, 0) + 1]
        grid = _WINDOW  # a fixed grid, so that neighbours in an endless sentence share their window
        return max(first, (e.start // grid - 1) * grid), min(last, (e.end // grid + 2) * grid)

    def direction(self, e: Expression) -> str | None:
        """past, future or None."""
        preposition = e.preposition
        if e.adjective in ("last", "last2") or preposition == "seit":
            return "past"
        if e.adjective in ("next", "next2"):
            return "future"
        bounds = self.bounds(e)
        verbs = self._cues.get(bounds)
        if verbs is None:
            verbs = self._cues[bounds] = cues(self.text, *bounds)
        found = tense(self.text, e.start, e.end, bounds[1], verbs)
        if preposition == "für" and found == "past":
            return None
        onward = e.last < len(self.tokens) and self.tokens[e.last].cls in ("TO", "DASH")
        if preposition == "von" and not onward and e.link == "" and found == "future" and e.kind == "weekday":
            return "past"
        return found

    def previous(self, e: Expression, reach: int, *, day: bool = False) -> Expression | None:
        """The nearest resolved date before, at most `reach` characters away."""
        for other in reversed(self.done):
            if e.start - other.end > reach:
                return None
            if other.type in ("DATE", "TIME") and other.extent and (not day or other.extent[0] == other.extent[1]):
                if "\n\n" in self.text[other.end : e.start] and reach < 600:
                    return None
                return other
        return None

    def context_year(self, e: Expression) -> int | None:
        """The year that the sentence or the one before names, where the text tells of earlier times."""
        for other in reversed(self.done):
            if e.start - other.end > 260:
                return None
            if other.type in ("DATE", "TIME") and other.extent and other.explicit:
                year: int = other.extent[0].year
                if other.extent[1].year != year:
                    return None
                if self.published is None or year < self.published.year or (year > self.published.year and len(other.value) > 4):
                    return year
                return None
        return None

    # -- resolution -----------------------------------------------------------------------------------------------

    def run(self, expressions: list[Expression]) -> list[Expression]:
        """Resolves all; what turns out to be no temporal expression is left out."""
        self._inherit(expressions)
        for e in expressions:
            if e.kind == "day" and e.year is not None and e.month and e.day:
                self._known.setdefault((e.month, e.day), e.year)
        for e in expressions:
            handler = getattr(self, "_" + e.kind)
            if self.text[e.end : e.end + 1] == "-" and self.text[e.end + 1 : e.end + 2].isalpha() and not self._joined(e):
                continue  # "Winter-Biathlon"
            if handler(e) is False or not e.value:
                continue
            if e.extent is None and e.type in ("DATE", "TIME") and e.mod not in ("START", "MID", "END"):
                e.extent = values.extent(e.value)
            if e.relation is None:
                e.relation = self._relation(e)
            self.done.append(e)
        for e, f in pairwise(self.done):
            if e.kind in ("weekday", "deictic") and f.kind == "day" and f.extent and self.text[e.end : f.start].strip() == "(":
                if e.weekday in (None, f.extent[0].isoweekday()):  # "am Dienstag (3. Mai)": the date in brackets decides
                    e.value, e.extent = f.value + (e.part or ""), f.extent
        return self.done

    def _inherit(self, expressions: list[Expression]) -> None:
        """Marks ranges and lists, and gives their members what the last one says."""
        for left, right in pairwise(expressions):
            between = self.tokens[left.last : right.first]
            if len(between) > 4 or any(token.cls not in ("PREP", "TO", "DASH", "SLASH", "AND", "COMMA", "DET") for token in between):
                continue
            if (not between and left.kind != "clock") or (right.kind == "clock" and left.kind != "clock" and left.kind != "dot"):
                continue
            if any(t.cls in ("TO", "DASH") for t in between):
                right.link = "range"
            elif between and between[0].cls in ("AND", "SLASH", "COMMA"):
                right.link = "list"
                if left.preposition == "zwischen" and between[0].cls == "AND":
                    right.link = "range"
        for left, right in reversed(list(pairwise(expressions))):
            if not right.link:
                continue
            between = {token.cls for token in self.tokens[left.last : right.first]}
            loose = right.link == "list" and {"COMMA", "PREP"} <= between  # "im Januar, im Mai 2014"
            if left.kind == "day" and right.kind in ("day", "numeric_day"):
                if left.month is None:
                    left.month, left.year, left.year_adjective = right.month, right.year, right.year_adjective
                    left.data = right
                elif left.year is None and not loose and right.year is not None and left.month and right.month:
                    later = (left.month, left.day or 0) > (right.month, right.day or 0)
                    left.year = right.year - 1 if later and right.link == "range" else right.year
            elif left.kind == "month" and right.kind == "month" and not loose and left.year is None and left.year_adjective is None:
                if right.year is not None:
                    later = (left.month or 0) > (right.month or 0)
                    left.year = right.year - 1 if later and right.link == "range" else right.year
                else:
                    left.year_adjective = right.year_adjective
            elif left.kind == "season" and right.kind == "season" and left.year is None:
                left.year = right.year
            elif left.rule == "open_duration" and right.unit:
                left.unit = right.unit
                left.data = right.data if right.rule == "open_duration" else right

    def _joined(self, e: Expression) -> bool:
        """True where the next token follows the sign after the expression."""
        return e.last + 1 < len(self.tokens) and self.tokens[e.last].cls == "DASH"

    def _relation(self, e: Expression) -> str | None:
        if e.type == "SET":
            return None
        names = {"seit": "since", "bis": "until", "ab": "from", "vor": "before", "nach": "after"}
        for token in e.before:
            if token.cls in ("PREP", "TO") and token.data in names:
                return names[str(token.data)]
        if e.link == "range":
            return "until"
        if e.preposition == "von" and _ONWARD.match(self.text, e.end):
            return "from"
        return None

    def _year(self, e: Expression) -> int | None:
        """The year that the expression names or points to."""
        if e.year is not None:
            return e.year
        adjective = e.year_adjective
        if adjective is None:
            return None
        base = self.published.year if self.published else None
        if adjective[0] in "YMDWQ" and adjective not in _OFFSET:
            if base is None or adjective[0] != "Y":
                return None
            return base + int(adjective[1:].lstrip("<"))
        if adjective == "same":
            base = self.context_year(e) or base
        if base is None or adjective not in _OFFSET:
            return None
        return base + _OFFSET[adjective]

    def _left(self, e: Expression) -> Expression | None:
        return self.done[-1] if e.link and self.done and self.done[-1].extent else None

    def _day(self, e: Expression) -> bool | None:
        if e.month is None or e.day is None:
            return False
        month, day = e.month, e.day
        name = e.tokens[-1]
        if name.cls == "DATE" and len(name.form) < 9 and _NUMBERED.search(self.text, max(0, e.start - 12), e.start):
            return False  # "Abschnitt 10.11.12"
        if name.cls == "MONTH" and len(name.form) < 4 and name.end - name.start == len(name.form) and name.form != "Mai":
            if re.match(r"\s+[A-ZÄÖÜ]", self.text[e.end : e.end + 4]):
                return False  # "9. Jan Kuppelwieser"
        if not (1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)):
            return False
        year = self._year(e)
        e.explicit = e.year is not None
        if year is None:
            year = self._known.get((month, day))
        if year is None:
            year = self._pick_year(e, lambda y: _date(y, month, day))
        if year is None:
            e.value = f"XXXX-{month:02d}-{day:02d}"
        elif _date(year, month, day) is None:
            return False
        else:
            e.value = f"{year:04d}-{month:02d}-{day:02d}"
            if isinstance(e.data, Expression) and e.data.year is None and e.data.year_adjective is None:
                e.data.year = year  # "am 12. und 13. Mai" are days of one year
        self._daypart(e)
        return None

    def _pick_year(self, e: Expression, make: Callable[[int], dt.date | None]) -> int | None:
        left = self._left(e)
        if left is not None and left.extent and (e.link == "range" or left.explicit):
            start = left.extent[0]
            for year in (start.year, start.year + 1):
                day = make(year)
                if day and day >= start:
                    return year
        context = self.context_year(e)
        published = self.published
        if published is None:
            return context
        direction = self.direction(e)
        if context is not None and direction == ("future" if context > published.year else "past"):
            return context
        candidates = [(y, d) for y in range(published.year - 1, published.year + 2) if (d := make(y)) is not None]
        if e.weekday:
            agreeing = [(y, d) for y, d in candidates if d.isoweekday() == e.weekday]
            candidates = agreeing or candidates
            if agreeing:
                direction = None
        if direction is None and e.preposition in ("ab", "bis"):
            direction = "future"
        best = pick(candidates, lambda c: (c[1] - published).days, direction)
        return best[0] if best else None

    def _daypart(self, e: Expression) -> None:
        if e.part and len(e.value) == 10:
            e.value += e.part
            e.type = "TIME"

    def _numeric_day(self, e: Expression) -> bool | None:
        ordinals = [t for t in e.tokens if t.cls == "ORD"]
        e.day, e.month = int(ordinals[0].data), int(ordinals[1].data)
        if e.month > 12 or (e.year is None and e.preposition is None):
            return False
        return self._day(e)

    def _month(self, e: Expression) -> bool | None:
        token = next(t for t in e.tokens if t.cls == "MONTH")
        month = e.month
        assert month is not None
        bare = len(e.tokens) == 1
        if token.form.islower():
            return False  # only after a day
        if len(token.form) <= 4 and token.form not in ("Juni", "Juli", "März", "Mai") and bare:
            return False
        if bare and not e.link and e.preposition is None and not self._listed(e) and token.form in ("Mai", "März", "August", "April", "Juni", "Juli", "Juno"):
            return False
        year = self._year(e)
        e.explicit = e.year is not None
        if year is None:
            if e.adjective in ("last", "next", "last2", "next2") and self.published:
                limit = -1 if e.adjective.startswith("last") else 1
                this = self.published.year * 12 + self.published.month
                best = pick(
                    [y for y in range(self.published.year - 2, self.published.year + 3) if (y * 12 + month - this) * limit > 0],
                    lambda y: y * 12 + month - this, None,
                )  # fmt: skip
                year = best
            elif e.demonstrative and self.published:
                year = self.published.year
            else:
                year = self._pick_month(e, month)
        e.value = f"{year:04d}-{month:02d}" if year is not None else f"XXXX-{month:02d}"
        return None

    def _listed(self, e: Expression) -> bool:
        return e.last < len(self.tokens) and self.tokens[e.last].cls in ("SLASH", "DASH", "TO", "AND")

    def _pick_month(self, e: Expression, month: int) -> int | None:
        left = self._left(e)
        if left is not None and left.extent and (e.link == "range" or left.explicit):
            start = left.extent[0]
            return int(start.year) + (month < start.month)
        context = self.context_year(e)
        published = self.published
        if published is None:
            return context
        direction = self.direction(e)
        if context is not None and direction == ("future" if context > published.year else "past"):
            return context
        if direction is None and e.preposition in ("ab", "bis"):
            direction = "future"
        this = published.year * 12 + published.month
        return pick(range(published.year - 1, published.year + 2), lambda y: y * 12 + month - this, direction)

    def _season(self, e: Expression) -> bool | None:
        if len(e.tokens) == 1 and e.preposition is None and not e.link and not any(t.cls in ("DET", "DEM", "ADJ") for t in e.before):
            return False
        year = self._year(e)
        e.explicit = e.year is not None
        if year is None and self.published:
            month = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}[e.data]
            if e.adjective in _OFFSET and e.adjective != "this":
                this = self.published.year * 12 + self.published.month
                limit = _OFFSET[e.adjective]
                year = pick(
                    [y for y in range(self.published.year - 2, self.published.year + 3) if (y * 12 + month - this) * limit > 0],
                    lambda y: y * 12 + month - this, None,
                )  # fmt: skip
            elif e.demonstrative:
                year = self.published.year
            else:
                year = self._pick_month(e, month)
        e.value = f"{year:04d}-{e.data}" if year is not None else f"XXXX-{e.data}"
        return None

    def _quarter(self, e: Expression) -> bool | None:
        return self._numbered(e, "Q", 4, 3)

    def _half(self, e: Expression) -> bool | None:
        return self._numbered(e, "H", 2, 6)

    def _numbered(self, e: Expression, unit: str, most: int, months: int) -> bool | None:
        if e.number is None:
            if self.published is None or (e.adjective not in _OFFSET and not e.demonstrative):
                return False
            day = values.shift(self.published, unit, _OFFSET.get(e.adjective or "this", 0))
            e.value = values.truncate(day, unit) if day else ""
            return None
        if not 1 <= e.number <= most:
            return False
        year = self._year(e)
        e.explicit = e.year is not None
        if year is None and self.published:
            year = self._pick_month(e, e.number * months - months // 2)
        e.value = f"{year:04d}-{unit}{e.number}" if year is not None else f"XXXX-{unit}{e.number}"
        return None

    def _week(self, e: Expression) -> bool | None:
        if e.number is None or not 1 <= e.number <= 53:
            return False
        year = e.year if e.year is not None else self.published.year if self.published else None
        e.value = f"{year:04d}-W{e.number:02d}" if year is not None else f"XXXX-W{e.number:02d}"
        return None

    def _century(self, e: Expression) -> bool | None:
        number = next(int(t.data) for t in reversed(e.tokens) if t.cls in ("ORD", "NTH"))
        if e.data == "half" and len([t for t in e.tokens if t.cls in ("ORD", "NTH")]) > 1:
            half = next(int(t.data) for t in e.tokens if t.cls in ("ORD", "NTH"))
            e.mod = {1: "START", 2: "END"}.get(half)
        e.value = f"{number - 1:02d}"
        return None

    def _decade(self, e: Expression) -> bool | None:
        e.value = e.data
        return None

    def _term(self, e: Expression) -> bool | None:
        token = next((t for t in e.tokens if t.cls == "TERM"), None)
        kind = token.data if token else "pair"
        year, second = e.year, e.number
        if year is None:
            if self.published is None or kind == "period" or e.adjective not in (*_OFFSET, None):
                return False
            offset = _OFFSET.get(e.adjective or "this", 0)
            turn = {"school": 8, "study": 10, "winter": 10, "summer": 4}.get(kind, 1)
            year = self.published.year - (self.published.month < turn) + offset
            if kind == "summer" and offset == 1 and self.published.month < 4:
                year = self.published.year
        elif kind == "pair" and second is not None and second - year > 1:
            return False
        double = kind in ("school", "winter", "study") or second is not None
        if e.year is not None and second is None:
            double = kind == "winter"
        if not double:
            e.value = f"{year:04d}"
            e.explicit = e.year is not None
            if kind == "summer":
                e.extent = dt.date(year, 4, 1), dt.date(year, 9, 30)
            elif token and e.year is not None and kind == "period":
                e.start = e.tokens[-1].start
            return None
        second = second or year + 1
        e.type, e.value = "INTERVAL", f"{year:04d}/{second:04d}"
        first, last = {"school": ((8, 1), (7, 31)), "study": ((10, 1), (9, 30)), "winter": ((10, 1), (3, 31))}.get(kind, ((1, 1), (12, 31)))
        e.extent = dt.date(year, *first), dt.date(second, *last)
        return None

    def _unit(self, e: Expression) -> bool | None:
        unit = e.unit
        adjective = e.adjective
        if unit == "TH" and e.tokens[-2].form.startswith("Aktuelle"):
            return False  # a format of parliamentary debate
        if e.data and isinstance(e.data, str) and unit is None:  # Vorjahr, heuer, Vortag
            unit, offset = e.data[0], int(e.data[1:].lstrip("<"))
            base: dt.date | None = None
            if "<" in e.data:
                other = self.previous(e, 400, day=unit == "D")
                base = other.extent[0] if other and other.extent else None
            base = base or self.published
            day = values.shift(base, unit, offset) if base else None
            e.value = values.truncate(day, unit) if day else "PAST_REF" if offset < 0 else "FUTURE_REF"
            return None
        if e.year is not None:
            e.value, e.explicit = f"{e.year:04d}", True
            return None
        if unit is None:
            if e.year_adjective is None:
                return False
            unit = "Y"
        plural = bool(_PLURALS.search(e.tokens[-1].form)) and e.mod is None
        if plural and (adjective or e.demonstrative):
            if e.demonstrative and adjective is None and e.tokens[-1].form == "Jahre":
                plural = False
            elif adjective in ("same",):
                return False
            elif e.tokens[-1].form == "Jahre" and adjective in ("last", "last2", "next") and e.tokens[0].cls == "ADJ":
                pass
        if plural:
            if adjective in ("whole", "half"):
                return False
            e.type, e.value = "DURATION", values.duration("X", unit)
            return None
        if adjective in ("whole", "half"):
            e.type, e.value = "DURATION", values.duration("1" if adjective == "whole" else "0.5", unit)
            return None
        if adjective in ("first", "early"):
            return False
        if unit.startswith("T") or unit in ("C",):
            return False
        if e.mod and e.year_adjective:
            year = self._year(e)
            e.value = f"{year:04d}" if year else ""
            return None
        if unit == "WE" and adjective is None and not e.demonstrative:
            return self._weekend(e)
        if adjective in ("same", "following") or (e.demonstrative and unit == "D"):
            other = self.previous(e, 600, day=unit == "D")
            if other is not None and other.extent:
                day = values.shift(other.extent[0], unit, _OFFSET[adjective or "this"])
                e.value = values.truncate(day, unit) if day else ""
                return None
            if adjective == "same":
                e.value = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "D": "XXXX-XX-XX"}.get(unit, "")
                return None
        if e.mod and adjective is None and unit == "Y" and not e.demonstrative:
            context = self.context_year(e)
            if context is not None and self.direction(e) != "future":
                e.value = f"{context:04d}"
                return None
        if self.published is None:
            offset = _OFFSET.get(adjective or "this", 0)
            e.value = "PAST_REF" if offset < 0 else "FUTURE_REF" if offset > 0 else "PRESENT_REF"
            return None
        day = values.shift(self.published, unit, _OFFSET.get(adjective or "this", 0))
        e.value = values.truncate(day, unit) if day else ""
        if unit == "E":
            e.value = values.truncate(day, "E") if day else ""
        return None

    def _weekend(self, e: Expression) -> bool | None:
        if e.preposition not in ("am", "über", "bis", "vor", "nach", "für", "von", "ab", "zu") and e.tokens[0].cls != "DET":
            return False
        if self.published is None:
            e.value = "XXXX-WXX-WE"
            return None
        monday = self.published - _DAYS(self.published.weekday())
        direction = self.direction(e)
        if direction == "past" and self.published.isoweekday() < 6:
            monday -= _DAYS(7)
        elif direction is None and self.published.isoweekday() < 3:
            monday -= _DAYS(7)
        e.value = values.truncate(monday, "WE")
        return None

    def _weekday(self, e: Expression) -> bool | None:
        token = next(t for t in e.tokens if t.cls in ("WEEKDAY", "WDPART"))
        if len(token.form) <= 2:
            follows = self.tokens[e.last].cls if e.last < len(self.tokens) else ""
            if not (token.end - token.start > len(token.form) or e.link or follows in ("DASH", "TO", "CLOCK")):
                return False
            if len(e.tokens) == 1 and (e.link == "range" or follows in ("DASH", "TO")):  # opening hours
                e.type, e.value = "SET", f"XXXX-WXX-{e.weekday}"
                return None
            if len(e.tokens) == 1 and e.preposition is None and follows not in ("DASH", "TO", "DAY", "CLOCK", "DOT") and not e.link:
                return False
        if len(e.tokens) == 1 and token.form == "Sonntag" and e.preposition is None and not e.link:
            head = self.text[max(0, e.start - 6) : e.start]
            if head.endswith(("Herr ", "Frau ", "Herrn ")):
                return False
        if token.form == "Sonntag" and _NEWSPAPER.search(self.text, max(0, e.start - 9), e.start):
            return False
        if token.form.endswith("s") and token.cls == "WEEKDAY" and e.tokens[0].cls not in ("DET", "ADJ", "DEM") and token.form not in ("Mi",) and not e.link:
            e.type, e.value = "SET", f"XXXX-WXX-{e.weekday}"
            return None
        if e.weekday is None:
            return False
        week = e.unit == "W"
        if self.published is None:
            e.value = f"XXXX-WXX-{e.weekday}" + (e.part or "")
            e.type = "TIME" if e.part else "DATE"
            return None
        published = self.published
        delta = e.weekday - published.isoweekday()
        left = self._left(e) if e.adjective is None else None
        if week:
            day = published + _DAYS(delta + 7 * _OFFSET.get(e.adjective or "this", 0))
        elif left is not None and left.extent and e.link == "range":
            day = left.extent[0] + _DAYS((e.weekday - left.extent[0].isoweekday()) % 7)
        elif e.adjective in ("same", "following") and (other := self.previous(e, 400)) and other.extent:
            day = other.extent[1] + _DAYS((e.weekday - other.extent[1].isoweekday() - 1) % 7 + 1)
        elif e.adjective in ("last", "last2"):
            day = published - _DAYS((published.isoweekday() - e.weekday - 1) % 7 + 1 + 7 * (e.adjective == "last2"))
        elif e.adjective in ("next", "next2", "following"):
            day = published + _DAYS((e.weekday - published.isoweekday() - 1) % 7 + 1 + 7 * (e.adjective == "next2"))
        else:
            direction = self.direction(e)
            if e.demonstrative and direction != "past":
                direction = "future"
            if direction == "past":
                day = published - _DAYS((published.isoweekday() - e.weekday) % 7)
            elif direction == "future":
                day = published + _DAYS((e.weekday - published.isoweekday()) % 7)
            else:
                best = pick([published + _DAYS(delta + k) for k in (-7, 0, 7)], lambda d: (d - published).days, None)
                assert best is not None
                day = best
        e.value = day.isoformat()
        self._daypart(e)
        return None

    def _weekday_day(self, e: Expression) -> bool | None:
        published = self.published
        if published is None or e.day is None or e.weekday is None:
            return False
        days = (published + _DAYS(k) for k in range(-200, 300))
        day = pick([d for d in days if d.day == e.day and d.isoweekday() == e.weekday], lambda d: (d - published).days, self.direction(e))
        e.value = day.isoformat() if day else ""
        return None

    def _nth(self, e: Expression) -> bool | None:
        """The first Saturday, the last week, the second weekend of a month."""
        if e.adjective not in (None, "last") or (e.adjective is None and e.number is None):
            return False
        unit = next((t.data for t in e.tokens if t.cls in ("WOCHE", "WE", "TAG")), "")
        weekday = e.weekday or {"W": 1, "WE": 6, "TAG": 1}.get(unit, 1)
        month = e.month
        if month is None:
            if self.published is None:
                return False
            other = self.previous(e, 200)
            month, year = (other.extent[0].month, other.extent[0].year) if other and other.extent else (self.published.month, self.published.year)
        else:
            found = self._year(e)
            e.explicit = e.year is not None
            if found is None:
                found = self._pick_month(e, month)
            if found is None:
                return False
            year = found
        if unit == "D":
            day = values.month_end(year, month) if e.adjective else _date(year, month, e.number or 1)
        elif e.adjective:
            last = values.month_end(year, month)
            day = last - _DAYS((last.isoweekday() - weekday) % 7)
        else:
            first = dt.date(year, month, 1)
            day = first + _DAYS((weekday - first.isoweekday()) % 7 + 7 * ((e.number or 1) - 1))
        if day is None or day.month != month:
            return False
        e.value = values.truncate(day, unit if unit in ("W", "WE") else "D")
        return None

    def _the_year(self, e: Expression) -> bool | None:
        form = e.tokens[0].form.lower()
        if e.tokens[1].form not in ("Jahr", "Jahres", "Jahrs") or form not in ("das", "dem", "des"):
            return False
        if form == "des" and not _COURSE.search(self.text, max(0, e.start - 14), e.start):
            return False
        if re.match(r"\s+(?:der|des|lang|alt)\b", self.text[e.end : e.end + 6]):
            return False
        year = self.context_year(e) if form != "das" or self.published is None else self.published.year
        if year is None and self.published:
            year = self.published.year
        e.value = f"{year:04d}" if year else ""
        return None

    def _night(self, e: Expression) -> bool | None:
        if e.part != "TNI":
            return False
        if e.month is not None:
            if self._day(e) is False:
                return False
        else:
            self._weekday(e)
            e.part = "TNI"
        if "T" not in e.value and e.value:
            e.value += "TNI"
        e.type = "TIME"
        return None

    def _deictic(self, e: Expression) -> bool | None:
        assert e.number is not None
        if e.tokens[-1].cls == "TODAYS" and e.number == 0 and not _HAPPENING.match(self.text, e.end):
            e.start, e.value = e.tokens[-1].start, "PRESENT_REF"
            return None
        if e.tokens[-1].cls == "TODAYS":
            e.start = e.tokens[-1].start
        if e.weekday and self.published and e.number == 0 and e.weekday != self.published.isoweekday():
            e.adjective = None
            return self._weekday(e)
        around = self.text[max(0, e.start - 6) : e.start].lower(), self.text[e.end : e.end + 6].lower()
        if e.number == 0 and not e.part and (around[0].endswith((" noch ", "auch ")) or around[1].startswith((" noch", " auch"))):
            e.value = "PRESENT_REF"
            return None
        if self.published is None:
            e.value = "PRESENT_REF" if e.number == 0 else "PAST_REF" if e.number < 0 else "FUTURE_REF"
            return None
        e.value = (self.published + _DAYS(e.number)).isoformat()
        if e.tokens[-1].form == "früh":
            e.part = "TMO"
        self._daypart(e)
        return None

    def _ref(self, e: Expression) -> bool | None:
        if e.tokens[0].cls == "EARLIER":
            head = self.text[max(0, e.start - 6) : e.start].lower()
            if re.match(r"\s*(?:als|oder|an|am|in|mit|und|fertig)\b", self.text[e.end : e.end + 8]) or head.endswith(("noch ", "je ", "viel ", "desto ", "wie ")):
                return False
            e.value = "PAST_REF"
            return None
        e.value = e.data
        return None

    def _noun(self, e: Expression) -> bool | None:
        if e.preposition != "in":
            return False
        e.value = e.data
        return None

    def _set(self, e: Expression) -> bool | None:
        e.type = "SET"
        rule = e.rule
        if rule == "frequency":
            e.value = e.data
        elif rule in ("weekdays",):
            e.value = f"XXXX-WXX-{e.weekday}" + (f"-{e.part}" if e.part else "")
            e.value = f"XXXX-WXX-{e.weekday}{e.part or ''}"
        elif rule == "each":
            e.quant = "EVERY"
            if e.weekday:
                e.value = f"XXXX-WXX-{e.weekday}{e.part or ''}"
            elif e.month:
                e.value = f"XXXX-{e.month:02d}"
            elif e.part:
                e.value = f"XXXX-XX-XX{e.part}"
            elif e.unit:
                e.value = values.duration(str(e.number or 1), e.unit)
            elif e.data:
                e.value = f"XXXX-{e.data}"
        elif rule == "every_n":
            e.quant = "EVERY"
            e.value = values.duration(e.count or "1", e.unit or "Y")
        elif rule == "times_per":
            e.freq = next(str(t.data) for t in e.tokens if t.cls == "TIMES")
            setting = next((str(t.data) for t in e.tokens if t.cls == "SETADV"), None)
            e.value = setting or values.duration("1", e.unit or "Y")
        else:
            e.quant = "EACH"
            e.value = values.duration("1", e.unit or "Y")
        return None

    def _count(self, e: Expression) -> str:
        count = e.count or "X"
        if any(t.cls == "ADJ" and t.data == "half" for t in e.tokens):
            return "0.5"
        return count

    def _is_age(self, e: Expression) -> bool:
        if e.unit != "Y":
            return False
        if _AGED.match(self.text, e.end):
            return True
        words = self.text[max(0, e.start - 60) : e.start]
        tail = words[-16:].rstrip()
        if tail.endswith(("unter", "Alter von", "mit", "ab", "über")) and e.tokens[-1].form == "Jahren":
            return True
        return bool(tail.endswith(("zwischen", "bis", "und", "von")) and e.tokens[-1].form == "Jahren" and _PEOPLE.search(words))

    def _duration(self, e: Expression) -> bool | None:
        e.type = "DURATION"
        if e.rule == "duration_adjective":
            last = e.tokens[-1].form
            capital = last[0].isupper() and not last[0].isdigit()
            if "jährig" in last.lower():
                if _PERSON_AFTER.match(self.text, e.end) or "-J" in last or (capital and self.text[e.start - 2 : e.start] != ". "):
                    return False
                years = re.search(r"\d+", str(e.data))
                if years and int(years[0]) > 5 and not last.endswith("es") and not _LASTING.match(self.text, e.end):
                    return False
            e.value = e.data
            return None
        if e.unit is None or e.count is None or e.count == "0":
            return False
        if self._is_age(e.data if isinstance(e.data, Expression) else e):
            return False
        count = self._count(e)
        unit = e.unit
        if unit == "C" or (e.count == "X" and e.tokens[0].cls == "EIN" and len(e.tokens) < 2):
            return False
        form = e.tokens[-1].form
        ein = any(t.cls == "EIN" for t in e.tokens) and count == "1"
        if ein and unit == "D" and (e.preposition not in ("in", "vor", "nach", "seit", "innerhalb", "für", "auf") or form == "Tages"):
            return False
        if ein and form in ("Stunden", "Jahren", "Jahre", "Tage", "Monate", "Wochen"):
            return False
        if ein and unit == "Y" and e.preposition in ("aus",):
            return False
        units = [t for t in e.tokens if t.cls in ("JAHR", "MONAT", "WOCHE", "TAG", "UNIT", "QUARTAL", "HALBJAHR", "JHDT", "WE")]
        if len(units) > 1:
            counts = [str(t.data) for t in e.tokens if t.cls in ("DAY", "NUM", "CARD", "EIN", "YEAR")]
            return self._compound(e, counts, [t.data for t in units])
        e.value = values.duration(count, unit)
        if any(t.cls == "PER" for t in e.tokens):
            e.type, e.quant = "SET", "EACH"
            return None
        self._anchor(e, count, unit)
        return None

    def _compound(self, e: Expression, counts: list[str], units: list[str]) -> bool | None:
        """ "ein Jahr und zwei Monate" """
        order = ["Y", "M", "W", "D", "TH", "TM", "TS"]
        if len(counts) != len(units) or any(u not in order for u in units) or sorted(units, key=order.index) != units or len(set(units)) < len(units):
            return False
        parts = [values.duration(count, unit) for count, unit in zip(counts, units, strict=True)]
        e.value = parts[0] + "".join(part[2:] if "T" in "".join(parts[:i]) else part[1:] for i, part in enumerate(parts) if i)
        day = self.published
        if e.preposition in ("in", "im") and day and all(c.isdigit() for c in counts):
            for count, unit in zip(counts, units, strict=True):
                day = values.shift(day, unit, int(count)) if day else None
            if day and self.published:
                e.extent, e.relation = (self.published, day), "after"
        return None

    def _anchor(self, e: Expression, count: str, unit: str) -> None:
        """Start and end of a duration that is counted from the day of the release."""
        if self.published is None or unit.startswith("T") or not count.isdigit() or len(count) > 3:
            return
        preposition = e.preposition
        if preposition in ("vor", "seit") and not re.match(r"\s+(?:nach|vor)\b", self.text[e.end : e.end + 8]):
            day = values.shift(self.published, unit, -int(count))
            e.extent = (day, self.published) if day else None
            e.relation = "since" if preposition == "seit" else "before"
        elif preposition == "in" and not (e.tokens[0].cls == "DET"):
            day = values.shift(self.published, unit, int(count))
            e.extent = (self.published, day) if day else None
            e.relation = "after"

    def _span(self, e: Expression) -> bool | None:
        e.type = "DURATION"
        if e.unit is None or e.unit == "C" or e.tokens[-2].form.startswith("Aktuelle"):
            return False
        count = self._count(e)
        adjective = e.adjective
        if adjective == "half":
            e.value = values.duration("0.5", e.unit)
            return None
        e.value = values.duration(count, e.unit)
        if self.published and count.isdigit() and len(count) < 4 and adjective in ("last", "next"):
            sign = 1 if adjective == "next" else -1
            day = values.shift(self.published, e.unit, sign * int(count))
            if day:
                e.extent = (day, self.published) if sign < 0 else (self.published, day)
                if e.unit == "D":  # the day of the release itself does not count
                    e.extent = (day, self.published - _DAYS(1)) if sign < 0 else (self.published + _DAYS(1), day)
        return None

    def _shift(self, e: Expression) -> bool | None:
        sign = 1 if e.data == "after" else -1
        unit = e.unit or "D"
        if unit.startswith("T"):
            e.type, e.value = "TIME", "XXXX-XX-XXTXX:XX"
            return None
        if unit == "WE" or (e.count and not e.count.isdigit() and e.count != "X"):
            return False
        other = self.previous(e, 600)
        count = 1 if e.rule == "shifted" and e.count is None else int(e.count) if e.count and e.count.isdigit() else None
        base = other.extent[0] if other and other.extent else None
        if base is None or count is None:
            e.value = "FUTURE_REF" if sign > 0 and base is None and count else "PAST_REF" if count else ""
            if count and base is None:
                e.type, e.value = "DATE", {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX"}.get(unit, "XXXX-XX-XX")
            elif count is None:
                e.type, e.value = "DURATION", values.duration("X", unit)
                e.end = e.tokens[-2].end
            return None
        day = values.shift(base, unit, sign * count)
        if other is not None and not other.explicit and unit == "Y" and count > 1 and self.published and base > self.published - _DAYS(400):
            e.value = "XXXX"  # counted from something that is no date of the text
            return None
        precision = len(other.value) if other else 0
        if day is None:
            return False
        if unit == "Y" or precision == 4:
            e.value = values.truncate(day, "Y" if precision < 7 else "M" if precision == 7 else "D" if unit != "Y" else "Y")
        elif unit == "M":
            e.value = values.truncate(day, "M")
        elif unit == "W":
            e.value = values.truncate(day, "W")
        else:
            e.value = values.truncate(day, "D")
        if e.tokens[0].cls == "PREP":
            e.start = next(t.start for t in e.tokens if t.cls in ("TAG", "DET"))
        return None

    def _clock(self, e: Expression) -> bool | None:
        token = e.tokens[0]
        hour, minute, second = 0, 0, None
        if token.cls in ("CLOCK", "DOT"):
            hour, minute = token.data[:2]
            second = token.data[2] if len(token.data) > 2 else None
        elif token.cls in ("DAY", "NUM", "CARD", "EIN"):
            if not str(token.data).isdigit():
                return False
            hour = int(token.data)
            if len(e.tokens) > 2 and e.tokens[2].cls in ("DAY", "NUM"):
                minute = int(e.tokens[2].data) if str(e.tokens[2].data).isdigit() else 99
                if minute > 59:
                    minute, e.end = 0, e.tokens[1].end
        part = next((str(t.data) for t in e.tokens if t.cls in ("PARTADV", "PART")), None)
        if hour < 12 and (part in ("TAF", "TEV") or (part == "TNI" and hour > 5)):
            hour += 12
        if hour > 24 or minute > 59:
            return False
        if token.cls == "EIN" and token.form.lower() != "ein":
            return False
        if e.rule == "clock_alone":
            beside = self.tokens[e.first - 1].cls if e.first else ""
            following = [t.cls for t in self.tokens[e.last : e.last + 2]]
            cue = (
                e.preposition in ("um", "ab", "gegen", "bis")
                or e.link
                or len(re.split("[:h]", token.form)[0]) == 2
                or beside in ("WEEKDAY", "DATE", "DM", "MONTH", "YEAR", "DEICTIC")
                or (following[:1] in (["TO"], ["DASH"]) and following[1:] == ["CLOCK"])
            )
            if not cue or (self.text[e.end : e.end + 2].strip()[:1] in ("%", "€")):
                return False
        e.type = "TIME"
        e.unit = e.unit or "h"
        e.value = self._clock_date(e) + f"T{hour:02d}:{minute:02d}" + (f":{second:02d}" if second is not None else "")
        if e.value[0] != "T":
            e.extent = values.extent(e.value[:10])
        return None

    def _clock_date(self, e: Expression) -> str:
        first = self.bounds(e)[0]
        for other in reversed(self.done):
            gap = e.start - other.end
            if gap > 300 or (other.end < first and gap > 150):
                break
            if "jeweils" in self.text[other.end : e.start]:
                return ""
            if other.type == "SET":
                return ""
            if other.type in ("DATE", "TIME") and other.extent and other.extent[0] == other.extent[1]:
                return str(other.extent[0].isoformat())
            if other.type == "TIME" and other.value[0] == "T":
                return ""
        if self.published and not any(o.type in ("DATE", "SET") for o in self.done):
            return self.published.isoformat()
        return ""

    def _dot(self, e: Expression) -> bool | None:
        token = e.tokens[-1]
        hour, minute = token.data
        if len(e.tokens) > 1 or e.preposition in ("am", "vom", "bis", "zu", "ab", "von"):
            day, month = token.data
            if 1 <= month <= 12 and 1 <= day <= 31 and len(token.form.split(".")[1]) <= 2 and not _COUNTED.match(self.text, e.end):
                e.month, e.day = month, day
                return self._day(e)
        if (e.preposition == "um" or e.link) and hour < 25 and minute < 60 and len(e.tokens) == 1 and not _COUNTED.match(self.text, e.end):
            return self._clock(e)
        return False

    def _bare(self, e: Expression) -> bool | None:
        form = e.tokens[0].form
        if e.preposition in ("im", "am", "in") and not _PLURALS.search(form):  # "400 Euro im Monat"
            start = next(t.start for t in e.before if t.cls == "PREP")
            if _RATED.search(self.text, max(0, start - 40), start):
                e.start, e.type, e.quant, e.value = start, "SET", "EACH", values.duration("1", e.unit or "Y")
            return None
        if not _PLURALS.search(form) or e.preposition not in ("seit", "vor", "über", "nach", "für"):
            return False
        if e.before and e.before[0].cls != "PREP":
            return False
        if form == "Stunden" or (e.preposition in ("nach", "für", "über") and form in ("Tagen", "Stunden")):
            return False
        e.type, e.value = "DURATION", values.duration("X", e.unit or "Y")
        return None

    def _part(self, e: Expression) -> bool | None:
        token = e.tokens[-1]
        if token.form == "Morgen" and len(e.tokens) == 1 and not e.before:
            first = self.bounds(e)[0]
            if not self.text[first : e.start].strip(" \n„\"»-–•") and self.published:
                e.value = (self.published + _DAYS(1)).isoformat()
                return None
            return False
        determined = e.tokens[0].cls == "DET"
        until = any(t.cls == "TO" for t in e.before)
        if e.preposition not in ("am", "gegen", "in", "im", "bis", "ab", "seit") and not until and not (token.form == "Mitternacht" and e.preposition) and not (determined and e.tokens[0].form in ("des",)):
            return False
        if e.preposition == "in" and not determined:
            return False
        other = self.previous(e, 200, day=True)
        base = other.value[:10] if other and re.match(r"\d{4}-\d\d-\d\d", other.value) else self.published.isoformat() if self.published else "XXXX-XX-XX"
        e.type, e.value = "TIME", base + (e.part or "")
        return None

    def _feast(self, e: Expression) -> bool | None:
        rule = str(e.data)
        if e.tokens[-1].form in _NAMESAKES and e.preposition not in ("am", "zu", "bis", "vor", "nach", "ab", "seit", "um"):
            return False
        year = self._year(e)
        e.explicit = e.year is not None
        if year is None:
            if self.published is None:
                e.value = f"XXXX-{rule}" if len(rule) == 5 else "XXXX-XX-XX"
                return None
            year = self._pick_year(e, lambda y: feast_day(rule, y))
        if year is None or not 1583 <= year <= 4099:
            return False
        e.value = feast_day(rule, year).isoformat()
        return None

    def _year_alone(self, e: Expression) -> bool | None:
        year = e.year
        assert year is not None
        text = self.text
        before = self.tokens[e.first - 1] if e.first else None
        if before is not None and before.end == e.start and before.cls in ("DASH", "SLASH") and not e.link:
            return False
        if before is not None and before.cls in ("DAY", "ORD", "NUM", "DM", "DOT", "CLOCK") and not e.link:
            return False
        if (e.preposition != "seit" and _COUNTED.match(text, e.end)) or _NUMBERED.search(text, max(0, e.start - 12), e.start):
            return False
        following = self.tokens[e.last] if e.last < len(self.tokens) else None
        if following is not None and following.cls in ("JAHR", "TAG", "UNIT", "MONAT", "WOCHE", "DAY", "NUM", "YEAR") and following.start - e.end < 2:
            if following.cls not in ("DAY", "NUM") or e.preposition not in ("seit", "bis", "ab", "in"):
                return False
        onward = following is not None and following.cls in ("DASH", "TO") and e.last + 1 < len(self.tokens)
        if onward and self.tokens[e.last + 1].cls == "NUM":
            return False
        onward = onward and self.tokens[e.last + 1].cls == "YEAR"
        cue = e.link or onward or e.preposition in ("in", "im", "seit", "ab", "bis", "um", "anno", "vor", "nach", "von")
        if not 1900 <= year <= 2060 and not cue and text[e.start - 1 : e.start] != "(":
            return False
        if year in (1000, 1500, 2000) and re.match(r"\s+[A-ZÄÖÜa-zäöü]+", text[e.end : e.end + 30]) and not (cue or text[e.start - 1 : e.start] == "("):
            return False
        if text[e.end : e.end + 1] in ("%", "€", "°") or text[e.end : e.end + 2] in (":1", "er"):
            return False
        e.value, e.explicit = f"{year:04d}", True
        return None





def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
