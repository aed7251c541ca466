"""A CIF becomes Atoms in the file's own cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.checks import MIN_DISTANCE_ANGSTROM, check_crystal
from isotunnel.crystal.cif.cell import cell_of
from isotunnel.crystal.cif.document import CifBlock, crystal_block
from isotunnel.crystal.cif.elements import suggests_hydrogen
from isotunnel.crystal.cif.expand import Expanded, expand
from isotunnel.crystal.cif.sites import CifSite, sites_of
from isotunnel.crystal.cif.space_group import Candidate, candidates
from isotunnel.crystal.cif.stated import Content, Stated, mismatches, stated_of
from isotunnel.crystal.operations import check_group, check_metric
from isotunnel.crystal.text_file import read_text
from isotunnel.errors import CrystalError

if TYPE_CHECKING:
    from ase import Atoms

ACCEPT = "accept_formula_mismatch=True (--accept-formula-mismatch) reads it all the same"

_MASSES = {2: 2.014, 3: 3.016}


@dataclass(frozen=True)
class _Reading:
    """One way to read the file, and what of the file's own words speaks against it."""

    candidate: Candidate
    atoms: Atoms
    against: tuple[str, ...]
    remarks: tuple[str, ...]
    multiplicities: tuple[str, ...] = ()


def read_cif(path: Path, *, accept_formula_mismatch: bool = False) -> Atoms:
    """The crystal in a CIF, in the cell of the file.

    Symmetry is what the file says, in this order: its listed operations, its Hall symbol, its
    Hermann-Mauguin name with the setting, its number. Operations must be a group and keep the
    cell. A name without its setting (F d -3 m, which has two origins) is accepted only where the
    cell or the formula leaves one reading. The atoms are then compared with the formula, Z, volume
    and density of the file.

    Remarks are in ``info["read_warnings"]``. D and T are read as H.

    Raises:
        FileFormatError: no CIF, or none with atom sites.
        CrystalError: what does not make one crystal, or not the one of the file's formula, unless
            ``accept_formula_mismatch``.

    Reference: S. R. Hall, F. H. Allen, I. D. Brown, Acta Cryst. A47, 655 (1991); symmetry tables
    of gemmi, M. Wojdyr, J. Open Source Softw. 7, 4200 (2022).
    """
    shown = str(path)
    block = crystal_block(read_text(path), shown)
    cell = cell_of(block)
    from ase.geometry import cellpar_to_cell

    lattice = np.asarray(cellpar_to_cell(cell), dtype=float)
    stated = stated_of(block)
    sites = sites_of(block, frozenset(stated.formula or ()))
    if not sites:
        raise CrystalError(f"{shown}: all atom sites of this CIF are dummies")
    try:
        reading = _the_one(_readings(block, lattice, sites, stated), shown)
    except CrystalError as error:
        text = str(error)
        raise error if text.startswith(shown) else CrystalError(f"{shown}: {text}") from None
    remarks = [*reading.remarks, reading.candidate.remark]
    if reading.against:
        clauses = "; ".join(reading.against)
        if not accept_formula_mismatch:
            raise CrystalError(f"{shown} is not the crystal that it states: {clauses}. {ACCEPT}")
        remarks.append(f"accepted although it is not the crystal that the file states: {clauses}")
    if any(site.mass_number for site in sites):
        remarks.append("deuterium or tritium was read as hydrogen (H)")
    found: Atoms = reading.atoms
    remarked = tuple(dict.fromkeys(remark for remark in remarks if remark))
    if remarked:
        found.info["read_warnings"] = remarked
    return found


def _readings(
    block: CifBlock, lattice: NDArray[np.float64], sites: list[CifSite], stated: Stated
) -> list[_Reading]:
    ways = candidates(block, lattice @ lattice.T)
    if len(ways) == 1:
        return [_reading(ways[0], lattice, sites, stated)]
    found = []
    for way in ways:
        try:
            reading = _reading(way, lattice, sites, stated)
            check_crystal(reading.atoms)
            # Alone these are but remarked; here they help to tell one reading from another.
            reading = replace(reading, against=(*reading.against, *reading.multiplicities))
        except CrystalError:
            # Atoms on top of each other: this is not what the file means.
            continue
        found.append(reading)
    if not found:
        names = " and ".join(way.name for way in ways)
        raise CrystalError(
            f"the space group may be {names}, and in each of them atoms are closer than "
            f"{MIN_DISTANCE_ANGSTROM:g} angstrom"
        )
    return found


def _the_one(found: list[_Reading], shown: str) -> _Reading:
    """The only reading, or the only one that agrees with the file's own words."""
    if len(found) == 1:
        return found[0]
    agreeing = [reading for reading in found if not reading.against]
    names = " or ".join(reading.candidate.name for reading in found)
    if len(agreeing) != 1:
        raise CrystalError(
            f"{shown}: the space group may be {names}, which make different crystals, and nothing "
            "in the file tells which; list the symmetry operations "
            "(_space_group_symop_operation_xyz) or write the setting behind the name (':1', ':2')"
        )
    best = agreeing[0]
    remark = (
        f"the space group may be {names}; {best.candidate.name} was taken, the only one that "
        "makes the formula stated"
    )
    return _Reading(best.candidate, best.atoms, (), (*best.remarks, remark))


def _reading(
    way: Candidate, lattice: NDArray[np.float64], sites: list[CifSite], stated: Stated
) -> _Reading:
    from ase import Atoms as AseAtoms

    check_group(way.operations)
    check_metric(way.operations, lattice @ lattice.T)
    expanded = expand(sites, way.operations, lattice)
    owners = [sites[k] for k in expanded.site]
    atoms = AseAtoms(
        symbols=[site.symbol for site in owners],
        cell=lattice,
        scaled_positions=expanded.positions,
        pbc=True,
    )
    against = (*mismatches(stated, _content(atoms, owners)), *_hidden_hydrogens(owners, stated))
    wrong = tuple(_against_multiplicities(sites, expanded))
    remarks = expanded.remarks if against else (*expanded.remarks, *wrong[:3])
    return _Reading(way, atoms, against, remarks, wrong)


def _against_multiplicities(sites: list[CifSite], expanded: Expanded) -> Iterator[str]:
    counts = np.bincount(expanded.site, minlength=len(sites))
    for site, count in zip(sites, counts.tolist(), strict=True):
        if site.multiplicity and site.multiplicity != count:
            yield (
                f"the file states {site.multiplicity} atoms of {site.label} in the cell, its "
                f"symmetry makes {count}"
            )


def _content(atoms: Atoms, owners: list[CifSite]) -> Content:
    masses = atoms.get_masses()
    heavy = [_MASSES.get(site.mass_number or 0, m) for site, m in zip(owners, masses, strict=True)]
    return Content(Counter(site.symbol for site in owners), float(sum(heavy)), atoms.get_volume())


def _hidden_hydrogens(owners: list[CifSite], stated: Stated) -> list[str]:
    """Hydrogens that the file speaks of without giving them sites."""
    attached = {site.label: site.attached_hydrogens for site in owners if site.attached_hydrogens}
    listed = sum(site.symbol == "H" for site in owners)
    hanging = sum(site.attached_hydrogens for site in owners)
    if attached and listed < hanging:
        of = ", ".join(f"{n} of {label}" for label, n in list(attached.items())[:5])
        return [f"hydrogens attached to atoms have no sites ({of})"]
    if stated.formula is None and not listed:
        if stated.hydrous:
            return [f"the formula {stated.hydrous!r} holds hydrogen, of which there is no site"]
        labels = [site.label for site in owners if suggests_hydrogen(site.label)]
        if labels:
            return [f"the label {labels[0]!r} speaks of hydrogen, of which there is no site"]
    return []
