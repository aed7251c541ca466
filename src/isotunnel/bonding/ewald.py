"""Electrostatic energy of point charges on a lattice, by Ewald summation.

The sum over 1/r does not converge by itself. Each charge is wrapped in a Gaussian of the opposite
sign: what is left falls off as erfc(eta r)/r, and the Gaussians are summed in reciprocal space. A
cell with a net charge gets a uniform background that neutralises it; its energy is part of the
result, as it is for the ions of a metal in a uniform sea of electrons.

P. P. Ewald, Ann. Phys. 369, 253 (1921); the background's term as in M. Leslie and M. J. Gillan,
J. Phys. C 18, 973 (1985). A lattice of charges without background has no energy per cell: see
``ion_cluster``.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.units import COULOMB_EV_ANGSTROM

Array = NDArray[np.float64]

TAIL = 7.0
"""Terms are dropped where eta r, or |G| / (2 eta), passes this: exp(-49) of the first ones."""


def ewald_energy_ev(cell: ArrayLike, positions: ArrayLike, charges: ArrayLike) -> float:
    """Electrostatic energy per cell of point charges, with a neutralising background, in eV.

    E = k e^2 / 2 [ sum_ij sum_R q_i q_j erfc(eta |r_ij + R|) / |r_ij + R|
        + 4 pi / V sum_G |S(G)|^2 exp(-G^2 / 4 eta^2) / G^2
        - 2 eta / sqrt(pi) sum_i q_i^2 - pi Q^2 / (V eta^2) ],  Q = sum_i q_i.

    Args:
        cell: lattice vectors as rows, shape (3, 3), angstrom.
        positions: shape (n, 3), angstrom.
        charges: shape (n,), in units of the elementary charge.

    Raises:
        InputError: shapes that do not fit, a flat cell, or two charges in one place.
    """
    lattice, places, q = _checked(cell, positions, charges)
    volume = abs(float(np.linalg.det(lattice)))
    # Both sums then need about as many terms.
    eta = math.sqrt(math.pi) * (len(q) / volume**2) ** (1 / 6)
    total = (
        _near(lattice, places, q, eta)
        + _far(lattice, places, q, eta, volume)
        - 2 * eta / math.sqrt(math.pi) * float(q @ q)
        - math.pi * float(q.sum()) ** 2 / (volume * eta**2)
    )
    return float(0.5 * COULOMB_EV_ANGSTROM * total)


def madelung_constant(
    cell: ArrayLike, positions: ArrayLike, charges: ArrayLike, length_angstrom: float
) -> float:
    """-E / (k e^2 / length) of one cell: the Madelung constant for a chosen length and cell.

    For the ions of a metal in a uniform background take the Wigner-Seitz radius as the length and
    a primitive cell of one ion of charge 1: 0.895929 for bcc.
    """
    energy = ewald_energy_ev(cell, positions, charges)
    return float(-energy * length_angstrom / COULOMB_EV_ANGSTROM)


def wigner_seitz_radius(volume_per_atom: float) -> float:
    """Radius of the sphere of a volume, in the length unit whose cube the volume has."""
    return float((3 * volume_per_atom / (4 * math.pi)) ** (1 / 3))


def _checked(
    cell: ArrayLike, positions: ArrayLike, charges: ArrayLike
) -> tuple[Array, Array, Array]:
    lattice = np.asarray(cell, dtype=float)
    places = np.atleast_2d(np.asarray(positions, dtype=float))
    q = np.atleast_1d(np.asarray(charges, dtype=float))
    if lattice.shape != (3, 3) or places.shape != (len(q), 3):
        raise InputError(
            f"Ewald: cell {lattice.shape}, positions {places.shape}, charges {q.shape}; "
            "they must be (3, 3), (n, 3) and (n,)"
        )
    if not (np.isfinite(lattice).all() and np.isfinite(places).all() and np.isfinite(q).all()):
        raise InputError("Ewald: cell, positions and charges must be finite numbers")
    if abs(np.linalg.det(lattice)) <= 1e-9 * np.prod(np.linalg.norm(lattice, axis=1)) or not len(q):
        raise InputError("Ewald: the cell has no volume, or there are no charges")
    return lattice, places, q


def _translations(vectors: Array, radius: float) -> Array:
    """All lattice vectors no longer than ``radius``, and some more; shape (m, 3)."""
    heights = 1 / np.linalg.norm(np.linalg.inv(vectors), axis=0)
    reach = np.ceil(radius / heights).astype(int)
    grid = np.stack(np.meshgrid(*(np.arange(-n, n + 1) for n in reach), indexing="ij"), axis=-1)
    found: Array = grid.reshape(-1, 3) @ vectors
    return found


def _near(lattice: Array, places: Array, q: Array, eta: float) -> float:
    from scipy.special import erfc

    apart = places[:, None] - places[None]
    wide = TAIL / eta + float(np.linalg.norm(apart, axis=-1).max())
    total = 0.0
    for shift in _translations(lattice, wide):
        r = np.linalg.norm(apart + shift, axis=-1)
        if not shift.any():
            np.fill_diagonal(r, np.inf)
        if r.min() < 1e-6:
            raise InputError("Ewald: two charges stand in one place")
        total += float(q @ np.where(np.isinf(r), 0.0, erfc(eta * r) / r) @ q)
    return total


def _far(lattice: Array, places: Array, q: Array, eta: float, volume: float) -> float:
    reciprocal = np.asarray(2 * math.pi * np.linalg.inv(lattice).T, dtype=np.float64)
    waves = _translations(reciprocal, 2 * eta * TAIL)
    squares = np.einsum("ij,ij->i", waves, waves)
    waves, squares = waves[squares > 0], squares[squares > 0]
    structure = np.exp(1j * waves @ places.T) @ q
    weights = np.exp(-squares / (4 * eta**2)) / squares
    return float(4 * math.pi / volume * (weights @ np.abs(structure) ** 2))
