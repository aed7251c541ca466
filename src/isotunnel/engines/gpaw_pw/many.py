"""Independent crystals beside each other, one process each."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from isotunnel.engines.base import ElectronicStructure, Engine, Progress
from isotunnel.engines.cache import pack_structure, unpack_structure
from isotunnel.errors import EngineError, InputError

if TYPE_CHECKING:
    from ase import Atoms


def compute_many(
    engine: Engine,
    crystals: Sequence[Atoms],
    *,
    workers: int = 2,
    progress: Progress | None = None,
) -> list[ElectronicStructure | Exception]:
    """Run ``engine`` on each crystal in a pool of processes.

    The failure of one crystal does not stop the others: its place in the result holds the
    exception. Ctrl-C ends all workers and is passed on. ``progress`` hears of each crystal that is
    finished. With one worker, or one crystal, everything runs in this process.

    Processes are spawned afresh, so a script that calls this at its top level needs the usual
    ``if __name__ == "__main__":``.

    Args:
        engine: must be picklable.
        crystals: the inputs; results come in the same order.
        workers: number of processes, at least 1.

    Raises:
        InputError: ``workers`` is less than 1.
    """
    if workers < 1:
        raise InputError(f"workers must be at least 1, got {workers}")
    if workers == 1 or len(crystals) <= 1:
        return _in_this_process(engine, crystals, progress)
    results: list[ElectronicStructure | Exception] = [
        EngineError("the run was not finished") for _ in crystals
    ]
    pool = ProcessPoolExecutor(
        max_workers=min(workers, len(crystals)),
        # A fork would inherit MPI, BLAS threads and locks in whatever state they are in.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare_worker,
    )
    try:
        futures = {pool.submit(_compute, engine, atoms): i for i, atoms in enumerate(crystals)}
        for done, future in enumerate(as_completed(futures), start=1):
            index = futures[future]
            try:
                results[index] = unpack_structure(future.result())
            except BrokenProcessPool:
                results[index] = EngineError(
                    "a worker process died without an answer (out of memory?); "
                    "try fewer workers or a coarser grid"
                )
            except Exception as error:  # any failure belongs to its crystal alone
                results[index] = error
            _tell(progress, crystals[index], done, len(crystals))
    except BaseException:
        _end(pool)
        raise
    pool.shutdown()
    return results


def _in_this_process(
    engine: Engine, crystals: Sequence[Atoms], progress: Progress | None
) -> list[ElectronicStructure | Exception]:
    results: list[ElectronicStructure | Exception] = []
    for done, atoms in enumerate(crystals, start=1):
        try:
            results.append(engine.compute(atoms))
        except Exception as error:  # any failure belongs to its crystal alone
            results.append(error)
        _tell(progress, atoms, done, len(crystals))
    return results


def _compute(engine: Engine, atoms: Atoms) -> bytes:
    # A result's read-only mappings cannot be pickled; the cache's format can carry them.
    return pack_structure(engine.compute(atoms))


def _prepare_worker() -> None:
    # The terminal sends Ctrl-C to the whole group; the parent alone decides what follows.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _end(pool: ProcessPoolExecutor) -> None:
    # shutdown() alone would wait for the running crystals; the executor has no public way to end
    # its workers before Python 3.14.
    workers = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join()


def _tell(progress: Progress | None, atoms: Atoms, done: int, total: int) -> None:
    if progress is not None:
        progress(f"{done} of {total} crystals done ({atoms.get_chemical_formula()})", done / total)
