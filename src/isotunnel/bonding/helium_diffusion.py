"""Liquid helium-4 at T = 0 by diffusion Monte Carlo.

The variational energy of ``helium_liquid`` is an upper bound. Here a population of walkers drifts,
diffuses and branches in imaginary time, guided by the same wave function, until only the ground
state of bosons is left: no trial function bounds the result, only the time step, the number of
walkers and the box do. Each step moves all atoms of a walker by D tau F + chi, with D = hbar^2/2m,
F = 2 grad ln psi and chi normal of variance 2 D tau, keeps the move with Metropolis' probability,
and weighs the walker with exp[-tau (E_L + E_L') / 2]; the population is drawn anew by its weights,
and its size never changes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.helium_liquid import (
    B_ANGSTROM,
    DENSITY_A3,
    HBAR2_OVER_2M_K_A2,
    cube,
    mean_and_error,
    tail_k,
)
from isotunnel.bonding.helium_potential import AZIZ_1979, HeliumPair
from isotunnel.errors import InputError

Array = NDArray[np.float64]


@dataclass(frozen=True)
class DiffusionEnergy:
    """Energy per atom in kelvin with its statistical standard error, and the run's settings."""

    energy_k: float
    energy_error_k: float
    acceptance: float
    time_step_per_k: float
    walkers: int
    steps: int
    atoms: int
    seed: int


def diffusion_energy(
    potential: HeliumPair = AZIZ_1979,
    *,
    density_a3: float = DENSITY_A3,
    b_angstrom: float = B_ANGSTROM,
    atoms: int = 64,
    walkers: int = 100,
    steps: int = 1000,
    time_step_per_k: float = 0.0008,
    seed: int = 1,
) -> DiffusionEnergy:
    """Ground-state energy per atom of the liquid.

    Args:
        potential: of a pair.
        density_a3: atoms per cubic angstrom.
        b_angstrom: of the guiding function; the result should not depend on it.
        atoms: a cube's number 8, 27, 64, 125 or 216 of them.
        walkers: size of the population.
        steps: of imaginary time after the start, which takes a third as many more.
        time_step_per_k: in 1/K.
        seed: of the random numbers; the same seed gives the same result.

    Raises:
        InputError: numbers out of range.
    """
    if not (2 <= walkers <= 10_000 and steps >= 60 and 0 < time_step_per_k < 0.02):
        raise InputError(
            f"{walkers} walkers, {steps} steps of {time_step_per_k:g}/K: 2 to 10000 walkers, 60 "
            "steps and a time step below 0.02/K needed"
        )
    start, length, table = cube(potential, True, density_a3, b_angstrom, atoms)
    rng = np.random.default_rng(seed)
    energies, taken = _diffuse(
        start, length, table, b_angstrom, walkers, steps, time_step_per_k, rng
    )
    mean, error = mean_and_error(energies)
    tail = tail_k(potential, True, density_a3, length / 2)
    return DiffusionEnergy(mean + tail, error, taken, time_step_per_k, walkers, steps, atoms, seed)


@numba.njit(cache=True)
def _diffuse(start, length, table, b, walkers, steps, tau, rng):  # type: ignore[no-untyped-def]
    """Energies per atom of the population, step by step, and the share of moves kept."""
    n = len(start)
    variance = 2 * HBAR2_OVER_2M_K_A2 * tau
    wide = math.sqrt(variance)
    place = np.empty((walkers, n, 3))
    slope = np.empty((walkers, n, 3))
    log_psi = np.empty(walkers)
    energy = np.empty(walkers)
    for w in range(walkers):
        place[w] = start
        for i in range(n):
            for k in range(3):
                place[w, i, k] += 0.3 * (rng.random() - 0.5)
        log_psi[w], energy[w] = _state(place[w], length, table, b, slope[w])
    warm = steps // 3
    means = np.empty(steps)
    weight = np.empty(walkers)
    new_slope = np.empty((n, 3))
    kept = 0
    for step in range(warm + steps):
        base = energy.mean()
        for w in range(walkers):
            # the drift of grad ln psi is capped where two atoms of the start sit close
            move = np.empty((n, 3))
            for i in range(n):
                for k in range(3):
                    drift = variance * slope[w, i, k]
                    move[i, k] = min(max(drift, -0.3), 0.3) + wide * rng.normal()
            new = place[w] + move
            psi, local = _state(new, length, table, b, new_slope)
            forth = back = 0.0
            for i in range(n):
                for k in range(3):
                    there = min(max(variance * slope[w, i, k], -0.3), 0.3)
                    here = min(max(variance * new_slope[i, k], -0.3), 0.3)
                    forth += (move[i, k] - there) ** 2
                    back += (move[i, k] + here) ** 2
            log_ratio = 2 * (psi - log_psi[w]) - (back - forth) / (2 * variance)
            old = energy[w]
            if log_ratio >= 0 or rng.random() < math.exp(log_ratio):
                place[w] = new
                slope[w] = new_slope
                log_psi[w] = psi
                energy[w] = local
                if step >= warm:
                    kept += 1
            weight[w] = math.exp(min(max(-tau * (0.5 * (old + energy[w]) - base), -2.0), 2.0))
        total = weight.sum()
        if step >= warm:
            means[step - warm] = (weight * energy).sum() / total / n
        # systematic resampling: one random number, evenly spaced picks
        picks = np.empty(walkers, np.int64)
        reach = weight[0]
        w = 0
        first = rng.random()
        for m in range(walkers):
            goal = (m + first) * total / walkers
            while reach < goal and w < walkers - 1:
                w += 1
                reach += weight[w]
            picks[m] = w
        place = place[picks]
        slope = slope[picks]
        log_psi = log_psi[picks]
        energy = energy[picks]
    return means, kept / (walkers * steps)


@numba.njit(cache=True)
def _state(place, length, table, b, slope):  # type: ignore[no-untyped-def]
    """ln psi and the total local energy; grad ln psi is written to ``slope``."""
    n = len(place)
    half = length / 2
    slope[:] = 0.0
    log_psi = potential = laplacian = 0.0
    away = np.empty(3)
    for i in range(n):
        for j in range(i):
            square = 0.0
            for k in range(3):
                d = place[i, k] - place[j, k]
                d -= length * np.round(d / length)
                away[k] = d
                square += d * d
            r = math.sqrt(square)
            if r >= half:
                continue
            x = r / half * (len(table) - 1)
            at = min(int(x), len(table) - 2)
            potential += table[at] + (x - at) * (table[at + 1] - table[at])
            near = (b / r) ** 5
            far = (b / (length - r)) ** 5
            log_psi -= 0.5 * (near + far - 2 * (b / half) ** 5)
            first = -5 * near / r + 5 * far / (length - r)
            second = 30 * near / r**2 + 30 * far / (length - r) ** 2
            laplacian -= second + 2 * first / r
            for k in range(3):
                part = 0.5 * first * away[k] / r
                slope[i, k] -= part
                slope[j, k] += part
    squares = (slope * slope).sum()
    return log_psi, potential - HBAR2_OVER_2M_K_A2 * (laplacian + squares)
