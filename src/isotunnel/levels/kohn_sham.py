"""Readings ``ks`` and ``electrostatic``: a self-consistent potential against the Fermi level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.fields.kinds import FieldKind
from isotunnel.levels.barrier import BARRIER_DELTA_C, BARRIER_REASON
from isotunnel.levels.reading import FieldReading

if TYPE_CHECKING:
    from isotunnel.engines.base import ElectronicStructure


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


KS = FieldReading(
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
