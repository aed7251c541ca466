"""Finding grids whose last planes repeat their first ones.

A periodic grid of n points has its last point one step before the cell's end. Some programs write
n + 1 points, the last equal to the first. Keeping that plane makes the cell too long by one step
and doubles a plane, which moves every threshold.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.symmetry import call_spglib
from isotunnel.errors import CrystalError

# A field printed twice for the same place differs in the last digit, five to six figures in.
_RELATIVE_TOLERANCE = 2e-5
# Beyond that a repeated plane must stand out: neighbouring planes differ by this much more.
_CONTRAST = 100.0
# A cosine of eight points per period has 0.31.
_FLAT = 0.4


def planes_agree(values: NDArray[Any], axis: int) -> bool:
    """Whether the last plane along an axis equals the first as far as printed digits tell."""
    n = values.shape[axis]
    first = values.take(0, axis)
    difference = float(np.abs(first - values.take(n - 1, axis)).max())
    return n > 1 and difference <= _RELATIVE_TOLERANCE * float(np.abs(first).max())


def repeated_axes(values: NDArray[Any]) -> tuple[bool, bool, bool]:
    """Along which axes the last plane repeats the first, beyond doubt.

    The planes agree, they are not empty, and the second plane differs from the first far more
    than the last does. A field that hardly varies there, such as the vacuum around a molecule or a
    constant, tells nothing and does not count.
    """
    repeats = [False, False, False]
    for axis in range(3):
        if values.shape[axis] < 3 or not planes_agree(values, axis):
            continue
        first = values.take(0, axis)
        to_last = float(np.abs(first - values.take(-1, axis)).max())
        to_second = float(np.abs(first - values.take(1, axis)).max())
        noise = 1e-9 * float(np.abs(first).max())
        repeats[axis] = to_second > _CONTRAST * max(to_last, noise) and noise > 0
    return repeats[0], repeats[1], repeats[2]


def is_mirror_image(values: NDArray[Any], axis: int) -> bool:
    """Whether the values read backwards along an axis are the same, as far as digits tell."""
    limit = 10 * _RELATIVE_TOLERANCE * max(float(values.max()), -float(values.min()))
    n = values.shape[axis]
    return all(
        float(np.abs(values.take(i, axis) - values.take(n - 1 - i, axis)).max()) <= limit
        for i in range(n // 2)
    )


def runs_on_smoothly(values: NDArray[Any], axis: int) -> bool:
    """Whether a field that is its own mirror image has no kink at its end planes.

    Mirrored there a smooth periodic field is flat: its one-sided slope (-3 f0 + 4 f1 - f2) / 2 is a
    small part of its first difference f1 - f0.
    """
    if values.shape[axis] < 4:
        return True
    f0, f1, f2 = (values.take(i, axis).astype(np.float64) for i in range(3))
    step = float(np.abs(f1 - f0).mean())
    slope = float(np.abs(-3 * f0 + 4 * f1 - f2).mean()) / 2
    return slope <= _FLAT * step


def without_end_planes(values: NDArray[Any], axes: tuple[bool, bool, bool]) -> NDArray[Any]:
    """The values without the last plane of the marked axes, as a fresh C-ordered array."""
    return np.ascontiguousarray(values[tuple(slice(-1) if r else slice(None) for r in axes)])


def symmetry_count(cell: NDArray[np.float64], atoms: Any) -> int:
    """Number of space-group operations of the atoms put into a cell, 0 where it is not known.

    Positions are Cartesian; the tolerance of 0.02 angstrom is below a usual grid step.
    """
    if atoms is None or not 1 < len(atoms) <= 200:
        return 0
    positions = np.linalg.solve(cell.T, atoms.positions.T).T
    crystal = (np.array(cell), positions, atoms.numbers)
    try:
        return len(call_spglib("get_symmetry", crystal, symprec=0.02)["rotations"])
    except CrystalError:
        return 0
