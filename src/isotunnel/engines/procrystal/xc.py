"""The local-density exchange-correlation potential, the one of the LDA atoms.

Slater exchange and the correlation of Perdew and Wang, Phys. Rev. B 45, 13244 (1992), spin-paired,
with the parameters as printed there (libxc's LDA_X and LDA_C_PW). In hartree atomic units, with
r_s = (3 / (4 pi n))^(1/3) and y = sqrt(r_s),

    v_x = -(3 n / pi)^(1/3)
    e_c = -2 A (1 + a r_s) ln(1 + 1/Q),    Q = 2 A (b1 y + b2 y^2 + b3 y^3 + b4 y^4)
    v_c = e_c - (r_s / 3) de_c/dr_s.

Below ``TAIL_DENSITY`` v_xc is continued as n^(1/3), its limit, because the tables of the free atoms
are (see ``scripts/make_atomic_tables.py``). So v_xc of a lone LDA atom's density is the table's to
the table's rounding, and to 4e-6 hartree in that tail; the functional itself lies up to 2e-5
hartree deeper there.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange
from numpy.typing import ArrayLike, NDArray

from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

TAIL_DENSITY = 1e-9
"""1/bohr^3: below this density v_xc goes as n^(1/3)."""

TINY_DENSITY = 1e-300
"""1/angstrom^3: stands in for a density of zero."""

_BOHR3 = float(BOHR_ANGSTROM) ** 3
_HARTREE = float(HARTREE_EV)
_A, _A1 = 0.031091, 0.21370
_B1, _B2, _B3, _B4 = 7.5957, 3.5876, 1.6382, 0.49294


@njit(cache=True)
def vxc_at(density):  # type: ignore[no-untyped-def]
    """v_xc in eV of one density in 1/angstrom^3, which must be positive."""
    n = density * _BOHR3
    scale = 1.0
    if n < TAIL_DENSITY:
        scale = (n / TAIL_DENSITY) ** (1.0 / 3.0)
        n = TAIL_DENSITY
    y2 = (3.0 / (4.0 * math.pi * n)) ** (1.0 / 3.0)
    y = math.sqrt(y2)
    q = 2.0 * _A * y * (_B1 + y * (_B2 + y * (_B3 + y * _B4)))
    slope = _A * (_B1 / y + 2.0 * _B2 + y * (3.0 * _B3 + y * 4.0 * _B4))
    logarithm = math.log1p(1.0 / q)
    front = -2.0 * _A * (1.0 + _A1 * y2)
    energy = front * logarithm
    derivative = -2.0 * _A * _A1 * logarithm - front * slope / (q * (q + 1.0))
    exchange = -((9.0 / (4.0 * math.pi**2)) ** (1.0 / 3.0)) / y2
    return scale * _HARTREE * (exchange + energy - y2 / 3.0 * derivative)


@njit(cache=True, parallel=True)
def add_vxc(potential, density, out):  # type: ignore[no-untyped-def]
    """out = potential + v_xc(density), point by point; all of shape (n1, n2, n3)."""
    n1, n2, n3 = density.shape
    for i in prange(n1):
        for j in range(n2):
            for k in range(n3):
                out[i, j, k] = potential[i, j, k] + vxc_at(density[i, j, k])


def lda_potential(density: ArrayLike) -> NDArray[np.float64]:
    """v_xc in eV of densities in 1/angstrom^3, any shape; zero where the density is zero."""
    n = np.ascontiguousarray(density, dtype=float)
    out = np.zeros((1, 1, n.size))
    add_vxc(out, np.maximum(n, TINY_DENSITY).reshape(1, 1, -1), out)
    return np.where(n > 0, out.reshape(n.shape), 0.0)
