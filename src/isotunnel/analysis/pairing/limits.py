"""Where rigid muffin tins are known to fail, stated in every answer that it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.engines.magnetism import Magnetism, in_words
from isotunnel.errors import CannotSay
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import GPAW_FORCES
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import forces_compared

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.phonons.spectrum import PhononSpectrum

F_ELEMENTS = range(57, 72), range(89, 104)
D_ELEMENTS = range(21, 31), range(39, 49), range(71, 81)

SP_METAL = (
    "no transition metal and no hydrogen: rigid muffin tins are known to underestimate the "
    "coupling of sp metals (lambda of Al and Pb comes out at 0.4 to 0.9 of linear response's)"
)
HYDROGEN = (
    "hydrogen moves far: anharmonicity, left out here, shifts its frequencies and lambda by tens "
    "of per cent (H3S)"
)
F_ELECTRONS = "f electrons near the Fermi level are beyond PBE and this scattering picture"
ZONE_CENTRE = (
    "phonons of the zone centre only: no larger supercell was affordable, and all other wave "
    "vectors are extrapolated from it"
)


def refuse_magnetic(magnetism: Magnetism | None) -> None:
    """Raise CannotSay for a crystal with magnetic moments."""
    if magnetism is None or not magnetism.magnetic:
        return
    raise CannotSay(
        f"a spin-polarised run finds it {in_words(magnetism)}; moments break pairs and are left "
        "out here: --spin-paired computes the non-magnetic state all the same"
    )


def doubts_of_forces(forces: str) -> tuple[str, ...]:
    """What phonons by a potential are worth; nothing to say of GPAW's."""
    if forces == GPAW_FORCES:
        return ()
    known = forces_compared(forces)
    if known is None:
        return (f"phonons by {forces}, which was compared with nothing",)
    return (
        f"phonons by {forces}: over {known.crystals} crystals lambda is {known.bias:.2f} times "
        f"that with GPAW's forces in the median, for half of them within a factor of "
        f"{known.factor:.2f}; {known.unlike} more are stable by one of the two alone",
    )


def doubts_of(atoms: Atoms, phonons: PhononSpectrum, left_out: float) -> tuple[str, ...]:
    """The known limits that concern this crystal."""
    numbers = set(atoms.numbers.tolist())
    found = []
    if 1 in numbers:
        found.append(HYDROGEN)
    elif not any(z in block for z in numbers for block in D_ELEMENTS + F_ELEMENTS):
        found.append(SP_METAL)
    if any(z in block for z in numbers - {57, 71} for block in F_ELEMENTS):
        found.append(F_ELECTRONS)
    if phonons.zone_centre_only:
        found.append(ZONE_CENTRE)
    if left_out > 0.002:
        found.append(
            f"{100 * left_out:.1f} % of the modes, soft or imaginary between the wave vectors "
            "computed, are left out"
        )
    return tuple(found)
