"""Reading ``atomic``: the potential of superposed free atoms against a free atom's highest level.

The nearest to the paper's picture of electrons that stay in the orbitals of their own atom. The
potential is the procrystal engine's: by default superposed electrostatic potentials with the
local-density v_xc of the summed density (Mattheiss 1964); the engine's xc="superposed" adds whole
Kohn-Sham potentials instead, whose tails pile up. The level is the highest of the atoms' levels,
each shifted to first order by what the crystal adds to the atom's own potential, the same in both.

The shift takes the free atom's orbital as it is. In a dense crystal that orbital reaches into the
neighbours' cores, where the potential is deep; a true valence state is orthogonal to the core
states there and pays kinetic energy for it, which first order leaves out. So in dense crystals the
level is too low, and with it the gap too large, by an amount that nothing here bounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.fields.kinds import FieldKind
from isotunnel.levels.barrier import BARRIER_DELTA_C, BARRIER_REASON
from isotunnel.levels.reading import FieldReading

if TYPE_CHECKING:
    from isotunnel.engines.base import ElectronicStructure


def _level(structure: ElectronicStructure) -> float:
    return structure.require("atomic_level_ev")


def _vacuum(_structure: ElectronicStructure) -> float:
    # A free atom's potential vanishes at infinity, and so the vacuum is the zero of their sum.
    return 0.0


ATOMIC = FieldReading(
    name="atomic",
    title="Potential of superposed free atoms against the highest free-atom level in the crystal",
    kind=FieldKind.POTENTIAL.value,
    unit="eV",
    valence=_level,
    delta_c=BARRIER_DELTA_C,
    delta_c_reason=BARRIER_REASON,
    escape=_vacuum,
    # A self-consistent potential has another energy zero and no place for a free atom's level.
    engines=("procrystal",),
    note="The level is shifted to first order by the neighbours' potential and not orthogonalised "
    "to their cores: in dense crystals it is too low, and the gap too large.",
)
