"""Liquid helium-4 at T = 0 by variational Monte Carlo.

N atoms in a periodic cube with the wave function of W. L. McMillan, Phys. Rev. 138, A442 (1965),

    psi = prod_{i<j} exp[-u(r_ij) / 2],  u(r) = (b / r)^5,

made smooth at half the box (u(r) + u(L - r) - 2 u(L / 2)). The kinetic energy is found by two
estimators, -hbar^2/(4m) <lap ln psi> and the local energy's, which agree only if the sampling is
right. The result is an upper bound: without correlations of three atoms it lies some 1.4 K per atom
above the measured -7.17 K at 0.0218 per cubic angstrom. What it decides is not that number but the
sign. Without attraction no state is bound, for then neither part of the energy can be negative; the
run shows by how much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.helium_potential import (
    AZIZ_1979,
    HeliumPair,
    pair_energy_k,
    without_attraction_k,
)
from isotunnel.errors import InputError

Array = NDArray[np.float64]

HBAR2_OVER_2M_K_A2 = 6.0596
"""hbar^2 / 2m of helium-4, K angstrom^2."""

DENSITY_A3 = 0.02186
"""Measured density of the liquid at T = 0 and zero pressure, per cubic angstrom."""

B_ANGSTROM = 2.99
"""McMillan's 2.6 angstrom times 2^(1/5): the minimum of the energy near the measured density."""

TABLE = 4000
INNER = 1.6
"""Below this distance in angstrom the potential is held constant: psi^2 is below 1e-9 there."""


@dataclass(frozen=True)
class LiquidEnergy:
    """Energy per atom in kelvin, each with its statistical standard error.

    Attributes:
        energy_k, energy_error_k: total.
        potential_k: with the tail beyond half the box.
        kinetic_k: from the local energy; kinetic_jf_k by the other estimator.
        kinetic_error_k, kinetic_jf_error_k: their errors.
        acceptance: share of moves taken.
        atoms, sweeps, seed: of the run.
    """

    energy_k: float
    energy_error_k: float
    potential_k: float
    kinetic_k: float
    kinetic_error_k: float
    kinetic_jf_k: float
    kinetic_jf_error_k: float
    acceptance: float
    atoms: int
    sweeps: int
    seed: int


def liquid_energy(
    potential: HeliumPair = AZIZ_1979,
    *,
    attraction: bool = True,
    density_a3: float = DENSITY_A3,
    b_angstrom: float = B_ANGSTROM,
    atoms: int = 64,
    sweeps: int = 4000,
    seed: int = 1,
) -> LiquidEnergy:
    """Energy per atom of the liquid.

    Args:
        potential: of a pair.
        attraction: False takes it away, see ``without_attraction_k``.
        density_a3: atoms per cubic angstrom.
        b_angstrom: the wave function's parameter.
        atoms: a cube's number 8, 27, 64, 125 or 216 of them.
        sweeps: moves of every atom; a fifth of them first, to forget the start.
        seed: of the random numbers; the same seed gives the same result.

    Raises:
        InputError: numbers out of range.
    """
    if sweeps < 200:
        raise InputError(f"{sweeps} sweeps: at least 200 needed")
    start, length, table = cube(potential, attraction, density_a3, b_angstrom, atoms)
    samples, taken = _walk(start, length, table, b_angstrom, sweeps, np.random.default_rng(seed))
    tail = tail_k(potential, attraction, density_a3, length / 2)
    potential_energy, kinetic, other = samples.T
    total, total_error = mean_and_error(potential_energy + kinetic)
    kinetic_mean, kinetic_error = mean_and_error(kinetic)
    other_mean, other_error = mean_and_error(other)
    return LiquidEnergy(
        energy_k=total + tail,
        energy_error_k=total_error,
        potential_k=float(potential_energy.mean()) + tail,
        kinetic_k=kinetic_mean,
        kinetic_error_k=kinetic_error,
        kinetic_jf_k=other_mean,
        kinetic_jf_error_k=other_error,
        acceptance=taken,
        atoms=atoms,
        sweeps=sweeps,
        seed=seed,
    )


def cube(
    potential: HeliumPair, attraction: bool, density_a3: float, b_angstrom: float, atoms: int
) -> tuple[Array, float, Array]:
    """Atoms on a grid, the edge of the box, and V(r) tabled from zero to half of it.

    Raises:
        InputError: numbers out of range.
    """
    side = round(atoms ** (1 / 3))
    if side**3 != atoms or not 2 <= side <= 6:
        raise InputError(f"{atoms} atoms: a cube's number from 8 to 216 needed")
    if not (0.001 < density_a3 < 0.05 and 1.5 < b_angstrom < 4.5):
        raise InputError(
            f"density {density_a3:g} per cubic angstrom or b = {b_angstrom:g} angstrom out of range"
        )
    length = (atoms / density_a3) ** (1 / 3)
    law = pair_energy_k if attraction else without_attraction_k
    table = law(potential, np.maximum(np.linspace(0.0, length / 2, TABLE), INNER))
    points = (np.arange(side) + 0.5) * length / side
    start = np.stack(np.meshgrid(*(points,) * 3, indexing="ij"), axis=-1).reshape(-1, 3)
    return start, length, table


def tail_k(potential: HeliumPair, attraction: bool, density_a3: float, start: float) -> float:
    """Energy per atom of all atoms beyond ``start`` if they were spread evenly."""
    from scipy.integrate import quad

    law = pair_energy_k if attraction else without_attraction_k
    whole = quad(lambda r: float(law(potential, r)) * r * r, start, 200.0, limit=200)[0]
    return float(2 * math.pi * density_a3 * whole)


def mean_and_error(samples: Array) -> tuple[float, float]:
    """Mean and standard error, from 20 blocks, since neighbours in time resemble each other."""
    blocks = samples[: len(samples) // 20 * 20].reshape(20, -1).mean(axis=1)
    return float(samples.mean()), float(blocks.std(ddof=1) / math.sqrt(20))


@numba.njit(cache=True)
def _walk(start, length, table, b, sweeps, rng):  # type: ignore[no-untyped-def]
    """Metropolis walk; per sample potential, local kinetic and half-Laplacian energy per atom."""
    n = len(start)
    place = start.copy()
    step = 1.0
    taken = tried = 0
    warm = sweeps // 5
    samples = np.empty((sweeps - warm, 3))
    for sweep in range(sweeps):
        for i in range(n):
            new = place[i] + step * (rng.random(3) - 0.5)
            change = 0.0
            for j in range(n):
                if j != i:
                    change += _u(_distance(new, place[j], length), b, length)
                    change -= _u(_distance(place[i], place[j], length), b, length)
            tried += 1
            if change <= 0 or rng.random() < math.exp(-change):
                place[i] = new
                taken += 1
        if sweep < warm:
            step *= 1.05 if taken > 0.5 * tried else 0.95
            taken = tried = 0
        else:
            samples[sweep - warm] = _energies(place, length, table, b)
    return samples, taken / tried


@numba.njit(cache=True)
def _distance(a, b, length):  # type: ignore[no-untyped-def]
    total = 0.0
    for k in range(3):
        d = a[k] - b[k]
        d -= length * np.round(d / length)
        total += d * d
    return math.sqrt(total)


@numba.njit(cache=True)
def _u(r, b, length):  # type: ignore[no-untyped-def]
    half = length / 2
    if r >= half:
        return 0.0
    return (b / r) ** 5 + (b / (length - r)) ** 5 - 2 * (b / half) ** 5


@numba.njit(cache=True)
def _energies(place, length, table, b):  # type: ignore[no-untyped-def]
    n = len(place)
    half = length / 2
    potential = laplacian = squares = 0.0
    for i in range(n):
        slope = np.zeros(3)
        for j in range(n):
            if j == i:
                continue
            away = place[i] - place[j]
            for k in range(3):
                away[k] -= length * np.round(away[k] / length)
            r = math.sqrt(away[0] ** 2 + away[1] ** 2 + away[2] ** 2)
            if r >= half:
                continue
            x = r / half * (len(table) - 1)
            k = min(int(x), len(table) - 2)
            potential += 0.5 * (table[k] + (x - k) * (table[k + 1] - table[k]))
            first = -5 * b**5 / r**6 + 5 * b**5 / (length - r) ** 6
            second = 30 * b**5 / r**7 + 30 * b**5 / (length - r) ** 7
            # ln psi = - sum u / 2
            slope -= 0.5 * first * away / r
            laplacian -= 0.5 * (second + 2 * first / r)
        squares += slope[0] ** 2 + slope[1] ** 2 + slope[2] ** 2
    local = -HBAR2_OVER_2M_K_A2 * (laplacian + squares) / n
    return np.array([potential / n, local, -0.5 * HBAR2_OVER_2M_K_A2 * laplacian / n])
