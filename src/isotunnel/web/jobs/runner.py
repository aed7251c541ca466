"""Gives waiting jobs to processes, and stops those that nobody wants any more."""

from __future__ import annotations

import logging
import multiprocessing
import threading
from concurrent.futures import CancelledError, Future, TimeoutError
from functools import partial
from typing import Any

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from isotunnel.web.jobs import child
from isotunnel.web.jobs.job import Job
from isotunnel.web.jobs.store import Store
from isotunnel.web.problems import body
from isotunnel.web.settings import Settings

_LOG = logging.getLogger(__name__)
_PAUSE_S = 0.25


class Runner:
    """One thread that claims jobs while a process is free; the pool kills what is cancelled."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._running: dict[str, ProcessFuture[Any]] = {}
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._stopping = False
        self._pool = ProcessPool(
            max_workers=settings.workers,
            context=multiprocessing.get_context("spawn"),
            initializer=child.prepare,
            initargs=(settings.job_memory_bytes,),
        )
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)

    def start(self) -> None:
        """Take up what an earlier server left, and begin."""
        self._store.recover()
        self._thread.start()

    def notice(self) -> None:
        """There is a new job."""
        self._news.set()

    def cancel(self, identity: str) -> Job:
        """Give a job up; its process is killed.

        Raises:
            NotFoundError: there is none.
            ConflictError: it is over.
        """
        job = self._store.cancel(identity)
        with self._lock:
            future = self._running.get(identity)
        if future is not None:
            future.cancel()
        return job

    def stop(self) -> None:
        """Stop claiming and kill what runs; it waits in the database for the next start."""
        self._stopping = True
        self._news.set()
        self._thread.join(timeout=5.0)
        self._pool.stop()
        self._pool.join(timeout=5.0)

    def _work(self) -> None:
        while not self._stopping:
            if not self._begin_one():
                self._news.wait(_PAUSE_S)
                self._news.clear()

    def _begin_one(self) -> bool:
        with self._lock:
            if len(self._running) >= self._settings.workers:
                return False
        job = self._store.claim()
        if job is None:
            return False
        future = self._pool.schedule(
            child.run, args=(job, self._settings.home), timeout=self._settings.job_time_s
        )
        with self._lock:
            self._running[job.id] = future
        future.add_done_callback(partial(self._end, job))
        if self._store.get(job.id).state.is_over:  # cancelled in between
            future.cancel()
        return True

    def _end(self, job: Job, future: Future[Any]) -> None:
        with self._lock:
            self._running.pop(job.id, None)
        self._news.set()
        if self._stopping:
            return
        try:
            error = self._error_of(future)
        except CancelledError:
            return
        if error is None:
            self._store.finish(job.id, job.attempt)
        else:
            self._store.fail(job.id, job.attempt, error)

    def _error_of(self, future: Future[Any]) -> dict[str, Any] | None:
        try:
            return dict(future.result() or {}) or None
        except CancelledError:
            raise
        except TimeoutError:
            hours = self._settings.job_time_s / 3600
            message = f"took longer than {hours:.2g} h, the most a job may take here"
            return dict(body("time", message, 4)["error"])
        except ProcessExpired as error:
            message = (
                f"its process died (exit code {error.exitcode}), most likely for want of memory; "
                "try a smaller cell or a coarser grid"
            )
            return dict(body("memory", message, 4)["error"])
        except Exception as error:
            _LOG.exception("a job failed with an error that is not the user's")
            message = (
                f"an error that is not the user's ({type(error).__name__}); the server's log has "
                "it. Please report it"
            )
            return dict(body("internal", message, 1)["error"])
