"""Readings ``ks`` and ``electrostatic``: a self-consistent potential against the Fermi level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.fields.kinds import FieldKind
from isotunnel.levels.barrier import BARRIER_DELTA_C, BARRIER_REASON
from isotunnel.levels.reading import FieldReading, TunnelLevels, TunnelThresholds

if TYPE_CHECKING:
    from isotunnel.engines.base import ElectronicStructure


SAME_LEVEL_EV = 0.01
"""Highest filled levels of two spins that are this close are one."""


def highest_occupied(structure: ElectronicStructure) -> float:
    """Valence-band maximum where there is a gap, Fermi level otherwise; eV.

    Both are equal in a metal. The Fermi level of an insulator lies somewhere in its gap, where no
    electron is, so the band edge goes first.

    Raises:
        CannotSay: the engine gives neither.
    """
    if structure.vbm_ev is not None:
        return structure.vbm_ev
    return structure.require("fermi_ev")


@dataclass(frozen=True)
class KohnShamReading(FieldReading):
    """The Kohn-Sham potential; of a magnetic crystal that of the spin whose tunnels open first.

    An electron keeps its spin, so each dimension opens at the lower of the levels of both spins.
    Only a spin counts whose own highest filled level is the crystal's: in an insulator or a half
    metal the electrons to be lifted are of that spin.
    """

    def tunnel_levels(
        self, structure: ElectronicStructure, tunnels: Mapping[str, TunnelThresholds]
    ) -> TunnelLevels:
        """The lower levels of the spins that count; see the class."""
        magnetism = structure.magnetism
        if magnetism is None or not magnetism.channels:
            return super().tunnel_levels(structure, tunnels)
        filled = {c.spin: c.vbm_ev for c in magnetism.channels if c.vbm_ev is not None}
        highest = max(filled.values())
        keys = [
            self.kind if spin == "up" else f"{self.kind}-{spin}"
            for spin, vbm in filled.items()
            if vbm > highest - SAME_LEVEL_EV
        ]
        return lower_of([self.levels_in(key, structure, tunnels) for key in keys])


def lower_of(levels: Sequence[TunnelLevels]) -> TunnelLevels:
    """For each dimension the lowest of several levels, with its error."""
    values = np.array([level.values for level in levels])
    errors = np.array([level.errors for level in levels])
    first = np.argmin(np.where(np.isnan(values), np.inf, values), axis=0)
    return TunnelLevels(values[first, range(3)], errors[first, range(3)], levels[0].escape)


KS = KohnShamReading(
    name="ks",
    title="Kohn-Sham potential against the highest occupied level",
    kind=FieldKind.POTENTIAL.value,
    unit="eV",
    valence=highest_occupied,
    delta_c=BARRIER_DELTA_C,
    delta_c_reason=BARRIER_REASON,
)

ELECTROSTATIC = FieldReading(
    name="electrostatic",
    title="Electrostatic potential (nuclei and Hartree) against the highest occupied level",
    kind=FieldKind.ELECTROSTATIC.value,
    unit="eV",
    valence=highest_occupied,
    delta_c=BARRIER_DELTA_C,
    delta_c_reason=BARRIER_REASON,
    note="Exchange and correlation, which lower the barriers, are left out.",
)
