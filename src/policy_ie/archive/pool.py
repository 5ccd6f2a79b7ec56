"""Worker processes that do one task at a time: one that dies or hangs costs its own task and nothing else.

The executors of the standard library give up all tasks when one process dies and have no time limit for a task; pools with
one shared queue can lose a task when a process dies while it holds the queue. Here each process has a pipe of its own, and the
parent alone decides who does what.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from policy_ie.errors import ArchiveError

__all__ = ["Lost", "Pool"]

#: Processes that may die one after the other while they start, before the pool gives up.
_FAILED_STARTS = 3

#: Threads of numeric libraries in a worker: there is one worker per core already.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Lost:
    """What `wait` gives in the place of a result where the process died or took too long."""

    error: str
    message: str


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    task: Any = None
    deadline: float = 0.0
    tasks: int = 0


@dataclass
class Pool:
    """Processes started with `spawn`.

    Args:
        size: number of processes.
        setup: function (importable) that a new process calls with `args`; returns the function that does the tasks, and
            something to say about itself, which `greet` returns.
        timeout: seconds that a task may take; a process that needs longer is killed.
        lifetime: tasks after which a process is replaced by a fresh one.
    """

    size: int
    setup: Callable[..., tuple[Callable[[Any], Any], Any]]
    args: tuple[Any, ...] = ()
    timeout: float = 60.0
    lifetime: int = 500
    _workers: list[_Worker] = field(default_factory=list)
    _greeting: Any = None
    _failed_starts: int = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _kill(worker)
        self._workers.clear()

    def greet(self) -> Any:
        """Starts one process and returns what its setup says."""
        while self._greeting is None:
            if not self._workers:
                self._start()
            self._listen(None)
        return self._greeting

    @property
    def idle(self) -> int:
        """Number of tasks that could be submitted now."""
        return self.size - sum(1 for worker in self._workers if worker.task is not None)

    @property
    def busy(self) -> bool:
        """Whether there is a task to wait for."""
        return any(worker.task is not None for worker in self._workers)

    def submit(self, task: Any) -> None:
        """Gives a task (not None) to a free process; there must be an idle one."""
        worker = min((w for w in self._workers if w.task is None), key=lambda w: not w.ready, default=None)
        if worker is None or (not worker.ready and len(self._workers) < self.size):
            worker = self._start()
        worker.task = task
        if worker.ready:
            self._send(worker)

    def wait(self) -> list[tuple[Any, Any]]:
        """Waits for the next results: pairs of task and result, or `Lost`."""
        done: list[tuple[Any, Any]] = []
        while self.busy and not done:
            deadlines = [worker.deadline for worker in self._workers if worker.deadline]
            done = self._listen(max(0.0, min(deadlines) - time.monotonic()) if deadlines else None)
            now = time.monotonic()
            for worker in [w for w in self._workers if w.deadline and w.deadline <= now]:
                done.append((worker.task, Lost("Timeout", f"took longer than {self.timeout:g} seconds")))
                self._remove(worker)
        return done

    def _listen(self, timeout: float | None) -> list[tuple[Any, Any]]:
        """Takes what the processes have sent, and notices those that have died."""
        by_handle: dict[Any, _Worker] = {w.pipe: w for w in self._workers} | {w.process.sentinel: w for w in self._workers}
        ready = connection.wait(list(by_handle), timeout)
        results: list[tuple[Any, Any]] = []
        for worker in {id(w): w for w in (by_handle[handle] for handle in ready)}.values():
            try:
                # A process that has ended may have sent its result before.
                kind, value = worker.pipe.recv() if worker.pipe.poll() else ("dead", None)
            except (EOFError, OSError):
                kind, value = "dead", None
            if kind == "dead":
                results.extend(self._bury(worker))
            elif kind == "ready":
                worker.ready, self._greeting, self._failed_starts = True, value, 0
                if worker.task is not None:
                    self._send(worker)
            elif kind == "failed":
                raise ArchiveError(f"the pipeline cannot be loaded: {value}")
            else:
                results.append((worker.task, value))
                worker.task, worker.deadline = None, 0.0
                worker.tasks += 1
                if worker.tasks >= self.lifetime:
                    self._remove(worker)
        return results

    def _bury(self, worker: _Worker) -> Iterator[tuple[Any, Any]]:
        task, ready = worker.task, worker.ready
        code = self._remove(worker)
        if ready:
            if task is not None:
                yield task, Lost("WorkerDied", f"the worker process died ({_exit(code)})")
            return
        self._failed_starts += 1
        if self._failed_starts >= _FAILED_STARTS:
            raise ArchiveError(
                f"worker processes die while they load the pipeline ({_exit(code)})",
                remedy='call run() inside `if __name__ == "__main__":`, with fewer workers, or with more memory',
            )
        if task is not None:
            self._start().task = task

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self.setup, self.args), daemon=True)
        with _one_thread():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _send(self, worker: _Worker) -> None:
        worker.deadline = time.monotonic() + self.timeout
        with suppress(OSError):  # it has died: `_listen` finds out
            worker.pipe.send(worker.task)

    def _remove(self, worker: _Worker) -> int | None:
        self._workers.remove(worker)
        return _kill(worker)


def _kill(worker: _Worker) -> int | None:
    """Ends a process at once and returns its exit code (that of its own death, where it was dead)."""
    worker.pipe.close()
    worker.process.join(0.05)
    if worker.process.exitcode is None:
        worker.process.kill()
        worker.process.join()
    code = worker.process.exitcode
    worker.process.close()
    return code


def _serve(pipe: Connection, setup: Callable[..., tuple[Callable[[Any], Any], Any]], args: tuple[Any, ...]) -> None:
    """The life of a worker process."""
    # The parent decides when to stop: Ctrl-C in a terminal reaches all processes of the group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    try:
        work, greeting = setup(*args)
    except Exception as error:
        pipe.send(("failed", str(error) or type(error).__name__))
        return
    message: tuple[str, Any] = ("ready", greeting)
    while True:
        try:
            pipe.send(message)
            task = pipe.recv()
        except (EOFError, OSError):
            return  # the parent has closed the pipe
        message = ("done", work(task))


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _exit(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            pass
    return f"exit code {code}"


@contextmanager
def _one_thread() -> Iterator[None]:
    """The environment for a new worker; numeric libraries read it when they are imported."""
    missing = [name for name in _ONE_THREAD if name not in os.environ]
    os.environ.update(dict.fromkeys(missing, "1"))
    try:
        yield
    finally:
        for name in missing:
            del os.environ[name]
