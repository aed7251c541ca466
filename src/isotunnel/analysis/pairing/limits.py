"""Where rigid muffin tins are known to fail, stated in every answer that it concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from ase.formula import Formula
from ase.symbols import symbols2numbers

from isotunnel.engines.magnetism import Magnetism, in_words
from isotunnel.errors import CannotSay
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    GPAW_FORCES,
    BenchmarkRow,
    benchmark_rows,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import (
    forces_compared,
    ratios,
)

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis.pairing.result import PairedAtom, PairingResult
    from isotunnel.engines.phonons.spectrum import PhononSpectrum

F_ELEMENTS = range(57, 72), range(89, 104)
D_ELEMENTS = range(21, 30), range(39, 48), range(71, 80)
"""Groups 3 to 11. The d shell of Cu, Ag and Au is full, but lies close below the Fermi level and
scatters; that of Zn, Cd and Hg, of group 12, lies far below it, so that they are sp metals."""

COARSE_SHARE = 0.2
"""Of N(E_F) and of eta: where the mesh and every second of its k-points differ by more, it is told.
lambda follows eta, and at lambda 0.6 and mu* 0.12 a fifth more of it raises Tc by a factor of 1.7,
a fifth less lowers it by one of 2.5."""

SP_METAL = (
    "no transition metal and no hydrogen: rigid muffin tins are known to underestimate the "
    "coupling of sp metals"
)
HYDROGEN = (
    "hydrogen moves far: anharmonicity, left out here, shifts its frequencies and lambda, by tens "
    "of per cent where it is known, in H3S"
)
F_ELECTRONS = "f electrons near the Fermi level are beyond PBE and this scattering picture"
ZONE_CENTRE = (
    "phonons of the zone centre only: no larger supercell was affordable, and all other wave "
    "vectors are extrapolated from it"
)

STRONG_COUPLING = 2.0
"""Of lambda here; few crystals with a lambda by linear response beside it have more."""


@dataclass(frozen=True)
class SpBias:
    """lambda of sp metals by rigid muffin tins over linear response's.

    Attributes:
        crystals: with both, of different formulas.
        median: of the ratios.
        low, high: their 16th and 84th percentile.
    """

    crystals: int
    median: float
    low: float
    high: float


def sp_bias(rows: Sequence[BenchmarkRow]) -> SpBias | None:
    """How far lambda is off where no element has d or f electrons to scatter, nor is hydrogen.

    One ratio per formula, that of its first row; None where no row has both lambdas.
    """
    known = ratios([row for row in rows if is_sp(Formula(row.formula).count())])
    if not known:
        return None
    here = 1.0 / np.array(known)
    low, median, high = np.percentile(here, (16.0, 50.0, 84.0)).tolist()
    return SpBias(len(known), median, low, high)


@cache
def sp_metal_doubt() -> str:
    """What lambda of an sp metal is worth, by the benchmark as shipped."""
    known = sp_bias(benchmark_rows())
    if known is None:
        return SP_METAL
    return (
        f"{SP_METAL} (over {known.crystals} of the benchmark lambda is {known.median:.2f} times "
        f"linear response's in the median; two thirds of them lie from {known.low:.2f} to "
        f"{known.high:.2f})"
    )


def is_sp(symbols: Iterable[str]) -> bool:
    """Whether none of the elements is hydrogen, or has d or f electrons near the Fermi level."""
    numbers = symbols2numbers(list(symbols))
    return 1 not in numbers and not any(
        z in block for z in numbers for block in D_ELEMENTS + F_ELEMENTS
    )


def refuse_magnetic(magnetism: Magnetism | None) -> None:
    """Raise CannotSay for a crystal with magnetic moments."""
    if magnetism is None or not magnetism.magnetic:
        return
    raise CannotSay(
        f"a spin-polarised run finds it {in_words(magnetism)}; moments break pairs and are left "
        "out here: --spin off computes the non-magnetic state all the same"
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


def doubts_of_elements(symbols: Collection[str]) -> tuple[str, ...]:
    """The known limits that its elements tell."""
    numbers = set(symbols2numbers(list(symbols)))
    found = []
    if 1 in numbers:
        found.append(HYDROGEN)
    elif is_sp(symbols):
        found.append(sp_metal_doubt())
    if any(z in block for z in numbers - {57, 71} for block in F_ELEMENTS):
        found.append(F_ELECTRONS)
    return tuple(found)


def doubts_of_strength(coupling: float) -> tuple[str, ...]:
    """That so large a lambda was checked on few crystals, or on none."""
    if coupling <= STRONG_COUPLING:
        return ()
    known = [r.coupling for r in benchmark_rows() if r.coupling and r.reference]
    strong = sum(value > STRONG_COUPLING for value in known)
    return (
        f"so large a lambda is hardly checked: of {len(known)} crystals with linear response's "
        f"beside it {strong} have more than {STRONG_COUPLING:g} here; where soft modes carry it, "
        "the few wave vectors computed may miss them, or meet them by chance",
    )


def doubts_of(atoms: Atoms, phonons: PhononSpectrum, left_out: float) -> tuple[str, ...]:
    """The known limits that concern this crystal."""
    found = [*doubts_of_elements(set(atoms.get_chemical_symbols()))]
    if phonons.zone_centre_only:
        found.append(ZONE_CENTRE)
    if left_out > 0.002:
        found.append(
            f"{100 * left_out:.1f} % of the modes, soft or imaginary between the wave vectors "
            "computed, are left out"
        )
    return tuple(found)


def doubts_of_mesh(result: PairingResult) -> tuple[str, ...]:
    """That N(E_F), or eta of the atom that carries most of lambda, has not settled with the mesh.

    Without a lambda it is the atom with the largest eta. Nothing where no second mesh is known.
    """
    shares: dict[str, float] = {}
    if result.density_error is not None:
        shares["N(E_F)"] = result.density_error / result.density_per_ev_spin
    first = max(result.members, key=_carried)
    eta, error = first.scattering.hopfield_ev_per_angstrom2, first.scattering.mesh_error
    if error is not None and eta > 0:
        shares[f"eta of {first.symbol}"] = error / eta
    coarse = [f"{what} by {100 * s:.0f} %" for what, s in shares.items() if s > COARSE_SHARE]
    if not coarse:
        return ()
    return (
        f"the mesh of k-points is coarse: every second of them alone moves {' and '.join(coarse)}; "
        f"isotunnel pairing --dense-spacing, smaller than {result.settings['dense_spacing']:g} "
        "1/angstrom, makes it denser",
    )


def _carried(member: PairedAtom) -> float:
    eta = member.scattering.hopfield_ev_per_angstrom2
    return eta if member.coupling is None else member.coupling
