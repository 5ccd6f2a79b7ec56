"""Where linked tables lie: written whole, bound to the shards they were made from, and changed by one rename.

links/current.json               the folder that counts, what it was made from, and the summary
links/<id>/duplicates.parquet    a table
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from policy_ie.archive.store import Store
from policy_ie.errors import ArchiveError, ArchiveLocked

__all__ = ["Links"]

#: Raised with every change of the tables or of what links.
_FORMAT = 1


class Links:
    """The linked tables of an archive."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.folder = store.folder / "links"
        self.current = self.folder / "current.json"

    def fingerprint(self) -> str:
        """Hash of the shards (their checksums) and of the format: what the tables are made from."""
        digest = hashlib.sha256(f"links {_FORMAT}".encode())
        for shard in self.store.finished():
            digest.update(f"{shard}\n".encode() + self.store.path("done", shard).read_bytes())
        return digest.hexdigest()

    def read(self) -> dict[str, Any] | None:
        """What `current.json` says, or None where there are no tables, or those of other shards."""
        try:
            current: dict[str, Any] = json.loads(self.current.read_bytes())
            fits = current["fingerprint"] == self.fingerprint() and (self.folder / current["folder"]).is_dir()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return current if fits else None

    def tables(self) -> dict[str, Path]:
        """Paths of the tables that fit the archive as it is."""
        current = self.read()
        return {} if current is None else {p.stem: p for p in sorted((self.folder / current["folder"]).glob("*.parquet"))}

    @contextmanager
    def work(self) -> Iterator[Path]:
        """An empty folder to work in, for one process at a time; what is left in it is removed.

        Raises:
            ArchiveLocked: where another process links this archive.
        """
        self.folder.mkdir(exist_ok=True)
        lock = FileLock(self.store.folder / "locks" / "links", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise ArchiveLocked("is being linked by another process", document=str(self.store.folder)) from None
        try:
            self._tidy()
            work = self.folder / f"tmp-{uuid.uuid4().hex}"
            (work / "tables").mkdir(parents=True)
            yield work
        finally:
            self._tidy()
            lock.release()

    def publish(self, work: Path, fingerprint: str, summary: dict[str, Any]) -> None:
        """Makes the tables in `work/tables` those that count.

        Raises:
            ArchiveError: where shards have changed since `fingerprint` was taken.
        """
        if self.fingerprint() != fingerprint:
            raise ArchiveError(
                "the archive has changed while it was linked",
                document=str(self.store.folder),
                remedy="link it when the run is over",
            )
        name = uuid.uuid4().hex
        for path in (work / "tables").iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        (work / "tables").rename(self.folder / name)
        self.store.write(self.current, json.dumps({"fingerprint": fingerprint, "folder": name, "summary": summary}).encode())

    def _tidy(self) -> None:
        """Removes all but the current tables."""
        try:
            name = json.loads(self.current.read_bytes())["folder"]
        except (OSError, ValueError, KeyError, TypeError):
            name = None
        for path in self.folder.iterdir():
            if path.is_dir() and path.name != name:
                shutil.rmtree(path)
