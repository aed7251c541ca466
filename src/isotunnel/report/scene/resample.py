"""A field on a grid that is fit to be drawn: few enough points, evenly spaced, origin at zero."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.field import Field

FEWEST = 8
"""Points along the shortest lattice vector; fewer would not show a shape."""


def display_shape(cell: NDArray[np.float64], points: int) -> tuple[int, int, int]:
    """Grid of about ``points`` points in all with about one spacing along all lattice vectors."""
    lengths = np.linalg.norm(cell, axis=1)
    spacing = float((np.prod(lengths) / points) ** (1 / 3))
    n1, n2, n3 = (max(FEWEST, round(float(length) / spacing)) for length in lengths)
    return n1, n2, n3


def on_display_grid(
    field: Field, shape: tuple[int, int, int], low: float, high: float
) -> NDArray[np.float64]:
    """The field at the points (i/n1) a1 + (j/n2) a2 + (k/n3) a3, clipped to [low, high].

    Linear between the field's points where the display grid is coarser, so that no value comes out
    that is not between its neighbours; a cubic spline where it is finer. Clipping comes first: the
    deep wells at the nuclei would make a spline ring far around them.
    """
    from scipy.ndimage import map_coordinates

    values = np.clip(field.values.astype(np.float64), low, high)
    shift = np.linalg.solve(field.cell.T, field.origin)
    if shape == field.shape and np.allclose(shift, 0.0, atol=1e-12):
        return _single(values)
    coordinates = np.meshgrid(
        *(
            (np.arange(n) / n - s) * old
            for n, old, s in zip(shape, field.shape, shift, strict=True)
        ),
        indexing="ij",
        sparse=False,
    )
    finer = all(n >= old for n, old in zip(shape, field.shape, strict=True))
    order = 3 if finer and min(field.shape) > 3 else 1
    resampled = map_coordinates(values, coordinates, order=order, mode="grid-wrap")
    return _single(np.clip(resampled, low, high))


def _single(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rounded to single precision, in which the meshes are made."""
    return values.astype(np.float32).astype(np.float64)
