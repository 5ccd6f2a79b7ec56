"""Reported speech: X betonte, dass …; …, betonte X; laut X …; and the indirect speech that goes on with it."""

from __future__ import annotations

import re
from bisect import bisect_right

from policy_ie.components.base import Mention, Quote
from policy_ie.components.quotes.cues import Cue, cues, reports, whole_word
from policy_ie.components.quotes.reader import Reader, same_person
from policy_ie.components.quotes.subjects import ADDRESS, APPOSED, HAVE, HE, after_subject, subject
from policy_ie.language.verbs import Form

__all__ = ["continued_quotes", "loose_quotes", "reported_quotes", "source_quotes"]

_FIRST_PERSON = re.compile(r"(?<!\w)(?:ich|Ich|wir|Wir)(?!\w)")
_REFLEXIVE = re.compile(r"(?<!\w)(?:sich|mich|uns)(?!\w)")
_SUBORDINATE = re.compile(r"(?<!\w)(?:dass|daß|ob|als|wenn|damit|wie|es|Es)(?!\w)")
#: Das betonte X. Das hat X betont.
_THAT = re.compile(r"\s*(?:Das|Dies)\s+(?:(?:hat|haben)\s[^,]{3,140})?")
#: Darauf verwies X. Darauf hat X verwiesen.
_THERETO = re.compile(r"\s*Darauf\s+(?:(?:hat|haben)\s[^,]{3,140})?")
#: Wie X erklärte, …; …, wie X erklärte.
_AS = re.compile(r"\s*Wie\s[^,]{3,120}")
_AS_LAST = re.compile(r",\s*wie\s[^,]{3,120}$")
#: X erklärte in Kiel: Die Schule wird gebaut.
_COLON = re.compile(r"[^.!?;:]{0,140}:\s*(?=[\w„“\"»«]|$)")
#: Sie würdigte ihn mit dem Verdienstkreuz: an award.
_HONOUR = re.compile(
    r"(?<!\w)mit\s(?:[\w-]+\s){0,3}[\w-]*(?:kreuz|orden|preis|medaille|nadel|plakette|urkunde|stern|brief)(?!\w)"
)
#: Sie rief auf, sich zu bewerben: a call.
_CALLS = re.compile(
    r"[Ww]ettbewerb|(?<!\w)(?:teilzunehmen|mitzumachen|zu bewerben|einzureichen|(?:zur|zu einer)\s(?:Teilnahme|Bewerbung))"
)
#: Sie lobte und überreichte …: a verb without an object says nothing.
#: Die Ministerin lobt einen Preis aus: no praise.
_OFFERS = re.compile(r"[^.!?;:]*\saus\s*[,.;:]?\s*(?:$|,|und\s)")
_NO_OBJECT = re.compile(r"\s*(?:und|sowie|als)(?!\w)")
#: X reagierte betroffen. „Das ist traurig.“
_REACTS = re.compile(
    r"(?<!\w)(?:reagiert|reagierte|(?:äußert|äußerte|zeigt|zeigte|freut|freute|bedankt|bedankte) sich|blickt|blickte"
    r"|begrüßt|begrüßte|zieht|zog|würdigt|würdigte|lobt|lobte|dankt|dankte|kritisiert|kritisierte"
    r"|ist (?:überzeugt|zufrieden|stolz|begeistert|dankbar))(?!\w)"
)
#: Verbs that are mostly deeds; words before them are told only in indirect speech: Das sei ein Erfolg, gratulierte X.
_ADDRESSED = frozenset(("begrüßen", "gratulieren", "beglückwünschen", "wünschen", "danken"))
_THAT_CLAUSE = re.compile(r"da(?:ss|ß)\s$")
#: "X zufolge", ", so X"; both begin with letters, so that the search skips to them.
_ACCORDING = re.compile(r"zufolge\b(?<!\wzufolge)")
_SO = re.compile(r", so (?=[A-ZÄÖÜ]|d(?:ie|er|as) )")
#: "…, (so) | betonte X": right behind what is reported.
_INVERTED = re.compile(r",\s*(?:so\s+)?$")
_REPORT = re.compile(r"[^.!?:;]{0,110}?,\s*(?:dass|daß|ob|wie |man |es |wenn )")
_BEHIND_COMMA = re.compile(r"[^.!?:;,]{0,110},\s+(?=[^.!?:;,]{0,110}zu[\s\w])")
_INFINITIVE = re.compile(r"[^.!?:;]{0,90}?,\s+(?:[^.!?:;]{0,160}\s)?zu\s+[a-zäöüß]+n\b|[^.!?:;]{0,120}\b\w+zu\w+en\b")


def reported_quotes(reader: Reader) -> None:
    """Finds reported speech by its verbs: X betonte, dass …; …, betonte X; X warnte vor … ."""
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


def _report(reader: Reader, cue: Cue, start: int, end: int, sentence: tuple[int, int]) -> bool:
    text = reader.text
    first, last = sentence
    if last - first > 1200:
        return False
    # A particle follows its verb; the noun of a phrase may stand before it: Kritik übte der Verband.
    if cue.particle and not whole_word(cue.particle).search(text, first if cue.particle[:1].isupper() else end, last):
        return False
    if cue.form & Form.PARTICIPLE and not cue.form & Form.FINITE and not HAVE.search(text, first, start):
        return False
    if cue.lemma.startswith("sich ") and _REFLEXIVE.search(text, first, last) is None:
        return False
    before, after = text[first:start], text[end:last]
    # …, betonte X.
    named = [m for m in reader.speakers.within(first, start) if m.end >= start - 3 and APPOSED.search(text, first, m.start)]
    if len(before) > 12 and _INVERTED.search(before[-12:]) and not after.startswith(",") and not named:
        if cue.lemma == "mit|teilen" and not reports().indirect.search(before):
            return False
        speaker = reader.speakers.both(end, end + 40, start) or reader.speakers.after(end + 1, last)
        if re.match(r"\s*(?:dass|ob|Nachdem|Während|Bevor|Obwohl|Als|Wenn|Weil|Um)\b", before):
            return False
        # Landrat Kuhn, der das Amt leitet, betonte …
        if re.search(r",\s*(?:die|der|das|wie|wo|und)\b[^,]*,?\s*$", before[-200:]) and (
            any(m.kind in ("official", "person") for m in reader.speakers.within(first, start))
            or not isinstance(speaker, Mention)
            or not ADDRESS.fullmatch(text, end, speaker.start)
        ):
            return False
        if not isinstance(speaker, Mention):
            speaker = reader.speakers.role(end, last)
        if speaker is None or (isinstance(speaker, Mention) and speaker.kind == "territory" and not speaker.nominal):
            return False
        # "Am 3. Mai, einem Montag, begrüßte X …", "… und A, Chef der B, gratulieren den Siegern": before it nobody speaks.
        if cue.lemma not in _ADDRESSED or reports().spoken.search(before) is not None:
            return _write(reader, first, start, speaker, (start, end), sentence, 0.85)
    # Darauf verwies X: what the sentence before says.
    if cue.lemma in ("verweisen", "hin|weisen", "aufmerksam machen", "pochen", "drängen") and _THERETO.fullmatch(before):
        speaker = reader.speakers.best(first, start) or reader.speakers.after(end + 1, last)
        told = reader.sentence_at(max(first - 2, 0))
        return isinstance(speaker, Mention) and told[1] <= first and _write(reader, *told, speaker, (start, end), sentence, 0.7)
    closing = cue.lemma in reports().closing
    # Das betonte X: what the sentence before says.
    if closing and _THAT.fullmatch(before):
        spoken = reader.speakers.best(first, start) or reader.speakers.after(end + 1, last)
        told = reader.sentence_at(max(first - 2, 0))
        if not isinstance(spoken, Mention) or spoken.kind not in ("official", "person") or told[1] > first:
            return False
        if "\n\n" in text[told[1] : first] or any(q.start < told[1] and told[0] < q.end for q in reader.quotes):
            return False
        return _write(reader, *told, spoken, (start, end), sentence, 0.7)
    # X betonte, dass …
    speaker = subject(reader, cue, first, start, end, last)
    if speaker is None:
        office = reader.speakers.role(first, start) or reader.speakers.role(end, last)
        tells = re.match(r"[^.!?:;,]{0,90},\s*(?:dass\s|daß\s)?", after)
        if (
            office is None
            or tells is None
            or "," in before
            or not (_THAT_CLAUSE.search(tells[0]) or _spoken(after, tells.end()))
        ):
            return False
        return _write(reader, end + tells.end(), last, office, (start, end), sentence, 0.7)
    if (
        (cue.lemma == "loben" and _OFFERS.match(after))
        or (cue.lemma == "würdigen" and _HONOUR.search(text, first, last))
        or (cue.lemma == "auf|rufen" and _CALLS.search(text, first, last))
    ):
        return False
    person = speaker.kind in ("official", "person")
    # Wie X erklärte, wird gebaut; es wird gebaut, wie X erklärte.
    if closing and person and after.startswith(",") and _AS.fullmatch(before):
        return _write(reader, end + 1, last, speaker, (start, end), sentence, 0.75)
    if closing and person and len(after) < 3 and (told_as := _AS_LAST.search(before)):
        return _write(reader, first, first + told_as.start(), speaker, (start, end), sentence, 0.75)
    content = re.search(r":\s+" if cue.lemma in reports().naming else r",\s*|:\s+", after)
    clause = _REPORT.match(after)
    if clause and clause[0].endswith("wie ") and cue.lemma in reports().infinitive:
        return False  # "schlägt vor, wie gebaut werden kann"
    if clause or (content and reports().spoken.search(after, content.end()) and cue.lemma not in ("freuen",)):
        if cue.lemma in ("mit|teilen", "fest|stellen") and not reports().indirect.search(after):
            return False
        begin = end + (content.end() if content else 0)
        return _write(reader, begin, last, speaker, (start, end), sentence, 0.85)
    # X erklärte in Kiel: Die Schule wird gebaut.
    colon = _COLON.match(after) if closing and person else None
    if colon is not None and not reader.quote_opens(end + colon.end(), last + 4):
        if end + colon.end() < last:
            return _write(reader, end + colon.end(), last, speaker, (start, end), sentence, 0.8)
        return _write(reader, *reader.sentence_at(last + 3), speaker, (start, end), sentence, 0.8)
    if cue.lemma in reports().infinitive and _INFINITIVE.match(after) and (person or cue.lemma in reports().demands):
        comma = _BEHIND_COMMA.match(after)
        begin = end + (comma.end() if comma else 1)
        return _write(reader, begin, last, speaker, (start, end), sentence, 0.65)
    if cue.form & Form.PARTICIPLE and len(after) < 3:
        return person and _told_before(reader, cue, start, end, sentence, speaker)
    return len(after) > 12 and _told_behind(reader, cue, start, end, sentence, speaker)


def _spoken(after: str, start: int) -> bool:
    return reports().spoken.search(after, start) is not None


def _told_before(reader: Reader, cue: Cue, start: int, end: int, sentence: tuple[int, int], speaker: Mention) -> bool:
    """X hat den Helfern gedankt; mehr Mut hat X gefordert."""
    text, needed = reader.text, reports().object.get(cue.lemma)
    have = HAVE.search(text, sentence[0], start)
    if have is None or cue.lemma == "an|kündigen" or (cue.lemma not in reports().plain and needed is None):
        return False
    if needed is not None and have[0] != "hat":
        return False
    begin = max(after_subject(reader, speaker, start), have.end())
    bracket = text.find(")", begin, start) if text[begin + 1 : begin + 2] == "(" else -1
    if start - max(begin, bracket) < 14:
        return _write(reader, sentence[0], have.start(), speaker, (start, end), sentence, 0.6)
    if needed is not None and not needed.search(text, begin - 1, start):
        return False
    return _write(reader, begin, start, speaker, (start, end), sentence, 0.6)


def _told_behind(reader: Reader, cue: Cue, start: int, end: int, sentence: tuple[int, int], speaker: Mention) -> bool:
    """X warnte vor Kürzungen; dabei bezeichnete X den Bau als Gewinn."""
    text, last, needed = reader.text, sentence[1], reports().object.get(cue.lemma)
    if cue.lemma not in reports().plain and (needed is None or needed.search(text, end, last) is None):
        return False
    if needed is not None and cue.form & Form.PLURAL and not cue.form & Form.SINGULAR:
        return False
    if _NO_OBJECT.match(text, end) or (speaker.kind == "organisation" and cue.lemma not in reports().demands):
        return False
    behind = after_subject(reader, speaker, last)
    begin = behind if end <= speaker.start < end + 60 and last - behind > 24 else end
    spoke = HE.match(text, end)
    return _write(reader, spoke.end() if spoke else begin, last, speaker, (start, end), sentence, 0.6)


def _write(
    reader: Reader,
    start: int,
    end: int,
    speaker: Mention | tuple[int, int],
    cue: tuple[int, int],
    sentence: tuple[int, int],
    confidence: float,
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


def source_quotes(reader: Reader) -> None:
    """Finds statements by their source: laut X, nach Angaben von X, X zufolge, and a closing "so X"."""
    text, low = reader.text, reader.text.lower()
    if len(low) != len(text):
        return
    taken = {q.sentence for q in reader.quotes}
    spots = [(a, b, True) for _, a, b in cues().before_name.find_matches_as_indexes(low)]
    spots += [(m.start(), m.end(), False) for m in _ACCORDING.finditer(text)]
    spots += [(m.start() + 2, m.end() - 1, True) for m in _SO.finditer(text)]
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
            # Der Verband monierte das Verfahren: Es sei zu bürokratisch, so X.
            colon = text.rfind(": ", sentence[0], start)
            if (
                colon < 0
                or text[start:end].strip() != "so"
                or any(q.cue[0] > colon for q in reader.quotes if q.sentence == sentence)
            ):
                continue
            sentence = (colon + 2, sentence[1])
        region = (end, min(sentence[1], end + 70)) if ahead else (max(sentence[0], start - 70), start)
        speaker = next((m for m in reader.speakers.within(*region) if m.kind in ("official", "person", "organisation")), None)
        if speaker is None and text[start:end].strip() == "so" and start - sentence[0] > 20:
            office = reader.speakers.role(end, sentence[1])  # …, so der Vorsitzende des Vereins.
            if office is not None and _write(reader, sentence[0], start, office, (start, end), sentence, 0.65):
                taken.add(sentence)
            continue
        if speaker is None or re.search(
            r"[,;]|\bund\b", text[region[0] : speaker.start] if ahead else text[speaker.end : start]
        ):
            continue
        begin = speaker.end if ahead and start - sentence[0] < 4 else sentence[0]
        last = start - 2 if text[start:end].strip() == "so" else sentence[1]
        if last < sentence[1]:
            goes_on = sentence[1] - speaker.end > 60
            if (goes_on and reports().indirect.search(text, speaker.end, sentence[1]) is None) or (
                not goes_on and last - begin < 20
            ):
                continue
            if goes_on:
                last = sentence[1]  # Ohne das Land, so X, sei das nicht zu machen.
        if _write(reader, begin, last, speaker, (start, end), sentence, 0.7):
            taken.add(sentence)


def loose_quotes(reader: Reader) -> None:
    """Quoted sentences that stand alone go on with the statement of the sentence before them."""
    text = reader.text
    held = [(a, b) for q in reader.quotes if q.direct for a, b in ((q.start, q.end), *q.more)]
    for stretch in reader.stretches:
        if text[stretch.end - 1] not in ".!?…" or stretch.end - stretch.start < 25 or not reader.speech_like(stretch):
            continue
        if any(a < stretch.end and stretch.start < b for a, b in held):
            continue
        k = stretch.open
        while k and text[k - 1].isspace():
            k -= 1
        if not k or text[k - 1] not in ".!?" or text[stretch.close : stretch.close + 2].strip() in (",", "–"):
            continue
        before = reader.sentence_at(k - 1)
        said = [q for q in reader.quotes if q.sentence == before]
        if said and not said[-1].direct and said[-1].rule == "reported":
            # What is reported the quoted words say in full.
            quote = said[-1]
            quote.more.append((quote.start, quote.end))
            quote.start, quote.end, quote.direct = stretch.start, stretch.end, True
        elif said:
            said[-1].more.append((stretch.start, stretch.end))
        elif (reacts := _REACTS.search(text, *before)) is not None:
            people = [m for m in reader.speakers.within(*before) if m.kind in ("official", "person")]
            if people and all(same_person(m, people[0]) for m in people):
                reader.add(stretch, people[0], reacts.span(), 0.65, "loose")


def continued_quotes(reader: Reader) -> None:
    """Sentences in the Konjunktiv of indirect speech go on with the statement before them, or with who acts there."""
    text = reader.text
    own: dict[tuple[int, int], Quote] = {}
    for quote in reader.quotes:
        for a, b in [(quote.start, quote.end), *quote.more]:
            for k in range(max(bisect_right(reader._starts, a) - 1, 0), max(bisect_right(reader._starts, b) - 1, 0) + 1):
                own[reader.sentences[k]] = quote
        own[quote.sentence] = quote
    current: Quote | None = None
    before: tuple[int, int] | None = None
    for sentence in reader.sentences:
        last, before = before, sentence
        if sentence in own:
            current = own[sentence]
            continue
        words = text[sentence[0] : sentence[1]]
        if current is None:
            current = _unannounced(reader, last, sentence)
            continue
        others = [m for m in reader.speakers.within(*sentence) if m.kind in ("official", "person")]
        if any(not (isinstance(current.speaker, Mention) and same_person(m, current.speaker)) for m in others):
            current = None
            continue
        if (
            reports().indirect.search(words)
            and not _FIRST_PERSON.search(words)
            and not reader.quoted(sentence[0])
            and not reader.silent(sentence[0])
            and len(words) < 600
        ):
            current.more.append(sentence)
        else:
            current = None


def _unannounced(reader: Reader, last: tuple[int, int] | None, sentence: tuple[int, int]) -> Quote | None:
    """Der Landrat warb für den Bau. Man brauche mehr Mut: indirect speech without a word of saying."""
    text = reader.text
    if last is None or "\n" in text[last[1] : sentence[0]] or reader.silent(sentence[0]):
        return None
    people = [m for m in reader.speakers.within(*last) if m.kind in ("official", "person")]
    if not people or any(m.kind in ("official", "person") for m in reader.speakers.within(*sentence)):
        return None
    said = reports().indirect.search(text, *sentence)
    if said is None or any(not same_person(m, people[0]) for m in people):
        return None
    if (
        reader.quoted(sentence[0])
        or _FIRST_PERSON.search(text, *sentence)
        or _SUBORDINATE.search(text, sentence[0], said.start())
    ):
        return None
    quote = Quote(*sentence, False, people[0], said.span(), sentence, confidence=0.55, rule="indirect")
    reader.quotes.append(quote)
    return quote
