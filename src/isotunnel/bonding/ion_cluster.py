"""A lattice of bare ions without its electrons: the energy of finite pieces.

Without a background the energy per ion has no limit: in a ball of N ions it grows as N^(2/3),
for every ion repels every other. So "the energy of the bare lattice" is not a number of the
metal but of the piece's size; what can be stated is the energy of a piece of N ions, the outward
force at its surface, and how both grow. It shows that charges of one sign repel, which no theory
denies; it does not show what holds the neutral metal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError
from isotunnel.units import COULOMB_EV_ANGSTROM

Array = NDArray[np.float64]

MOST_IONS = 20_000
"""Pairs are summed one by one."""


@dataclass(frozen=True)
class BareCluster:
    """A ball of ions cut out of a lattice.

    Attributes:
        ions: how many.
        radius_angstrom: of the ball whose volume they take in the lattice.
        energy_per_ion_ev: k e^2 Z^2 sum_{i<j} 1 / r_ij over the number of ions.
        uniform_ball_ev: the same of as much charge spread evenly in the ball, 3/5 k Q^2 / R per
            ion, less each ion's own share, 0.9 k Z^2 / r_ws: it must agree for large balls.
        surface_force_ev_angstrom: mean outward force on the ions of the outermost shell.
    """

    ions: int
    radius_angstrom: float
    energy_per_ion_ev: float
    uniform_ball_ev: float
    surface_force_ev_angstrom: float


def bare_cluster(structure: str, volume_a3: float, charge: float, ions: int) -> BareCluster:
    """The ball of about ``ions`` ions around a lattice site; whole shells only.

    Args:
        structure: "bcc", "fcc" or "sc".
        volume_a3: volume per ion in the lattice, angstrom^3.
        charge: of each ion, in elementary charges.
        ions: at least this many.

    Raises:
        InputError: an unknown lattice, or numbers out of range.
    """
    if not (1 < ions <= MOST_IONS and volume_a3 > 0 and math.isfinite(charge)):
        raise InputError(
            f"{ions} ions of charge {charge:g} at {volume_a3:g} angstrom^3: 2 to {MOST_IONS} ions, "
            "a positive volume and a finite charge are needed"
        )
    places = _ball(_lattice(structure, volume_a3), ions)
    count = len(places)
    energy, forces = _coulomb(places)
    radius = (3 * volume_a3 * count / (4 * math.pi)) ** (1 / 3)
    sphere = (3 * volume_a3 / (4 * math.pi)) ** (1 / 3)
    scale = COULOMB_EV_ANGSTROM * charge**2
    outer = np.linalg.norm(places, axis=1)
    shell = outer > outer.max() - 1e-6
    outward = np.einsum("ij,ij->i", forces[shell], places[shell] / outer[shell, None])
    return BareCluster(
        ions=count,
        radius_angstrom=radius,
        energy_per_ion_ev=scale * energy / count,
        uniform_ball_ev=scale * (0.6 * count / radius - 0.9 / sphere),
        surface_force_ev_angstrom=scale * float(outward.mean()),
    )


def growth_exponent(clusters: tuple[BareCluster, ...]) -> float:
    """d ln(energy per ion) / d ln N by least squares; 2/3 for large balls.

    Raises:
        InputError: fewer than two sizes.
    """
    if len({c.ions for c in clusters}) < 2:
        raise InputError("the growth of the energy needs clusters of two sizes")
    sizes = np.log([c.ions for c in clusters])
    return float(np.polyfit(sizes, np.log([c.energy_per_ion_ev for c in clusters]), 1)[0])


def _lattice(structure: str, volume_a3: float) -> Array:
    cells = {
        "sc": np.eye(3),
        "bcc": np.array([[-1, 1, 1], [1, -1, 1], [1, 1, -1]]) / 2,
        "fcc": np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]) / 2,
    }
    if structure not in cells:
        raise InputError(f"unknown lattice {structure!r}; known: {', '.join(cells)}")
    cell = cells[structure]
    scaled: Array = cell * (volume_a3 / abs(np.linalg.det(cell))) ** (1 / 3)
    return scaled


def _ball(cell: Array, ions: int) -> Array:
    reach = math.ceil(2.0 * ions ** (1 / 3)) + 2
    grid = np.stack(np.meshgrid(*(np.arange(-reach, reach + 1),) * 3, indexing="ij"), axis=-1)
    places = grid.reshape(-1, 3) @ cell
    far = np.linalg.norm(places, axis=1)
    edge = np.partition(far, ions - 1)[ions - 1]
    ball: Array = places[far <= edge + 1e-6]
    return ball


def _coulomb(places: Array) -> tuple[float, Array]:
    """Sum over pairs of 1/r, and the force on each place, in units of k q^2."""
    energy = 0.0
    forces = np.zeros_like(places)
    for start in range(0, len(places), 512):
        apart = places[start : start + 512, None] - places[None]
        r = np.linalg.norm(apart, axis=-1)
        r[r == 0] = np.inf
        energy += 0.5 * float((1 / r).sum())
        forces[start : start + 512] = np.einsum("ijk,ij->ik", apart, 1 / r**3)
    return energy, forces
