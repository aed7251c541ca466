"""Processes that compute points, one at a time each.

Not a process pool of the standard library: there the death of one worker (out of memory, say) loses
every point in work, and nobody learns which one killed it; and after a SIGKILL of the parent its
workers would stay for ever.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Literal

from isotunnel.errors import IsotunnelError
from isotunnel.scan.point import Task, compute_point
from isotunnel.scan.predict import Known
from isotunnel.scan.store import ScanStore

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


@dataclass(frozen=True)
class Job:
    """A point to compute, and the key to store it under."""

    index: int
    asked: float
    known: tuple[Known, ...]
    key: str


@dataclass(frozen=True)
class Message:
    """What a worker sends.

    Attributes:
        index: the point.
        kind: "step" (progress), "done" (a record), "failed" (a lasting reason) or "died".
        payload: the text, record or reason.
        kept: whether a record was stored.
    """

    index: int
    kind: Literal["step", "done", "failed", "died"]
    payload: Any
    kept: bool = True


class Workers:
    """Up to ``count`` processes; use as a context, which ends them."""

    def __init__(self, task: Task, store: ScanStore, count: int) -> None:
        self._task = task
        self._store = store
        self._context = multiprocessing.get_context("spawn")
        self._count = count
        self._busy: dict[Connection, tuple[Any, Job]] = {}
        self._idle: list[tuple[Connection, Any]] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        everyone = [(c, busy[0]) for c, busy in self._busy.items()] + self._idle
        for _connection, process in everyone:
            process.terminate()
        for connection, process in everyone:
            process.join(timeout=5)
            if process.is_alive():
                process.kill()
                process.join()
            connection.close()
        self._busy, self._idle = {}, []

    @property
    def free(self) -> bool:
        """Whether one more job can be taken."""
        return len(self._busy) < self._count

    @property
    def working(self) -> bool:
        """Whether a job is being done."""
        return bool(self._busy)

    def submit(self, job: Job) -> None:
        """Give a job to an idle worker, or to a new one."""
        connection, process = self._idle.pop() if self._idle else self._start()
        connection.send(job)
        self._busy[connection] = (process, job)

    def messages(self) -> Iterator[Message]:
        """Wait until some worker has sent something."""
        for connection in wait(list(self._busy)):
            assert isinstance(connection, Connection)
            process, job = self._busy[connection]
            try:
                message: Message = connection.recv()
            except (EOFError, OSError):
                process.join()
                del self._busy[connection]
                connection.close()
                yield Message(job.index, "died", _exit_reason(process.exitcode))
                continue
            if message.kind != "step":
                del self._busy[connection]
                self._idle.append((connection, process))
            yield message

    def _start(self) -> tuple[Connection, Any]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work, args=(theirs, self._task, self._store), daemon=True
        )
        with _one_thread_each():
            process.start()
        theirs.close()
        return ours, process


def _exit_reason(code: int | None) -> str:
    signalled = f"signal {-code}" if code is not None and code < 0 else f"status {code}"
    hint = " (out of memory?); try fewer workers" if code == -9 else ""
    return f"its process died with {signalled}{hint}"


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Children started inside compute with one thread, whatever they import first."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _work(connection: Connection, task: Task, store: ScanStore) -> None:
    # The terminal sends Ctrl-C to the whole group; the parent alone decides what follows.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Ended by an exception, a worker removes the file that it is writing.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(1))
    _end_with_parent()
    while True:
        try:
            job: Job = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(do_job(job, task, store, lambda message: _send(connection, message)))


def do_job(job: Job, task: Task, store: ScanStore, tell: Any) -> Message:
    """Compute a point and store it; failures are stored too, except the program's own faults."""
    try:
        record = compute_point(
            task,
            job.asked,
            job.known,
            lambda text, _fraction: tell(Message(job.index, "step", text)),
        )
    except IsotunnelError as error:
        reason = " ".join(str(error).split())
        return Message(job.index, "failed", reason, store.store(job.key, {"failed": reason}))
    except Exception as error:  # any failure belongs to its point alone
        return Message(job.index, "died", f"internal error: {type(error).__name__}: {error}")
    return Message(job.index, "done", record, store.store(job.key, record))


def _send(connection: Connection, message: Message) -> None:
    with suppress(OSError):
        connection.send(message)


def _end_with_parent() -> None:
    """A parent that was killed cannot end its workers: each watches for itself."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
