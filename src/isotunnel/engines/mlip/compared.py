"""A potential's pressures beside GPAW's, at cells that GPAW relaxed: the shipped atlas."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from isotunnel.engines.mlip.families import family_of
from isotunnel.engines.mlip.plan import FEWEST_VOLUMES, MOST_GPA, met
from isotunnel.errors import EngineError

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.mlip.engine import PotentialEngine

_AT_ZERO_GPA = -0.5
"""A crystal relaxed at zero keeps a pressure of some hundredths; none is lower."""


@dataclass(frozen=True)
class Compared:
    """One cell with both pressures.

    Attributes:
        crystal: name in the atlas, or of what was compared.
        family: see :func:`~isotunnel.engines.mlip.families.family_of`.
        volume_per_atom_a3: of the cell, angstrom^3.
        gpaw_gpa: GPAW's pressure.
        potential_gpa: the potential's; None where it gave none.
        reason: why it gave none, "" where it did.
    """

    crystal: str
    family: str
    volume_per_atom_a3: float
    gpaw_gpa: float
    potential_gpa: float | None
    reason: str = ""

    @property
    def met(self) -> bool:
        """Whether the point is met by the rule of the plan."""
        return self.potential_gpa is not None and met(self.potential_gpa, self.gpaw_gpa)


COLUMNS = tuple(f.name for f in fields(Compared))


def atlas_cells(name: str) -> list[tuple[Atoms, float, float]]:
    """Cells of a scan of the atlas within the range of the plan: atoms, GPAW's pressure and energy.

    Energies are in eV per atom.
    """
    from isotunnel.atlas import scan_of

    found = []
    for point in scan_of(name).done:
        pressure, energy = point.values.get("pressure_gpa"), point.values.get("energy_ev")
        atoms = point.atoms()
        if atoms is None or not isinstance(pressure, float):
            continue
        if not _AT_ZERO_GPA <= pressure <= 1.001 * MOST_GPA:
            continue
        found.append((atoms, pressure, float(energy or "nan") / len(atoms)))
    return found


def compare(engine: PotentialEngine, name: str) -> list[Compared]:
    """Both pressures of every cell of a scan of the atlas, lowest pressure first."""
    return [_compared(engine, name, atoms, p) for atoms, p, _ in atlas_cells(name)]


def compare_cells(
    engine: PotentialEngine,
    name: str,
    cells: Iterable[Atoms],
    gpaw: Callable[[Atoms], float],
) -> list[Compared]:
    """Both pressures of some cells, GPAW's computed now."""
    found = [_compared(engine, name, atoms, gpaw(atoms)) for atoms in cells]
    return sorted(found, key=lambda c: c.gpaw_gpa)


def _compared(engine: PotentialEngine, name: str, atoms: Atoms, gpaw_gpa: float) -> Compared:
    family = family_of(atoms.get_chemical_symbols())
    volume = float(atoms.get_volume()) / len(atoms)
    try:
        own: float | None = engine.pressure_gpa(atoms)
        reason = ""
    except EngineError as error:
        own, reason = None, str(error)
    return Compared(name, family, volume, gpaw_gpa, own, reason)


def reach_of(points: Sequence[Compared]) -> float | None:
    """Up to which pressure (GPa) every point is met; None where fewer than three from the start."""
    good: list[float] = []
    for point in sorted(points, key=lambda c: c.gpaw_gpa):
        if not point.met:
            break
        good.append(point.gpaw_gpa)
    return max(good[-1], 0.0) if len(good) >= FEWEST_VOLUMES else None


def in_atlas(atoms: Atoms) -> str | None:
    """The scan of the atlas that is of this crystal: same formula and space group; else None."""
    from isotunnel.atlas import names

    wanted = _identity(atoms)
    for name in names():
        if (cells := atlas_cells(name)) and _identity(cells[0][0]) == wanted:
            return name
    return None


def _identity(atoms: Atoms) -> tuple[str, int]:
    from isotunnel.crystal.symmetry import symmetry_of

    return atoms.symbols.formula.reduce()[0].format("hill"), symmetry_of(atoms).number


@cache
def compared(potential: str = "chgnet") -> tuple[Compared, ...]:
    """The shipped comparison of a potential; empty where there is none."""
    path = files("isotunnel.engines.mlip").joinpath(f"data/{potential}.csv")
    if not path.is_file():
        return ()
    return tuple(_of_row(row) for row in csv.DictReader(path.read_text("utf-8").splitlines()))


def _of_row(row: Mapping[str, str]) -> Compared:
    return Compared(
        row["crystal"],
        row["family"],
        float(row["volume_per_atom_a3"]),
        float(row["gpaw_gpa"]),
        float(row["potential_gpa"]) if row["potential_gpa"] else None,
        row["reason"],
    )


def by_crystal(points: Iterable[Compared]) -> dict[str, list[Compared]]:
    """Points of each crystal, in their order."""
    found: dict[str, list[Compared]] = {}
    for point in points:
        found.setdefault(point.crystal, []).append(point)
    return found


def cells_of(points: Iterable[Compared]) -> list[list[Any]]:
    """Rows of the shipped table."""
    return [
        [
            p.crystal,
            p.family,
            f"{p.volume_per_atom_a3:.4f}",
            f"{p.gpaw_gpa:.2f}",
            "" if p.potential_gpa is None else f"{p.potential_gpa:.2f}",
            p.reason,
        ]
        for p in points
    ]
