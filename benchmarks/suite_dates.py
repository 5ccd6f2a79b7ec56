"""Our temporal expressions in the notation of other tools' suites: only the notation differs, nothing is found anew.

The suites count a preposition to the span where it carries meaning ("ab 14 Uhr", "in drei Wochen"; chrono and dateparser
always do), write a date with its clock time as one expression, and a counted distance ("in zwei Wochen") as the day reached.
"""

from __future__ import annotations

import re
from typing import Any

#: Suites that count every preposition to the span.
WITH_PREPOSITIONS = ("chrono", "dateparser")
_PREPOSITION = re.compile(r"(?i)\b(?:am|an|um|ab|bis(?: zum| zu)?|seit|vor|nach|in|im|vom|von|zwischen)\s+(?:der |dem |den )?$")
_JOINT = re.compile(r",?\s*(?:um |ab )?\s*")


def convert(text: str, mentions: list[Any], suite: str) -> list[dict[str, Any]]:
    """Spans for the scorer from the date mentions of a text."""
    spans: list[dict[str, Any]] = []
    last: Any = None
    dateless = all(m.value.timex_type in ("TIME", "INTERVAL") for m in mentions)
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        v = m.value
        span: dict[str, Any] = {"start": m.start, "end": m.end, "type": v.timex_type.lower(), "value": v.value}
        head = _PREPOSITION.search(text, max(0, m.start - 12), m.start)
        wanted = (
            suite in WITH_PREPOSITIONS
            or v.relation not in (None, "from")
            or v.timex_type == "INTERVAL"
            or (head and head[0].lower().startswith("ab"))
        )
        if head and wanted and v.timex_type != "SET":
            span["start"] = head.start()
        if suite == "ms_datetime_model" and "T" in v.value and dateless:  # a clock time without a day stands without one there
            span["value"] = re.sub(r"\d{4}-\d\d-\d\dT", "T", v.value)
            if v.timex_type == "TIME" and head and v.relation in ("from", "until"):
                span[{"from": "start_value", "until": "end_value"}[v.relation]] = span.pop("value")
        if v.timex_type == "INTERVAL":
            span["start_value"], _, span["end_value"] = span.pop("value").partition("/")
        elif v.timex_type == "DURATION" and v.start and v.end and v.relation is None:
            span["start_value"], span["end_value"] = v.start.isoformat(), v.end.isoformat()
        elif v.timex_type == "DURATION" and v.start and v.end and v.relation in ("after", "before"):
            span["value"] = (v.end if v.relation == "after" else v.start).isoformat()
        if (
            last is not None
            and v.timex_type == "TIME"
            and "T" in v.value
            and _JOINT.fullmatch(text[last[0].end : m.start])
            and (v.value.startswith(last[0].value.value[:10]) or last[0].value.timex_type == "SET")
        ):
            span["start"] = last[1]["start"]
            if last[0].value.timex_type == "SET":
                day = last[0].value.value
                clock = re.sub(r":00$", "", v.value[v.value.index("T") :])
                span["value"] = (day if day.startswith("XXXX-W") else "") + clock
                span["type"] = "set"
        spans.append(span)
        last = (m, span)
    return spans
