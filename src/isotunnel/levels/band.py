"""Reading ``band``: extended Kohn-Sham states instead of tunnels in a field.

A Bloch state extends along all three dimensions, so the conduction-band edge is the level of every
dimension and the gap is the Kohn-Sham gap, 0 in a metal. It cannot be negative: a metal is
conducting, and superconductors are out of this reading's sight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.levels.barrier import THERMAL_DELTA_C, THERMAL_REASON
from isotunnel.levels.kohn_sham import highest_occupied
from isotunnel.levels.reading import TunnelLevels, TunnelThresholds

if TYPE_CHECKING:
    from isotunnel.engines.base import ElectronicStructure


@dataclass(frozen=True)
class BandReading:
    """The Kohn-Sham band gap as a lifting gap; see :class:`~isotunnel.levels.reading.Reading`."""

    name: str = "band"
    title: str = "Conduction-band edge against the valence-band maximum: the Kohn-Sham gap"
    kind: str = ""
    unit: str = "eV"
    delta_c: float = THERMAL_DELTA_C
    delta_c_reason: str = THERMAL_REASON
    sees_overlap: bool = False
    engines: tuple[str, ...] | None = None
    note: str = (
        "The gap of a metal is 0 and never negative, so this reading cannot tell a superconductor "
        "from a conductor. Kohn-Sham gaps (PBE) are smaller than measured ones."
    )

    def valence_level(self, structure: ElectronicStructure) -> float:
        """Valence-band maximum, eV."""
        return highest_occupied(structure)

    def tunnel_levels(
        self, structure: ElectronicStructure, tunnels: Mapping[str, TunnelThresholds]
    ) -> TunnelLevels:
        """The conduction-band edge for all three dimensions, eV; ``tunnels`` are not looked at."""
        del tunnels
        gap = structure.require("band_gap_ev")
        edge = highest_occupied(structure) + max(gap, 0.0)
        return TunnelLevels(values=np.full(3, edge), errors=np.full(3, np.nan))


BAND = BandReading()
