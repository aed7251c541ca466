r"""Electrostatic energy of point multipoles on the sites of a crystal.

Two sets of charges around A and B, with :math:`\mathbf R` from A to B, interact by

.. math::

    E = \sum_{lm}\sum_{jk} (-1)^j\, Q^{A*}_{lm} Q^{B*}_{jk}\, I_{l+j,\,m+k}(\mathbf R), \qquad
    Q_{lm} = \sum_i q_i R_{lm}(\mathbf r_i)

as long as no charge of one set is farther from its centre than the other set begins. Overlapping
clouds break that: then the sum overstates the interaction, and may not converge with l.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.bonding.squeezed.harmonics import Complex, irregular, place, regular
from isotunnel.units import COULOMB_EV_ANGSTROM

HIGHEST = 4
"""Multipoles up to the hexadecapole."""


@dataclass(frozen=True, eq=False)
class Multipoles:
    """Multipoles of one atom or molecule about its centre.

    Attributes:
        values: Q_lm in elementary charges times angstrom^l, shape (25,), as ``harmonics.place``
            orders them.
    """

    values: Complex

    def size(self, l: int) -> float:  # noqa: E741
        """Length of the l-th multipole, e angstrom^l; turning the atom does not change it.

        Normalised as by Racah: an axial multipole has the length of its m = 0 component, a
        quadrupole that of sum q (3 z^2 - r^2)/2.
        """
        parts = [
            factorial(l + m) * factorial(l - m) * abs(self.values[place(l, m)]) ** 2
            for m in range(-l, l + 1)
        ]
        return float(np.sqrt(sum(parts)))

    def axial(self, l: int) -> float:  # noqa: E741
        """Its component along z, sum q r^l P_l(cos theta), e angstrom^l."""
        return float(factorial(l) * self.values[place(l, 0)].real)


def of_charges(charges: ArrayLike, points: ArrayLike) -> Multipoles:
    """Multipoles of point charges (e) at points (angstrom) about the origin."""
    values = regular(points, HIGHEST) @ np.asarray(charges, dtype=complex)
    return Multipoles(values)


def about(multipoles: Multipoles, shift: ArrayLike) -> Multipoles:
    """The same charges about another centre; ``shift`` points from that to the old one."""
    moved = regular(np.asarray(shift, dtype=float)[None, :], HIGHEST)[:, 0]
    values = np.zeros_like(multipoles.values)
    for l in range(HIGHEST + 1):  # noqa: E741
        for m in range(-l, l + 1):
            for j in range(l + 1):
                for k in range(max(-j, m - l + j), min(j, m + l - j) + 1):
                    part = multipoles.values[place(j, k)] * moved[place(l - j, m - k)]
                    values[place(l, m)] += part
    return Multipoles(values)


def together(parts: Sequence[Multipoles]) -> Multipoles:
    """The sum of multipoles about one centre."""
    return Multipoles(np.sum([p.values for p in parts], axis=0))


def pair_energy_ev(
    first: Multipoles,
    second: Multipoles,
    separation: ArrayLike,
    orders: Sequence[int] = tuple(range(HIGHEST + 1)),
) -> float:
    """Energy of two sets of multipoles, eV; ``separation`` points from the first to the second."""
    apart = irregular(np.asarray(separation, dtype=float)[None, :], 2 * HIGHEST)
    return _energy(first, second, apart[:, 0], orders)


def lattice_energy_ev(
    multipoles: Sequence[Multipoles],
    positions: ArrayLike,
    cell: ArrayLike,
    orders: Sequence[int] = (2, 3, 4),
    reach_angstrom: float = 30.0,
) -> float:
    """Energy of all multipoles of a crystal with each other, eV per cell.

    Args:
        multipoles: of each site of the cell.
        positions, cell: of the sites, angstrom; rows of ``cell`` are the lattice vectors.
        orders: values of l that are counted. Only sums that converge by themselves are meant:
            quadrupoles and higher ones.
        reach_angstrom: neighbours farther off are left out; quadrupoles fall off as r^-5, so that
            30 angstrom are good to some 1e-5 of the sum in dense crystals.
    """
    places = np.asarray(positions, dtype=float)
    vectors = images_within(cell, reach_angstrom)
    total = 0.0
    for a, first in enumerate(multipoles):
        for b, second in enumerate(multipoles):
            apart = vectors + (places[b] - places[a])
            far = np.linalg.norm(apart, axis=1)
            apart = apart[(far > 1e-6) & (far <= reach_angstrom)]
            if len(apart):
                summed = irregular(apart, 2 * HIGHEST).sum(axis=1)
                total += 0.5 * _energy(first, second, summed, orders)
    return total


def images_within(cell: ArrayLike, reach: float) -> NDArray[np.float64]:
    """Lattice vectors that can bring two points of the cell within ``reach`` of each other."""
    rows = np.asarray(cell, dtype=float)
    heights = 1.0 / np.linalg.norm(np.linalg.inv(rows), axis=0)
    steps = np.ceil(reach / heights).astype(int) + 1
    ranges = [np.arange(-n, n + 1) for n in steps]
    grid = np.stack(np.meshgrid(*ranges, indexing="ij"), axis=-1).reshape(-1, 3)
    return np.asarray(grid @ rows)


def _energy(first: Multipoles, second: Multipoles, apart: Complex, orders: Sequence[int]) -> float:
    total = 0.0j
    for l in orders:  # noqa: E741
        for j in orders:
            for m in range(-l, l + 1):
                for k in range(-j, j + 1):
                    total += (
                        (-1) ** j
                        * np.conj(first.values[place(l, m)] * second.values[place(j, k)])
                        * apart[place(l + j, m + k)]
                    )
    return float(total.real) * COULOMB_EV_ANGSTROM
