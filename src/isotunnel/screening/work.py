"""The loop between inputs, workers and the dataset."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from isotunnel.engines.base import Progress
from isotunnel.errors import EngineError, FileFormatError, InputError
from isotunnel.screening import dataset
from isotunnel.screening.cluster import StartError, client_of, make_ready, worker_count
from isotunnel.screening.duplicates import Duplicates
from isotunnel.screening.one_crystal import CrystalInput
from isotunnel.screening.settings import Settings
from isotunnel.screening.worker import STARTED, Failure, Prepared, measure, prepare

STARTS = 3
"""Attempts to bring the workers up."""
TRIES = 3
"""A crystal in whose course so many workers died has failed; fewer may be no fault of its own."""
_AHEAD = 6
"""Crystals per worker that are on their way."""
_HELD_S = 2.0
"""Rows wait so long for others at most: a file costs as much for one row as for a hundred."""
_LONGEST_SILENCE_S = 300.0
"""Without a living worker."""


@dataclass(eq=False)
class Task:
    """One input on its way.

    Attributes:
        given: the input.
        number: its place in the order of inputs.
        tries: times that its worker died.
        prepared: once it was read.
        failure: once it failed.
    """

    given: CrystalInput
    number: int
    tries: int = 0
    prepared: Prepared | None = None
    failure: Failure | None = None


@dataclass(eq=False)
class Work:
    """The state of one run.

    Attributes:
        out: folder of the dataset.
        settings: what is computed.
        timeout_s: wall time for a crystal.
        tell: progress.
        asked: ids of all inputs so far.
        computed: crystals computed.
        cpu_s: processor time of these.
        wall_s: time since the workers were ready.
    """

    out: Path
    settings: Settings
    timeout_s: float
    tell: Progress
    asked: set[str] = field(default_factory=set)
    computed: int = 0
    cpu_s: float = 0.0
    wall_s: float = 0.0

    def run(
        self,
        inputs: Iterator[CrystalInput],
        scheduler: str | None,
        workers: int | None,
        memory_per_worker: str,
        *,
        expected: Callable[[], int],
    ) -> None:
        """Compute all inputs that have no row yet."""
        known = dataset.known_rows(self.out)
        self._have = {k.id for k in known}
        self._ready = 0
        self._held: dict[str, dict[str, Any]] = {}
        self._duplicates = Duplicates(self.out, known)
        self._inputs = self._without_row(inputs)
        first = next(self._inputs, None)
        if first is None:
            return
        self._total: int | None = None
        counter = threading.Thread(target=self._count, args=(expected,), daemon=True)
        counter.start()
        self.tell("starting the workers", None)
        for left in reversed(range(STARTS)):
            try:
                with client_of(scheduler, workers, memory_per_worker) as client:
                    make_ready(client, self.settings)
                    self._work_on(client, first)
                return
            except StartError:
                if not left:
                    raise

    def _work_on(self, client: Any, first: CrystalInput) -> None:
        self._begin(client, first)
        try:
            self._loop()
            self._write()
        except BaseException:
            # What was computed is kept if it can be; what went wrong is told all the same.
            with suppress(Exception):
                self._write()
            raise
        finally:
            self.wall_s = time.monotonic() - self._begun

    def _count(self, expected: Callable[[], int]) -> None:
        # A database that does not say how many it has makes no difference to the work.
        with suppress(FileFormatError, InputError):
            self._total = expected()

    def _without_row(self, inputs: Iterator[CrystalInput]) -> Iterator[CrystalInput]:
        for given in inputs:
            if given.id in self.asked:
                continue
            self.asked.add(given.id)
            if given.id in self._have:
                self._ready += 1
            else:
                yield given

    def _begin(self, client: Any, first: CrystalInput) -> None:
        self._client = client
        self._begun = self._last_sign = self._written = time.monotonic()
        self._answers: queue.Queue[tuple[Any, Task, str]] = queue.Queue()
        self._in_flight = 0
        self._started: dict[str, float] = {}
        self._ordered: deque[Task] = deque()
        self._number = 0
        client.subscribe_topic(STARTED, self._note_start)
        self._capacity = _AHEAD * max(worker_count(client), 1)
        self._add(first)

    def _note_start(self, event: Any) -> None:
        _, message = event
        self._started[message["name"]] = message["at"]

    def _add(self, given: CrystalInput) -> None:
        task = Task(given, self._number)
        self._number += 1
        self._ordered.append(task)
        self._submit(task)

    def _submit(self, task: Task) -> None:
        step = "prepare" if task.prepared is None else "measure"
        key = f"{step}-{task.given.id}-{task.tries}-{self._number}"
        self._started.pop(task.given.id, None)
        if task.prepared is None:
            future = self._client.submit(
                prepare, task.given, self.timeout_s, key=key, retries=0, pure=False
            )
        else:
            future = self._client.submit(
                measure,
                task.given.id,
                task.prepared.structure,
                task.prepared.warnings,
                self.settings,
                self.timeout_s,
                key=key,
                priority=10,
                retries=0,
                pure=False,
            )
        self._in_flight += 1
        future.add_done_callback(lambda f: self._answers.put((f, task, step)))

    def _loop(self) -> None:
        self._fill()
        while self._in_flight or self._ordered:
            try:
                answer = self._answers.get(timeout=1.0)
            except queue.Empty:
                self._check_life()
            else:
                self._hold(self._take(*answer))
                self._hold(self._in_order())
                self._fill()
            if time.monotonic() - self._written >= _HELD_S:
                self._write()

    def _fill(self) -> None:
        while self._in_flight < self._capacity and len(self._ordered) < 40 * self._capacity:
            given = next(self._inputs, None)
            if given is None:
                return
            self._add(given)

    def _check_life(self) -> None:
        if self._client.status != "running":
            raise EngineError("the scheduler was lost; the same command goes on where it ended")
        if worker_count(self._client):
            self._last_sign = time.monotonic()
        elif time.monotonic() - self._last_sign > _LONGEST_SILENCE_S:
            raise EngineError("there have been no workers for five minutes; run again to go on")

    def _take(self, future: Any, task: Task, step: str) -> list[dict[str, Any]]:
        """Rows that an answer gives."""
        self._in_flight -= 1
        answer = self._answer(future, task)
        future.release()
        if answer is None:
            self._submit(task)
            return []
        if isinstance(answer, Prepared):
            task.prepared = answer
            return []
        if isinstance(answer, Failure):
            task.failure = answer
            # One that could not be read waits for its turn.
            return self._settled(task, self._row(task, answer)) if step == "measure" else []
        self.computed += 1
        self.cpu_s += answer["cpu_s"]
        return self._settled(task, self._row(task, answer))

    def _answer(self, future: Any, task: Task) -> Any:
        """What a worker says, a failure, or None where another try is due."""
        try:
            # Of a task that was done the result may be lost with its worker; Dask then runs it
            # again, and this waits for it.
            return future.result()
        except Exception as error:  # what becomes of a task in a cluster has many names
            kind = type(error).__name__
            if "Cancelled" in kind or future.status in ("cancelled", "lost"):
                if self._client.status != "running":
                    raise EngineError(
                        "the scheduler was lost; the same command goes on from here"
                    ) from None
                return None
            if kind != "KilledWorker":
                return Failure("internal", f"{kind}: {error}")
        begun = self._started.get(task.given.id)
        if begun is not None and time.time() - begun >= 0.99 * self.timeout_s:
            return Failure("timeout", f"not done after {self.timeout_s:g} s")
        task.tries += 1
        if task.tries < TRIES:
            return None
        return Failure(
            "worker_died",
            f"its worker's process died {TRIES} times (a crash in compiled code, or more memory "
            "than a worker may hold)",
        )

    def _in_order(self) -> list[dict[str, Any]]:
        """Decide in the order of inputs which crystals are new, and send these off."""
        rows: list[dict[str, Any]] = []
        while self._ordered and (self._ordered[0].prepared or self._ordered[0].failure):
            task = self._ordered.popleft()
            if task.prepared is None:
                assert task.failure is not None
                rows.append(self._row(task, task.failure))
                continue
            first = self._duplicates.first_of(task.given.id, task.prepared)
            if first is None:
                self._submit(task)
            else:
                values = self._held.get(first) or self._duplicates.values_of(first, task)
                rows += [] if values is None else [self._as_duplicate(task, first, values)]
        return rows

    def _settled(self, task: Task, row: dict[str, Any]) -> list[dict[str, Any]]:
        """The row, and those of the inputs that waited for it."""
        waiting = self._duplicates.settle(task.given.id)
        return [row, *(self._as_duplicate(t, task.given.id, row) for t in waiting)]

    def _row(self, task: Task, answer: Failure | dict[str, Any]) -> dict[str, Any]:
        from isotunnel.screening.row import versions_of_row

        failed = isinstance(answer, Failure)
        values: dict[str, Any] = {}
        if isinstance(answer, Failure):
            import json

            values = {"reason": answer.reason, "message": answer.message}
            values["versions"] = json.dumps(versions_of_row({}), sort_keys=True)
            if task.prepared is not None:
                values["formula"] = task.prepared.formula
                values["structure"] = task.prepared.structure.decode()
        else:
            values = dict(answer)
        return {
            **values,
            "id": task.given.id,
            "source": task.given.source,
            "status": "failed" if failed else "done",
            **self.settings.values(),
            "finished_utc": datetime.now(UTC).isoformat(timespec="seconds"),
        }

    def _as_duplicate(self, task: Task, first: str, row: dict[str, Any]) -> dict[str, Any]:
        own = {"id": task.given.id, "source": task.given.source, "duplicate_of": first}
        return {**row, **own, "cpu_s": 0.0}

    def _hold(self, rows: list[dict[str, Any]]) -> None:
        self._held |= {r["id"]: r for r in rows}

    def _write(self) -> None:
        """Bring the rows that wait to the disk."""
        rows, self._held = list(self._held.values()), {}
        self._written = time.monotonic()
        if not rows:
            return
        part = dataset.append(self.out, rows)
        firsts = (r["id"] for r in rows if r.get("duplicate_of") is None)
        self._duplicates.written(firsts, part.first)
        dataset.merge_small(self.out)
        self._have.update(r["id"] for r in rows)
        self._ready += len(rows)
        failed = sum(r["status"] == "failed" for r in rows)
        self._report(rows[-1], failed)

    def _report(self, row: dict[str, Any], failed: int) -> None:
        ready = self._ready
        rate = self.computed / max(time.monotonic() - self._begun, 1e-9)
        words = f"{ready} of {self._total or '?'} crystals, {rate_in_words(rate)}"
        if self._total and rate > 0:
            left = (self._total - ready) / rate
            words += f", {_duration(left)} left"
        if failed:
            words += f"; {row['source']} failed"
        self.tell(words, ready / self._total if self._total else None)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def rate_in_words(per_second: float) -> str:
    """Crystals per second, or per minute where that is fewer than one in two seconds."""
    if per_second >= 0.5:
        return f"{per_second:.1f} per second"
    return f"{60 * per_second:.1f} per minute"
