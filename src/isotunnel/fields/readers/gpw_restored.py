"""A .gpw file restored by GPAW, after a check that its parts belong together.

GPAW trusts its own files: a damaged number of grid points or k-points makes it fill the memory or
compute for hours. What the arrays of the file say about its parameters is therefore compared first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from isotunnel.errors import FileFormatError, InputError, MissingExtraError
from isotunnel.fields.readers.gpw_file import crystal_of, guarded, open_gpw
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

_MOST_PLANE_WAVES = 2.0


class NotRestoredError(InputError):
    """GPAW can be imported but makes nothing of this file."""


@contextmanager
def restored(path: Path, purpose: str) -> Iterator[Any]:
    """GPAW's calculator of a file, which is open for as long as it is used.

    Raises:
        MissingExtraError: GPAW is not installed.
        NotRestoredError: GPAW fails on the file, now or in what is done with the calculator.
        FileFormatError: its parts do not belong together.
    """
    version = guarded(path, lambda: _check_parts(path))
    try:
        from gpaw import GPAW
    except ImportError:
        raise MissingExtraError("GPAW", "dft", purpose) from None
    load: Any = GPAW
    # GPAW leaves a file open that it fails on, or reads wave functions from later.
    with path.open("rb") as file:
        try:
            yield load(file, txt=None)
        except Exception as problem:
            reason = " ".join(str(problem).split())[:120]
            raise NotRestoredError(
                f"{path}: the GPAW installed here cannot restore this file, written by GPAW "
                f"{version or 'of unknown version'} ({type(problem).__name__}: {reason}); "
                "density, potential and levels are read without it"
            ) from problem


def _check_parts(path: Path) -> str:
    """The version of GPAW that wrote the file, whose parts belong together."""
    with open_gpw(path) as reader:
        atoms = crystal_of(path, reader)
        for name, value in (("ha", HARTREE_EV), ("bohr", BOHR_ANGSTROM)):
            if not math.isclose(float(reader.get(name)), value, rel_tol=1e-3):
                raise _mismatch(path, f"its unit {name} is {reader.get(name)}")
        grid = tuple(reader.density.proxy("density").shape)
        if grid != tuple(reader.hamiltonian.proxy("potential").shape):
            raise _mismatch(path, "density and potential have different grids")
        parameters = reader.parameters.asdict()
        gpts = parameters.get("gpts")
        if gpts is not None and tuple(int(n) for n in gpts) != grid[1:]:
            raise _mismatch(path, f"gpts {tuple(gpts)} on a grid of {grid[1:]}")
        spacing = parameters.get("h")
        lengths = np.linalg.norm(atoms.cell.array, axis=1)
        if spacing is not None and not np.all(lengths / float(spacing) < 2 * np.array(grid[1:])):
            raise _mismatch(path, f"a spacing of {spacing} on a grid of {grid[1:]}")
        _check_cutoff(path, parameters.get("mode"), atoms.get_volume(), math.prod(grid[1:]))
        _check_kpoints(path, parameters.get("kpts"), reader.wave_functions)
        return str(reader.get("gpaw_version", ""))


def _check_cutoff(path: Path, mode: Any, volume: float, points: int) -> None:
    """Plane waves below the cutoff, V k^3 / (6 pi^2), fit on the grid, which holds all products."""
    cutoff = float(mode.get("ecut", 0.0)) if isinstance(mode, dict) else 0.0
    wave_number = math.sqrt(2 * max(cutoff, 0.0) / HARTREE_EV) / BOHR_ANGSTROM
    if not volume * wave_number**3 / (6 * math.pi**2) < _MOST_PLANE_WAVES * points + 100:
        raise _mismatch(path, f"a cutoff of {cutoff} eV on a grid of {points} points")


def _check_kpoints(path: Path, kpts: Any, wave_functions: Any) -> None:
    states = tuple(wave_functions.proxy("eigenvalues").shape)
    if states != tuple(wave_functions.proxy("occupations").shape) or len(states) not in (2, 3):
        raise _mismatch(path, f"eigenvalues of shape {states}")
    stored = wave_functions.kpts
    whole, irreducible = (tuple(stored.proxy(n).shape) for n in ("bzkpts", "ibzkpts"))
    if whole[1:] != (3,) or irreducible != (states[-2], 3):
        raise _mismatch(path, f"{irreducible[0]} k-points and eigenvalues of {states[-2]}")
    size: Any = kpts.get("size") if isinstance(kpts, dict) else kpts
    if isinstance(kpts, dict) and "density" in kpts and not 0 <= float(kpts["density"]) < 1e3:
        raise _mismatch(path, f"a k-point density of {kpts['density']}")
    given = size is not None and np.shape(size) == (3,)
    if given and math.prod(int(n) for n in size) != whole[0]:
        raise _mismatch(path, f"k-points {tuple(size)} where {whole[0]} are stored")


def _mismatch(path: Path, what: str) -> FileFormatError:
    return FileFormatError(f"{path}: a damaged .gpw file: {what}")
