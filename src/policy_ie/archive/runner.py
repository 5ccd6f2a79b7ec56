"""`run`: an archive of press releases to tables on disk, on all cores, to be interrupted and resumed at will."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict
from tqdm import tqdm

from policy_ie.archive.plan import Fingerprint, Manifest, make_plan, open_plan, wanted_units
from policy_ie.archive.pool import Lost, Pool
from policy_ie.archive.sources import Reading
from policy_ie.archive.store import Store
from policy_ie.archive.tables import TABLES
from policy_ie.archive.worker import Chunk, Part, failed, setup
from policy_ie.errors import ArchiveMismatch, InvalidInput

if TYPE_CHECKING:
    # The parent process never loads spaCy.
    from policy_ie.pipeline import Profile

__all__ = ["Summary", "run"]

#: Documents that a worker takes at once, and documents of a shard where the caller says nothing.
_CHUNK, _SHARD = 32, 1000


class Summary(BaseModel):
    """What a run did, and what the archive (or the part of it that `part` names) holds now."""

    model_config = ConfigDict(frozen=True)

    documents: int
    errors: int
    left: int
    shards: int
    shards_left: int
    processed: int
    damaged: tuple[int, ...]
    interrupted: bool
    seconds: float
    words: int


def run(
    sources: Iterable[str | Path],
    out: str | Path,
    *,
    workers: int | None = None,
    profile: Profile = "default",
    base: str | Path | None = None,
    disable: Iterable[str] = (),
    config: Mapping[str, Mapping[str, Any]] | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    records: bool = False,
    part: tuple[int, int] = (1, 1),
    retry_errors: bool = False,
    shard_size: int | None = None,
    timeout: float = 60.0,
    memory: int | None = 2000,
    recycle: int = 20_000,
    progress: bool | None = None,
) -> Summary:
    """Extracts all documents of the sources into the tables of an archive; run it again to go on where it stopped.

    In a script, call it inside `if __name__ == "__main__":` (its processes import the script).

    Args:
        sources: folders, and files of the kinds txt, html, pdf, jsonl, csv, parquet, zip (jsonl and csv also .gz, .zst).
        out: folder of the archive.
        workers: number of processes; by default one per core.
        profile, base, disable, config: the pipeline, as in `load`.
        columns: columns of jsonl, csv and parquet by field: `{"text": "body", "published": "datum"}`.
        encoding: encoding of text files, where it is known; else it is detected.
        records: also writes whole records as JSONL.
        part: (i, n) does every n-th shard only, from the i-th on: the jobs of an array share one archive.
        retry_errors: does the failed documents of finished shards again.
        shard_size: documents per shard (1,000), fixed by the first run.
        timeout: seconds that a document may take.
        memory: MB that a worker may take beyond the loaded pipeline (Linux only); None for no limit.
        recycle: documents after which a worker is replaced by a fresh process.
        progress: shows a progress bar; by default in a terminal only.

    Raises:
        ArchiveLocked: where another run works on the same archive.
        ArchiveMismatch: where the archive was made from other sources, with other settings or another version.
        ArchiveError: where a file cannot be written, or the pipeline cannot be loaded.
        InvalidInput: where a source does not exist.
    """
    if not 1 <= part[0] <= part[1]:
        raise InvalidInput(f"there is no part {part[0]} of {part[1]}", remedy="1/4 to 4/4 divide the work by four")
    if (workers is not None and workers < 1) or (shard_size is not None and shard_size < 1):
        raise InvalidInput("workers and shard_size must be at least 1")
    if timeout <= 0 or (memory is not None and memory <= 0):
        raise InvalidInput("timeout and memory must be more than 0")
    reading = Reading(dict(columns or {}), encoding)
    options = {"profile": profile, "base": base, "disable": tuple(disable), "config": dict(config or {})}
    store = Store(Path(out).absolute())
    store.make()
    chunk = min(_CHUNK, shard_size or _SHARD)
    pool = Pool(
        workers or _cores(), setup, (options, reading, records, memory), timeout=timeout, lifetime=max(1, recycle // chunk)
    )
    with store.locked(part), pool:
        fingerprint: Fingerprint = pool.greet()
        if part == (1, 1):
            store.tidy()
        with store.planning():
            manifest = open_plan(store)
            paths = [Path(source) for source in sources]
            if manifest is None:
                manifest = make_plan(store, paths, reading, fingerprint, records=records, shard_size=shard_size or _SHARD)
            else:
                _compare(manifest, paths, reading, fingerprint, records, shard_size)
        return _Run(store, manifest, pool, part, chunk).run(retry_errors, progress)


@dataclass
class _Shard:
    """A shard in the making: the chunks that have come back, and how many documents are still out."""

    left: int
    parts: dict[int, Part] = field(default_factory=dict)


class _Run:
    def __init__(self, store: Store, manifest: Manifest, pool: Pool, part: tuple[int, int], chunk: int) -> None:
        self.store = store
        self.manifest = manifest
        self.pool = pool
        self.chunk = chunk
        self.shards = range(part[0] - 1, manifest.shards, part[1])
        self.state: dict[int, tuple[int, int]] = {}
        self.open: dict[int, _Shard] = {}
        self.processed = self.words = 0

    def run(self, retry_errors: bool, progress: bool | None) -> Summary:
        started = time.monotonic()
        damaged = self._look()
        again = {s for s, (_, errors) in self.state.items() if errors} if retry_errors else set()
        only = self._failed(again)
        missing = set(self.shards) - set(self.state)
        total = sum(self.manifest.size(shard) for shard in self.shards)
        done = sum(documents + errors for documents, errors in self.state.values()) - len(only)
        interrupted = False
        shown = progress if progress is not None else sys.stderr.isatty()
        with tqdm(total=total, initial=done, unit="doc", disable=not shown, smoothing=0.05) as bar:
            try:
                with _stoppable(), ThreadPoolExecutor(1) as writer:
                    if missing:
                        self._work(missing, None, writer, bar)
                    if again:
                        self._work(again, only, writer, bar)
            except KeyboardInterrupt:
                interrupted = True
        documents = sum(d for d, _ in self.state.values())
        errors = sum(e for _, e in self.state.values())
        return Summary(
            documents=documents,
            errors=errors,
            left=total - documents - errors,
            shards=len(self.shards),
            shards_left=len(self.shards) - len(self.state),
            processed=self.processed,
            damaged=tuple(damaged),
            interrupted=interrupted,
            seconds=round(time.monotonic() - started, 3),
            words=self.words,
        )

    def _look(self) -> list[int]:
        """Notes which shards are finished, and returns those that say so and are damaged."""
        finished = set(self.store.finished())
        damaged = []
        for shard in self.shards:
            if shard in finished:
                done = self.store.check(shard)
                if done is None:
                    damaged.append(shard)
                else:
                    self.state[shard] = (done["documents"], done["errors"])
        return damaged

    def _failed(self, shards: Collection[int]) -> frozenset[int]:
        """Numbers of the documents in `errors`."""
        tables = (self.store.read(shard)[0]["errors"] for shard in sorted(shards))
        return frozenset(number for table in tables for number in table["document"].to_pylist())

    def _work(self, shards: set[int], only: frozenset[int] | None, writer: ThreadPoolExecutor, bar: Any) -> None:
        """Does the documents of some shards: all, or those in `only` again."""
        size = self.manifest.shard_size
        again = only is not None
        left = Counter(number // size for number in only or ())
        for shard in sorted(shards):
            self.open[shard] = _Shard(self.manifest.size(shard) if only is None else left[shard])
        writing: deque[Future[None]] = deque()
        if not self.manifest.documents:
            self._save(0, [], again)
        chunks = self._chunks(shards, only)
        alone: deque[Chunk] = deque()
        more = True
        while more or alone or self.pool.busy:
            while self.pool.idle and (more or alone):
                chunk = alone.popleft() if alone else next(chunks, None)
                if chunk is None:
                    more = False
                else:
                    self.pool.submit(chunk)
            for chunk, result in self.pool.wait():
                if isinstance(result, Lost):
                    if len(chunk) > 1:
                        # Which of them it was shows when each is alone.
                        alone.extend([one] for one in chunk)
                        continue
                    number, unit = chunk[0]
                    message = f"{result.message} (remedy: a higher --timeout or --memory, or leave it out)"
                    result = failed(number, unit, result.error, message, self.manifest.records)
                bar.update(len(chunk))
                self._collect(chunk, result, again, writer, writing)
        while writing:
            writing.popleft().result()

    def _chunks(self, shards: Collection[int], only: frozenset[int] | None) -> Iterator[Chunk]:
        """Stretches of documents of one shard."""
        size = self.manifest.shard_size
        chunk: Chunk = []
        for number, unit in wanted_units(self.store, self.manifest, shards, only):
            if chunk and (len(chunk) == self.chunk or chunk[0][0] // size != number // size):
                yield chunk
                chunk = []
            chunk.append((number, unit))
        if chunk:
            yield chunk

    def _collect(self, chunk: Chunk, part: Part, again: bool, writer: ThreadPoolExecutor, writing: deque[Future[None]]) -> None:
        number = chunk[0][0] // self.manifest.shard_size
        shard = self.open[number]
        shard.parts[chunk[0][0]] = part
        shard.left -= len(chunk)
        self.processed += len(chunk)
        if shard.left == 0:
            del self.open[number]
            parts = [shard.parts[first] for first in sorted(shard.parts)]
            # A thread writes, so that the workers are never short of work; at most two shards wait for it.
            writing.append(writer.submit(self._save, number, parts, again))
            while len(writing) > 2 or (writing and writing[0].done()):
                writing.popleft().result()

    def _save(self, shard: int, parts: list[Part], again: bool) -> None:
        tables = {name: _concat(name, [tables[name] for tables, _ in parts]) for name in TABLES}
        lines = b"".join(lines for _, lines in parts)
        self.words += pc.sum(tables["documents"]["words"]).as_py() or 0
        if again:
            tables, lines = self._merged(shard, tables, lines)
        self.store.finish(shard, tables, lines if self.manifest.records else None)
        self.state[shard] = (tables["documents"].num_rows, tables["errors"].num_rows)

    def _merged(self, shard: int, tables: dict[str, Any], lines: bytes) -> tuple[dict[str, Any], bytes]:
        """The rows of a shard with those of documents that were done again."""
        kept, kept_lines = self.store.read(shard)
        order = [t["documents"]["document"].to_pylist() for t in (kept, tables)]
        by_number = dict(zip(order[0] + order[1], (kept_lines or b"").splitlines(True) + lines.splitlines(True), strict=False))
        merged = {}
        for name, new in tables.items():
            old = kept[name]
            if name == "errors":
                old = old.slice(0, 0)  # all of them were done again
            both = pa.concat_tables([old, new])
            merged[name] = both.take(pc.sort_indices(both["document"]))
        return merged, b"".join(by_number[number] for number in sorted(by_number))


def _concat(name: str, streams: list[bytes]) -> Any:
    from policy_ie.archive.tables import schemas

    tables = [pa.ipc.open_stream(stream).read_all() for stream in streams]
    return pa.concat_tables(tables) if tables else schemas()[name].empty_table()


def _compare(
    manifest: Manifest, sources: list[Path], reading: Reading, fingerprint: Fingerprint, records: bool, shard_size: int | None
) -> None:
    """Refuses to go on with an archive of another make."""
    now = fingerprint.model_dump() | {
        "sources": tuple(str(source.absolute()) for source in sources) or manifest.sources,
        "columns": dict(reading.columns),
        "encoding": reading.encoding,
        "records": records,
        "shard_size": shard_size or manifest.shard_size,
    }
    before = manifest.fingerprint.model_dump() | {name: getattr(manifest, name) for name in now if hasattr(manifest, name)}
    different = [f"{name} was {before[name]}, is {now[name]}" for name in now if before[name] != now[name]]
    if different:
        raise ArchiveMismatch(
            f"the archive was made otherwise: {'; '.join(different)}",
            remedy="repeat the run as it was, or take another folder",
        )


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM, which schedulers of clusters send before they kill, ends the run as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
