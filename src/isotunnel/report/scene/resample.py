"""A field as the viewer gets it: whole numbers on a grid fit to be drawn, origin at zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.report.scene.scale import LevelScale

FEWEST, MOST_POINTS = 12, 64**3
"""Points along the shortest lattice vector (fewer would not show a shape), and points in all."""

SPACING_ANGSTROM = 0.09
"""Wished for between grid points: finer is not seen in a cell that fills the picture."""

TOP = 16_383
"""Largest value: 14 bits, of which shading does not see the steps."""


@dataclass(frozen=True, eq=False)
class DrawnField:
    """A field as places on the slider's scale, times ``TOP``.

    The open region at a place is where the value is at most that place times ``TOP``.

    Attributes:
        values: (n1, n2, n3) uint16 on the points (i/n1) a1 + (j/n2) a2 + (k/n3) a3.
    """

    values: NDArray[np.uint16]

    @property
    def shape(self) -> tuple[int, ...]:
        """Points along each lattice vector."""
        return self.values.shape


def drawn_field(field: Field, scale: LevelScale) -> DrawnField:
    """The field on the slider's scale, on a grid fit to be drawn.

    Cubic splines between the field's own points, on the scale rather than in value: there the
    deep wells at the nuclei, which would make a spline ring, are cut off. What lies between two
    drawn points is up to the viewer, which is told the levels found on the full grid and draws
    thresholds by them.
    """
    from scipy.ndimage import map_coordinates

    places = scale.places_of(field.values)
    shape = drawn_shape(field.cell, field.shape)
    shift = np.linalg.solve(field.cell.T, field.origin)
    if shape != field.shape or not np.allclose(shift, 0.0, atol=1e-12):
        coordinates = np.meshgrid(
            *(
                (np.arange(n) / n - s) * old
                for n, old, s in zip(shape, field.shape, shift, strict=True)
            ),
            indexing="ij",
        )
        order = 3 if min(field.shape) > 3 else 1
        places = map_coordinates(places, coordinates, order=order, mode="grid-wrap")
    return DrawnField(np.round(np.clip(places, 0, 1) * TOP).astype(np.uint16))


def drawn_shape(cell: NDArray[np.float64], own: tuple[int, ...]) -> tuple[int, int, int]:
    """The field's own grid where that is fine enough and not too large, else one that is.

    A grid of its own has about one spacing along all lattice vectors.
    """
    lengths = np.linalg.norm(cell, axis=1)
    spacing = max(SPACING_ANGSTROM, float((np.prod(lengths) / MOST_POINTS) ** (1 / 3)))
    if np.all(lengths / own <= 1.1 * spacing) and np.prod(own) <= MOST_POINTS:
        n1, n2, n3 = own
        return n1, n2, n3
    wished = (max(FEWEST, round(float(length) / spacing)) for length in lengths)
    finest = [max(n, o) for n, o in zip(wished, own, strict=True)]
    excess = max(1.0, float((np.prod(finest) / MOST_POINTS) ** (1 / 3)))
    n1, n2, n3 = (max(FEWEST, round(n / excess)) for n in finest)
    return n1, n2, n3
