"""From what the expressions of a text say to their values."""

from __future__ import annotations

from itertools import pairwise

from policy_ie.components.dates import values
from policy_ie.components.dates.clocks import Clocks
from policy_ie.components.dates.grammar import Expression
from policy_ie.components.dates.surroundings import ONWARD

__all__ = ["Resolver"]


class Resolver(Clocks):
    """Resolves the expressions of one text in order; `_kind` is the handler of the rules of that kind."""

    def run(self, expressions: list[Expression]) -> list[Expression]:
        """Resolves all; what turns out to be no temporal expression is left out."""
        self._inherit(expressions)
        for e in expressions:
            if e.kind == "day" and e.year is not None and e.month and e.day:
                self._known.setdefault((e.month, e.day), e.year)
        for e in expressions:
            handler = getattr(self, "_" + e.kind)
            if self.text[e.end : e.end + 1] == "-" and not self.text[e.end + 1 : e.end + 2].isdigit() and not self._joined(e):
                continue  # "Winter-Biathlon", "Sonntags- und Feiertagsarbeit"
            if handler(e) is False or not e.value:
                continue
            if e.extent is None and e.type in ("DATE", "TIME") and e.mod not in ("START", "MID", "END"):
                e.extent = values.extent(e.value)
            if e.relation is None:
                e.relation = self._relation(e)
            self.done.append(e)
        for e, f in pairwise(self.done):
            bracketed = e.kind in ("weekday", "deictic") and f.kind == "day" and self.text[e.end : f.start].strip() == "("
            if bracketed and f.extent and e.weekday in (None, f.extent[0].isoweekday()):
                e.value, e.extent = f.value + (e.part or ""), f.extent  # "am Dienstag (3. Mai)": the date in brackets decides
        return self.done

    def _inherit(self, expressions: list[Expression]) -> None:
        """Marks ranges and lists, and gives their members what the last one says."""
        for left, right in pairwise(expressions):
            between = self.tokens[left.last : right.first]
            if len(between) > 4 or any(
                token.cls not in ("PREP", "TO", "DASH", "SLASH", "AND", "COMMA", "DET") for token in between
            ):
                continue
            if (not between and left.kind != "clock") or (
                right.kind == "clock" and left.kind != "clock" and left.kind != "dot"
            ):
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
            signs = {token.cls for token in self.tokens[left.last : right.first]}
            loose = right.link == "list" and {"COMMA", "PREP"} <= signs  # "im Januar, im Mai 2014"
            if left.kind == "day" and right.kind in ("day", "numeric_day"):
                if left.month is None:
                    left.month, left.year, left.year_adjective = right.month, right.year, right.year_adjective
                    left.data = right
                elif left.year is None and not loose and right.year is not None and left.month and right.month:
                    later = (left.month, left.day or 0) > (right.month, right.day or 0)
                    left.year = right.year - 1 if later and right.link == "range" else right.year
            elif (
                left.kind == "month"
                and right.kind == "month"
                and not loose
                and left.year is None
                and left.year_adjective is None
            ):
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
        if e.preposition == "von" and ONWARD.match(self.text, e.end):
            return "from"
        return None
