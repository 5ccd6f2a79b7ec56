"""Compiles the tables of the knowledge base from raw tables of facts: `python -m policy_ie.knowledge.build --facts DIR`.

Each module `build/<kind>.py` offers `compile(facts: Path, sources: Path) -> list[Entry]`; `sources` are the curated
tables in `knowledge/sources/`, kept beside the scripts that read them.
"""
