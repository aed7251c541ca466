"""A column of a scan's table, and one pressure or volume of the scan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from ase import Atoms

Cell = float | int | str | None


@dataclass(frozen=True)
class Column:
    """A column of the table.

    Attributes:
        name: with its unit at the end where it has one.
        unit: "" for texts and counts, "1" for numbers without a unit.
        meaning: in words.
        quantity: "gap", "valence_level", "state" (of a reading), "threshold" (of a field), "tc"
            (of a formula) or "pairing" (of a theory of it); "" for what its name alone stands for.
        of: the reading, field or formula.
        engine: of a field.
        rank: dimensions that a tunnel spans, of a gap or threshold.
        error_of: name of the column whose error this is, "" for a column that is no error.
    """

    name: str
    unit: str
    meaning: str
    quantity: str = ""
    of: str = ""
    engine: str = ""
    rank: int | None = None
    error_of: str = ""


@dataclass(frozen=True, eq=False)
class ScanPoint:
    """One pressure or volume.

    Attributes:
        asked: the target: pressure in GPa, or volume over the given crystal's volume.
        status: "done" or "failed".
        reason: why it failed, "" where it did not.
        values: by column name; None where there is no value.
        reasons: by column name, why there is none.
        crystal: cell (angstrom), symbols and fractional positions, None where it failed.
        warnings: what a user should know.
    """

    asked: float
    status: Literal["done", "failed"]
    reason: str = ""
    values: Mapping[str, Cell] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    crystal: Mapping[str, Any] | None = None
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ScanPoint:
        """From the plain values of a document or of the store."""
        return cls(**{**data, "warnings": tuple(data["warnings"])})

    def atoms(self) -> Atoms | None:
        """The crystal at the point; None where it failed."""
        if self.crystal is None:
            return None
        from ase import Atoms as AseAtoms

        return AseAtoms(
            symbols=self.crystal["symbols"],
            cell=self.crystal["cell_angstrom"],
            scaled_positions=self.crystal["positions_fractional"],
            pbc=True,
        )

    def why_none(self, column: str) -> str:
        """Why a column has no value here, "" where it has one."""
        if self.values.get(column) is not None:
            return ""
        return self.reasons.get(column, "the column was not computed at this point")

    def _missing(self) -> str:
        """Each reason once, behind the columns that it keeps empty."""
        columns: dict[str, list[str]] = {}
        for name, why in self.reasons.items():
            columns.setdefault(why, []).append(name)
        return "; ".join(f"{', '.join(names)}: {why}" for why, names in columns.items())

    def cell(self, column: str) -> Cell:
        """What stands in a column of the table, the words about the point among them."""
        if column == "status":
            return self.status
        if column == "reason":
            return self.reason or self._missing() or None
        if column == "warnings":
            return "; ".join(self.warnings) or None
        return self.values.get(column)
