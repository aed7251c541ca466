r"""Solid harmonics, scaled so that multipoles add and interact without square roots.

.. math::

    R_{lm} = \frac{r^l P_l^m(\cos\theta)\, e^{im\varphi}}{(l+m)!}, \qquad
    I_{lm} = \frac{(l-m)!\, P_l^m(\cos\theta)\, e^{im\varphi}}{r^{l+1}}

Both obey :math:`X_{l,-m} = (-1)^m X_{lm}^*`. Reference: C. A. White and M. Head-Gordon, J. Chem.
Phys. 101, 6593 (1994), doi 10.1063/1.468354.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Complex = NDArray[np.complex128]


def count(highest: int) -> int:
    """Number of harmonics up to l = ``highest``."""
    return (highest + 1) ** 2


def place(l: int, m: int) -> int:  # noqa: E741
    """Where the harmonic (l, m) stands in the arrays of this package."""
    return l * l + l + m


def regular(points: ArrayLike, highest: int) -> Complex:
    """R_lm at points of shape (n, 3); shape (``count``, n), lengths to the power l."""
    x, y, z = np.asarray(points, dtype=float).T
    square = x * x + y * y + z * z
    found = np.zeros((count(highest), len(x)), dtype=complex)
    found[0] = 1.0
    for m in range(highest + 1):
        if m > 0:
            found[place(m, m)] = -(x + 1j * y) / (2 * m) * found[place(m - 1, m - 1)]
        for n in range(m, highest):
            below = found[place(n - 1, m)] if n > m else 0.0
            up = (2 * n + 1) * z * found[place(n, m)] - square * below
            found[place(n + 1, m)] = up / ((n + m + 1) * (n - m + 1))
    return _mirrored(found, highest)


def irregular(points: ArrayLike, highest: int) -> Complex:
    """I_lm at points of shape (n, 3), none at the origin; shape (``count``, n)."""
    x, y, z = np.asarray(points, dtype=float).T
    square = x * x + y * y + z * z
    found = np.zeros((count(highest), len(x)), dtype=complex)
    found[0] = 1.0 / np.sqrt(square)
    for m in range(highest + 1):
        if m > 0:
            step = -(2 * m - 1) * (x + 1j * y) / square
            found[place(m, m)] = step * found[place(m - 1, m - 1)]
        for n in range(m, highest):
            below = found[place(n - 1, m)] if n > m else 0.0
            up = (2 * n + 1) * z * found[place(n, m)] - (n * n - m * m) * below
            found[place(n + 1, m)] = up / square
    return _mirrored(found, highest)


def _mirrored(found: Complex, highest: int) -> Complex:
    for n in range(1, highest + 1):
        for m in range(1, n + 1):
            found[place(n, -m)] = (-1) ** m * found[place(n, m)].conj()
    return found
