"""The 27 voxels of the block around a voxel, and how they are numbered.

A neighbour at the shift (di, dj, dk), each in {-1, 0, 1}, has the code
``9 (di + 1) + 3 (dj + 1) + (dk + 1)``; code 13 is the voxel itself. A set of neighbours is a
27-bit mask.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isotunnel.kernels import kernel

SHIFTS: NDArray[np.int64] = np.array(
    [(i, j, k) for i in (-1, 0, 1) for j in (-1, 0, 1) for k in (-1, 0, 1)], dtype=np.int64
)
"""Shape (27, 3): the shift of each code."""

MINIMUM = 13
"""The code of the voxel itself: where the flow of a minimum leads."""


def linear_steps(shape: tuple[int, int, int]) -> NDArray[np.int64]:
    """Shape (27,): the step in linear index to each neighbour that lies in the same cell."""
    _, n2, n3 = shape
    return SHIFTS @ np.array([n2 * n3, n3, 1], dtype=np.int64)


@kernel
def neighbour(voxel, code, n1, n2, n3):
    """Linear index of the neighbour ``code`` of a voxel and the cell (c1, c2, c3) it lies in."""
    i = voxel // (n2 * n3)
    j = voxel // n3 - i * n2
    return neighbour_of(i, j, voxel - (i * n2 + j) * n3, code, n1, n2, n3)


@kernel
def neighbour_of(i, j, k, code, n1, n2, n3):
    """The same for the voxel (i, j, k): without divisions by what the compiler does not know."""
    i += code // 9 - 1
    j += (code // 3) % 3 - 1
    k += code % 3 - 1
    c1 = -1 if i < 0 else (1 if i >= n1 else 0)
    c2 = -1 if j < 0 else (1 if j >= n2 else 0)
    c3 = -1 if k < 0 else (1 if k >= n3 else 0)
    return ((i - c1 * n1) * n2 + (j - c2 * n2)) * n3 + (k - c3 * n3), c1, c2, c3
