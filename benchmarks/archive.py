"""Speed of a run over a generated archive, by number of workers.

    python benchmarks/archive.py [--documents 2000] [--workers 1 2] [--profile rules]

The archive is made of templates: 10 % of its documents repeat an earlier one with another boilerplate, 1 % are broken.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PLACES = (
    "Soest",
    "Unna",
    "Gütersloh",
    "Celle",
    "Fulda",
    "Pirna",
    "Jena",
    "Bayreuth",
    "Rottweil",
    "Trier",
    "Stendal",
    "Güstrow",
)
NAMES = ("Erika Mustermann", "Jan Beispiel", "Karin Vorlage", "Peter Entwurf", "Anne Probe")
OPENINGS = (
    "{place}, {day}. {month} {year}. Die Stadt {place} erhält vom Land {amount} Euro für den Ausbau der Kindertagesstätten.",
    "{place}. Das Land fördert den Umbau der Grundschule in {place} mit rund {amount} Euro aus dem Programm „Zukunft Schule“.",
    "Landrat {name} hat am {day}. {month} {year} in {place} einen Förderbescheid über {amount} Euro entgegengenommen.",
)
SENTENCES = (
    "„Das Geld ist gut angelegt“, sagte Bürgermeister {name}.",
    "Der Kreistag hat dem Vorhaben am vergangenen Dienstag zugestimmt.",
    "Insgesamt kostet das Projekt {amount} Euro, davon trägt die Gemeinde ein Fünftel.",
    "Bis Ende {year} sollen die Arbeiten abgeschlossen sein.",
    "Das teilte das Ministerium für Familie und Soziales mit.",
    "An dem Treffen nahmen Vertreter der Kommunen, der Sparkasse und der Universität teil.",
    "Anträge können noch bis zum {day}. {month} {year} gestellt werden.",
    "Ministerin {name} besuchte die Einrichtung und sprach mit den Beschäftigten über ihre Erfahrungen.",
)
MONTHS = ("Januar", "März", "Mai", "Juli", "September", "November")


def release(chance: random.Random) -> str:
    fields = {"place": chance.choice(PLACES), "name": chance.choice(NAMES)}

    def filled(template: str) -> str:
        return template.format(
            **fields, day=chance.randint(1, 28), month=chance.choice(MONTHS), year=chance.randint(2000, 2025),
            amount=f"{chance.randint(1, 900)}.000",
        )  # fmt: skip

    body = [filled(chance.choice(SENTENCES)) for _ in range(chance.randint(8, 40))]
    return "\n\n".join([filled(chance.choice(OPENINGS)), " ".join(body[:5]), " ".join(body[5:])])


def archive(documents: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Documents of a generated archive; the same for the same seed."""
    chance = random.Random(seed)
    seen: list[str] = []
    for number in range(documents):
        kind = chance.random()
        if kind < 0.01:
            yield {"id": str(number), "text": chance.choice(("", "   ", None, "\ud800"))}
            continue
        if kind < 0.11 and seen:
            text = f"{chance.choice(seen)}\n\nPressekontakt: {chance.choice(NAMES)}, Telefon 0123 45678{chance.randint(0, 9)}"
        else:
            text = release(chance)
            seen = [*seen[-999:], text]
        yield {"id": str(number), "text": text, "published": f"{chance.randint(2000, 2025)}-05-31"}


def main() -> None:
    from policy_ie.archive import run

    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--profile", default="rules")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "archive.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for row in archive(options.documents):
                file.write(json.dumps(row) + "\n")
        for workers in options.workers:
            s = run([source], Path(name) / str(workers), workers=workers, profile=options.profile)
            assert s.documents + s.errors == options.documents
            print(
                f"{workers} workers: {s.documents} records, {s.errors} errors, {s.seconds:.1f} s, "
                f"{s.processed / s.seconds:.1f} docs/s, {s.words / s.seconds:,.0f} words/s"
            )


if __name__ == "__main__":
    main()
