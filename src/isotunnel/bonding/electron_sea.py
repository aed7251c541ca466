"""A simple metal as ions in a sea of free electrons: cohesion, size and stiffness.

Z electrons per ion fill the crystal uniformly; the ions are points of charge Z whose potential
vanishes inside a core of radius r_c (N. W. Ashcroft, Phys. Lett. 23, 48 (1966)). To first order in
that potential the energy per ion is, in hartree and bohr,

    E(r) = Z [T(r_s) + X(r_s) + C(r_s)] - M Z^2 / r + 3/2 Z^2 r_c^2 / r^3,

with r the radius of the sphere of one ion, r_s = r / Z^(1/3), M the lattice's Madelung constant.
The one parameter r_c is put in so that the pressure vanishes at the measured volume. What then
follows and was not put in: the cohesive energy, -E less the energy that takes Z electrons off a
free atom, and the bulk modulus V d^2E/dV^2.

Where it breaks: no answer of the electrons to the ions beyond first order, no d electrons, no core
polarisation. It is meant for s and sp metals of low valence; of aluminium it misses the bulk
modulus by a factor of two, because the second order is not small at Z = 3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.bonding.electron_gas import EXCHANGE, KINETIC, correlation
from isotunnel.errors import CannotSay, InputError
from isotunnel.units import BOHR_ANGSTROM, EV_PER_ANGSTROM3_GPA, HARTREE_EV

Array = NDArray[np.float64]

SPHERE = 0.9
"""Madelung constant of an ion in the middle of a uniform sphere; lattices lie within 0.5 %."""


@dataclass(frozen=True)
class SeaParts:
    """Energy per ion by part, eV; each of the shape of the radius.

    Attributes:
        kinetic_ev, exchange_ev, correlation_ev: of the electrons.
        madelung_ev: of point ions with a uniform sea.
        core_ev: from the sea's exclusion from the attraction inside the cores.
    """

    kinetic_ev: Array
    exchange_ev: Array
    correlation_ev: Array
    madelung_ev: Array
    core_ev: Array

    @property
    def total_ev(self) -> Array:
        """Energy per ion against ions and electrons far apart."""
        return (
            self.kinetic_ev
            + self.exchange_ev
            + self.correlation_ev
            + self.madelung_ev
            + self.core_ev
        )


@dataclass(frozen=True)
class ElectronSea:
    """A metal in this model.

    Attributes:
        valence: electrons per ion.
        core_radius_bohr: r_c.
        madelung: Madelung constant of the lattice in units of the Wigner-Seitz radius.
    """

    valence: float
    core_radius_bohr: float
    madelung: float = SPHERE

    def __post_init__(self) -> None:
        _positive(valence=self.valence, madelung=self.madelung)
        if not (math.isfinite(self.core_radius_bohr) and self.core_radius_bohr >= 0):
            raise InputError(f"core radius {self.core_radius_bohr} bohr: it cannot be negative")


@dataclass(frozen=True)
class SeaPrediction:
    """What the sea predicts of a metal.

    Attributes:
        volume_a3: volume per ion at zero pressure, angstrom^3.
        energy_ev: energy per ion there, against free ions and electrons.
        bulk_modulus_gpa: V d^2E/dV^2 there.
    """

    volume_a3: float
    energy_ev: float
    bulk_modulus_gpa: float

    def cohesive_energy_ev(self, ionisation_ev: float) -> float:
        """Energy per atom that parts the metal into atoms, eV.

        Args:
            ionisation_ev: energy that takes the valence electrons off a free atom, summed.
        """
        return -self.energy_ev - ionisation_ev


def sea_energy(sea: ElectronSea, volume_a3: ArrayLike) -> SeaParts:
    """Energy per ion by part at given volumes per ion.

    Raises:
        InputError: a volume that is not positive.
    """
    volume = np.asarray(volume_a3, dtype=float)
    if not (np.isfinite(volume).all() and (volume > 0).all()):
        raise InputError(f"volume {volume_a3!r} angstrom^3: it must be positive")
    radius = (3 * volume / (4 * math.pi)) ** (1 / 3) / BOHR_ANGSTROM
    z = sea.valence
    r_s = radius / z ** (1 / 3)
    return SeaParts(
        HARTREE_EV * z * KINETIC / r_s**2,
        HARTREE_EV * z * EXCHANGE / r_s,
        HARTREE_EV * z * correlation(r_s),
        -HARTREE_EV * sea.madelung * z**2 / radius,
        HARTREE_EV * 1.5 * (z * sea.core_radius_bohr) ** 2 / radius**3,
    )


def sea_pressure_gpa(sea: ElectronSea, volume_a3: float) -> float:
    """-dE/dV at a volume per ion, GPa."""
    return -EV_PER_ANGSTROM3_GPA * _slope(sea, volume_a3)


def core_radius_bohr(valence: float, volume_a3: float, madelung: float = SPHERE) -> float:
    """The core radius with which the pressure vanishes at a volume per ion, bohr.

    Raises:
        CannotSay: even without a core the sea would not shrink to this volume.
    """
    _positive(valence=valence, volume=volume_a3, madelung=madelung)
    bare = sea_pressure_gpa(ElectronSea(valence, 0.0, madelung), volume_a3)
    one = sea_pressure_gpa(ElectronSea(valence, 1.0, madelung), volume_a3) - bare
    if bare > 0:
        raise CannotSay(
            f"a sea of {valence:g} electrons per ion presses outwards with {bare:.3g} GPa at "
            f"{volume_a3:g} angstrom^3 even around point ions: no core radius gives this volume"
        )
    return math.sqrt(-bare / one)


def predict(sea: ElectronSea) -> SeaPrediction:
    """Volume, energy and bulk modulus where the pressure vanishes.

    Raises:
        CannotSay: the energy has no minimum between 1 and 1000 angstrom^3 per ion.
    """
    from scipy.optimize import brentq

    grid = np.geomspace(1.0, 1000.0, 400)
    pressures = np.array([sea_pressure_gpa(sea, float(v)) for v in grid])
    falls = np.flatnonzero((pressures[:-1] > 0) & (pressures[1:] <= 0))
    if not len(falls):
        raise CannotSay("the sea has no volume of zero pressure between 1 and 1000 angstrom^3")
    i = int(falls[-1])
    volume = float(brentq(lambda v: sea_pressure_gpa(sea, v), grid[i], grid[i + 1], xtol=1e-10))
    step = 1e-4 * volume
    bend = (_slope(sea, volume + step) - _slope(sea, volume - step)) / (2 * step)
    energy = float(sea_energy(sea, volume).total_ev)
    return SeaPrediction(volume, energy, volume * bend * EV_PER_ANGSTROM3_GPA)


def _slope(sea: ElectronSea, volume_a3: float) -> float:
    """dE/dV in eV/angstrom^3, from the derivative of each part."""
    parts = sea_energy(sea, volume_a3)
    radius = (3 * volume_a3 / (4 * math.pi)) ** (1 / 3) / BOHR_ANGSTROM
    r_s = radius / sea.valence ** (1 / 3)
    step = 1e-5 * r_s
    change = float(correlation(r_s + step) - correlation(r_s - step)) / (2 * step)
    # d/dV = (r / 3V) d/dr; a part that goes as r^-n gives -n E / (3 V).
    powers = (
        -2 * parts.kinetic_ev
        - parts.exchange_ev
        - parts.madelung_ev
        - 3 * parts.core_ev
        + HARTREE_EV * sea.valence * r_s * change
    )
    return float(powers) / (3 * volume_a3)


def _positive(**values: float) -> None:
    for name, value in values.items():
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{name} = {value}: it must be positive")
