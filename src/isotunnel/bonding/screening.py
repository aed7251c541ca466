"""How the electron sea screens a charge, and which way the ions then move.

A weak charge q placed in the sea has, in linear response, the potential energy for an electron
or ion

    W(r) = (2 / pi) k e^2 int_0^inf dk [sin(k r) / (k r)] f(k) / epsilon(k)

times the two charges; epsilon is that of Thomas and Fermi, 1 + k_TF^2 / k^2, or of J. Lindhard,
Mat. Fys. Medd. Dan. Vid. Selsk. 28, 8 (1954); f(k) = cos(k r_c) is the ion's empty core
(Ashcroft) where one of the two is an ion. The sign decides what the paper disputes: an extra
electron draws an ion near, or pushes it away.

Limits: linear response of a uniform gas, no exchange and correlation among the screening
electrons (they strengthen screening by some tens of percent at r_s of 2 to 5), no static lattice
response: the displacement is that of one neighbour held by its own spring.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.bonding.electron_gas import fermi_wave_number
from isotunnel.errors import InputError
from isotunnel.units import BOHR_ANGSTROM, BOLTZMANN_EV_K, HARTREE_EV

Array = NDArray[np.float64]
Model = Literal["thomas_fermi", "lindhard"]
MODELS: tuple[Model, ...] = ("thomas_fermi", "lindhard")

HBAR_EV_S = 6.582119569e-16
"""Reduced Planck constant, eV s (CODATA 2022, exact)."""

DALTON_EV_S2_A2 = 1.66053906892e-27 / 1.602176634e-19 * 1e-20
"""One atomic mass unit in eV s^2 / angstrom^2."""


def thomas_fermi_wave_number(r_s: float) -> float:
    """k_TF = sqrt(4 k_F / pi), per bohr."""
    return math.sqrt(4 * fermi_wave_number(r_s) / math.pi)


def dielectric_function(wave_number: ArrayLike, r_s: float, model: Model = "lindhard") -> Array:
    """Static epsilon(k) of the electron gas; k per bohr, must be positive.

    Lindhard: 1 + (k_TF / k)^2 F(k / 2 k_F), F(x) = 1/2 + (1 - x^2) / (4 x) ln |(1 + x) / (1 - x)|,
    which is 1 at x = 0, 1/2 at x = 1 (with infinite slope) and 1 / (3 x^2) for large x.

    Raises:
        InputError: an unknown model or an r_s that is not positive.
    """
    if not (math.isfinite(r_s) and r_s > 0):
        raise InputError(f"r_s = {r_s} bohr: it must be positive")
    if model not in MODELS:
        raise InputError(f"unknown screening {model!r}; known: {', '.join(MODELS)}")
    k = np.asarray(wave_number, dtype=float)
    strength = (thomas_fermi_wave_number(r_s) / k) ** 2
    if model == "thomas_fermi":
        return np.asarray(1 + strength)
    return np.asarray(1 + strength * _lindhard(k / (2 * fermi_wave_number(r_s))))


def _lindhard(x: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(np.abs((1 + x) / (1 - x)))
        value = 0.5 + (1 - x * x) / (4 * x) * log
    # The formula cancels itself away from x of order 1.
    value = np.where(np.abs(x - 1) < 1e-12, 0.5, value)
    value = np.where(x > 60, 1 / (3 * x * x) + 1 / (15 * x**4), value)
    return np.asarray(np.where(x < 1e-3, 1 - x * x / 3, value))


def screened_interaction_ev(
    distance_angstrom: ArrayLike, r_s: float, model: Model = "lindhard", core_bohr: float = 0.0
) -> Array:
    """W(r) of two positive unit charges in the sea, eV; an electron and an ion have -Z W.

    Args:
        distance_angstrom: any shape, positive.
        r_s: of the sea, bohr.
        model: how the sea responds.
        core_bohr: empty core of one of the two; 0 for two points.

    Raises:
        InputError: a distance or r_s that is not positive, or a negative core.
    """
    r = np.asarray(distance_angstrom, dtype=float) / BOHR_ANGSTROM
    if not (np.isfinite(r).all() and (r > 0).all() and core_bohr >= 0):
        raise InputError("distances must be positive and the core radius not negative")
    flat = np.array([_interaction(float(x), r_s, model, core_bohr) for x in r.ravel()])
    return np.asarray(HARTREE_EV * flat.reshape(r.shape))


def _interaction(r: float, r_s: float, model: Model, core: float) -> float:
    """In hartree at r in bohr. 1/epsilon = 1 - g(k), of which the 1 is the bare charge's."""
    bare = 1 / r if r > core else 0.0
    return bare - _induced(r, r_s, model, core)


def _induced(r: float, r_s: float, model: Model, core: float) -> float:
    """(2 / pi) int [sin(k r) / (k r)] cos(k core) (1 - 1 / epsilon) dk, piece by piece."""
    k_f = fermi_wave_number(r_s)
    # Breaks where the integrand has a corner (2 k_F), and one every half period of the sine.
    period = math.pi / max(r + core, 0.5)
    pieces = np.arange(0.0, 40 * k_f + 12 * period, min(period, k_f / 8))
    edges = np.unique(np.concatenate([pieces, [2 * k_f]]))
    nodes, weights = np.polynomial.legendre.leggauss(10)
    half = np.diff(edges) / 2
    k = (edges[:-1] + half)[:, None] + half[:, None] * nodes
    epsilon = dielectric_function(k, r_s, model)
    values = np.sinc(k * r / math.pi) * np.cos(k * core) * (1 - 1 / epsilon)
    return float(2 / math.pi * (half @ (values @ weights)))


@dataclass(frozen=True)
class NeighbourShift:
    """What an extra electron does to an ion at a distance.

    Attributes:
        interaction_ev: its potential energy at the ion's place, negative where it draws near.
        force_ev_angstrom: outward force on the ion; negative towards the electron.
        displacement_angstrom: outward displacement against the ion's own spring, M <omega^2>
            with <omega^2> = 3/5 omega_D^2; negative towards the electron.
    """

    interaction_ev: float
    force_ev_angstrom: float
    displacement_angstrom: float


def neighbour_shift(
    distance_angstrom: float,
    valence: float,
    r_s: float,
    core_bohr: float,
    mass_u: float,
    debye_k: float,
    model: Model = "lindhard",
) -> NeighbourShift:
    """Force and displacement of an ion that feels an extra electron at a distance.

    Raises:
        InputError: a number that is not positive.
    """
    for name, value in (("valence", valence), ("mass", mass_u), ("Debye temperature", debye_k)):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{name} {value} must be positive")
    step = 1e-3
    places = distance_angstrom + step * np.array([-1.0, 0.0, 1.0])
    energies = -valence * screened_interaction_ev(places, r_s, model, core_bohr)
    force = -float(energies[2] - energies[0]) / (2 * step)
    omega = BOLTZMANN_EV_K * debye_k / HBAR_EV_S
    spring = mass_u * DALTON_EV_S2_A2 * 0.6 * omega**2
    return NeighbourShift(float(energies[1]), force, force / spring)
