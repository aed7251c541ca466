"""The benchmark's materials: measured state, chemical family, and what each reading found."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured import Row
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR

if TYPE_CHECKING:
    from isotunnel.atlas import Scan
    from isotunnel.evidence.sources import Sources

STATES = (INSULATOR, METAL, SUPERCONDUCTOR)
READINGS = ("ks", "atomic", "electrostatic", "density", "elf", "band")
TUNNEL_READINGS = READINGS[:-1]
"""Without ``band``, which looks at Bloch states and at no tunnel."""

_OUTSIDE = 0.02
"""A scan answers this share of a pressure beyond its ends."""


@dataclass(frozen=True)
class ReadGap:
    """Lifting gaps of one reading.

    Attributes:
        gaps: for tunnels of 1, 2, 3 dimensions; infinite where none opens below the escape level.
        source: engine and cell.
    """

    gaps: tuple[float, float, float]
    source: str

    @property
    def lowest(self) -> float:
        """The gap that decides: that of the tunnel which opens first."""
        return min(self.gaps)


@dataclass(frozen=True, eq=False)
class BenchmarkMaterial:
    """One row of the benchmark.

    Attributes:
        id: of the row.
        name: formula and, where it matters, pressure: "Si (15 GPa)".
        formula: for composition.
        family: for cross-validation.
        state: measured.
        pressure_gpa, temperature_k: where.
        row: the row itself.
        gaps: by reading.
        band_gap_ev: Kohn-Sham gap, None where not computed.
        missing: by reading (and "band gap"), why there is none.
    """

    id: str
    name: str
    formula: str
    family: str
    state: str
    pressure_gpa: float
    temperature_k: float
    row: Row
    gaps: Mapping[str, ReadGap] = field(default_factory=dict)
    band_gap_ev: float | None = None
    missing: Mapping[str, str] = field(default_factory=dict)


def materials_of(sources: Sources) -> tuple[BenchmarkMaterial, ...]:
    """Every row of ``state_benchmark`` with its gaps.

    Gaps come from a calculation at the row's own cell where there is one, otherwise from the
    atlas at the row's pressure, otherwise from superposed atoms at the row's own cell.
    """
    scans = frozenset(sources.scans())
    return tuple(_material(row, sources, scans) for row in sources.table("state_benchmark"))


def _material(row: Row, sources: Sources, scans: frozenset[str]) -> BenchmarkMaterial:
    stored = _stored().get(row.id, {})
    gaps: dict[str, ReadGap] = {}
    missing: dict[str, str] = {}
    band = None
    # Only a row that names a crystal has the structure that the atlas has under that name.
    name, pressure = row.text("crystal"), row.number("pressure_gpa")
    if "gaps" in stored.get("gpaw", {}):
        band = stored["gpaw"]["band_gap_ev"]
        gaps |= _from_record(stored["gpaw"], "GPAW and PBE at the measured cell")
    elif name in scans:
        try:
            found, band = _from_scan(sources.scan(name), pressure)
            gaps |= found
        except CannotSay as reason:
            missing["band gap"] = str(reason)
    elif "failed" in stored.get("gpaw", {}):
        missing["band gap"] = stored["gpaw"]["failed"]
    if "gaps" in stored.get("procrystal", {}):
        record = _from_record(stored["procrystal"], "superposed atoms at the row's cell")
        gaps = record | gaps
    if band is None:
        missing.setdefault("band gap", "neither computed at its cell nor in the atlas")
    for reading in READINGS:
        if reading not in gaps:
            missing[reading] = missing.get("band gap", "this reading has no answer")
    return BenchmarkMaterial(
        id=row.id,
        name=_name(row),
        formula=row.text("formula"),
        family=row.text("family"),
        state=row.text("state"),
        pressure_gpa=pressure,
        temperature_k=row.number("temperature_k"),
        row=row,
        gaps=gaps,
        band_gap_ev=band,
        missing=missing,
    )


def _name(row: Row) -> str:
    pressure = row.number("pressure_gpa")
    return row.text("material") + (f" ({pressure:g} GPa)" if pressure > 0 else "")


def _from_record(record: Mapping[str, Any], source: str) -> dict[str, ReadGap]:
    return {
        name: ReadGap(_three(values), source)
        for name, values in record["gaps"].items()
        if name in READINGS
    }


def _three(values: Any) -> tuple[float, float, float]:
    first, second, third = (math.inf if v is None else float(v) for v in values)
    return first, second, third


def _from_scan(scan: Scan, pressure: float) -> tuple[dict[str, ReadGap], float | None]:
    """Gaps between the points of a scan, along straight lines in pressure.

    Raises:
        CannotSay: the scan does not reach the pressure.
    """
    order = np.argsort(scan.pressures_gpa)
    at = scan.pressures_gpa[order]
    slack = max(0.5, _OUTSIDE * pressure)
    if not at[0] - slack <= pressure <= at[-1] + slack:
        raise CannotSay(
            f"the atlas's scan of {scan.name} reaches from {at[0]:.4g} to {at[-1]:.4g} GPa, "
            f"not {pressure:g} GPa"
        )
    where = f"atlas, {scan.name} at {pressure:g} GPa"
    gaps: dict[str, ReadGap] = {}
    for reading in READINGS:
        try:
            columns = [scan.gaps(reading, rank) for rank in (1, 2, 3)]
            states = scan.column(f"state_{reading}")
        except InputError:
            continue
        if any(states.cells[i] is None for i in range(len(at))):
            continue
        values = [_between(at, c.values[order], pressure) for c in columns]
        gaps[reading] = ReadGap(_three(values), where)
    band = _between(at, scan.band_gaps_ev[order], pressure)
    return gaps, (None if math.isinf(band) else band)


def _between(at: Any, values: Any, pressure: float) -> float:
    """Linear interpolation.

    A missing value, no tunnel, counts as infinite. Next to it, and next to an exact 0, at which a
    band gap stays once it has closed, the nearest point stands.
    """
    known = np.isfinite(values)
    place = int(np.clip(np.searchsorted(at, pressure), 1, len(at) - 1)) if len(at) > 1 else 0
    pair = values[max(place - 1, 0) : place + 1]
    if np.isfinite(pair).all() and (pair != 0.0).all():
        return float(np.interp(pressure, at, values))
    nearest = int(np.argmin(np.abs(at - pressure)))
    return float(values[nearest]) if known[nearest] else math.inf


@lru_cache(maxsize=1)
def _stored() -> dict[str, Any]:
    """What ``scripts/make_benchmark_gaps.py`` computed, by row."""
    path = files("isotunnel.studies.benchmark").joinpath("data/gaps.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
