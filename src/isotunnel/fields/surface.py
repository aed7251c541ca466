"""The surface of a region of a field as a closed mesh, cut off at the faces of the cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import FieldError
from isotunnel.fields.field import Field
from isotunnel.fields.kinds import Side

_OUTSIDE = 1e9
"""Ranges of the field beyond the level of what lies outside: the cut then lies on the face to a
billionth of a grid step."""


@dataclass(frozen=True, eq=False)
class Mesh:
    """A closed surface of triangles, seen anticlockwise from outside.

    Attributes:
        points: (n, 3), angstrom.
        triangles: (m, 3), indices of points.
    """

    points: NDArray[np.float64]
    triangles: NDArray[np.int64]

    @property
    def volume_a3(self) -> float:
        """Of what is inside, angstrom^3, by the divergence theorem."""
        a, b, c = (self.points[self.triangles[:, i]] for i in range(3))
        return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6.0)


def surface_mesh(field: Field, level: float, side: Side | None = None) -> Mesh:
    """The boundary of the part of one cell in which the field is above (or below) a level.

    Between grid points the field is taken as linear (marching cubes). Where the region goes on
    beyond the cell, the mesh is closed by the cell's face, so that copies by lattice vectors touch.

    Args:
        field: the field; its origin shifts the mesh.
        level: in the field's unit.
        side: which region; default by the field's kind.

    Raises:
        FieldError: a kind without a default side and none given, or a level at which the region is
            nothing or everything.
    """
    from skimage.measure import marching_cubes

    opened = side or field.default_side
    if opened is None:
        raise FieldError(f"which side of a field of kind {field.kind} is inside must be said")
    sign = 1.0 if opened is Side.ABOVE else -1.0
    low, high = float(field.values.min()), float(field.values.max())
    if not low < level < high:
        raise FieldError(
            f"the {field.kind} goes from {low:.6g} to {high:.6g} {_unit(field)}; there is no "
            f"surface at {level:g}"
        )
    # Marching cubes works in single precision: levels and values are scaled into 0 to 1 first.
    inside = sign * (np.asarray(field.values, dtype=np.float64) - level) / (high - low)
    # A value just at the level would tear the mesh.
    inside[inside == 0.0] = 1e-9
    padded = np.pad(np.pad(inside, (0, 1), mode="wrap"), 1, constant_values=-_OUTSIDE)
    steps, triangles, *_ = marching_cubes(  # type: ignore[no-untyped-call]
        padded.astype(np.float32), 0.0, gradient_direction="ascent"
    )
    fractional = np.clip((steps.astype(np.float64) - 1.0) / np.array(field.shape), 0.0, 1.0)
    mesh = Mesh(fractional @ field.cell + field.origin, triangles.astype(np.int64))
    return mesh if mesh.volume_a3 >= 0 else Mesh(mesh.points, mesh.triangles[:, ::-1])


def _unit(field: Field) -> str:
    return "" if field.unit == "1" else field.unit
