"""A scan: one crystal's table over pressure or volume, point by point and column by column."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from isotunnel.atlas.point import Cell, Column, ScanPoint
from isotunnel.errors import CannotSay, FileFormatError, InputError
from isotunnel.notebook import ShownInNotebooks, data_frame

if TYPE_CHECKING:
    import pandas

    from isotunnel.atlas.curve import CurvePoint, GapCurve

Array = NDArray[np.float64]
_ABOUT_POINTS = frozenset({"status", "reason", "warnings"})
VOLUME = "volume_per_atom_angstrom3"


@dataclass(frozen=True, eq=False)
class ScanColumn:
    """One column over the points that were done.

    Attributes:
        name: as in the table.
        unit: "" for texts, "1" for numbers without a unit.
        meaning: in words.
        cells: values in the order of the points; None where there is none.
        reasons: why, "" where there is a value.
    """

    name: str
    unit: str
    meaning: str
    cells: tuple[Cell, ...]
    reasons: tuple[str, ...]

    @property
    def values(self) -> Array:
        """The numbers; NaN where there is none, for which ``reasons`` says why.

        Raises:
            InputError: a column of texts.
        """
        if any(isinstance(cell, str) for cell in self.cells):
            raise InputError(f"column {self.name} holds texts, not numbers; see its cells")
        numbers = [math.nan if cell is None else float(cell) for cell in self.cells]
        return _frozen(numbers)


@dataclass(frozen=True, eq=False)
class Scan(ShownInNotebooks):
    """A crystal at several pressures or volumes, computed now or beforehand.

    Arrays and columns run over the points that were done.

    Attributes:
        name, title: of the crystal.
        over: what was asked for, "pressure_gpa" or "volume_ratio".
        engine: engine of the calculation.
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
    _columns: dict[str, ScanColumn] = field(default_factory=dict, repr=False)
    _curves: dict[tuple[str, int], GapCurve] = field(default_factory=dict, repr=False)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Scan:
        """From the document of a scan; see :func:`isotunnel.atlas.library.from_document`."""
        points = tuple(map(ScanPoint.of, document["points"]))
        if all(p.status != "done" for p in points):
            raise FileFormatError(f"the scan of {document['name']} has no finished point")
        return cls(
            name=document["name"],
            title=document["title"],
            over=document["over"],
            engine=document["engine"],
            columns=tuple(Column(**c) for c in document["columns"]),
            points=points,
            sources=tuple(document["sources"]),
            remarks=tuple(document.get("remarks", ())),
            settings=document["settings"],
            versions=document["versions"],
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; unknown is None. Keys: ``isotunnel.schemas.scan``."""
        from isotunnel.schemas.scan import Scan as Shape
        from isotunnel.schemas.shape import document

        return document(Shape, self)

    @cached_property
    def done(self) -> tuple[ScanPoint, ...]:
        """The points that have values."""
        return tuple(p for p in self.points if p.status == "done")

    @property
    def failed(self) -> tuple[ScanPoint, ...]:
        """The points without a result, each with its reason."""
        return tuple(p for p in self.points if p.status != "done")

    @property
    def asked(self) -> Array:
        """Shape (n,), the pressures (or volume ratios) asked for."""
        return _frozen([float(p.asked) for p in self.done])

    @property
    def crystals(self) -> tuple[Mapping[str, Any] | None, ...]:
        """Cell (angstrom), symbols and fractional positions at each point."""
        return tuple(p.crystal for p in self.done)

    @property
    def point_warnings(self) -> dict[str, float]:
        """What a user should know of the points, each once, with the first place it was said."""
        first: dict[str, float] = {}
        for point in self.points:
            for warning in point.warnings:
                first.setdefault(warning, point.asked)
        return first

    @property
    def warnings(self) -> tuple[str, ...]:
        """The remarks, and each point's warnings once, with the first place where it was given."""
        unit = " GPa" if self.over == "pressure_gpa" else " of the volume"
        places = self.point_warnings.items()
        of_points = (f"from {at:g}{unit}: {w}" for w, at in places if w not in self.remarks)
        return (*self.remarks, *of_points)

    @cached_property
    def quantities(self) -> tuple[str, ...]:
        """Names of the columns that hold results, not words about the points."""
        return tuple(c.name for c in self.columns if c.name not in _ABOUT_POINTS)

    def cells(self, name: str) -> list[Cell]:
        """Values of a column over all points, None where there is none."""
        return [point.values.get(name) for point in self.points]

    def to_pandas(self) -> pandas.DataFrame:
        """All points, in the columns of the table; what is unknown is NaN or None.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        return data_frame([c.name for c in self.columns], self.rows())

    def rows(self) -> list[list[Cell]]:
        """The table, one row per point, in the order of ``columns``."""
        return [[point.cell(c.name) for c in self.columns] for point in self.points]

    def column(self, name: str) -> ScanColumn:
        """A column of the table, over the points that were done.

        Raises:
            InputError: none of that name; the message lists names that come close.
        """
        if name not in self._columns:
            self._columns[name] = self._column(name)
        return self._columns[name]

    def _column(self, name: str) -> ScanColumn:
        for about in self.columns:
            if about.name == name and name in self.quantities:
                return ScanColumn(
                    name=name,
                    unit=about.unit,
                    meaning=about.meaning,
                    cells=tuple(p.values.get(name) for p in self.done),
                    reasons=tuple(p.why_none(name) for p in self.done),
                )
        import difflib

        close = difflib.get_close_matches(name, self.quantities, n=3)
        hint = f"did you mean {', '.join(close)}?" if close else "see columns"
        raise InputError(f"the scan of {self.name} has no column {name!r}; {hint}")

    @property
    def pressures_gpa(self) -> Array:
        """Pressure computed at each point."""
        return self.column("pressure_gpa").values

    @property
    def volumes_a3(self) -> Array:
        """Volume per atom, angstrom^3."""
        return self.column(VOLUME).values

    @property
    def atoms_per_cell(self) -> int:
        """Atoms in the primitive cell."""
        ratio = self.column("volume_angstrom3").values / self.volumes_a3
        return round(float(ratio[0]))

    @property
    def energies_ev(self) -> Array:
        """Total energy per cell."""
        return self.column("energy_ev").values

    @property
    def enthalpies_ev(self) -> Array:
        """E + P V per cell."""
        return self.column("enthalpy_ev").values

    @property
    def band_gaps_ev(self) -> Array:
        """Kohn-Sham gap, 0 in a metal."""
        return self.column("band_gap_ev").values

    @property
    def dos_fermi(self) -> Array:
        """States per eV and cell at the Fermi level, both spins."""
        return self.column("dos_fermi_per_ev_cell").values

    @property
    def h_dos(self) -> Array:
        """Hydrogen's share of the states at the Fermi level."""
        return self.column("h_dos").values

    @property
    def phi(self) -> Array:
        """Networking value."""
        return self.column("phi").values

    @property
    def phi_star(self) -> Array:
        """Molecularity index."""
        return self.column("phi_star").values

    @property
    def readings(self) -> tuple[str, ...]:
        """Names of the readings in the table."""
        return tuple(c.of for c in self.columns if c.quantity == "state")

    def about(self, quantity: str) -> tuple[Column, ...]:
        """Columns of a quantity ("gap", "threshold", "tc", ...), without those of their errors."""
        return tuple(c for c in self.columns if c.quantity == quantity and not c.error_of)

    def error_column(self, column: Column) -> Column | None:
        """The column with another one's errors, None where there is none."""
        return next((c for c in self.columns if c.error_of == column.name), None)

    def states(self, reading: str) -> ScanColumn:
        """States of a reading at each point, in words.

        Raises:
            InputError: no such reading in the scan.
        """
        for column in self.about("state"):
            if column.of == reading:
                return self.column(column.name)
        raise self._unknown_reading(reading)

    def gaps(self, reading: str, rank: int = 3) -> ScanColumn:
        """Lifting gaps of a reading for tunnels of a rank (1, 2, 3), at each point.

        Raises:
            InputError: no such reading or rank in the scan.
        """
        return self.column(self._gap(reading, rank).name)

    def gap_errors(self, reading: str, rank: int = 3) -> ScanColumn:
        """Grid errors of ``gaps``."""
        gap = self._gap(reading, rank)
        error = self.error_column(gap)
        if error is None:
            raise InputError(f"the scan of {self.name} has no errors of {gap.name}")
        return self.column(error.name)

    def thresholds(self, engine: str, kind: str, rank: int = 3) -> ScanColumn:
        """Levels at which a field ("potential", "electrostatic", "density", "elf") spans a rank.

        Args:
            engine: "gpaw" or "procrystal".
            kind: the field.
            rank: 1, 2 or 3.

        Raises:
            InputError: no such threshold in the scan.
        """
        every = self.about("threshold")
        for column in every:
            if (column.engine, column.of, column.rank) == (engine, kind, rank):
                return self.column(column.name)
        known = ", ".join(dict.fromkeys(f"{c.of} of {c.engine}" for c in every)) or "none"
        raise InputError(
            f"the scan of {self.name} has no threshold of the {kind} of {engine} for rank "
            f"{rank}; it has ranks 1, 2, 3 of: {known}"
        )

    def reading_silent(self, reading: str) -> str | None:
        """Why a reading has no result at some point, None where it answers at all of them.

        Raises:
            InputError: no such reading in the scan.
        """
        return next((why for why in self.states(reading).reasons if why), None)

    def curve(self, reading: str, rank: int = 3) -> GapCurve:
        """The lifting gap as a function of the volume per atom.

        Raises:
            InputError: no such reading or rank in the scan.
            CannotSay: fewer than two points have the gap; the message gives the reason.
        """
        key = (reading, rank)
        if key not in self._curves:
            self._curves[key] = self._curve(reading, rank)
        return self._curves[key]

    def gap(self, reading: str, rank: int, volume: float, *, beyond: float = 0.0) -> CurvePoint:
        """Lifting gap at a volume per atom (angstrom^3), between the points computed.

        Args:
            reading: name of the reading.
            rank: 1, 2 or 3.
            volume: angstrom^3 per atom.
            beyond: share of the volume by which to go on beyond the ends, along a straight line
                whose whole change is added to the error.

        Raises:
            InputError: no such reading or rank, or an impossible volume.
            CannotSay: outside the range computed, or next to a point that has no gap.
        """
        return self.curve(reading, rank).at(volume, beyond=beyond)

    def _gap(self, reading: str, rank: int) -> Column:
        if rank not in (1, 2, 3):
            raise InputError(f"rank {rank!r}: a tunnel spans 1, 2 or 3 dimensions")
        for column in self.about("gap"):
            if (column.of, column.rank) == (reading, rank):
                return column
        raise self._unknown_reading(reading)

    def _unknown_reading(self, reading: str) -> InputError:
        known = ", ".join(self.readings)
        return InputError(f"the scan of {self.name} has no reading {reading!r}; it has {known}")

    def _curve(self, reading: str, rank: int) -> GapCurve:
        from isotunnel.atlas.curve import GapCurve

        gaps, errors = self.gaps(reading, rank), self.gap_errors(reading, rank)
        known = int(np.isfinite(gaps.values).sum())
        if known < 2:
            why = next((r for r in gaps.reasons if r), "the scan has a single point")
            raise CannotSay(
                f"{self.name}, reading {reading}, {rank} dimensions: {known} of "
                f"{len(gaps.cells)} points have a gap ({why})"
            )
        return GapCurve.through(
            f"{self.name}, reading {reading}, {rank}D",
            gaps.unit,
            self.volumes_a3,
            gaps.values,
            errors.values,
            gaps.reasons,
        )


def _frozen(values: list[float]) -> Array:
    array = np.array(values, dtype=float)
    array.flags.writeable = False
    return array
