"""Fields and atoms that the tests of the report share."""

from __future__ import annotations

import numpy as np
from ase import Atoms

SKEW_CELL = np.array([[4.0, 0.0, 0.0], [1.2, 3.6, 0.0], [-0.7, 0.9, 4.4]])

EVIL = "<script>alert('1')</script>\"'&amp;<img src=x onerror=alert(2)>"


def phases(n: int = 24) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """2 pi times the fractional coordinates of an n^3 grid."""
    x = 2 * np.pi * np.arange(n) / n
    return tuple(np.meshgrid(x, x, x, indexing="ij"))


def layered(n: int = 24) -> np.ndarray:
    """Wires along a that join to sheets and then to a network, at three separate levels."""
    x, y, z = phases(n)
    return -(0.3 * np.cos(x) + 0.9 * np.cos(y) + 2.0 * np.cos(z))


def atoms() -> Atoms:
    """One S and two H in a skew cell, one of them on a face and one outside the cell."""
    return Atoms(
        "SH2",
        scaled_positions=[[0, 0, 0], [0.5, 0.5, 0.5], [1.25, 0.5, -0.25]],
        cell=SKEW_CELL,
        pbc=True,
    )
