"""What a worker process does: it loads the pipeline once, and turns chunks of documents into tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa

from policy_ie.archive.plan import Fingerprint
from policy_ie.archive.sources import Reading, Unit
from policy_ie.archive.tables import TABLES, Rows, schema_digest
from policy_ie.errors import PolicyIEError
from policy_ie.records import SCHEMA_VERSION, Failure, PressRelease

__all__ = ["Chunk", "Part", "extracted", "failed", "setup"]

#: Documents that a worker takes at once, with their numbers.
Chunk = list[tuple[int, Unit]]

#: What it gives back: the rows of each table as an Arrow stream, and the records as JSON lines.
Part = tuple[dict[str, bytes], bytes]


def setup(
    options: dict[str, Any], reading: Reading, records: bool, memory: int | None
) -> tuple[Callable[[Chunk], Part], Fingerprint]:
    """Loads the pipeline; returns the function for chunks, and the fingerprint.

    Args:
        options: arguments of `Extractor`.
        reading: how documents are read.
        records: whether whole records are wanted too.
        memory: MB that the process may take beyond the loaded pipeline (Linux only).
    """
    from policy_ie.api import Extractor

    extractor = Extractor(**options)
    with suppress(PolicyIEError):
        # The first document compiles patterns and builds indexes: that is no time of a document's own.
        extractor.extract("Der Landtag tagt.")
    fingerprint = Fingerprint(
        library=extractor.info.library,
        schema_version=SCHEMA_VERSION,
        tables=schema_digest(),
        base=extractor.info.base,
        knowledge=extractor.info.knowledge,
        configuration=_configuration(extractor.nlp),
    )
    if memory is not None:
        _limit(memory)

    def work(chunk: Chunk) -> Part:
        try:
            return _part(extracted(extractor, reading, chunk), records)
        except Exception as error:
            if len(chunk) == 1:
                return _part([(chunk[0][0], _failure(chunk[0][1], error))], records)
        # Something that is no error of a component: each on its own, so that only that document is lost.
        return _joined([work([one]) for one in chunk])

    return work, fingerprint


def failed(number: int, unit: Unit, error: str, message: str, records: bool) -> Part:
    """The part of a document that its worker did not survive."""
    failure = Failure(id=unit.id, source=unit.source, error=error, component="worker", message=message)
    return _part([(number, failure)], records)


def extracted(extractor: Any, reading: Reading, chunk: Chunk) -> list[tuple[int, PressRelease | Failure]]:
    """Record or failure of each document of a chunk, with its number."""
    results: dict[int, PressRelease | Failure] = {}
    items: dict[int, dict[str, Any]] = {}
    for number, unit in chunk:
        try:
            items[number] = unit.item(reading)
        except PolicyIEError as error:
            results[number] = _failure(unit, error)
    results.update(zip(items, extractor.extract_many(items.values(), batch_size=len(chunk)), strict=True))
    return [(number, results[number]) for number, _ in chunk]


def _part(results: Iterable[tuple[int, PressRelease | Failure]], records: bool) -> Part:
    rows, lines = Rows(), []
    for number, result in results:
        if isinstance(result, Failure):
            rows.fail(number, result)
        else:
            rows.add(number, result)
            if records:
                lines.append(result.model_dump_json().encode() + b"\n")
    return {name: _stream(table) for name, table in rows.tables().items()}, b"".join(lines)


def _joined(parts: list[Part]) -> Part:
    tables = {name: pa.concat_tables([_table(part[0][name]) for part in parts]) for name in TABLES}
    return {name: _stream(table) for name, table in tables.items()}, b"".join(lines for _, lines in parts)


def _stream(table: Any) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _table(data: bytes) -> Any:
    with pa.ipc.open_stream(data) as reader:
        return reader.read_all()


def _failure(unit: Unit, error: Exception) -> Failure:
    return Failure(
        id=unit.id,
        source=unit.source,
        error=type(error).__name__,
        component=getattr(error, "component", None if isinstance(error, PolicyIEError) else "worker"),
        message=error.explanation if isinstance(error, PolicyIEError) else str(error) or type(error).__name__,
    )


def _configuration(nlp: Any) -> str:
    """Hash of everything that makes the pipeline: its settings, and the description of a trained base with its scores."""
    described = nlp.config.to_str() + json.dumps(nlp.meta, sort_keys=True, default=str)
    return hashlib.sha256(described.encode()).hexdigest()[:16]


def _limit(memory: int) -> None:
    """Limits what the process may take from now on: a document that wants more gets a MemoryError."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except (ImportError, OSError):
        return
    # Arrow's own allocators reserve far more than they use.
    pa.set_memory_pool(pa.system_memory_pool())
    wanted = pages * resource.getpagesize() + memory * 1_000_000
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
