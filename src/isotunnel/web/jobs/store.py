"""The jobs in SQLite: what is submitted is on the disk before the client hears of it.

States move one way, queued, running, then done, failed or cancelled, each by one statement that
names the state it starts from; so two processes that disagree cannot both win. An attempt that was
given up (its server was killed) cannot report: its number is no longer the job's.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from isotunnel.web.jobs.job import Job, State
from isotunnel.web.problems import ConflictError, NotFoundError

MOST_ATTEMPTS = 2
"""An interrupted job is begun once more, not for ever: it may be what kills the server."""

_TABLE = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    request TEXT NOT NULL, state TEXT NOT NULL, attempt INTEGER NOT NULL,
    message TEXT NOT NULL, fraction REAL, submitted_at REAL NOT NULL,
    started_at REAL, ended_at REAL, error TEXT
);
CREATE INDEX IF NOT EXISTS by_state ON jobs (state, submitted_at);
CREATE UNIQUE INDEX IF NOT EXISTS one_at_a_time ON jobs (key)
    WHERE state IN ('queued', 'running', 'done');
"""
_COLUMNS = (
    "id, kind, title, request, state, attempt, message, fraction, submitted_at, started_at, "
    "ended_at, error"
)


class Store:
    """The job database of one home folder; any thread or process may open its own."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._path = home / "jobs.sqlite"
        with self._connection() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(_TABLE)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=30.0, isolation_level=None)
        try:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA synchronous = FULL")
            yield db
        finally:
            db.close()

    def submit(self, kind: str, title: str, request: dict[str, Any], key: str) -> tuple[Job, bool]:
        """A new job; the one that is there where the same is waiting, running or done.

        Returns:
            The job, and whether it is new.
        """
        identity = uuid4().hex
        with self._connection() as db:
            new = db.execute(
                "INSERT INTO jobs (id, key, kind, title, request, state, attempt, message, "
                "submitted_at) VALUES (?, ?, ?, ?, ?, 'queued', 0, 'waiting', ?) "
                "ON CONFLICT DO NOTHING",
                (identity, key, kind, title, json.dumps(request), time.time()),
            ).rowcount
            if new:
                return self.get(identity), True
            row = db.execute(
                f"SELECT {_COLUMNS} FROM jobs WHERE key = ? "
                "AND state IN ('queued', 'running', 'done')",
                (key,),
            ).fetchone()
        # It may have failed in this very moment; then there is room for a new one.
        return (_job(row), False) if row else self.submit(kind, title, request, key)

    def get(self, identity: str) -> Job:
        """One job.

        Raises:
            NotFoundError: there is none.
        """
        with self._connection() as db:
            row = db.execute(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (identity,)).fetchone()
        if row is None:
            raise NotFoundError(f"no job {identity[:40]!r}; /api/jobs lists what there is")
        return _job(row)

    def every(self, most: int = 200) -> list[Job]:
        """The newest jobs."""
        with self._connection() as db:
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM jobs ORDER BY submitted_at DESC, rowid DESC LIMIT ?",
                (most,),
            ).fetchall()
        return [_job(row) for row in rows]

    def claim(self) -> Job | None:
        """The job that has waited longest, now running; none where none waits."""
        with self._connection() as db:
            row = db.execute(
                "UPDATE jobs SET state = 'running', attempt = attempt + 1, started_at = ?, "
                "message = 'starting', fraction = NULL WHERE id = (SELECT id FROM jobs "
                "WHERE state = 'queued' ORDER BY submitted_at, rowid LIMIT 1) "
                f"AND state = 'queued' RETURNING {_COLUMNS}",
                (time.time(),),
            ).fetchone()
        return _job(row) if row else None

    def tell(self, identity: str, attempt: int, message: str, fraction: float | None) -> None:
        """Progress of a running attempt."""
        with self._connection() as db:
            db.execute("PRAGMA synchronous = OFF")  # may be lost
            db.execute(
                "UPDATE jobs SET message = ?, fraction = ? "
                "WHERE id = ? AND attempt = ? AND state = 'running'",
                (message, fraction, identity, attempt),
            )

    def finish(self, identity: str, attempt: int) -> bool:
        """The attempt's result is on the disk; whether it was still wanted."""
        return self._end(identity, attempt, State.DONE, "done", None)

    def fail(self, identity: str, attempt: int, error: dict[str, Any]) -> bool:
        """The attempt failed, with the error's one shape; whether anybody still waited."""
        return self._end(identity, attempt, State.FAILED, "failed", error)

    def cancel(self, identity: str) -> Job:
        """Give a waiting or running job up.

        Raises:
            NotFoundError: there is none.
            ConflictError: it is over.
        """
        with self._connection() as db:
            changed = db.execute(
                "UPDATE jobs SET state = 'cancelled', message = 'cancelled', ended_at = ? "
                "WHERE id = ? AND state IN ('queued', 'running')",
                (time.time(), identity),
            ).rowcount
        job = self.get(identity)
        if not changed:
            raise ConflictError(f"the job is {job.state} and cannot be cancelled any more")
        return job

    def recover(self) -> None:
        """After a start: what was running when the server died waits again, or has failed."""
        error = {
            "code": "interrupted",
            "message": f"interrupted {MOST_ATTEMPTS} times; submit it again where that was "
            "no fault of its own",
            "exit_code": 1,
        }
        with self._connection() as db:
            db.execute(
                "UPDATE jobs SET state = 'failed', message = 'failed', ended_at = ?, error = ? "
                "WHERE state = 'running' AND attempt >= ?",
                (time.time(), json.dumps(error), MOST_ATTEMPTS),
            )
            db.execute(
                "UPDATE jobs SET state = 'queued', fraction = NULL, "
                "message = 'interrupted, waiting to begin again' WHERE state = 'running'"
            )

    def _end(
        self, identity: str, attempt: int, state: State, message: str, error: dict[str, Any] | None
    ) -> bool:
        with self._connection() as db:
            return bool(
                db.execute(
                    "UPDATE jobs SET state = ?, message = ?, ended_at = ?, error = ?, "
                    "fraction = NULL WHERE id = ? AND attempt = ? AND state = 'running'",
                    (
                        state.value,
                        message,
                        time.time(),
                        json.dumps(error) if error else None,
                        identity,
                        attempt,
                    ),
                ).rowcount
            )


def _job(row: sqlite3.Row) -> Job:
    values = dict(row)
    values["request"] = json.loads(values["request"])
    values["error"] = json.loads(values["error"]) if values["error"] else None
    return Job(**values)
