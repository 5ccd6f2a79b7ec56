"""Quoted words and who says them: „…“, sagte X; X: „…“; X nannte das „…“."""

from __future__ import annotations

import re

from policy_ie.components.base import Mention, Quote
from policy_ie.components.quotes.cues import Cue, cues, reports
from policy_ie.components.quotes.reader import WORD, Reader
from policy_ie.language.quotation import Stretch
from policy_ie.language.verbs import Form

#: "…", so lautet der Titel: what follows is no speaker.
_NO_SPEECH = re.compile(
    r"\s+(?:laute[nt]|lautete|hei(?:ß|ss)t|hieß|steht|stand|beginnt|begann|endet|der Titel|das Motto|die Überschrift)\b"
)
#: „…“ so Bruch.
_BARE = re.compile(r"\s+so (?=[A-ZÄÖÜ])")
#: „…“ – Mit diesen Worten eröffnete X die Schau.
_WORDED = re.compile(r"[Mm]it (?:diesen|den) Worten\s+(\w+)")
#: „….“ Das sagte X. „….“ So X.
_AFTERWARDS = re.compile(r"[ \n]?(?:(So)(?: die Worte (?:von|des|der))?|(?:Das|Dies)\s+(\w+))\s")
_QUOTED_AS = re.compile(r"(?<!\w)zitiert(?!\w)")
_PERFECT = re.compile(r"\b(?:hat|haben|hatte|hatten|habe)\b")
#: Sie nannte das einen „Erfolg“, lobte es als „Erfolg“, sprach von „Erfolg“: words before a short quotation.
_NAMED = re.compile(r"\b(?:als|[Vv]on)\s+(?:\w+\s+){0,2}$")
_SPOKE = re.compile(r"[^.;:!?]{0,120}?\s(spr[aä]ch(?:en)?|spricht)(?!\w)")
#: unter dem Motto „…“, im Wettbewerb „…“: a name.
_NAME = re.compile(
    r"(?:Motto|Titel|Thema|Slogan|Namen|[Ww]ettbewerbs?|[Pp]rogramms?|[Pp]rojekts?|[Kk]ampagne|[Aa]usstellung)\s*$"
)
#: Er schrieb der Familie. Darin heißt es: „…“: the words are those of who wrote.
_IN_IT = re.compile(r"\bDarin heißt es\b|\b[Ii]n (?:dem|seinem|ihrem) \w*(?:[Ss]chreiben|[Bb]rief|[Gg]rußwort) heißt es\b")
#: Sie lobte die – wie sie sagte – „beste Mannschaft“ des Hauses.
_PARENTHESIS = re.compile(r"[–-]\s*wie (?:er|sie)\s+$")
__all__ = ["direct_quotes"]


def direct_quotes(reader: Reader) -> None:
    """Finds the quotes with quotation marks; interrupted ones are one quote with `more`."""
    text = reader.text
    last: Quote | None = None
    last_end = -1
    stretches = reader.stretches
    for number, stretch in enumerate(stretches):
        limit = stretches[number + 1].open if number + 1 < len(stretches) else len(text)
        speech = reader.speech_like(stretch)
        quote, ends = _inquit_after(reader, stretch, limit, speech=speech)
        if quote is None:
            quote = _inquit_before(reader, stretch) if speech else _embedded(reader, stretch)
            ends = stretch.close
        if quote is not None and last is not None and quote.cue == last.cue:
            reader.quotes.remove(quote)
            last.more.append((quote.start, quote.end))
            last_end = stretch.close
            continue
        if quote is not None:
            last, last_end = quote, ends
            continue
        if last is not None and speech and last_end >= 0:
            between = text[last_end : stretch.open]
            if not between.strip(" \n\r\t.,;:–-") and len(between) < 12:
                last.more.append((stretch.start, stretch.end))
                last_end = stretch.close
    for quote in reader.quotes:
        words = len(WORD.findall(text, quote.start, quote.end))
        if words < 3 and quote.more:  # „Sicher“, sagte X, „wir bauen die Schule.“
            longest = max(quote.more, key=lambda span: span[1] - span[0])
            quote.more[quote.more.index(longest)] = (quote.start, quote.end)
            quote.start, quote.end = longest


def _inquit_after(reader: Reader, stretch: Stretch, limit: int, *, speech: bool) -> tuple[Quote | None, int]:
    """„…“, sagte X."""
    text = reader.text
    close = stretch.close
    last = text[stretch.end - 1 : stretch.end]
    match = re.compile(r"\s?[,.]?\s*[–-]?\s*").match(text, close)
    begin = match.end() if match else close
    comma = "," in text[close:begin] or last == ","
    dash = re.compile(r"\s*[–-]\s+(?=[Mm]it |so )").match(text, close) is not None
    bare = _BARE.match(text, close) is not None or (speech and _forgot_comma(reader, stretch))
    if last in ".!?…" and speech and (afterwards := _AFTERWARDS.match(text, close)):
        return _closed(reader, stretch, afterwards, limit)
    if not (comma or dash or bare or (last in "!?.…" and text[begin : begin + 1].islower())) or "\n\n" in text[close:begin]:
        return None, -1
    if not comma and _NAME.search(text, max(0, stretch.open - 40), stretch.open):
        return None, -1  # Unter dem Motto „Was bleibt?“ hatte X aufgerufen …
    end = reader.statement_end(begin, min(limit, begin + 320))
    first = WORD.match(text, begin)
    worded = _WORDED.match(text, begin)
    if first is None or (first.group()[0].isupper() and worded is None):
        return None, -1
    word = first.group()
    if worded is not None:
        speaker = reader.speakers.after(worded.end() + 1, end)
        if not isinstance(speaker, Mention):
            return None, -1
        return reader.add(stretch, speaker, worded.span(1), 0.9, "inquit"), _resume(reader, end, limit)
    if word == "so" or (word in ("laut", "wie") and speech):
        if word == "so" and _NO_SPEECH.match(text, first.end()):
            return None, -1
        after_cue = first.end()
        cue, start, cue_end = (None, first.start(), first.end())
        if word == "wie":
            cue, start, cue_end = reader.cue_in(begin, end, 16)
            if cue is None:
                return None, -1
            after_cue = begin + 3
            end = start
        speaker = reader.speakers.after(after_cue + 1, end)
        if speaker is None or (word == "so" and isinstance(speaker, tuple) and not speech):
            return None, -1
        return reader.add(
            stretch, speaker, (start, cue_end), 0.95 if isinstance(speaker, Mention) else 0.75, "formula"
        ), _resume(reader, end, limit)
    cue, start, cue_end = reader.cue_in(begin, end, 3 if speech else 2)
    if cue is None:
        if first.group() == "wird" and (mentioned := _QUOTED_AS.search(text, begin, end)):
            speaker = reader.speakers.after(first.end() + 1, mentioned.start())
            if isinstance(speaker, Mention):
                return reader.add(stretch, speaker, mentioned.span(), 0.8, "inquit"), _resume(reader, end, limit)
        if first.group() not in ("hat", "haben", "hatte") or not speech:
            return None, -1
        cue, start, cue_end = reader.cue_in(begin, end, 14)
        if cue is None:
            return None, -1
        end = start
        speaker = reader.speakers.after(first.end() + 1, end)
    else:
        speaker = reader.speakers.after(cue_end + 1, end)
    if speaker is None or (not speech and isinstance(speaker, tuple)):
        return None, -1
    return reader.add(stretch, speaker, (start, cue_end), 0.97 if isinstance(speaker, Mention) else 0.78, "inquit"), _resume(
        reader, end, limit
    )


def _forgot_comma(reader: Reader, stretch: Stretch) -> bool:
    """„Wir bauen die Schule“ sagte X: a sentence of its own, and its verb of saying without a comma."""
    text = reader.text
    before = text[: stretch.open][-3:].rstrip()
    word = re.compile(r"\s?([a-zäöü]+)\s").match(text, stretch.close)
    if word is None or (before and before[-1] not in ".!?:") or len(WORD.findall(text, stretch.start, stretch.end)) < 5:
        return False
    return any(cue.reported and cue.form & Form.FINITE for cue in cues().forms.get(word[1], ()))


def _closed(reader: Reader, stretch: Stretch, found: re.Match[str], limit: int) -> tuple[Quote | None, int]:
    """„Wir bauen die Schule.“ Das sagte X; „….“ So X."""
    closing = reports().closing
    end = reader.statement_end(found.end(), min(limit, found.end() + 320))
    if found[1] is None and not any(cue.lemma in closing for cue in cues().forms.get(found[2], ())):
        return None, -1
    speaker = reader.speakers.after(found.end(), end)
    if not isinstance(speaker, Mention) or (found[1] and (end - speaker.end > 30 or speaker.start - found.end() > 60)):
        return None, -1
    return reader.add(stretch, speaker, found.span(1 if found[1] else 2), 0.85, "inquit"), _resume(reader, end, limit)


def _resume(reader: Reader, end: int, limit: int) -> int:
    """Where a quotation could go on after its inquit."""
    return limit if limit - end < 3 else end + 1


def _inquit_before(reader: Reader, stretch: Stretch) -> Quote | None:
    """X sagte: „…“, X: „…“, and X sagte, „…“."""
    text = reader.text
    k = stretch.open
    while k and text[k - 1].isspace():
        k -= 1
    sign = text[k - 1 : k]
    if sign != ":" and sign != ",":
        return _embedded(reader, stretch)
    start, _ = reader.sentence_at(k - 1)
    start = max(start, text.rfind("\n", 0, k - 1) + 1, k - 320, reader.quoted_until(k))
    cue, cue_start, cue_end = _last_cue(reader, start, k - 1)
    if cue is None:
        if sign == ",":
            return None
        formula = next((m for m in cues().before_name.find_matches_as_indexes(text[start:k].lower())), None)
        if formula is not None:
            cue_start, cue_end = start + formula[1], start + formula[2]
            speaker = reader.speakers.after(cue_end, k)
            return None if speaker is None else reader.add(stretch, speaker, (cue_start, cue_end), 0.85, "colon")
        named = [m for m in reader.speakers.within(start, k) if m.kind in ("official", "person", "organisation")]
        if not named:  # Er richtete Worte an die Gäste: „…“. Das sei nicht nötig: „…“.
            meant = reader.speakers.pronoun(start, start + 4) or (
                reader.speakers.last_person(start) if reports().indirect.search(text, start, k) else None
            )
            return None if meant is None else reader.add(stretch, meant, (k - 1, k), 0.7, "colon")
        if k - 1 - named[-1].end > (60 if named[-1].kind == "organisation" or named[0].start - start > 40 else 130):
            return None
        person = next((m for m in named if m.kind != "organisation"), named[0])
        return reader.add(stretch, person, (k - 1, k), 0.85, "colon")
    if cue.lemma == "auf|rufen" and re.search("[Ww]ettbewerb", text[start:k]):
        return None
    if sign == "," and k - cue_end > 120:
        return None
    speaker = reader.speakers.before(start, k - 1, (cue_start, cue_end))
    if speaker is None and _IN_IT.search(text, start, k):
        told = reader.sentence_at(max(start - 2, 0))
        speaker = next((m for m in reader.speakers.within(*told) if m.kind in ("official", "person")), None)
    if speaker is None:
        return None
    return reader.add(stretch, speaker, (cue_start, cue_end), 0.95 if isinstance(speaker, Mention) else 0.75, "colon")


def _last_cue(reader: Reader, start: int, end: int) -> tuple[Cue | None, int, int]:
    found: tuple[Cue | None, int, int] = (None, -1, -1)
    position = start
    while True:
        cue, a, b = reader.cue_in(position, end, 60)
        if cue is None:
            return found
        found = (cue, a, b)
        position = b


def _embedded(reader: Reader, stretch: Stretch) -> Quote | None:
    """Quoted words inside a sentence with a verb of saying and its speaker: X nannte das „einen großen Schritt für uns“."""
    text = reader.text
    start, _ = reader.sentence_at(stretch.open)
    start = max(start, stretch.open - 220)
    if stretch.open - start < 6 or any(
        m.start <= stretch.start and stretch.end <= m.end + 1 for m in reader.layer.of_kind("programme", "organisation")
    ):
        return None
    if _NAME.search(text, start, stretch.open):
        return None
    cue, a, b = _last_cue(reader, start, stretch.open)
    named_as = _NAMED.search(text, start, stretch.open) is not None
    if cue is None and named_as and (spoken := _SPOKE.match(text, stretch.close)) is not None:  # Von „Erfolg“ sprach X.
        speaker = reader.speakers.after(spoken.end(1) + 1, reader.statement_end(spoken.end(), spoken.end() + 160))
        if not isinstance(speaker, Mention) or speaker.kind not in ("official", "person"):
            return None
        return reader.add(stretch, speaker, spoken.span(1), 0.7, "embedded")
    if cue is None and named_as:  # Sie hatte das als „Erfolg“ gewertet.
        cue, a, b = reader.cue_in(stretch.close, min(stretch.close + 40, len(text)), 1)
        if cue is None or not cue.form & Form.PARTICIPLE or _PERFECT.search(text, start, stretch.open) is None:
            return None
    naming = cue is not None and (cue.lemma in reports().naming or named_as)
    if cue is None or len(WORD.findall(text, stretch.start, stretch.end)) < (1 if naming else 3):
        return None
    if (
        a in reader.used_cues
        or _PARENTHESIS.search(text, start, a)
        or (not named_as and "," in text[b : stretch.open].replace(", dass", "").replace(", es", ""))
    ):
        return None
    speakers = reader.speakers.within(start, min(a, stretch.open)) or reader.speakers.within(b, stretch.open)
    named = [m for m in speakers if m.kind in ("official", "person")]
    if not named and naming:
        meant = reader.speakers.pronoun(start, min(start + 4, a)) if not speakers else None
        named = [m for m in (*speakers[:1], meant) if m is not None and (m is meant or m.kind == "organisation")]
    if not named or text[max(named[0].end, start) : a].count(",") > 2:
        return None
    return reader.add(stretch, named[0], (a, b), 0.7, "embedded")
