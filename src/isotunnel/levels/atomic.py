"""Reading ``atomic``: superposed free atoms against a free atom's highest level.

The nearest to the paper's picture of electrons that stay in the orbitals of their own atom. The
valence level is first-order only, so it comes out too low in dense crystals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.fields.kinds import FieldKind
from isotunnel.levels.barrier import BARRIER_DELTA_C, BARRIER_REASON
from isotunnel.levels.reading import FieldReading

if TYPE_CHECKING:
    from isotunnel.fields.engines.base import ElectronicStructure


def _level(structure: ElectronicStructure) -> float:
    return structure.require("atomic_level_ev")


def _vacuum(_structure: ElectronicStructure) -> float:
    # A free atom's potential vanishes at infinity, and so the vacuum is the zero of their sum.
    return 0.0


ATOMIC = FieldReading(
    name="atomic",
    title="Superposed free-atom potentials against the highest free-atom level in the crystal",
    kind=FieldKind.POTENTIAL.value,
    unit="eV",
    valence=_level,
    delta_c=BARRIER_DELTA_C,
    delta_c_reason=BARRIER_REASON,
    escape=_vacuum,
    # A self-consistent potential has another energy zero and no place for a free atom's level.
    engines=("procrystal",),
    note="The level is shifted to first order by the neighbours' potential.",
)
