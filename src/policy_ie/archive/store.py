"""The output folder: what lies where, written so that a kill at any moment leaves nothing half done.

    manifest.json            what the archive is made of: sources, settings, fingerprint, number of documents and shards
    inputs.parquet           the inputs in their order, with the number of documents in each
    documents/00000.parquet  one file per table and shard (also entities, mentions, events, arguments, errors)
    records/00000.jsonl.gz   whole records, on request
    done/00000.json          says that a shard is finished, with the checksums of its files

A file is written under another name in `tmp`, flushed to the disk and renamed; the one in `done` comes last.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from policy_ie.archive.tables import TABLES
from policy_ie.errors import ArchiveError, ArchiveLocked

__all__ = ["Store"]


class Store:
    """An output folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = folder / "manifest.json"
        self.inputs = folder / "inputs.parquet"

    def path(self, table: str, shard: int) -> Path:
        """File of a table of a shard; `records` and `done` count as tables."""
        suffix = {"records": "jsonl.gz", "done": "json"}.get(table, "parquet")
        return self.folder / table / f"{shard:05}.{suffix}"

    def make(self) -> None:
        """Makes the folders.

        Raises:
            ArchiveError: where the folder holds other files.
        """
        if self.folder.is_dir() and not (self.folder / "tmp").is_dir() and any(self.folder.iterdir()):
            raise ArchiveError("the output folder holds other files", document=str(self.folder), remedy="take an empty one")
        for name in (*TABLES, "done", "tmp", "locks"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def tidy(self) -> None:
        """Removes what a killed run left in `tmp`; for a run that is alone."""
        for path in (self.folder / "tmp").iterdir():
            path.unlink()

    @contextmanager
    def locked(self, part: tuple[int, int]) -> Iterator[None]:
        """Holds the lock of part i of n; the system frees it when the process ends, however it ends.

        Raises:
            ArchiveLocked: where a run on the same part, or one that divides the work otherwise, is going on.
        """
        own = self.folder / "locks" / f"{part[0]}-of-{part[1]}"
        with ExitStack() as stack:
            _lock(own, stack)
            for other in sorted((self.folder / "locks").glob("*-of-*")):
                if not other.name.endswith(f"-of-{part[1]}"):
                    with ExitStack() as briefly:
                        _lock(other, briefly)
            yield

    def planning(self) -> FileLock:
        """Lock for making the plan: the jobs of an array wait for the first one."""
        return FileLock(self.folder / "locks" / "plan")

    def write(self, path: Path, data: bytes) -> None:
        """Writes a file at once or not at all.

        Raises:
            ArchiveError: where the disk is full or cannot be written.
        """
        temporary = self.temporary()
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            self.publish(temporary, path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise ArchiveError(
                f"cannot be written: {error.strerror or error}",
                document=str(path),
                remedy="make room or mend the disk and run the same command again: finished shards are kept",
            ) from error

    def temporary(self) -> Path:
        """A new name in `tmp`."""
        return self.folder / "tmp" / uuid.uuid4().hex

    def publish(self, temporary: Path, path: Path) -> None:
        """Renames a written file, so that the name outlives a power cut."""
        temporary.replace(path)
        if os.name == "posix":
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def finish(self, shard: int, tables: Mapping[str, Any], records: bytes | None) -> None:
        """Writes a shard: its tables, its records, and that it is finished."""
        files = {table: _parquet(tables[table]) for table in TABLES}
        if records is not None:
            self.path("records", shard).parent.mkdir(exist_ok=True)
            files["records"] = gzip.compress(records, compresslevel=6, mtime=0)
        for table, data in files.items():
            self.write(self.path(table, shard), data)
        done = {
            "documents": tables["documents"].num_rows,
            "errors": tables["errors"].num_rows,
            "files": {table: hashlib.sha256(data).hexdigest() for table, data in files.items()},
        }
        self.write(self.path("done", shard), json.dumps(done).encode())

    def finished(self) -> list[int]:
        """Shards that say they are finished, in order."""
        return sorted(int(path.stem) for path in (self.folder / "done").glob("*.json"))

    def check(self, shard: int) -> dict[str, Any] | None:
        """What `done` says of a shard, or None where it is not finished or one of its files has changed since."""
        try:
            done: dict[str, Any] = json.loads(self.path("done", shard).read_bytes())
            for table, digest in done["files"].items():
                with self.path(table, shard).open("rb") as file:
                    if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                        return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return done

    def read(self, shard: int) -> tuple[dict[str, Any], bytes | None]:
        """Tables and records of a finished shard."""
        tables = {table: pq.read_table(self.path(table, shard), partitioning=None) for table in TABLES}
        records = self.path("records", shard)
        return tables, gzip.decompress(records.read_bytes()) if records.exists() else None


def _parquet(table: Any) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _lock(path: Path, stack: ExitStack) -> None:
    try:
        stack.enter_context(FileLock(path, timeout=0))
    except Timeout:
        raise ArchiveLocked(
            f"another run ({path.name.replace('-', ' ')}) works here",
            document=str(path.parents[1]),
            remedy="wait for it, take another folder, or divide the work with --shard 1/n, 2/n …",
        ) from None
