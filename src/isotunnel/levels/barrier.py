"""Default delta_c of the readings in eV: how high a barrier still counts as a conductor's."""

from __future__ import annotations

from isotunnel.units import BOHR_ANGSTROM, BOLTZMANN_EV_K, HARTREE_EV, ROOM_K

BARRIER_WIDTH_ANGSTROM = 1.0
"""Width of the barrier between two atoms that the default is made for."""

_HBAR2_OVER_2M: float = HARTREE_EV * BOHR_ANGSTROM**2 / 2.0
"""hbar^2 / 2 m in eV angstrom^2 (3.81)."""


def tunnelling_barrier(width_angstrom: float = BARRIER_WIDTH_ANGSTROM) -> float:
    """Barrier height in eV through which an electron at its foot passes with probability 1/e.

    From the decay exp(-2 kappa w) with kappa = sqrt(2 m Delta) / hbar, set to exp(-1):
    Delta = (hbar^2 / 2 m) / (4 w^2), 0.95 eV for w = 1 angstrom.
    """
    return _HBAR2_OVER_2M / (4 * width_angstrom**2)


BARRIER_DELTA_C = round(tunnelling_barrier(), 2)
BARRIER_REASON = (
    f"default until data fit it: the barrier {BARRIER_WIDTH_ANGSTROM:g} angstrom wide that an "
    "electron passes with probability 1/e, hbar^2 / (8 m w^2)"
)

THERMAL_DELTA_C = round(4 * BOLTZMANN_EV_K * ROOM_K, 2)
THERMAL_REASON = (
    "default until data fit it: 4 k T at 300 K; a wider gap leaves fewer than exp(-2) of the "
    "carriers of a metal"
)
