"""One molecule with what its calculation says, beside what is published."""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.bonding.bond_points import Series, bond_reference
from isotunnel.bonding.h2_bond import H2Bond, h2_bond
from isotunnel.bonding.h4_bond import H4Bond, h4_bond
from isotunnel.bonding.helium_bond import (
    HeliumPair,
    TrioEnergy,
    helium_pair_bond,
    helium_trio_bond,
    nearest,
)
from isotunnel.bonding.helium_pair import MINIMUM_ANGSTROM
from isotunnel.bonding.helium_trio import PUBLISHED_BOHR
from isotunnel.measured import table

HELIUM_WELL = "helium:He_He_pair_potential_wel-5"
"""Row of the measured tables: depth of the pair potential of W. Cencek et al. (2012)."""


@dataclass(frozen=True)
class BondNumber:
    """A number of the calculation beside the published one.

    Attributes:
        name: what it is.
        value: computed; NaN where there is none.
        unit: of both.
        published: None where none is known.
        source: of the published one.
    """

    name: str
    value: float
    unit: str
    published: float | None = None
    source: str = ""


@dataclass(frozen=True)
class Bond:
    """A molecule; of the four results that of its name is there.

    Attributes:
        series: the computed points with settings.
        numbers: what is compared with published numbers first.
        h2, h4, he2, he3: see their modules.
    """

    series: Series
    numbers: tuple[BondNumber, ...]
    h2: H2Bond | None = None
    h4: H4Bond | None = None
    he2: HeliumPair | None = None
    he3: tuple[TrioEnergy, ...] = ()


def bond_of(series: Series) -> Bond:
    """The molecule of a series of points."""
    return {"h2": _h2, "h4": _h4, "he2": _he2, "he3": _he3}[series.name](series)


def _h2(series: Series) -> Bond:
    found, known = h2_bond(series), bond_reference("h2_depth")
    depths = [
        BondNumber(f"depth, {d.basis}", d.depth_ev, "eV", known.value, known.source)
        for d in found.depths
    ]
    length = BondNumber("bond length, extrapolated", found.depths[-1].length_angstrom, "angstrom")
    error = BondNumber("error of the largest basis", found.basis_error_ev, "eV")
    return Bond(series, (*depths, length, error), h2=found)


def _h4(series: Series) -> Bond:
    found = h4_bond(series)
    crossings = [
        BondNumber(f"side of the square where singlet and triplet cross, {basis}", side, "bohr")
        for basis, side in found.square_crossings_bohr.items()
    ]
    numbers = (
        *crossings,
        BondNumber("difference of degenerate states", found.splitting_hartree, "hartree"),
        BondNumber("tetrahedron below two molecules from", found.below_molecules_gpa, "GPa"),
        BondNumber("tetrahedron below every shape from", found.ground_state_gpa, "GPa"),
    )
    return Bond(series, numbers, h4=found)


def _he2(series: Series) -> Bond:
    found = helium_pair_bond(series)
    row = table("helium").row(HELIUM_WELL)
    wells = [nearest(c, MINIMUM_ANGSTROM) for c in (found.curve, found.larger) if c]
    depths = [
        BondNumber(
            f"depth at {well.distance_angstrom:g} angstrom, {well.basis}",
            -well.total_k,
            "K",
            row.number("value"),
            row.text("source"),
        )
        for well in wells
    ]
    share = BondNumber("dispersion there", found.deepest.dispersion_k, "K")
    return Bond(series, (*depths, share), he2=found)


def _he3(series: Series) -> Bond:
    found, known = helium_trio_bond(series), bond_reference("he3_three_body")
    numbers = tuple(
        BondNumber(
            f"beyond the pairs at {PUBLISHED_BOHR:g} bohr, {t.basis}",
            t.three_body_mk,
            "mK",
            known.value,
            known.source,
        )
        for t in found
        if abs(t.side_bohr - PUBLISHED_BOHR) < 1e-3
    )
    return Bond(series, numbers, he3=found)
