"""Command line of the compiler."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from policy_ie.knowledge.base import DATA
from policy_ie.knowledge.build import persons
from policy_ie.knowledge.tables import write_table

SOURCES = Path(__file__).parents[1] / "sources"

#: Kind of a table, module that compiles it, file.
TABLES = (
    ("territory", "territories", "territories.tsv.gz"),
    ("organisation", "organisations", "organisations.tsv"),
    ("programme", "programmes", "programmes.tsv"),
    ("person", "officeholders", "officeholders.tsv"),
)


def main() -> None:
    """Compiles all tables, or those named."""
    parser = argparse.ArgumentParser(prog="python -m policy_ie.knowledge.build", description="Compile the knowledge base.")
    parser.add_argument("--facts", type=Path, required=True, help="folder of the raw tables")
    modules = [*(module for _, module, _ in TABLES), "persons"]
    parser.add_argument("--only", nargs="*", choices=modules, help="tables to compile")
    options = parser.parse_args()
    for kind, module, file in TABLES:
        if options.only and module not in options.only:
            continue
        compiler = importlib.import_module(f"policy_ie.knowledge.build.{module}")
        entries = compiler.compile(options.facts, SOURCES)
        write_table(DATA / file, entries, kind)
        print(f"{file}: {len(entries)} entries")
    if not options.only or "persons" in options.only:
        persons.write(options.facts, DATA / "persons.tsv")


if __name__ == "__main__":
    main()
