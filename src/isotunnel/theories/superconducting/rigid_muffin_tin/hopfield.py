r"""The Hopfield parameter by rigid muffin tins (Gaspari and Gyorffy).

.. math::

    \eta = \frac{1}{N} \sum_l 2(l+1) \sin^2(\delta_l - \delta_{l+1})
    \frac{N_l N_{l+1}}{N_l^{(1)} N_{l+1}^{(1)}}

in Rydberg units, N and N_l per spin; the factors E_F / pi^2 of eta and sqrt(E_F) / pi of the
free-scatterer densities in older papers cancel. References: Gaspari and Gyorffy, Phys. Rev. Lett.
28, 801 (1972), doi 10.1103/PhysRevLett.28.801; Papaconstantopoulos et al., Phys. Rev. B 15, 4221
(1977), doi 10.1103/PhysRevB.15.4221, with numbers of 32 elements.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.errors import InputError
from isotunnel.units import BOHR_ANGSTROM, RYDBERG_EV

ETA_UNIT = RYDBERG_EV / BOHR_ANGSTROM**2
"""1 Ry/bohr^2 in eV/angstrom^2."""

LETTERS = "spdf"


@dataclass(frozen=True)
class Channel:
    """Scattering between l and l + 1.

    Attributes:
        name: "sp", "pd" or "df".
        hopfield_ev_per_angstrom2: its part of eta.
    """

    name: str
    hopfield_ev_per_angstrom2: float


def hopfield_channels(
    total_density: float,
    phase_shifts: Sequence[float],
    density_ratios: Sequence[float],
) -> tuple[Channel, ...]:
    """The parts of eta of one atom, eV/angstrom^2.

    Args:
        total_density: N, states per Ry, spin and cell.
        phase_shifts: delta_l, l = 0, 1, ..., radians.
        density_ratios: v_l = N_l / N_l^(1), per Ry and bohr^3.

    Raises:
        InputError: no density of states, or not one ratio per phase shift.
    """
    if not (math.isfinite(total_density) and total_density > 0):
        raise InputError(f"a density of states of {total_density:g} at the Fermi level: no metal")
    if len(phase_shifts) != len(density_ratios):
        raise InputError(
            f"{len(phase_shifts)} phase shifts but {len(density_ratios)} density ratios"
        )
    channels = []
    for l in range(len(phase_shifts) - 1):  # noqa: E741
        amplitude = math.sin(phase_shifts[l] - phase_shifts[l + 1]) ** 2
        product = density_ratios[l] * density_ratios[l + 1]
        eta = 2 * (l + 1) * amplitude * product / total_density * ETA_UNIT
        channels.append(Channel(LETTERS[l : l + 2], eta))
    return tuple(channels)
