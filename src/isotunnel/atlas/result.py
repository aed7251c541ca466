"""What a scan found out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

SCHEMA = "isotunnel.scan/1"
"""Name and version of the dictionary that :meth:`ScanResult.as_dict` returns."""

Cell = float | int | str | None


@dataclass(frozen=True)
class Column:
    """A column of the table.

    Attributes:
        name: with its unit at the end where it has one.
        unit: "" for texts and counts, "1" for numbers without a unit.
        meaning: in words.
    """

    name: str
    unit: str
    meaning: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {"name": self.name, "unit": self.unit, "meaning": self.meaning}


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

    def as_dict(self) -> dict[str, Any]:
        """Plain values; also what the store keeps."""
        return {
            "asked": self.asked,
            "status": self.status,
            "reason": self.reason,
            "values": dict(self.values),
            "reasons": dict(self.reasons),
            "crystal": None if self.crystal is None else dict(self.crystal),
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ScanPoint:
        """Back from :meth:`as_dict`."""
        return cls(**{**data, "warnings": tuple(data["warnings"])})


@dataclass(frozen=True, eq=False)
class ScanResult:
    """A crystal at several pressures or volumes.

    Attributes:
        name: the crystal's name.
        title: one line for a person.
        over: "pressure_gpa" or "volume_ratio".
        engine: engine name.
        columns: of the table, in order.
        points: in ascending order of what was asked.
        sources: where the crystal comes from.
        remarks: what a user should know of the crystal as it was read, and of the engine.
        settings: everything that determines the result.
        versions: of the programs used.
        computed: how many points were computed now, not taken from the store.
        seconds: wall time of this run.
    """

    name: str
    title: str
    over: Literal["pressure_gpa", "volume_ratio"]
    engine: str
    columns: tuple[Column, ...]
    points: tuple[ScanPoint, ...]
    sources: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    computed: int = 0
    seconds: float = 0.0

    @property
    def done(self) -> tuple[ScanPoint, ...]:
        """The points that have values."""
        return tuple(p for p in self.points if p.status == "done")

    @property
    def warnings(self) -> tuple[str, ...]:
        """The remarks, and each point's warnings once, with the first place where it was given."""
        unit = " GPa" if self.over == "pressure_gpa" else " of the volume"
        found: dict[str, str] = {}
        for point in self.points:
            for warning in point.warnings:
                found.setdefault(warning, f"{point.asked:g}{unit}")
        of_points = (f"from {at}: {w}" for w, at in found.items() if w not in self.remarks)
        return (*self.remarks, *of_points)

    def column(self, name: str) -> list[Cell]:
        """Values of a column, None where there is none, over all points."""
        return [point.values.get(name) for point in self.points]

    def rows(self) -> list[list[Cell]]:
        """The table, one row per point, in the order of ``columns``."""
        return [[_cell(point, c.name) for c in self.columns] for point in self.points]

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and lists, JSON-ready; unknown is None. Schema: :data:`SCHEMA`."""
        return {
            "schema": SCHEMA,
            "name": self.name,
            "title": self.title,
            "over": self.over,
            "engine": self.engine,
            "columns": [c.as_dict() for c in self.columns],
            "points": [p.as_dict() for p in self.points],
            "sources": list(self.sources),
            "remarks": list(self.remarks),
            "settings": dict(self.settings),
            "versions": dict(self.versions),
            "computed": self.computed,
            "seconds": self.seconds,
        }


def _cell(point: ScanPoint, name: str) -> Cell:
    if name == "status":
        return point.status
    if name == "reason":
        missing = "; ".join(f"{column}: {why}" for column, why in point.reasons.items())
        return point.reason or missing or None
    if name == "warnings":
        return "; ".join(point.warnings) or None
    return point.values.get(name)
