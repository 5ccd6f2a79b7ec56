"""Read the full-form lexicon `german.dict` (languagetool-org/german-pos-dict, a Morfologik CFSA2 automaton)."""

from pathlib import Path

NEXT, LAST, FINAL, LABEL = 0x80, 0x40, 0x20, 0x1F


def entries(path):
    """Yield every stored byte sequence (form + separator + coded lemma + separator + tag)."""
    data = Path(path).read_bytes()
    if data[:5] != b"\\fsa\xc6":
        raise ValueError(f"{path} is no CFSA2 automaton")
    numbers = int.from_bytes(data[5:7], "big") & 0x100
    size = data[7]
    labels, base = data[8 : 8 + size], 8 + size

    def vint(at):
        value = shift = 0
        while True:
            byte = data[at]
            value |= (byte & 0x7F) << shift
            at += 1
            if byte < 0x80:
                return value, at
            shift += 7

    def arcs(node):
        at = node
        if numbers:
            _, at = vint(at)
        while True:
            flags = data[at]
            index = flags & LABEL
            at += 1
            if index:
                label = labels[index]
            else:
                label = data[at]
                at += 1
            if flags & NEXT:
                target = None
            else:
                target, at = vint(at)
            yield flags, label, target
            if flags & LAST:
                # the node after this one, for arcs that go to the next node
                yield None, None, at
                return

    def expand(node):
        found, after = [], None
        for flags, label, target in arcs(node):
            if flags is None:
                after = target
            else:
                found.append((flags, label, target))
        return [(f, x, after if t is None else base + t) for f, x, t in found]

    cached = {}

    def walk(node, prefix):
        out = cached.get(node)
        if out is None:
            out = cached[node] = expand(node)
        for flags, label, target in out:
            word = prefix + bytes((label,))
            if flags & FINAL:
                yield word
            if target != base:
                yield from walk(target, word)

    root = expand(base)  # the first node has one arc: to the root proper
    yield from walk(root[0][2], b"")


def readings(path):
    """Yield (form, lemma, tag); the lemma is coded as the number of bytes to cut ("A" = 0) and what to add."""
    for raw in entries(path):
        parts = raw.split(b"_", 2)
        if len(parts) == 3 and parts[1] and not raw.startswith(b"#"):
            form, coded, tag = parts
            lemma = form[: max(0, len(form) - (coded[0] - 65))] + coded[1:]
            yield form.decode("utf8", "replace"), lemma.decode("utf8", "replace"), tag.decode("utf8", "replace").split(" ")[0]
