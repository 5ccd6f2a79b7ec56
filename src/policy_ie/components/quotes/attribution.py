"""Attributes quoted and reported words to speakers."""

from __future__ import annotations

import re
from bisect import bisect_right

from policy_ie.components.base import Mention, PolicyLayer, Quote
from policy_ie.components.quotes.cues import Cue, cues
from policy_ie.components.quotes.marks import Stretch, quoted_stretches
from policy_ie.components.quotes.speakers import Speakers
from policy_ie.language.sentences import sentence_spans
from policy_ie.language.verbs import Form
from policy_ie.records import SectionKind

__all__ = ["attribute"]

_SILENT = frozenset((SectionKind.SOURCE_NOTE, SectionKind.CONTACT, SectionKind.BOILERPLATE, SectionKind.DUPLICATE))
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Prof|St|Nr|med|Dipl|Ing|bzw|z\. ?B|u\. ?a|d\. ?h|ca|Mio|Mrd|rer|nat|jur|phil|[A-Z])|\d)\.$"
)
#: Konjunktiv I that cannot be an indicative.
_INDIRECT = re.compile(
    r"(?<!\w)(?:sei|seien|habe|werde|könne|müsse|solle|wolle|dürfe|gebe|gehe|komme|stehe|bleibe|brauche|gelte|liege|bringe|biete|trage|leiste|schaffe|ermögliche|zeige|mache|profitiere|gehöre|stärke|freue)(?!\w)"
)
_FIRST_PERSON = re.compile(r"(?<!\w)(?:ich|Ich|wir|Wir)(?!\w)")
_REPORT = re.compile(r"[^.!?:;]{0,110}?,\s*(?:dass|daß|ob|wie |man |es |wenn )")
_INFINITIVE = re.compile(r"[^.!?:;]{0,90}?,\s+(?:[^.!?:;]{0,160}\s)?zu\s+[a-zäöüß]+n\b|[^.!?:;]{0,120}\b\w+zu\w+en\b")
_PLAIN_REPORT = frozenset(
    [
        "erinnern",
        "danken",
        "loben",
        "würdigen",
        "sich",
        "bedanken",
        "sich",
        "aus|sprechen",
        "werben",
        "betonen",
        "unter=streichen",
        "hervor|heben",
        "fordern",
        "ein|fordern",
        "an|mahnen",
        "kritisieren",
        "warnen",
        "mahnen",
        "plädieren",
        "appellieren",
        "hin|weisen",
        "bekräftigen",
        "an|kündigen",
        "versprechen",
        "zu|sichern",
        "verlangen",
    ]
)
#: Verbs with which bodies speak too.
_DEMANDS = frozenset(["fordern", "verlangen", "kritisieren", "warnen", "mahnen", "ein|fordern", "appellieren", "begrüßen"])
_INFINITIVE_CUES = frozenset(
    [
        "an|kündigen",
        "versprechen",
        "zu|sichern",
        "fordern",
        "auf|fordern",
        "appellieren",
        "vor|schlagen",
        "empfehlen",
        "raten",
        "auf|rufen",
    ]
)
_FACTUAL = frozenset(
    [
        "mit|teilen",
        "berichten",
        "freuen",
        "hoffen",
        "rechnen",
        "danken",
        "wissen",
        "finden",
        "schreiben",
        "rufen",
        "zeigen",
        "begrüßen",
        "wünschen",
        "erinnern",
        "schildern",
        "glauben",
        "befinden",
        "fest|legen",
        "dar|stellen",
        "lauten",
        "aus|führen",
        "ergänzen",
        "fragen",
        "bestätigen",
        "antworten",
    ]
)


class _Reader:
    """State of one document."""

    def __init__(self, layer: PolicyLayer) -> None:
        self.layer, self.text = layer, layer.text
        self.sentences = layer.sentences or sentence_spans(layer.text)
        self._starts = [s for s, _ in self.sentences]
        self._silent = [(s.start, s.end) for s in layer.sections or () if s.kind in _SILENT]
        self.stretches = [s for s in quoted_stretches(self.text) if not self.silent(s.open)]
        self._opens = [s.open for s in self.stretches]
        self.speakers = Speakers(layer, [(s.open, s.close) for s in self.stretches])
        self.quotes: list[Quote] = []
        self.used_cues: set[int] = set()

    def silent(self, offset: int) -> bool:
        return any(a <= offset < b for a, b in self._silent)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        k = max(bisect_right(self._starts, offset) - 1, 0)
        return self.sentences[k] if self.sentences else (0, len(self.text))

    def quoted(self, offset: int) -> bool:
        k = bisect_right(self._opens, offset) - 1
        return k >= 0 and self.stretches[k].close > offset

    def statement_end(self, start: int, limit: int) -> int:
        """Where the sentence that runs at `start` ends."""
        for match in _SENTENCE_END.finditer(self.text, start, min(limit, len(self.text))):
            if match.group()[0] == "." and _ABBREVIATION.search(self.text, max(start, match.start() - 8), match.end()):
                continue
            return match.start()
        return min(limit, len(self.text))

    def cue_in(self, start: int, end: int, words: int, *, reported: bool = False) -> tuple[Cue | None, int, int]:
        """The first cue among the first words of a stretch."""
        lexicon = cues().forms
        for number, match in enumerate(_WORD.finditer(self.text, start, end)):
            if number >= words:
                break
            word = match.group()
            if not word[0].islower() and number:
                continue
            for cue in lexicon.get(word.lower(), ()):
                if reported and not cue.reported:
                    continue
                if cue.particle and not re.search(
                    rf"(?<!\w){re.escape(cue.particle)}(?!\w)", self.text[match.end() : min(end + 1, match.end() + 200)]
                ):
                    continue
                return cue, match.start(), match.end()
        return None, -1, -1

    def speech_like(self, stretch: Stretch) -> bool:
        """True where the quoted words can be a sentence."""
        words = _WORD.findall(self.text, stretch.start, stretch.end)
        if len(words) < 3:
            return False
        forms = cues().verb_forms
        return any(w[0].islower() and forms.get(w, 0) & (Form.FINITE | Form.PARTICIPLE) for w in words[:60]) or len(words) > 7

    def add(
        self, stretch: Stretch, speaker: Mention | tuple[int, int], cue: tuple[int, int], confidence: float, rule: str
    ) -> Quote:
        text = self.text
        start, end = stretch.start, stretch.end
        while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        quote = Quote(start, end, True, speaker, cue, self.sentence_at(cue[0]), confidence=confidence, rule=rule)
        self.quotes.append(quote)
        self.used_cues.add(cue[0])
        return quote


def attribute(layer: PolicyLayer, *, reported: bool) -> list[Quote]:
    """Quotes of a document in order of the text."""
    reader = _Reader(layer)
    _direct(reader)
    if reported:
        _reported(reader)
        _sources(reader)
    _headline(reader)
    reader.quotes.sort(key=lambda q: (q.start, q.end))
    if reported:
        _continue(reader)
    return reader.quotes


def _direct(reader: _Reader) -> None:
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


def _inquit_after(reader: _Reader, stretch: Stretch, limit: int, *, speech: bool) -> tuple[Quote | None, int]:
    """„…“, sagte X."""
    text = reader.text
    close = stretch.close
    last = text[stretch.end - 1 : stretch.end]
    match = re.compile(r"\s?[,.]?\s*[–-]?\s*").match(text, close)
    begin = match.end() if match else close
    comma = "," in text[close:begin] or last == ","
    dash = re.compile(r"\s*[–-]\s+(?=mit |so )").match(text, close) is not None
    if not (comma or dash or (last in "!?.…" and text[begin : begin + 1].islower())) or "\n\n" in text[close:begin]:
        return None, -1
    end = reader.statement_end(begin, min(limit, begin + 320))
    first = _WORD.match(text, begin)
    if first is None or first.group()[0].isupper():
        return None, -1
    word = first.group()
    worded = re.compile(r"mit (?:diesen|den) Worten\s+(\w+)").match(text, begin)
    if worded is not None:
        speaker = reader.speakers.after(worded.end() + 1, end)
        if not isinstance(speaker, Mention):
            return None, -1
        return reader.add(stretch, speaker, worded.span(1), 0.9, "inquit"), _resume(reader, end, limit)
    if word == "so" or (word in ("laut", "wie") and speech):
        after_cue = first.end()
        cue, start, cue_end = (None, first.start(), first.end())
        if word == "wie":
            cue, start, cue_end = reader.cue_in(begin, end, 16)
            if cue is None:
                return None, -1
            after_cue = begin + 3
            end = start
        else:
            inner, s2, e2 = reader.cue_in(after_cue, end, 1)
            if inner is not None:  # „…“, so betonte die Ministerin
                start, cue_end, after_cue = s2, e2, e2
        speaker = reader.speakers.after(after_cue + 1, end)
        if speaker is None or (word == "so" and isinstance(speaker, tuple) and not speech):
            return None, -1
        return reader.add(
            stretch, speaker, (start, cue_end), 0.95 if isinstance(speaker, Mention) else 0.75, "formula"
        ), _resume(reader, end, limit)
    cue, start, cue_end = reader.cue_in(begin, end, 3 if speech else 2)
    if cue is None:
        perfect = first.group() in ("hat", "haben", "hatte", "heißt")
        if not perfect or not speech:
            return None, -1
        start, cue_end = first.start(), first.end()
        if first.group() != "heißt":
            cue, s3, e3 = reader.cue_in(begin, end, 14)
            if cue is None:
                return None, -1
            start, cue_end, end = s3, e3, s3
            speaker = reader.speakers.after(first.end() + 1, end)
        else:
            speaker = reader.speakers.after(first.end() + 1, end)
    else:
        speaker = reader.speakers.after(cue_end + 1, end)
        if speaker is None and start > begin:
            speaker = reader.speakers.best(begin, start)
    if speaker is None or (not speech and isinstance(speaker, tuple)):
        return None, -1
    return reader.add(stretch, speaker, (start, cue_end), 0.97 if isinstance(speaker, Mention) else 0.78, "inquit"), _resume(
        reader, end, limit
    )


def _resume(reader: _Reader, end: int, limit: int) -> int:
    """Where a quotation could go on after its inquit."""
    return limit if limit - end < 3 else end + 1


def _inquit_before(reader: _Reader, stretch: Stretch) -> Quote | None:
    """X sagte: „…“, X: „…“, and X sagte, „…“."""
    text = reader.text
    k = stretch.open
    while k and text[k - 1].isspace():
        k -= 1
    sign = text[k - 1 : k]
    if sign != ":" and sign != ",":
        return _embedded(reader, stretch)
    start, _ = reader.sentence_at(k - 1)
    start = max(start, text.rfind("\n", 0, k - 1) + 1, k - 320)
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
        if not named or k - 1 - named[-1].end > 60:
            return None
        person = next((m for m in named if m.kind != "organisation"), named[0])
        return reader.add(stretch, person, (k - 1, k), 0.85, "colon")
    if sign == "," and k - cue_end > 120:
        return None
    speaker = reader.speakers.before(start, k - 1, (cue_start, cue_end))
    if speaker is None:
        return None
    return reader.add(stretch, speaker, (cue_start, cue_end), 0.95 if isinstance(speaker, Mention) else 0.75, "colon")


def _last_cue(reader: _Reader, start: int, end: int) -> tuple[Cue | None, int, int]:
    found: tuple[Cue | None, int, int] = (None, -1, -1)
    position = start
    while True:
        cue, a, b = reader.cue_in(position, end, 60)
        if cue is None:
            return found
        found = (cue, a, b)
        position = b


def _embedded(reader: _Reader, stretch: Stretch) -> Quote | None:
    """Quoted words inside a sentence with a verb of saying and its speaker: X nannte das „einen großen Schritt für uns“."""
    text = reader.text
    start, end = reader.sentence_at(stretch.open)
    start = max(start, stretch.open - 220)
    if stretch.open - start < 6:
        return None
    cue, a, b = _last_cue(reader, start, stretch.open)
    if cue is not None and len(_WORD.findall(text, stretch.start, stretch.end)) < (
        1 if cue.lemma in ("nennen", "bezeichnen") else 3
    ):
        return None
    if cue is None or a in reader.used_cues or "," in text[b : stretch.open].replace(", dass", "").replace(", es", ""):
        return None
    named = [m for m in reader.speakers.within(start, stretch.open) if m.kind in ("official", "person")]
    if not named or text[named[0].end : a].count(",") > 2:
        return None
    return reader.add(stretch, named[0], (a, b), 0.7, "embedded")


def _reported(reader: _Reader) -> None:
    """X betonte, dass …; …, betonte X; X warnte vor …"""
    text, low = reader.text, reader.text.lower()
    if len(low) != len(text):
        return
    lexicon = cues()
    size = len(text)
    quoted_sentences = {q.sentence for q in reader.quotes}
    for index, start, end in lexicon.automaton.find_matches_as_indexes(low, overlapping=True):
        if (start and low[start - 1].isalnum()) or (end < size and low[end].isalnum()) or text[start].isupper():
            continue
        if reader.quoted(start) or reader.silent(start):
            continue
        sentence = reader.sentence_at(start)
        if sentence in quoted_sentences or start in reader.used_cues:
            continue
        for cue in lexicon.forms[lexicon.reporting[index]]:
            if cue.reported and _report(reader, cue, start, end, sentence):
                quoted_sentences.add(sentence)
                break


def _report(reader: _Reader, cue: Cue, start: int, end: int, sentence: tuple[int, int]) -> bool:
    text = reader.text
    first, last = sentence
    if last - first > 1200:
        return False
    if cue.particle and not re.search(rf"(?<!\w){re.escape(cue.particle)}(?!\w)", text[end:last]):
        return False
    if (
        cue.form & Form.PARTICIPLE
        and not cue.form & Form.FINITE
        and not re.search(r"(?<!\w)(?:hat|haben|hatte|hatten)(?!\w)", text[first:start])
    ):
        return False
    before, after = text[first:start], text[end:last]
    # …, betonte X.
    if re.search(r",\s*(?:so\s+)?$", before) and len(before) > 25 and not after.startswith(","):
        if cue.lemma in ("mit|teilen", "berichten") and not _INDIRECT.search(before):
            return False
        if re.match(r"\s*(?:dass|ob)\b", before) or re.search(r",\s*(?:die|der|das|wie|wo|und)\b[^,]*,?\s*$", before[-60:]):
            return False
        speaker = reader.speakers.after(end + 1, last)
        if not isinstance(speaker, Mention) or (speaker.kind == "territory" and not speaker.nominal):
            return False
        return _write(reader, first, start, speaker, (start, end), sentence, 0.85)
    # X betonte, dass …
    speaker = _subject(reader, first, start, end, last)
    if speaker is None:
        return False
    content = re.search(r",\s*|:\s+", after)
    clause = _REPORT.match(after)
    if clause or (content and _INDIRECT.search(after, content.end()) and cue.lemma not in ("freuen",)):
        if cue.lemma in ("mit|teilen", "fest|stellen") and not _INDIRECT.search(after):
            return False
        begin = end + (content.end() if content else 0)
        return _write(reader, begin, last, speaker, (start, end), sentence, 0.85)
    if cue.lemma in _INFINITIVE_CUES and _INFINITIVE.match(after) and speaker.kind in ("official", "person"):
        return _write(reader, end + 1, last, speaker, (start, end), sentence, 0.65)
    if (
        cue.lemma in _PLAIN_REPORT
        and (speaker.kind in ("official", "person") or (speaker.kind == "organisation" and cue.lemma in _DEMANDS))
        and len(after) > 12
    ):
        return _write(reader, end + 1, last, speaker, (start, end), sentence, 0.6)
    return False


def _subject(reader: _Reader, first: int, start: int, end: int, last: int) -> Mention | None:
    """The speaker of a reporting verb inside a sentence: right before it, or right after it if inverted."""
    text = reader.text
    after = text[end : min(last, end + 120)]
    stop = re.search(r"[,:]", after)
    near = reader.speakers.best(end, end + (stop.start() if stop else len(after)))
    before = [m for m in reader.speakers.within(first, start) if m.kind in ("official", "person", "organisation")]
    before.sort(key=lambda m: m.kind == "organisation")
    for chosen in before:
        lead = text[max(first, chosen.start - 60) : chosen.start]
        blocked = re.search(
            r"\b(?:mit|von|vom|durch|bei|beim|für|gegen|nach|über|zu|zum|zur|an|im|in|des|neben|gegenüber)\s+(?:(?:der|dem|den|des|die|das)\s+)?(?:[\w-]+\s+){0,2}$",
            lead,
        )
        if blocked and not (chosen.kind == "official" and re.search(r"\b(?:des|der)\s+\S+\s*$", lead)):
            continue
        between = text[chosen.end : start]
        apposed = lead.endswith(", ") and re.fullmatch(r"(?:\s*\([^)]*\))?,\s*", between)
        if (
            "," not in between
            or apposed
            or re.match(r"\s*(?:\([^)]*\))?,[^,]+,[^,]*$", between)
            or re.search(r"\bund\b", between)
        ):
            return chosen
    if near is not None and near.kind != "territory":
        lead = text[end : near.start]
        if not re.search(
            r"\b(?:mit|von|vom|durch|bei|beim|für|gegen|nach|über|zu|zum|zur|an|im|in|neben|gegenüber|den|dem)\b", lead
        ):
            return near
    return (
        reader.speakers.pronoun(max(first, start - 30), min(last, end + 12))
        if re.search(r"\b(?:er|sie)\b", text[max(first, start - 12) : start] + text[end : end + 6], re.I)
        else None
    )


def _write(
    reader: _Reader, start: int, end: int, speaker: Mention, cue: tuple[int, int], sentence: tuple[int, int], confidence: float
) -> bool:
    text = reader.text
    while start < end and text[start] in " ,:\n":
        start += 1
    while end > start and text[end - 1] in " ,.\n":
        end -= 1
    if end - start < 10:
        return False
    reader.quotes.append(Quote(start, end, False, speaker, cue, sentence, confidence=confidence, rule="reported"))
    reader.used_cues.add(cue[0])
    return True


def _sources(reader: _Reader) -> None:
    """Laut X …, nach Angaben von X …, X zufolge …"""
    text, low = reader.text, reader.text.lower()
    if len(low) != len(text):
        return
    taken = {q.sentence for q in reader.quotes}
    spots = [(a, b, True) for _, a, b in cues().before_name.find_matches_as_indexes(low)]
    spots += [(m.start(), m.end(), False) for m in re.finditer(r"\bzufolge\b", text)]
    spots += [(m.start() + 2, m.end(), True) for m in re.finditer(r", so (?=[A-ZÄÖÜ]|d(?:ie|er|as) )", text)]
    for start, end, ahead in spots:
        if (
            (start and low[start - 1].isalnum())
            or (end < len(low) and low[end].isalnum())
            or reader.quoted(start)
            or reader.silent(start)
        ):
            continue
        sentence = reader.sentence_at(start)
        if sentence in taken:
            continue
        region = (end, min(sentence[1], end + 70)) if ahead else (max(sentence[0], start - 70), start)
        speaker = next((m for m in reader.speakers.within(*region) if m.kind in ("official", "person", "organisation")), None)
        if speaker is None or re.search(
            r"[,;]|\bund\b", text[region[0] : speaker.start] if ahead else text[speaker.end : start]
        ):
            continue
        begin = speaker.end if ahead and start - sentence[0] < 4 else sentence[0]
        last = start - 2 if text[start:end].strip() == "so" else sentence[1]
        if last < sentence[1] and (sentence[1] - speaker.end > 60 or last - begin < 20):
            continue
        if _write(reader, begin, last, speaker, (start, end), sentence, 0.7):
            taken.add(sentence)


def _headline(reader: _Reader) -> None:
    """Schäfer: Mehr Geld für Kitas — in the headline; further evidence where the body quotes the same person."""
    title = reader.layer.title
    if title is None:
        return
    text = reader.text
    for quote in [q for q in reader.quotes if not q.direct and title[0] <= q.cue[0] < title[1]]:
        # What the headline reports the body quotes.
        speaker_said = quote.speaker
        body = next(
            (
                q
                for q in reader.quotes
                if q.cue[0] >= title[1]
                and isinstance(q.speaker, Mention)
                and isinstance(speaker_said, Mention)
                and _same(q.speaker, speaker_said)
            ),
            None,
        )
        if body is not None:
            reader.quotes.remove(quote)
            body.more.append((quote.start, quote.end))
    colon = text.find(":", title[0], min(title[1], title[0] + 90))
    if colon < 0 or reader.quoted(colon) or title[1] - colon < 8:
        return
    named = [m for m in reader.speakers.within(title[0], colon) if m.kind in ("official", "person") and m.end == colon]
    if not named:
        return
    speaker = named[-1]
    if any(q.cue == (colon, colon + 1) for q in reader.quotes):
        return
    start = colon + 1
    while start < title[1] and text[start].isspace():
        start += 1
    same = next((q for q in reader.quotes if isinstance(q.speaker, Mention) and _same(q.speaker, speaker)), None)
    if same is not None:
        same.more.append((start, title[1]))
        return
    reader.quotes.append(Quote(start, title[1], False, speaker, (colon, colon + 1), title, confidence=0.8, rule="headline"))


def _same(a: Mention, b: Mention) -> bool:
    a, b = a.head, b.head
    if a is b or (a.kb_id is not None and a.kb_id == b.kb_id):
        return True
    return getattr(a.value, "family_name", 1) == getattr(b.value, "family_name", 2)


def _continue(reader: _Reader) -> None:
    """Sentences in the Konjunktiv of indirect speech go on with the statement before them."""
    text = reader.text
    own: dict[tuple[int, int], Quote] = {}
    for quote in reader.quotes:
        for a, b in [(quote.start, quote.end), *quote.more]:
            for k in range(max(bisect_right(reader._starts, a) - 1, 0), max(bisect_right(reader._starts, b) - 1, 0) + 1):
                own[reader.sentences[k]] = quote
        own[quote.sentence] = quote
    current: Quote | None = None
    for sentence in reader.sentences:
        if sentence in own:
            current = own[sentence]
            continue
        if current is None:
            continue
        words = text[sentence[0] : sentence[1]]
        others = [m for m in reader.speakers.within(*sentence) if m.kind in ("official", "person")]
        if any(not (isinstance(current.speaker, Mention) and _same(m, current.speaker)) for m in others):
            current = None
            continue
        if (
            _INDIRECT.search(words)
            and not _FIRST_PERSON.search(words)
            and not reader.quoted(sentence[0])
            and not reader.silent(sentence[0])
            and len(words) < 600
        ):
            current.more.append(sentence)
        else:
            current = None
