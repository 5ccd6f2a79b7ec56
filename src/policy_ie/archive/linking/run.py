"""`link`: what belongs together across the documents of an archive."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict

from policy_ie.archive.linking.duplicates import find_duplicates
from policy_ie.archive.linking.happenings import find_happenings
from policy_ie.archive.linking.identities import find_identities
from policy_ie.archive.linking.schema import SCHEMAS, described
from policy_ie.archive.links import Links
from policy_ie.archive.query import add_views, database, failures
from policy_ie.archive.store import Store
from policy_ie.errors import ArchiveError

__all__ = ["LinkSummary", "link"]

#: In both texts something that the other one has not.
_MACROS = """
CREATE MACRO differ(x, y) AS len(list_intersect(x, y)) < least(len(x), len(y));
"""


class LinkSummary(BaseModel):
    """What linking found."""

    model_config = ConfigDict(frozen=True)

    documents: int
    duplicates: int
    texts: int
    events: int
    happenings: int
    shared: int
    contradictions: int
    programmes: int
    persons: int
    seconds: float


def link(folder: str | Path, *, memory: int = 2000, again: bool = False) -> LinkSummary:
    """Links the finished shards of an archive: near-duplicates, happenings that several releases report, programmes, persons.

    The tables (`link_schemas()`) are seen by `query` and `connect` until the archive changes. Where they are there and the
    archive has not changed, nothing is done.

    Args:
        folder: the archive.
        memory: MB that DuckDB may use; what does not fit is kept on the disk.
        again: links even where the tables are up to date.

    Raises:
        ArchiveError: where no shard is finished, the disk is full, or the archive changes meanwhile.
        ArchiveLocked: where another process links it.
        MissingExtra: where DuckDB or rensa is not installed.
    """
    started = time.monotonic()
    store = Store(Path(folder).absolute())
    if not store.finished():
        raise ArchiveError("there is no finished shard", document=str(folder), remedy="run policy-ie batch first")
    links = Links(store)
    with links.work() as work:
        current = links.read()
        if current is not None and not again:
            return LinkSummary.model_validate(current["summary"])
        fingerprint = links.fingerprint()
        failed: tuple[type[Exception], ...] = (OSError, *failures())
        try:
            summary = _made(store, work, memory, started)
        except failed as error:
            raise ArchiveError(
                f"cannot be linked: {error}", document=str(folder), remedy="more --memory, or room on the disk"
            ) from error
        links.publish(work, fingerprint, summary.model_dump())
    return summary


def _made(store: Store, work: Path, memory: int, started: float) -> LinkSummary:
    with database(work / "link.duckdb") as connection:
        spilled = str(work / "spilled").replace("'", "''")
        connection.execute(
            f"SET memory_limit = '{memory}MB'; SET temp_directory = '{spilled}'; SET preserve_insertion_order = false"
        )
        add_views(connection, store)
        connection.execute(_MACROS)
        highest = _number(connection, "SELECT coalesce(max(document) + 1, 0) FROM documents")
        find_duplicates(connection, _texts(store), work, highest)
        find_identities(connection)
        find_happenings(connection, work)
        for table, schema in SCHEMAS.items():
            path = str(work / "made.parquet").replace("'", "''")
            columns = ", ".join(f'"{name}"' for name in schema.names)
            connection.execute(f"COPY (SELECT {columns} FROM {table} ORDER BY ALL) TO '{path}' (FORMAT parquet)")
            described(work / "made.parquet", work / "tables" / f"{table}.parquet", schema)
        counts = {
            "documents": "SELECT count(*) FROM documents",
            "duplicates": "SELECT count(*) FROM duplicates",
            "texts": "SELECT count(DISTINCT text_group) FROM duplicates",
            "events": "SELECT count(*) FROM reports",
            "happenings": "SELECT count(*) FROM happenings",
            "shared": "SELECT count(*) FROM happenings WHERE documents > 1",
            "contradictions": "SELECT count(DISTINCT (happening, field)) FROM contradictions",
            "programmes": "SELECT count(*) FROM programmes",
            "persons": "SELECT count(*) FROM persons",
        }
        numbers = {name: _number(connection, sql) for name, sql in counts.items()}
    return LinkSummary(**numbers, seconds=round(time.monotonic() - started, 3))


def _number(connection: Any, sql: str) -> int:
    return int(connection.execute(sql).fetchall()[0][0])


def _texts(store: Store) -> Iterator[Any]:
    for shard in store.finished():
        with pq.ParquetFile(store.path("documents", shard)) as file:
            yield from file.iter_batches(batch_size=1000, columns=["document", "text", "sections"])
