"""The plan of an archive: which document belongs to which shard, fixed once and kept in the manifest.

The documents of all inputs are numbered in order; shard k holds those from k × size on. So the inputs and the number of
documents in each say everything, on every machine and in every later run.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict

from policy_ie.archive.sources import SINGLE, Input, Reading, Unit, count, find, units
from policy_ie.archive.store import Store
from policy_ie.errors import ArchiveError, ArchiveMismatch, InvalidInput

__all__ = ["Fingerprint", "Manifest", "make_plan", "open_plan", "wanted_units"]

_FORMAT = 1

_SCHEMA = pa.schema(
    [("path", pa.string()), ("id", pa.string()), ("kind", pa.string()), ("size", pa.int64()), ("documents", pa.int64())]
)


class Fingerprint(BaseModel):
    """What decides how a record looks; records of different fingerprints never mix."""

    model_config = ConfigDict(frozen=True)

    library: str
    schema_version: str
    tables: str
    base: str
    knowledge: str
    configuration: str


class Manifest(BaseModel):
    """What an archive is made of."""

    model_config = ConfigDict(frozen=True)

    format: int = _FORMAT
    created: dt.datetime
    fingerprint: Fingerprint
    sources: tuple[str, ...]
    columns: dict[str, str]
    encoding: str | None
    records: bool
    shard_size: int
    documents: int
    shards: int

    @property
    def reading(self) -> Reading:
        """How the inputs are read."""
        return Reading(self.columns, self.encoding)

    def size(self, shard: int) -> int:
        """Number of documents of a shard."""
        return min(self.shard_size, self.documents - shard * self.shard_size)


def make_plan(
    store: Store, sources: Iterable[Path], reading: Reading, fingerprint: Fingerprint, *, records: bool, shard_size: int
) -> Manifest:
    """Finds and counts all documents, and writes the plan."""
    names = [source.absolute() for source in sources]
    if not names:
        raise InvalidInput("there are no sources", remedy="name files or folders")
    total = 0
    temporary = store.temporary()
    try:
        with pq.ParquetWriter(temporary, _SCHEMA, compression="zstd") as writer:
            rows: list[dict[str, Any]] = []
            for source in find(names, store.folder.absolute()):
                documents = count(source, reading)
                total += documents
                rows.append({name: getattr(source, name) for name in Input.__slots__} | {"documents": documents})
                if len(rows) == 10_000:
                    writer.write_table(pa.Table.from_pylist(rows, _SCHEMA))
                    rows.clear()
            writer.write_table(pa.Table.from_pylist(rows, _SCHEMA))
        store.publish(temporary, store.inputs)
    except OSError as error:
        raise ArchiveError(f"the plan cannot be written: {error}", document=str(store.inputs)) from error
    finally:
        temporary.unlink(missing_ok=True)
    manifest = Manifest(
        created=dt.datetime.now(dt.UTC).replace(microsecond=0),
        fingerprint=fingerprint,
        sources=tuple(str(name) for name in names),
        columns=dict(reading.columns),
        encoding=reading.encoding,
        records=records,
        shard_size=shard_size,
        documents=total,
        shards=max(1, -(-total // shard_size)),
    )
    store.write(store.manifest, manifest.model_dump_json(indent=2).encode())
    return manifest


def open_plan(store: Store) -> Manifest | None:
    """The plan of an archive, or None where there is none yet.

    Raises:
        ArchiveError: where the manifest is damaged or of another format.
    """
    try:
        data = json.loads(store.manifest.read_bytes())
        if data["format"] != _FORMAT:
            raise ArchiveMismatch(f"the archive has format {data['format']}, not {_FORMAT}", document=str(store.folder))
        return Manifest.model_validate(data)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError(
            f"the manifest is damaged: {error}", document=str(store.manifest), remedy="take a new folder"
        ) from error


def wanted_units(
    store: Store, manifest: Manifest, shards: Collection[int], only: Collection[int] | None = None
) -> Iterator[tuple[int, Unit]]:
    """Numbers and units of the documents of some shards, in order.

    Args:
        store: the archive.
        manifest: its plan.
        shards: the shards that are wanted.
        only: numbers of documents, where not all of a shard are wanted.

    Raises:
        ArchiveMismatch: where a file has another size than in the plan.
    """
    size, reading, start = manifest.shard_size, manifest.reading, 0

    def wanted(number: int) -> bool:
        return number // size in shards and (only is None or number in only)

    for batch in pq.ParquetFile(store.inputs).iter_batches():
        for row in batch.to_pylist():
            stop = start + row.pop("documents")
            if any(shard in shards for shard in range(start // size, (stop - 1) // size + 1)):
                yield from _units_of(Input(**row), start, stop, reading, wanted)
            start = stop


def _units_of(
    source: Input, start: int, stop: int, reading: Reading, wanted: Callable[[int], bool]
) -> Iterator[tuple[int, Unit]]:
    reached = start
    if source.kind in SINGLE or _unchanged(source):
        for number, maker in zip(range(start, stop), units(source, reading), strict=False):
            if wanted(number):
                yield number, maker()
            reached = number + 1
    # What the plan counted and is no longer there is an error of each document, not a gap.
    for number in filter(wanted, range(reached, stop)):
        name = f"{source.id}:{number - start + 1}"
        yield number, Unit(name, source.path, "error", "was there when the plan was made, and cannot be read now")


def _unchanged(source: Input) -> bool:
    """Whether a container is as it was; False where it is gone."""
    try:
        now = Path(source.path).stat().st_size
    except OSError:
        return source.size < 0
    if now != source.size:
        raise ArchiveMismatch(
            f"has {now:,} bytes, and {source.size:,} when the plan was made",
            document=source.path,
            remedy="restore the file, or start a new archive in another folder",
        )
    return True
