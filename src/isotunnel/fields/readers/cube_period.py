"""Which part of a cube file is one period: end planes that come again, steps that are too long.

A molecular code centres its box on the molecule, whose mirror makes the end planes of the box equal
without any period. They are dropped only where the values say periodic and atoms and cell do not
object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError
from isotunnel.fields.readers.end_planes import (
    is_mirror_image,
    repeated_axes,
    runs_on_smoothly,
    symmetry_count,
    without_end_planes,
)
from isotunnel.fields.readers.image_atoms import has_images
from isotunnel.fields.readers.options import EndPlanes

if TYPE_CHECKING:
    from ase import Atoms

_NEAR_FACE_ANGSTROM = 0.3


@dataclass(frozen=True, eq=False)
class CubeGrid:
    """Grid and atoms of a cube file; ``steps`` are the vectors from one point to the next."""

    steps: NDArray[np.float64]
    shape: tuple[int, int, int]
    origin: NDArray[np.float64]
    atoms: Atoms | None

    @property
    def cell(self) -> NDArray[np.float64]:
        """Cell where no plane comes again."""
        return np.asarray(self.steps * np.array(self.shape)[:, None])

    @property
    def shorter(self) -> NDArray[np.float64]:
        """Cell where every last plane is the first one again."""
        return np.asarray(self.steps * (np.array(self.shape) - 1)[:, None])


def one_period(
    grid: CubeGrid,
    values: NDArray[Any],
    end_planes: EndPlanes,
    notes: list[str],
    warnings: list[str],
) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """The values of one period and its cell; what was done goes to notes and warnings."""
    if end_planes == "keep":
        return values, grid.cell
    if end_planes == "drop":
        if min(grid.shape) < 2:
            raise InputError("end_planes='drop' needs at least two points along every axis")
        notes.append("The last plane of every axis was dropped, as asked for.")
        return without_end_planes(values, (True, True, True)), grid.shorter
    repeated = repeated_axes(values)
    axes = _periodic_axes(grid, values, repeated)
    if repeated != axes:
        names = _names(tuple(r and not a for r, a in zip(repeated, axes, strict=True)))
        notes.append(
            f"The last plane equals the first along axis {names}, as a mirror of the atoms in a "
            "box makes it: it was kept (end_planes='drop' drops the last planes)."
        )
    if any(axes):
        return _dropped(grid, values, axes, warnings)
    if min(grid.shape) > 1 and not any(repeated):
        _warn_of_long_step(grid, warnings)
    return values, grid.cell


def _dropped(
    grid: CubeGrid, values: NDArray[Any], axes: tuple[bool, bool, bool], warnings: list[str]
) -> tuple[NDArray[Any], NDArray[np.float64]]:
    cell = grid.steps * (np.array(grid.shape) - np.array(axes))[:, None]
    text = f"The last plane repeats the first along axis {_names(axes)}: it was dropped"
    if not has_images(grid.atoms, cell) and (
        symmetry_count(grid.cell, grid.atoms) > symmetry_count(cell, grid.atoms)
    ):
        cell = grid.cell
        text += ", and the step corrected, for the atoms are more symmetric in the longer cell"
    warnings.append(f"{text} (end_planes='keep' keeps it).")
    return without_end_planes(values, axes), cell


def _warn_of_long_step(grid: CubeGrid, warnings: list[str]) -> None:
    lengths = ", ".join(f"{x:.3f}" for x in np.linalg.norm(grid.shorter, axis=1))
    spans = ", ".join(f"{x:.3f}" for x in np.linalg.norm(grid.cell, axis=1))
    if has_images(grid.atoms, grid.shorter):
        warnings.append(
            "The file's step is a/(n-1) instead of a/n, as it seems: atoms come again on the faces "
            f"of a cell of {lengths} angstrom, but the file's grid spans {spans} angstrom; cell "
            "and volume are as the file has them, too large."
        )
    elif symmetry_count(grid.shorter, grid.atoms) > symmetry_count(grid.cell, grid.atoms):
        warnings.append(
            "The atoms are more symmetric in a cell one step shorter along every axis "
            f"({lengths} instead of {spans} angstrom): the file's steps may be a/(n-1) instead of "
            "a/n, which makes the cell too large."
        )


def _periodic_axes(
    grid: CubeGrid, values: NDArray[Any], repeated: tuple[bool, bool, bool]
) -> tuple[bool, bool, bool]:
    """Of the axes whose end planes agree, those along which the crystal is periodic."""
    if any(repeated) and _on_half_points(grid, repeated):
        return False, False, False
    found = [
        r and (not is_mirror_image(values, axis) or _mirror_is_periodic(grid, values, axis))
        for axis, r in enumerate(repeated)
    ]
    return found[0], found[1], found[2]


def _mirror_is_periodic(grid: CubeGrid, values: NDArray[Any], axis: int) -> bool:
    """Whether a field that is its own mirror image goes on beyond its end planes.

    Atoms on those planes say so. Where all atoms lie inside a box whose origin is not the crystal's
    it is a molecule; otherwise the field decides: a period has no kink at its end.
    """
    if grid.atoms is None:
        return runs_on_smoothly(values, axis)
    away = _distance_to_faces(grid, axis)
    if away.min() < _NEAR_FACE_ANGSTROM:
        return True
    if np.abs(grid.origin).max() > 1e-3:
        return False
    return runs_on_smoothly(values, axis)


def _distance_to_faces(grid: CubeGrid, axis: int) -> NDArray[np.float64]:
    """Distance of each atom to the nearer end plane along an axis, modulo the shorter cell."""
    assert grid.atoms is not None
    inverse = np.linalg.inv(grid.shorter)
    place = ((grid.atoms.positions - grid.origin) @ inverse)[:, axis] % 1.0
    height = 1.0 / float(np.linalg.norm(inverse[:, axis]))
    return np.asarray(np.minimum(place, 1.0 - place) * height)


def _on_half_points(grid: CubeGrid, axes: tuple[bool, bool, bool]) -> bool:
    """Whether the origin lies half a step inside: there a mirror makes equal end planes."""
    try:
        offset = np.linalg.solve(grid.steps.T, grid.origin)
    except np.linalg.LinAlgError:
        return False
    half = np.abs(np.abs(offset) % 1.0 - 0.5) < 1e-3
    return bool(np.any(half & np.array(axes)))


def _names(axes: tuple[bool, ...]) -> str:
    return ", ".join(n for n, r in zip("123", axes, strict=True) if r)
