"""A first guess of a crystal at a pressure, from one or two neighbours that are relaxed.

Murnaghan's law, V = V0 (1 + K' (P - P0)/K0)^(-1/K'), from each neighbour; between two of them K'
follows from their bulk moduli and the two guesses are mixed by distance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.relaxing import RelaxStart

if TYPE_CHECKING:
    from ase import Atoms

USUAL_STIFFENING = 4.0
_STIFFENING_RANGE = (1.5, 8.0)
_VOLUME_RANGE = (0.4, 2.0)


@dataclass(frozen=True, eq=False)
class Known:
    """A relaxed neighbour."""

    pressure_gpa: float
    cell: NDArray[np.float64]
    scaled_positions: NDArray[np.float64]
    bulk_modulus_gpa: float
    hessian: NDArray[np.float64]

    @property
    def volume(self) -> float:
        """Cell volume, angstrom^3."""
        return abs(float(np.linalg.det(self.cell)))


def guess(
    atoms: Atoms, pressure_gpa: float, known: Sequence[Known]
) -> tuple[Atoms, RelaxStart | None]:
    """Where to start relaxing, and what is known of the stiffness there.

    Args:
        atoms: the crystal as given, taken as it is where nothing is known.
        pressure_gpa: the target.
        known: none, one, or two neighbours on both sides.
    """
    if not known:
        return atoms, None
    stiffening = _stiffening(known)
    guesses = [_volume(k, pressure_gpa, stiffening) for k in known]
    nearest = min(known, key=lambda k: abs(k.pressure_gpa - pressure_gpa))
    volume, cell, scaled = guesses[0], nearest.cell, nearest.scaled_positions
    if len(known) == 2:
        low, high = known
        share = (pressure_gpa - low.pressure_gpa) / (high.pressure_gpa - low.pressure_gpa)
        volume = math.exp((1 - share) * math.log(guesses[0]) + share * math.log(guesses[1]))
        way = math.log(volume / low.volume) / math.log(high.volume / low.volume)
        way = min(max(way, 0.0), 1.0)
        # Shapes and free coordinates go along with the volume, not with the pressure.
        cell = (1 - way) * low.cell + way * high.cell
        scaled = (1 - way) * low.scaled_positions + way * high.scaled_positions
    cell = cell * (volume / abs(float(np.linalg.det(cell)))) ** (1 / 3)
    result = atoms.copy()
    result.set_cell(cell, scale_atoms=False)
    result.set_scaled_positions(scaled)
    modulus = nearest.bulk_modulus_gpa + stiffening * (pressure_gpa - nearest.pressure_gpa)
    modulus = max(modulus, 0.3 * nearest.bulk_modulus_gpa)
    scale = modulus * volume / (nearest.bulk_modulus_gpa * nearest.volume)
    return result, RelaxStart(modulus, nearest.hessian * scale)


def _stiffening(known: Sequence[Known]) -> float:
    if len(known) < 2 or known[0].pressure_gpa == known[1].pressure_gpa:
        return USUAL_STIFFENING
    low, high = known
    slope = (high.bulk_modulus_gpa - low.bulk_modulus_gpa) / (high.pressure_gpa - low.pressure_gpa)
    return min(max(slope, _STIFFENING_RANGE[0]), _STIFFENING_RANGE[1])


def _volume(known: Known, pressure_gpa: float, stiffening: float) -> float:
    base = 1.0 + stiffening * (pressure_gpa - known.pressure_gpa) / known.bulk_modulus_gpa
    ratio = max(base, 1e-3) ** (-1.0 / stiffening)
    return known.volume * float(min(max(ratio, _VOLUME_RANGE[0]), _VOLUME_RANGE[1]))
