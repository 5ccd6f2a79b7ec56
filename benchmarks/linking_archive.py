"""How well near-duplicates and happenings are linked, on labelled pairs of releases.

    python benchmarks/linking_archive.py [--errors] [--generated 1200] [--seed 7]

The pairs are all pairs within the cases of `linking_archive.txt` (written by hand: corrections, rounds of grants, series, two
grants on a day, one name for two towns), and pairs of a generated archive: what belongs together, and what is alike and
does not (the same round, the same series, the same place or minister). Both lie in one archive, so that the hand-written
ones have something to stand out from. A pair counts as found where the two documents share a text group, or a happening.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from generate import archive

CASES = Path(__file__).parent / "linking_archive.txt"

#: Pairs of the generated archive: those that belong together, and others.
DRAWN = 150


class Pair(NamedTuple):
    """Two documents, and whether they are the same text or report the same happening; None where it does not count."""

    origin: str
    a: str
    b: str
    duplicates: bool
    happening: bool | None


def written() -> tuple[list[dict[str, Any]], list[Pair]]:
    """The releases written by hand, and their pairs."""
    rows: list[dict[str, Any]] = []
    pairs: list[Pair] = []
    for number, case in enumerate(CASES.read_text(encoding="utf-8").split("\n== ")[1:]):
        members: list[tuple[str, dict[str, str]]] = []
        for part in case.split("\n-- ")[1:]:
            head, text = part.split("\n", 1)
            published, *labels = head.split()
            name = f"case{number}:{len(members)}"
            rows.append({"id": name, "text": text.strip(), "published": published})
            members.append((name, dict(label.split("=") for label in labels)))
        title = case.split("\n", 1)[0]
        pairs += [
            Pair(title, a, b, _same(one, other, "text"), _same(one, other, "happening"))
            for (a, one), (b, other) in combinations(members, 2)
        ]
    return rows, pairs


def _same(one: dict[str, str], other: dict[str, str], label: str) -> bool:
    return one[label] == other[label] != "-"


def generated(documents: int, seed: int) -> tuple[list[dict[str, Any]], list[Pair]]:
    """A generated archive, and pairs drawn from it: of the same text or happening, and of the same kind and place or body."""
    rows, truths = [], {}
    for document in archive(documents, seed=seed):
        if not document.truth["broken"]:
            rows.append(json.loads(document.line))
            truths[document.truth["id"]] = document.truth
    together: dict[Any, list[str]] = defaultdict(list)
    alike: dict[Any, list[str]] = defaultdict(list)
    sources = {row["id"]: row["source"].split("/presse/")[0] for row in rows}
    for name, truth in truths.items():
        together[truth["happening"]].append(name)
        alike[truth["kind"], sources[name]].append(name)
    chance = random.Random(seed)
    drawn = []
    for groups in (together, alike):
        pairs = sorted({pair for members in groups.values() for pair in combinations(members, 2)})
        drawn += chance.sample(pairs, min(DRAWN, len(pairs)))
    labelled = []
    for a, b in dict.fromkeys(drawn):
        one, other = truths[a], truths[b]
        # Notices and office hours report no happening that has a type.
        counts = one["kind"] not in ("notice", "series")
        happening = one["happening"] == other["happening"] if counts else None
        labelled.append(Pair(f"generated: {one['kind']}", a, b, one["duplicates"] == other["duplicates"], happening))
    return rows, labelled


class Score(NamedTuple):
    """Pairs that were rightly found, wrongly found, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def found(folder: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs of ids that share a text group, and that share a happening."""
    from policy_ie.archive import connect

    result = []
    for table, column in (("duplicates", "text_group"), ("reports", "happening")):
        with connect(folder) as connection:
            rows = connection.execute(f"SELECT DISTINCT {column}, document_id FROM {table}").fetchall()
        groups: dict[int, list[str]] = defaultdict(list)
        for group, name in rows:
            groups[group].append(name)
        result.append({pair for members in groups.values() for pair in combinations(sorted(members), 2)})
    return result[0], result[1]


def measure(work: Path, documents: int, seed: int) -> tuple[list[Pair], dict[str, Score], list[str]]:
    """Pairs, scores by what was measured, and the errors as lines."""
    from policy_ie.archive import link, run

    own, made = written(), generated(documents, seed)
    source = work / "releases.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in own[0] + made[0]), encoding="utf-8")
    run([source], work / "out", profile="rules", workers=1, progress=False)
    link(work / "out")
    texts, happenings = found(work / "out")
    scores, errors = {}, []
    for origin, pairs in (("written", own[1]), ("generated", made[1]), ("all", own[1] + made[1])):
        for what, linked in (("near-duplicates", texts), ("happenings", happenings)):
            labelled = [(p, p.duplicates if what == "near-duplicates" else p.happening) for p in pairs]
            judged = [(p, (min(p.a, p.b), max(p.a, p.b)) in linked, truth) for p, truth in labelled if truth is not None]
            scores[f"{what}, {origin}"] = Score(
                sum(is_so and truth for _, is_so, truth in judged),
                sum(is_so and not truth for _, is_so, truth in judged),
                sum(truth and not is_so for _, is_so, truth in judged),
            )
            if origin != "all":
                wrong = [(p, is_so) for p, is_so, truth in judged if is_so != truth]
                errors += [f"{what}: {p.origin}: {p.a} {p.b} {'is none' if is_so else 'not found'}" for p, is_so in wrong]
    return own[1] + made[1], scores, errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--generated", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--errors", action="store_true", help="list the wrong ones")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        pairs, scores, errors = measure(Path(work), options.generated, options.seed)
    print(f"{len(pairs)} pairs, {sum(not p.origin.startswith('generated') for p in pairs)} of them written by hand")
    for what, score in scores.items():
        print(f"{what:30} F1 {score.f1:.3f}  right {score.right}, wrong {score.wrong}, missed {score.missed}")
    if options.errors:
        print("\n".join(errors))


if __name__ == "__main__":
    main()
