"""Squeezed crystals computed beforehand by ``scripts/make_squeezed.py``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from isotunnel.bonding.squeezed.partition import PARTITIONS
from isotunnel.errors import CannotSay, FileFormatError, InputError
from isotunnel.measured.rows_used import RowUsed

SCHEMA = "isotunnel.squeezed/1"
TABLE = "squeezed"
SOURCE = "computed with GPAW and PBE by scripts/make_squeezed.py"
APART = "apart"
VOLUME_A3 = 1e-3
"""Volumes nearer than this are the same."""


@dataclass(frozen=True, eq=False)
class AtomCloud:
    """The cloud of one atom in one partition; see ``moments.CloudMoments``.

    Attributes:
        spread_a2: <r^2> times the electrons in its share, angstrom^2.
        spread_change_a2: less that of free atoms in the same share.
        anisotropy: (<z^2> - <x^2 + y^2>/2) of the deformation over ``spread_a2``.
        sizes: lengths of the multipoles l = 0 to 4, e angstrom^l.
    """

    spread_a2: float
    spread_change_a2: float
    anisotropy: float
    sizes: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Molecules:
    """Molecules of two in a crystal.

    Attributes:
        energy_ev: of their multipoles with each other, l = 2 to 4, per molecule.
        bond_a, next_a: length of each, and shortest way to an atom of another molecule.
        sizes: of the multipoles of each about its middle.
    """

    energy_ev: float
    bond_a: tuple[float, ...]
    next_a: tuple[float, ...]
    sizes: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, eq=False)
class Share:
    """What one partition of space between the atoms makes of a crystal.

    Attributes:
        multipole_energy_ev: of all atoms' multipoles l = 2 to 4 with each other, per atom;
            negative where they attract.
        atoms: their clouds.
        molecules: None in a crystal of atoms.
    """

    multipole_energy_ev: float
    atoms: tuple[AtomCloud, ...]
    molecules: Molecules | None


@dataclass(frozen=True, eq=False)
class SqueezedPoint:
    """One crystal at one volume.

    Attributes:
        label: "24.07 GPa" or "apart".
        asked_gpa: measured pressure of this volume, or pressure it was relaxed at; None apart.
        volume_a3: per atom.
        energy_ev: PBE, per atom, from spherical spin-paired atoms.
        pressure_gpa: PBE, nuclei at rest.
        gap_ev: Kohn-Sham, 0 in a metal.
        moved: electrons per atom that stand elsewhere than in free atoms.
        grid_error: electrons per atom that the grid loses.
        shares: by partition.
        phi, molecularity: of the ELF, None where not computed.
        plane: of the deformation, None where not kept; see ``plane.deformation_plane``.
        cell, scaled: the crystal.
    """

    label: str
    asked_gpa: float | None
    volume_a3: float
    energy_ev: float
    pressure_gpa: float
    gap_ev: float
    moved: float
    grid_error: float
    shares: Mapping[str, Share]
    phi: float | None
    molecularity: float | None
    plane: Mapping[str, Any] | None
    cell: tuple[tuple[float, ...], ...]
    scaled: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, eq=False)
class SqueezedCrystal:
    """One crystal at several volumes.

    Attributes:
        name: such as "He-hcp".
        symbol: the element.
        structure: "fcc", "bcc", "hcp", or the name of a phase.
        family: "rare gas", "metal" or "hydrogen".
        points: by rising pressure; that of atoms apart, where there is one, is not among them.
        apart: atoms alone, None where not computed.
        settings, versions: what made it.
    """

    name: str
    symbol: str
    structure: str
    family: str
    points: tuple[SqueezedPoint, ...]
    apart: SqueezedPoint | None
    settings: Mapping[str, Any]
    versions: Mapping[str, str]

    def row(self, point: SqueezedPoint) -> RowUsed:
        """The record of a point."""
        return RowUsed(TABLE, f"{TABLE}:{self.name}:{point.label}", self.name, SOURCE)

    def cost_ev(self, point: SqueezedPoint) -> float:
        """Energy per atom that squeezing to ``point`` costs.

        Raises:
            CannotSay: atoms apart were not computed.
        """
        if self.apart is None:
            raise CannotSay(f"{self.name}: atoms apart were not computed")
        return point.energy_ev - self.apart.energy_ev


@cache
def names() -> tuple[str, ...]:
    """All crystals, by name."""
    found = (f.name.removesuffix(".json") for f in _folder().iterdir() if f.name.endswith(".json"))
    return tuple(sorted(n for n in found if n not in ("frozen", "bonds")))


@cache
def squeezed_crystal(name: str) -> SqueezedCrystal:
    """A crystal by its name, such as "He-hcp".

    Raises:
        InputError: no such crystal.
        FileFormatError: a file of another schema.
    """
    if name not in names():
        raise InputError(f"no squeezed crystal {name!r}; there are {', '.join(names())}")
    document = _document(name)
    points = tuple(_point(p) for p in document["points"])
    alone = next((p for p in points if p.label == APART), None)
    given = sorted((p for p in points if p.label != APART), key=lambda p: p.asked_gpa or 0.0)
    return SqueezedCrystal(
        document["name"],
        document["symbol"],
        document.get("structure", document.get("title", "")),
        document["family"],
        tuple(given),
        alone,
        document["settings"],
        document["versions"],
    )


def squeezed_crystals(family: str = "") -> tuple[SqueezedCrystal, ...]:
    """All crystals, or those of one family."""
    found = tuple(squeezed_crystal(n) for n in names())
    return tuple(c for c in found if not family or c.family == family)


def frozen_energy_ev(symbol: str, volume_a3: float) -> float:
    """Energy per atom of undeformed clouds at a volume, from free atoms; see ``frozen``.

    Raises:
        CannotSay: not computed there.
    """
    for p in _document("frozen").get("points", ()) if _has("frozen") else ():
        if p["symbol"] == symbol and abs(p["volume_a3"] - volume_a3) < VOLUME_A3:
            return float(p["energy_ev"])
    raise CannotSay(f"undeformed clouds of {symbol} were not computed at {volume_a3:.4g} A^3")


@dataclass(frozen=True)
class BondBetween:
    """Two neighbours of a crystal, and what stands between them; see ``between``.

    Attributes:
        crystal: "Fe" or "cementite".
        between: the elements, such as "C-Fe".
        length_a: distance, angstrom.
        density: least on the line, electrons per cubic angstrom.
        elf: there.
    """

    crystal: str
    between: str
    length_a: float
    density: float
    elf: float

    @property
    def row(self) -> RowUsed:
        """Its record."""
        name = f"{self.crystal}, {self.between} at {self.length_a:.2f} angstrom"
        return RowUsed(TABLE, f"{TABLE}:bonds:{self.crystal}:{self.length_a:.3f}", name, SOURCE)


def bonds_between() -> tuple[BondBetween, ...]:
    """All kinds of neighbours that were computed."""
    if not _has("bonds"):
        return ()
    return tuple(
        BondBetween(c["name"], b["between"], b["length_a"], b["density"], b["elf"])
        for c in _document("bonds")["crystals"]
        for b in c["bonds"]
    )


def _point(data: Mapping[str, Any]) -> SqueezedPoint:
    asked = data.get("measured_gpa", data.get("asked_gpa"))
    return SqueezedPoint(
        data["label"],
        None if asked is None else float(asked),
        data["volume_a3"],
        data["energy_ev"],
        data["pressure_gpa"],
        data["gap_ev"],
        data["moved"],
        data["grid_error"],
        {p: _share(data["partitions"][p]) for p in PARTITIONS},
        data.get("phi"),
        data.get("molecularity"),
        data.get("plane"),
        tuple(map(tuple, data["cell"])),
        tuple(map(tuple, data["scaled"])),
    )


def _share(data: Mapping[str, Any]) -> Share:
    atoms = tuple(
        AtomCloud(a["spread_a2"], a["spread_change_a2"], a["anisotropy"], tuple(a["sizes"]))
        for a in data["atoms"]
    )
    m = data.get("molecules")
    molecules = m and Molecules(
        m["energy_ev"], tuple(m["bond_a"]), tuple(m["next_a"]), tuple(map(tuple, m["sizes"]))
    )
    return Share(data["multipole_energy_ev"], atoms, molecules)


def _document(name: str) -> dict[str, Any]:
    text = _folder().joinpath(f"{name}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    if found.get("schema") != SCHEMA:
        raise FileFormatError(f"{name}.json: schema {found.get('schema')!r}, not {SCHEMA!r}")
    return found


def _has(name: str) -> bool:
    return bool(_folder().joinpath(f"{name}.json").is_file())


def _folder() -> Any:
    return files("isotunnel.bonding.squeezed").joinpath("data")
