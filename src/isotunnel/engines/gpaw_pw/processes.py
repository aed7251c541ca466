"""Independent calculations beside each other, one process each."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from isotunnel.errors import EngineError

Result = TypeVar("Result")


def in_processes(
    function: Callable[..., Result],
    arguments: Sequence[tuple[Any, ...]],
    *,
    workers: int,
    told: Callable[[int, int], None],
) -> list[Result | Exception]:
    """``function`` of each of the arguments, in a pool of processes.

    The failure of one does not stop the others: its place in the result holds the exception.
    Ctrl-C ends all workers and is passed on. Processes are spawned afresh, so a script that calls
    this at its top level needs the usual ``if __name__ == "__main__":``.

    Args:
        function: importable by name; its arguments and result can be pickled.
        arguments: of each call.
        workers: number of processes at most.
        told: hears of each call that is finished: its place, and how many are.
    """
    results: list[Result | Exception] = [EngineError("the run was not finished") for _ in arguments]
    pool = ProcessPoolExecutor(
        max_workers=min(workers, len(arguments)),
        # A fork would inherit MPI, BLAS threads and locks in whatever state they are in.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare_worker,
    )
    try:
        futures = {pool.submit(function, *given): i for i, given in enumerate(arguments)}
        for done, future in enumerate(as_completed(futures), start=1):
            index = futures[future]
            try:
                results[index] = future.result()
            except BrokenProcessPool:
                results[index] = EngineError(
                    "a worker process died without an answer (out of memory?); "
                    "try fewer workers or a coarser grid"
                )
            except Exception as error:  # any failure belongs to its call alone
                results[index] = error
            told(index, done)
    except BaseException:
        _end(pool)
        raise
    pool.shutdown()
    return results


def _prepare_worker() -> None:
    # The terminal sends Ctrl-C to the whole group; the parent alone decides what follows.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _end(pool: ProcessPoolExecutor) -> None:
    # shutdown() alone would wait for the running calls; the executor has no public way to end
    # its workers before Python 3.14.
    workers = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join()
