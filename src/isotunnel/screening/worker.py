"""What a worker does with one crystal. Whatever goes wrong comes back as a failure."""

from __future__ import annotations

import faulthandler
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import (
    CrystalError,
    EngineError,
    FieldError,
    FileFormatError,
    InputError,
    MissingExtraError,
)
from isotunnel.screening.one_crystal import CrystalInput, packed, unpacked
from isotunnel.screening.settings import Settings

if TYPE_CHECKING:
    from ase import Atoms

T = TypeVar("T")
STARTED = "isotunnel-screen-started"
"""Topic on which a worker tells that it has begun with a crystal."""
_CODES = (
    (FileFormatError, "unreadable"),
    (CrystalError, "bad_crystal"),
    (FieldError, "bad_field"),
    (InputError, "bad_input"),
    (MissingExtraError, "missing_extra"),
    (EngineError, "engine"),
    (MemoryError, "out_of_memory"),
)
REASONS = (*(code for _, code in _CODES), "timeout", "worker_died", "internal")
"""Codes of failures."""


@dataclass(frozen=True)
class Failure:
    """Why a crystal has no values."""

    reason: str
    message: str


@dataclass(frozen=True, eq=False)
class Prepared:
    """A crystal that was read and can be told from others.

    Attributes:
        structure: the crystal, see :func:`~isotunnel.screening.one_crystal.packed`.
        warnings: remarks of the reader.
        formula: reduced.
        fingerprint: see :mod:`isotunnel.screening.fingerprint`.
        cpu_s: processor time.
    """

    structure: bytes
    warnings: tuple[str, ...]
    formula: str
    fingerprint: NDArray[np.float64]
    cpu_s: float


def warm_up(settings: Settings) -> None:
    """Pay for imports and compilation before the first crystal."""
    from ase.build import bulk

    if settings.engine == "procrystal":
        _measured(packed(bulk("Cu", "fcc", a=3.6)), (), settings)
        prepare(CrystalInput("warm-up", packed(bulk("Cu", "fcc", a=3.6)), True), 0.0)


def prepare(given: CrystalInput, limit_s: float) -> Prepared | Failure:
    """Read a crystal. ``limit_s``: after so long the worker's process ends itself; 0 for never."""
    return _guarded(partial(_prepared, given), given.id, limit_s)


def measure(
    name: str, structure: bytes, warnings: tuple[str, ...], settings: Settings, limit_s: float
) -> dict[str, Any] | Failure:
    """The values of one crystal by column. ``name``: its id; the rest as for :func:`prepare`."""
    return _guarded(partial(_measured, structure, warnings, settings), name, limit_s)


def _guarded(job: Callable[[], T], name: str, limit_s: float) -> T | Failure:
    from numba import set_num_threads

    # Of this thread; a cluster's workers may have come up with more.
    set_num_threads(1)
    try:
        with _watched(name, limit_s):
            return job()
    except Exception as error:  # one bad structure never stops a screen
        words = " ".join(str(error).split()) or type(error).__name__
        for kind, code in _CODES:
            if isinstance(error, kind):
                return Failure(code, words)
        return Failure("internal", f"{type(error).__name__}: {words}")


def _prepared(given: CrystalInput) -> Prepared:
    from isotunnel.screening.fingerprint import fingerprint
    from isotunnel.screening.row import formula_of

    if given.problem:
        raise FileFormatError(f"{given.source}: {given.problem}")
    begun = time.process_time()
    atoms = _read(given)
    return Prepared(
        packed(atoms),
        tuple(atoms.info.get("read_warnings", ())),
        formula_of(atoms),
        fingerprint(atoms),
        time.process_time() - begun,
    )


def _read(given: CrystalInput) -> Atoms:
    from isotunnel.crystal import as_atoms

    if given.structure:
        return as_atoms(unpacked(given.payload))
    # The readers tell formats by name and open files themselves.
    name = re.sub(r"[^\w.+-]", "_", given.source.rpartition("/")[2].partition("#")[0])[-100:]
    with tempfile.TemporaryDirectory(prefix="isotunnel-") as folder:
        path = Path(folder, name or "crystal")
        path.write_bytes(given.payload)
        try:
            return as_atoms(path)
        except (CrystalError, FileFormatError) as error:
            raise type(error)(str(error).replace(str(path), given.source)) from None


def compute(structure: bytes, settings: Settings) -> dict[str, Any]:
    """The values of a structure by column, in this process."""
    return _measured(structure, (), settings)


def _measured(structure: bytes, warnings: tuple[str, ...], settings: Settings) -> dict[str, Any]:
    from isotunnel.analysis import analyze_structure
    from isotunnel.screening.row import values_of

    begun = time.process_time()
    computed = _engine(settings).compute(unpacked(structure))
    analysis = analyze_structure(
        computed, connectivity=settings.connectivity, refine=settings.refine
    )
    values = values_of(analysis)
    if settings.pairing:
        from isotunnel.screening.pairing_values import pairing_values

        values |= pairing_values(computed.atoms, settings.gpaw.gpaw())
    remarks = [w for w in (*warnings, values["warnings"]) if w]
    return {
        **values,
        "warnings": "\n".join(remarks) or None,
        "cpu_s": time.process_time() - begun,
    }


@cache
def _engine(settings: Settings) -> Any:
    return settings.make_engine()


@contextmanager
def _watched(name: str, limit_s: float) -> Iterator[None]:
    """End this process where the block takes too long, also inside compiled code.

    Python's signals wait for compiled code to come back; this clock is a thread of its own.
    """
    if not limit_s:
        yield
        return
    from distributed import get_worker

    get_worker().log_event(STARTED, {"name": name, "at": time.time()})
    faulthandler.dump_traceback_later(limit_s, exit=True, file=_nowhere())
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> IO[str]:
    return open(os.devnull, "w", encoding="utf-8")
