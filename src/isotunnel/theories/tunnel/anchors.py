"""Measured transitions that fix the isochores of the spacing-only theory, one per boundary."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from isotunnel.errors import CannotSay, InputError
from isotunnel.matter.vapour import ATMOSPHERE_GPA
from isotunnel.measured.parameter import Parameter, printed_source
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.tunnel.names import phase_of
from isotunnel.theories.tunnel.spacing import Spacing, spacing_of
from isotunnel.units import ROOM_K

if TYPE_CHECKING:
    from isotunnel.measured import Row

SUPERCONDUCTING = "superconducting"
INSULATING = "insulating"
_GRADES = ("A", "B", "C", "D")
APART = 0.25
"""Half the range of sources over its middle from which on they are said to differ."""
_STEP = 1e-2


@dataclass(frozen=True)
class Anchor:
    """One measured point of a boundary.

    Attributes:
        boundary: "superconducting" (onset of zero resistance) or "insulating" (insulator to
            metal).
        pressure_gpa, temperature_k: where it was seen.
        source: paper or table, with what was assumed.
        error_gpa, error_k: standard errors, None where not stated.
        grade: how far to trust the source, "" where not graded.
        rows: ids of the measured rows that it is, or lies between; none where not of a table.
    """

    boundary: Literal["superconducting", "insulating"]
    pressure_gpa: float
    temperature_k: float
    source: str
    error_gpa: float | None = None
    error_k: float | None = None
    grade: str = ""
    rows: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.boundary not in (SUPERCONDUCTING, INSULATING):
            raise InputError(
                f"unknown boundary {self.boundary!r}; known: {SUPERCONDUCTING}, {INSULATING}"
            )
        for name in ("pressure_gpa", "temperature_k"):
            if not 0 <= getattr(self, name) < float("inf"):
                raise InputError(f"anchor: {name} must be zero or positive")

    @property
    def stated(self) -> bool:
        """Whether the error of its pressure is known; at room pressure it is nothing."""
        return self.error_gpa is not None or self.pressure_gpa <= ATMOSPHERE_GPA


@dataclass(frozen=True)
class Line:
    """The volume per atom of a boundary, angstrom^3.

    Attributes:
        value, source: V at the anchor, and where it comes from.
        error: standard error from the anchor's own errors, None where it states none.
        shifts: how V moves with the errors of the equation of state, which the volumes compared
            with it share: see ``Spacing.shifts``.
        pressure_gpa, temperature_k: the anchor, where it lies in the same phase: there the
            boundary is known exactly, though V hardly changes with T near T = 0.
        error_k: standard error of the anchor's temperature where its pressure is exact.
        stated: False where an anchor under pressure states no error of its pressure. Isochores
            are so steep that this would be the largest part: the line has no known error.
    """

    value: float
    source: str
    error: float | None = None
    shifts: tuple[float, ...] = ()
    pressure_gpa: float | None = None
    temperature_k: float | None = None
    error_k: float | None = None
    stated: bool = True

    def anchored_at(self, pressure_gpa: float) -> bool:
        """Whether the anchor was seen at a pressure; 0 stands for one atmosphere."""
        if self.pressure_gpa is None or self.temperature_k is None:
            return False
        return pressure_gpa == self.pressure_gpa or (
            max(pressure_gpa, self.pressure_gpa) <= ATMOSPHERE_GPA
        )

    def below(self, volume: float, pressure_gpa: float, temperature_k: float) -> bool:
        """Whether a state lies on the dense side of the line."""
        if self.anchored_at(pressure_gpa) and self.temperature_k is not None:
            return temperature_k < self.temperature_k
        return volume < self.value

    def spread(self, shifts: tuple[float, ...]) -> float | None:
        """Error of the distance of a volume, with its shifts, from this one.

        What both have in common cancels. None where an error is not stated.
        """
        if not self.stated:
            return None
        if len(shifts) == len(self.shifts):
            apart = tuple(a - b for a, b in zip(shifts, self.shifts, strict=True))
        else:
            # Of another equation of state: independent.
            apart = shifts + self.shifts
        known = [*apart] if self.error is None else [self.error, *apart]
        return math.hypot(*known) if known else None


@lru_cache(maxsize=512)
def measured_anchors(material: MaterialData) -> tuple[Anchor, ...]:
    """At most one anchor per boundary, from the material and the measured tables.

    Superconducting: the measured Tc that all phases of the substance share (``tc_elsewhere``), else
    that at the reference pressure. Without a Tc above zero, the
    onset under pressure in table ``elements_pressure``. Insulating: of the experiments
    in ``insulator_metal_transitions`` with the best grade (A and B count alike), the median of
    the pressures.
    """
    substance, _ = phase_of(material)
    found = [_measured_tc(material) or _onset(substance), _metallisation(substance)]
    return tuple(a for a in found if a is not None)


def anchor_volume(material: MaterialData, anchor: Anchor) -> Line:
    """The volume per atom at which a boundary lies: V at the anchor, with its errors.

    From the material's own equation of state where the anchor lies in its phase, else from that of
    the substance's stable solid there: the theory knows spacing only, whatever the structure.

    Raises:
        CannotSay: no equation of state holds at the anchor.
    """
    low, high = material.stable_gpa
    p, t = anchor.pressure_gpa, anchor.temperature_k
    if low <= p <= high:
        spacing = spacing_of(material)
        here = _at_room_or(spacing, p, t)
        own = _moved(spacing.volume, spacing.volume(p, t).value, p, t, anchor)
        at: tuple[float | None, float | None] = (p, t)
        shifts = spacing.shifts(p)
    else:
        here = _matter_volume(phase_of(material)[0], p, t)
        own, at, shifts = None, (None, None), ()
    source = f"{here.source}, at the anchor: {anchor.source}"
    return Line(
        here.value,
        source,
        own,
        shifts,
        *at,
        error_k=None if anchor.error_gpa else anchor.error_k,
        stated=anchor.stated,
    )


def _at_room_or(spacing: Spacing, pressure_gpa: float, temperature_k: float) -> Parameter:
    """The volume at an anchor; what is tabulated at 0 GPa was seen at one atmosphere.

    Squeezing by one atmosphere does as much as heating a cold metal from 1 to 17 K.
    """
    if pressure_gpa < ATMOSPHERE_GPA:
        try:
            return spacing.volume(ATMOSPHERE_GPA, temperature_k)
        except CannotSay:
            # Known at its one pressure only.
            pass
    return spacing.volume(pressure_gpa, temperature_k)


@lru_cache(maxsize=512)
def steepness(material: MaterialData, anchor: Anchor) -> float | None:
    """dT/dP of the isochore through an anchor, kelvin per GPa, by differences.

    What a GPa of error in its pressure does to the boundary. None where the anchor lies in another
    phase or the crystal is not known to expand.
    """
    low, high = material.stable_gpa
    p, t = anchor.pressure_gpa, anchor.temperature_k
    dp, dt = _STEP * max(p, 1.0), _STEP * max(t, 1000.0)
    if not low <= p + dp <= high:
        return None
    try:
        volume = spacing_of(material).volume
        by_p = (volume(p + dp, t).value - volume(p, t).value) / dp
        by_t = (volume(p, t + dt).value - volume(p, t).value) / dt
    except CannotSay:
        return None
    return -by_p / by_t if by_t > 0 else None


def _moved(
    volume: Callable[[float, float], Parameter], value: float, p: float, t: float, anchor: Anchor
) -> float | None:
    """How far the volume moves with the anchor's errors, None where it has none."""
    squares, known = 0.0, False
    for dp, dt in ((anchor.error_gpa, 0.0), (0.0, anchor.error_k)):
        if not (dp or dt):
            continue
        try:
            squares += (volume(p + (dp or 0.0), t + (dt or 0.0)).value - value) ** 2
        except CannotSay:
            continue
        known = True
    return squares**0.5 if known else None


def _matter_volume(substance: str, pressure_gpa: float, temperature_k: float) -> Parameter:
    from isotunnel.matter import volume

    try:
        value = float(volume(substance, pressure_gpa, temperature_k))
    except InputError as refusal:
        raise CannotSay(f"no volume at the anchor: {refusal}") from None
    return Parameter(value, f"equation of state of {substance}")


def _measured_tc(material: MaterialData) -> Anchor | None:
    pressure, tc = material.reference_pressure_gpa, material.tc_k
    if material.tc_elsewhere is not None:
        pressure, tc = material.tc_elsewhere.pressure_gpa, material.tc_elsewhere.tc_k
    if tc is None or tc.value <= 0:
        return None
    return Anchor("superconducting", pressure, tc.value, printed_source(tc), error_k=tc.error)


def _onset(substance: str) -> Anchor | None:
    for row in _rows("elements_pressure", "element", substance):
        try:
            pressure, tc = row.number("onset_pressure_gpa"), row.number("tc_at_onset_k")
        except CannotSay:
            continue
        if tc > 0:
            return Anchor(
                "superconducting", pressure, tc, f"onset under pressure: {row.source}",
                grade=row.grade, rows=(row.id,),
            )  # fmt: skip
    return None


def _metallisation(substance: str) -> Anchor | None:
    rows = [
        r
        for r in _rows("insulator_metal_transitions", "material", substance)
        if r.text("direction") == "insulator_to_metal"
        and r.text("method") == "experiment"
        and r["pressure_gpa"] is not None
    ]
    for grades in ("AB", "C", "D"):
        fitting = sorted((r for r in rows if r.grade in grades), key=_middle)
        if fitting:
            return _as_anchor(fitting)
    return None


def _as_anchor(rows: list[Row]) -> Anchor:
    """The median of rows in order of pressure: the middle one, or between the middle two."""
    row, other = rows[(len(rows) - 1) // 2], rows[len(rows) // 2]
    top = row["pressure_max_gpa"]
    width = None if top is None else (float(top) - row.number("pressure_gpa")) / 2
    if (width is None or other is not row) and len(rows) > 1:
        width = (_middle(rows[-1]) - _middle(rows[0])) / 2
    stated = row["temperature_k"]
    source = row.source if other is row else f"between {row.source} and {other.source}"
    if width is not None and width > APART * (_middle(row) + _middle(other)) / 2:
        source = f"{source}; sources differ, {_middle(rows[0]):g} to {_middle(rows[-1]):g} GPa"
    if stated is None:
        source = f"{source}; {ROOM_K:g} K assumed"
    return Anchor(
        "insulating",
        (_middle(row) + _middle(other)) / 2,
        ROOM_K if stated is None else float(stated),
        source,
        error_gpa=width,
        grade=row.grade,
        rows=tuple(dict.fromkeys((row.id, other.id))),
    )


def _middle(row: Row) -> float:
    low, top = row.number("pressure_gpa"), row["pressure_max_gpa"]
    return low if top is None else (low + float(top)) / 2


def _rows(table: str, column: str, substance: str) -> Iterator[Row]:
    from isotunnel import measured

    try:
        found = measured.table(table)
    except InputError:
        return
    for grade in _GRADES:
        for row in found.rows:
            if row.text(column).casefold() == substance.casefold() and row.grade == grade:
                yield row
