"""Independent crystals beside each other, one process each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from isotunnel.engines.base import ElectronicStructure, Engine, Progress
from isotunnel.engines.cache import pack_structure, unpack_structure
from isotunnel.engines.gpaw_pw.processes import in_processes
from isotunnel.errors import InputError

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
    found = in_processes(
        _compute,
        [(engine, atoms) for atoms in crystals],
        workers=workers,
        told=lambda index, done: _tell(progress, crystals[index], done, len(crystals)),
    )
    return [f if isinstance(f, Exception) else unpack_structure(f) for f in found]


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


def _tell(progress: Progress | None, atoms: Atoms, done: int, total: int) -> None:
    if progress is not None:
        progress(f"{done} of {total} crystals done ({atoms.get_chemical_formula()})", done / total)
