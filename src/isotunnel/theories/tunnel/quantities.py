"""Superconducting quantities of the tunnel theory: what lifts electrons out of the overlap.

The overlap energy W = max(-Delta, 0) is how far the valence level reaches into the tunnels. The
paper says in words that currents and fields above a limit end superconductivity; here each electron
is taken to leave the overlap when it has gained W:

- critical current: the drift energy m v^2 / 2 of each of n electrons per volume reaches W, so
  v = sqrt(2 W / m) and j = n e v;
- critical field: the magnetic energy per electron, B^2 / (2 mu_0 n), reaches W, so
  Bc = sqrt(2 mu_0 n W).

Assumptions, none of them in the paper: the free electron's mass; n is the density of all valence
electrons; the whole field energy of the crystal's volume is charged to them. Taking fewer electrons
lowers both numbers (j as n, Bc as the square root of n). W is of the order of an electronvolt, so
they come out at 1e12 A/cm^2 and hundreds of tesla: see the page on the theory for what is measured.
"""

from __future__ import annotations

import math

from isotunnel.errors import InputError
from isotunnel.units import ELECTRON_MASS_KG, ELEMENTARY_CHARGE_C, MU_0


def overlap_energy_ev(gap_ev: float) -> float:
    """W = max(-Delta, 0) in eV.

    Raises:
        InputError: a gap that is not a number.
    """
    if not math.isfinite(gap_ev):
        raise InputError(f"the lifting gap is {gap_ev}, not a finite number")
    return max(-gap_ev, 0.0)


def carrier_density_m3(electrons_per_atom: float, volume_per_atom_a3: float) -> float:
    """n = Z / V in 1/m^3.

    Raises:
        InputError: not positive.
    """
    for name, value in (
        ("electrons per atom", electrons_per_atom),
        ("volume per atom", volume_per_atom_a3),
    ):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{name} {value:g} must be positive")
    return electrons_per_atom / (volume_per_atom_a3 * 1e-30)


def critical_velocity_m_s(overlap_ev: float) -> float:
    """v = sqrt(2 W / m), m/s."""
    _check(overlap_ev)
    return math.sqrt(2 * overlap_ev * ELEMENTARY_CHARGE_C / ELECTRON_MASS_KG)


def critical_current_a_cm2(overlap_ev: float, density_m3: float) -> float:
    """j = n e sqrt(2 W / m), A/cm^2."""
    return density_m3 * ELEMENTARY_CHARGE_C * critical_velocity_m_s(overlap_ev) / 1e4


def critical_field_t(overlap_ev: float, density_m3: float) -> float:
    """Bc = sqrt(2 mu_0 n W), tesla."""
    _check(overlap_ev)
    return math.sqrt(2 * MU_0 * density_m3 * overlap_ev * ELEMENTARY_CHARGE_C)


def _check(overlap_ev: float) -> None:
    if not (math.isfinite(overlap_ev) and overlap_ev >= 0):
        raise InputError(f"overlap energy {overlap_ev:g} eV must be zero or positive")
