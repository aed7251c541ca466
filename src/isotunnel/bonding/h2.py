"""The hydrogen molecule of claim B2, computed beforehand by ``scripts/make_h2_molecule.py``.

GPAW with PBE, spin-paired, one molecule in a box. Two things are known to be wrong with it. The
Kohn-Sham level of PBE carries the self-interaction error and lies some 5 eV above minus the
ionisation energy, which an exact functional would give. And a spin-paired molecule that is pulled
apart keeps half of each electron at the wrong atom. Both are met by giving a second level, minus
the measured ionisation energy, beside the computed one.

The potential between the atoms lies inside both augmentation spheres near the bond length, where
the reconstruction is good to about 0.6 eV, as an independent all-electron calculation shows (row
``pyscf_saddle`` of the references).
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from isotunnel.errors import FileFormatError, InputError
from isotunnel.measured.rows_used import RowUsed

SCHEMA = "isotunnel.h2_molecule/1"
SOURCE = "computed with GPAW and PBE by scripts/make_h2_molecule.py"


@dataclass(frozen=True)
class MoleculePoint:
    """H2 at one distance of its nuclei.

    Attributes:
        distance_angstrom: between the nuclei.
        level_ev: highest occupied Kohn-Sham level, vacuum at 0.
        saddle_ev: lowest level of the Kohn-Sham potential at which the wells of both atoms join.
    """

    distance_angstrom: float
    level_ev: float
    saddle_ev: float

    @property
    def row(self) -> RowUsed:
        """Its record."""
        d = self.distance_angstrom
        return RowUsed("h2_molecule", f"h2_molecule:{d:g}", f"H2 at {d:g} angstrom", SOURCE)


@dataclass(frozen=True)
class Reference:
    """A number that the molecule is compared with."""

    id: str
    value: float
    unit: str
    source: str
    url: str
    grade: str

    @property
    def row(self) -> RowUsed:
        """Its record."""
        return RowUsed("h2_molecule", self.id, self.id.partition(":")[2], self.source)


@dataclass(frozen=True)
class Molecule:
    """The molecule at several distances, its bond length, and other levels of its electrons.

    Attributes:
        points: by rising distance.
        bond: measured bond length, angstrom.
        joined: ionisation energy of the molecule, eV.
        apart: that of the atom.
    """

    points: tuple[MoleculePoint, ...]
    bond: Reference
    joined: Reference
    apart: Reference


def molecule() -> Molecule:
    """The packed calculation and measured numbers."""
    return Molecule(
        molecule_points(),
        reference("bond_length"),
        reference("ionisation_h2"),
        reference("ionisation_h"),
    )


def molecule_points() -> tuple[MoleculePoint, ...]:
    """The series, by rising distance."""
    return tuple(
        MoleculePoint(p["distance_angstrom"], p["level_ev"], p["saddle_ev"])
        for p in document()["points"]
    )


def reference(quantity: str) -> Reference:
    """A number of ``data/h2_references.toml``.

    Raises:
        InputError: no such quantity.
    """
    found = _references().get(quantity)
    if found is None:
        raise InputError(f"no reference {quantity!r}; there are {', '.join(_references())}")
    return found


@cache
def document() -> dict[str, Any]:
    """The packed calculation with settings, versions and checks of box and cutoff.

    Raises:
        FileFormatError: of another schema.
    """
    found: dict[str, Any] = json.loads(_text("h2_molecule.json"))
    if found.get("schema") != SCHEMA:
        raise FileFormatError(f"h2_molecule.json: schema {found.get('schema')!r}, not {SCHEMA!r}")
    return found


@cache
def _references() -> dict[str, Reference]:
    rows = tomllib.loads(_text("h2_references.toml"))["row"]
    return {
        r["quantity"]: Reference(
            r["id"], float(r["value"]), r["unit"], r["source"], r["url"], r["grade"]
        )
        for r in rows
    }


def _text(name: str) -> str:
    return files("isotunnel.bonding").joinpath(f"data/{name}").read_text(encoding="utf-8")
