"""The slow, obvious twin of the superposition: every image of every atom, one by one."""

from __future__ import annotations

import numpy as np
from ase import Atoms
from numpy.typing import NDArray

from isotunnel.fields.engines.procrystal.radial import TAPER_END, Quantity, radial_value
from isotunnel.fields.engines.procrystal.tables import Functional, free_atom


def grid_points(cell: NDArray[np.float64], shape: tuple[int, int, int]) -> NDArray[np.float64]:
    """Cartesian grid points, shape (n1, n2, n3, 3)."""
    axes = np.meshgrid(*(np.arange(n) / n for n in shape), indexing="ij")
    return np.stack(axes, axis=-1) @ cell


def slow_superpose(
    atoms: Atoms, shape: tuple[int, int, int], quantity: Quantity, functional: Functional = "PBE"
) -> NDArray[np.float64]:
    """Direct sum over all images within the reach of the tables."""
    cell = np.array(atoms.cell)
    points = grid_points(cell, shape).reshape(-1, 3)
    heights = 1 / np.linalg.norm(np.linalg.inv(cell).T, axis=1)
    counts = np.ceil(TAPER_END / heights).astype(int) + 2
    steps = np.meshgrid(*(np.arange(-n, n + 1) for n in counts), indexing="ij")
    images = np.stack(steps, axis=-1).reshape(-1, 3) @ cell
    total = np.zeros(len(points))
    fractional = atoms.get_scaled_positions(wrap=True)
    for number, position in zip(atoms.numbers, fractional @ cell, strict=True):
        atom = free_atom(int(number), functional)
        for i, point in enumerate(points):
            distance = np.linalg.norm(images + (position - point), axis=1)
            total[i] += radial_value(atom, quantity, distance[distance < TAPER_END]).sum()
    return total.reshape(shape)
