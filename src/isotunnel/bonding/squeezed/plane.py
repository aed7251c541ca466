"""A plane of a deformation, as plain numbers for a picture."""

from __future__ import annotations

from typing import Any

import numpy as np

from isotunnel.bonding.squeezed.moments import Deformation
from isotunnel.bonding.squeezed.multipoles import images_within

POINTS = 61
NEIGHBOURS = 2.2
"""Width of the plane in distances of nearest neighbours."""


def deformation_plane(deformed: Deformation) -> dict[str, Any]:
    """The plane through the first atom and two of its nearest neighbours.

    Returns:
        ``width_a`` (angstrom), ``values`` (electrons per cubic angstrom, rows from below) and
        ``nuclei``, the atoms that lie in it, by their places in the plane.
    """
    from scipy.ndimage import map_coordinates

    grid = deformed.grid
    origin = grid.positions[0]
    images = images_within(grid.cell, 8.0)
    vectors = (grid.positions[:, None, :] - origin + images[None, :, :]).reshape(-1, 3)
    lengths = np.linalg.norm(vectors, axis=1)
    near = vectors[(lengths > 1e-3) & (lengths < 1.05 * lengths[lengths > 1e-3].min())]
    first = near[0] / np.linalg.norm(near[0])
    # The neighbour most nearly at a right angle shows the plane that holds most of both.
    other = min(near, key=lambda v: abs(float(v @ first)))
    second = other - (other @ first) * first
    second /= np.linalg.norm(second)
    width = NEIGHBOURS * float(np.linalg.norm(near[0]))
    ticks = np.linspace(-width / 2, width / 2, POINTS)
    points = origin + ticks[None, :, None] * first + ticks[:, None, None] * second
    scaled = (points @ np.linalg.inv(grid.cell)) * np.array(grid.shape)
    values = map_coordinates(
        deformed.difference.reshape(grid.shape),
        np.moveaxis(scaled, -1, 0),
        order=3,
        mode="grid-wrap",
    )
    normal = np.cross(first, second)
    flat = vectors[np.abs(vectors @ normal) < 1e-3]
    places = np.stack([flat @ first, flat @ second], axis=1)
    inside = places[(np.abs(places) <= width / 2 + 1e-6).all(axis=1)]
    return {
        "width_a": round(width, 6),
        "values": [[float(f"{v:.4g}") for v in row] for row in values],
        "nuclei": [[round(float(c), 5) + 0.0 for c in p] for p in inside],
    }
