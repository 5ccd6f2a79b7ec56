"""Programmes and persons: which entities of different documents are one.

A programme is known by its id in the knowledge base, else by its name and Land; a person by given and family name and the
territory of the office. Where a release does not say the territory, or only the Land of a mayor, the person is the one of
that name whose territory lies within, if there is only one.
"""

from __future__ import annotations

from typing import Any

from policy_ie.archive.linking.sql import statement
from policy_ie.knowledge import OrganisationEntry, knowledge_base

__all__ = ["find_identities"]


def find_identities(connection: Any) -> None:
    """Makes the tables `programmes`, `persons` and `identities`; needs `named` of `find_duplicates`."""
    kb = knowledge_base()
    bodies = (kb.entry(key) for key in kb.ids("organisation"))
    rows = [(b.kb_id, b.territory) for b in bodies if isinstance(b, OrganisationEntry) and b.territory]
    connection.execute("CREATE TABLE bodies (kb_id VARCHAR, territory VARCHAR)")
    values = ", ".join(f"('{key}', '{'DE' if place == 'country:DE' else place.removeprefix('ags:')}')" for key, place in rows)
    connection.execute(f"INSERT INTO bodies VALUES {values}")
    connection.execute(statement("identities", "lands"))
    connection.execute(statement("identities", "programmes"))
    connection.execute(statement("identities", "persons"))
