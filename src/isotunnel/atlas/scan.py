"""One scan of the atlas: a crystal's table over pressure, column by column."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CannotSay, FileFormatError, InputError

if TYPE_CHECKING:
    from isotunnel.atlas.curve import CurvePoint, GapCurve

Array = NDArray[np.float64]
Cell = float | int | str | None
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


@dataclass(frozen=True)
class FailedPoint:
    """A pressure that was asked for and gave no result, with the reason."""

    asked: float
    reason: str


@dataclass(frozen=True, eq=False)
class AtlasScan:
    """A crystal at several pressures; arrays run over the points that were done.

    Attributes:
        name, title: of the crystal.
        over: what was asked for, "pressure_gpa" or "volume_ratio".
        engine: engine of the calculation.
        asked: shape (n,), the pressure (or volume ratio) asked for.
        columns: name -> column, in the order of the table.
        crystals: cell (angstrom), symbols and fractional positions at each point.
        failed: points without a result.
        warnings: what a user should know, each once.
        sources: where the crystal comes from.
        settings: everything that determines the result.
        versions: of the programs used.
    """

    name: str
    title: str
    over: str
    engine: str
    asked: Array
    columns: Mapping[str, ScanColumn]
    crystals: tuple[Mapping[str, Any] | None, ...]
    failed: tuple[FailedPoint, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    _curves: dict[tuple[str, int], GapCurve] = field(default_factory=dict, repr=False)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> AtlasScan:
        """From the document of a scan; see :func:`isotunnel.atlas.library.from_document`."""
        points = document["points"]
        done = [p for p in points if p["status"] == "done"]
        if not done:
            raise FileFormatError(f"the scan of {document['name']} has no finished point")
        columns = {}
        for entry in document["columns"]:
            name = entry["name"]
            if name in ("status", "reason", "warnings"):
                continue
            columns[name] = ScanColumn(
                name=name,
                unit=entry["unit"],
                meaning=entry["meaning"],
                cells=tuple(p["values"].get(name) for p in done),
                reasons=tuple(_reason(p, name) for p in done),
            )
        return cls(
            name=document["name"],
            title=document["title"],
            over=document["over"],
            engine=document["engine"],
            asked=_frozen([float(p["asked"]) for p in done]),
            columns=columns,
            crystals=tuple(p["crystal"] for p in done),
            failed=tuple(
                FailedPoint(float(p["asked"]), p["reason"]) for p in points if p not in done
            ),
            warnings=tuple(dict.fromkeys(w for p in done for w in p["warnings"])),
            sources=tuple(document["sources"]),
            settings=document["settings"],
            versions=document["versions"],
        )

    def column(self, name: str) -> ScanColumn:
        """A column of the table.

        Raises:
            InputError: none of that name; the message lists names that come close.
        """
        if name in self.columns:
            return self.columns[name]
        import difflib

        close = difflib.get_close_matches(name, self.columns, n=3)
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
        return tuple(n.removeprefix("state_") for n in self.columns if n.startswith("state_"))

    def gaps(self, reading: str, rank: int = 3) -> ScanColumn:
        """Lifting gaps of a reading for tunnels of a rank (1, 2, 3), at each point.

        Raises:
            InputError: no such reading or rank in the scan.
        """
        return self.column(self._gap_name(reading, rank))

    def gap_errors(self, reading: str, rank: int = 3) -> ScanColumn:
        """Grid errors of ``gaps``."""
        stem, _, unit = self._gap_name(reading, rank).partition(f"_{rank}d")
        return self.column(f"{stem}_{rank}d_error{unit}")

    def thresholds(self, engine: str, kind: str, rank: int = 3) -> ScanColumn:
        """Levels at which a field ("potential", "electrostatic", "density", "elf") spans a rank.

        Args:
            engine: "gpaw" or "procrystal".
            kind: the field.
            rank: 1, 2 or 3.

        Raises:
            InputError: no such threshold in the scan.
        """
        stem = f"threshold_{engine}_{kind.replace('-', '_')}_{rank}d"
        found = [n for n in self.columns if n.startswith(stem) and "_error" not in n]
        return self.column(found[0] if found else stem)

    def reading_silent(self, reading: str) -> str | None:
        """Why a reading says nothing at some point, None where it answers at all of them.

        Raises:
            InputError: no such reading in the scan.
        """
        self._gap_name(reading, 3)
        column = self.column(f"state_{reading}")
        return next((why for why in column.reasons if why), None)

    def curve(self, reading: str, rank: int = 3) -> GapCurve:
        """The lifting gap as a function of the volume per atom.

        Raises:
            InputError: no such reading or rank in the scan.
            CannotSay: fewer than two points have the gap; the reason is told.
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

    def _gap_name(self, reading: str, rank: int) -> str:
        if rank not in (1, 2, 3):
            raise InputError(f"rank {rank!r}: a tunnel spans 1, 2 or 3 dimensions")
        stem = f"gap_{reading}_{rank}d"
        for name in (stem, f"{stem}_ev"):
            if name in self.columns:
                return name
        raise InputError(
            f"the scan of {self.name} has no reading {reading!r}; it has {', '.join(self.readings)}"
        )

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


def _reason(point: Mapping[str, Any], name: str) -> str:
    if point["values"].get(name) is not None:
        return ""
    return str(point["reasons"].get(name, "the column was not computed at this point"))


def _frozen(values: list[float]) -> Array:
    array = np.array(values, dtype=float)
    array.flags.writeable = False
    return array
