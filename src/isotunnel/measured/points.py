"""Measured points of a substance: Tc, its slope, metal-insulator transitions, plain states.

They come from the tables of ``isotunnel.measured``, row by row, with source and grade; theory and
extrapolation rows are left out. Claims that are not established are kept apart by kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isotunnel.errors import InputError
from isotunnel.measured.load import table, tables
from isotunnel.measured.rows import Row

KINDS: dict[str, str] = {
    "tc": "measured Tc",
    "tc_somewhere": "superconducting from this pressure on, Tc up to",
    "tc_slope": "measured slope dTc/dP",
    "claim": "claimed Tc, not established",
    "none": "no superconductivity down to",
    "insulator_to_metal": "insulator to metal, measured",
    "metal_to_insulator": "metal to insulator, measured",
    "conducts": "conducts",
    "insulates": "insulates",
}
"""Kinds of points, in words."""

TRANSITIONS = ("insulator_to_metal", "metal_to_insulator")
STATES = ("conducts", "insulates")
"""Kinds that are a state at a place, not where one ends."""

_ROOM_K = (273.0, 310.0)
"""Resistivities between these temperatures stand for that of a room."""


@dataclass(frozen=True)
class MeasuredPoint:
    """One measured point.

    Attributes:
        kind: of KINDS.
        pressure_gpa: pressure; of a range its start.
        pressure_end_gpa: end of a range, None for a point.
        temperature_k: temperature; None where it was not stated.
        temperature_end_k: of a slope, Tc at ``pressure_end_gpa``; else None.
        temperature_error_k: standard error, None where not stated.
        label: what it is, in words.
        row: id of the row of ``isotunnel.measured``.
        source, grade, url, note: of the row.
        phase: phase or structure of the sample, "" where not stated.
        pressure_error_gpa: standard error, None where not stated.
        decides: False where it is not clear enough to contradict a theory (a semimetal on one side
            of a transition).
    """

    kind: str
    pressure_gpa: float
    pressure_end_gpa: float | None
    temperature_k: float | None
    temperature_end_k: float | None
    temperature_error_k: float | None
    label: str
    row: str
    source: str
    grade: str
    url: str = ""
    note: str = ""
    phase: str = ""
    pressure_error_gpa: float | None = None
    decides: bool = True


@dataclass(frozen=True)
class Measured:
    """The points of a substance, and rows that could not be drawn, with reasons."""

    points: tuple[MeasuredPoint, ...]
    dropped: tuple[str, ...]


def measured_points(names: tuple[str, ...]) -> Measured:
    """Every measured point of a substance that answers to one of ``names``.

    A missing table adds a line to ``dropped``, as does a row without a pressure or temperature.
    """
    found: list[MeasuredPoint] = []
    dropped: list[str] = []
    for name, read in _READERS.items():
        if name not in tables():
            dropped.append(f"table {name} is not there")
            continue
        try:
            rows = [r for n in dict.fromkeys(names) for r in table(name).about_material(n)]
        except InputError as broken:
            dropped.append(str(broken))
            continue
        for row in dict.fromkeys(rows):
            for item in read(row):
                if isinstance(item, str):
                    dropped.append(f"{row.id}: {item}")
                else:
                    found.append(item)
    return Measured(_apart(found), tuple(dropped))


def _apart(points: list[MeasuredPoint]) -> tuple[MeasuredPoint, ...]:
    """One point of each kind and place; the first table's stands."""
    kept: dict[tuple[object, ...], MeasuredPoint] = {}
    for point in points:
        # One state at a pressure: the coldest tells most.
        t = None if point.kind in STATES else point.temperature_k
        key = (
            point.kind,
            round(point.pressure_gpa, 3),
            point.pressure_end_gpa,
            None if t is None else float(f"{t:.2g}"),
            point.temperature_end_k,
        )
        kept.setdefault(key, point)
    return tuple(sorted(kept.values(), key=lambda p: (list(KINDS).index(p.kind), p.pressure_gpa)))


def _point(
    row: Row,
    kind: str,
    label: str,
    pressure: float,
    temperature: float | None,
    *,
    end: float | None = None,
    temperature_end: float | None = None,
    error: float | None = None,
) -> MeasuredPoint:
    return MeasuredPoint(
        kind,
        pressure,
        end,
        temperature,
        temperature_end,
        error,
        label,
        row.id,
        row.source,
        row.grade,
        row.url,
        row.note,
        _phase(row),
        _number(row, "pressure_gpa_error"),
        decides=not row.get("semimetal"),
    )


def _phase(row: Row) -> str:
    return next((str(row[n]) for n in ("phase", "space_group", "structure") if row.get(n)), "")


def _number(row: Row, name: str) -> float | None:
    value = row.get(name)
    return None if value is None or isinstance(value, str | bool) else float(value)


def _ambient(row: Row) -> Iterator[MeasuredPoint | str]:
    tc = _number(row, "tc_k")
    phase = f" ({row.text('phase')})" if row.text("phase") else ""
    if tc:
        error = _number(row, "tc_k_error")
        yield _point(row, "tc", f"Tc = {tc:g} K at room pressure{phase}", 0.0, tc, error=error)
        return
    tested = _number(row, "tested_down_to_k")
    if tested is None:
        yield "no Tc, and no temperature down to which it was looked for"
        return
    yield _point(row, "none", f"no superconductivity down to {tested:g} K", 0.0, tested)


def _pressed(row: Row) -> Iterator[MeasuredPoint | str]:
    pairs = (
        ("tc_max_k", "pressure_at_tc_max_gpa", "highest Tc of the study"),
        ("tc_at_onset_k", "onset_pressure_gpa", "Tc at the lowest pressure"),
    )
    drawn = False
    for temperature, pressure, words in pairs:
        t, p = _number(row, temperature), _number(row, pressure)
        if t is not None and p is not None:
            drawn = True
            error = _number(row, f"{temperature}_error")
            yield _point(row, "tc", f"{words}: {t:g} K at {p:g} GPa", p, t, error=error)
    t, p = _number(row, "tc_max_k"), _number(row, "onset_pressure_gpa")
    if not drawn and t is not None and p is not None:
        words = f"superconducting from {p:g} GPa, Tc up to {t:g} K, at which pressure is not stated"
        yield _point(row, "tc_somewhere", words, p, t)
    elif not drawn:
        yield "no pair of pressure and Tc is stated"


def _slope(row: Row) -> Iterator[MeasuredPoint | str]:
    tc, slope = _number(row, "tc_k"), _number(row, "dtc_dp_k_per_gpa")
    low, high = _number(row, "pressure_min_gpa"), _number(row, "pressure_max_gpa")
    if tc is None or slope is None or low is None or high is None or high <= low:
        yield "Tc, slope or range of pressure is not stated"
        return
    end = tc + slope * (high - low)
    if end <= 0:
        yield f"the slope {slope:g} K/GPa leads below 0 K within its range"
        return
    words = f"dTc/dP = {slope:g} K/GPa, {low:g} to {high:g} GPa"
    yield _point(row, "tc_slope", words, low, tc, end=high, temperature_end=end)


def _landmark(row: Row) -> Iterator[MeasuredPoint | str]:
    t, p = _number(row, "tc_k"), _number(row, "pressure_gpa")
    if t is None or p is None:
        yield "Tc or pressure is not stated"
        return
    kind = "claim" if row.text("status") == "claimed" else "tc"
    words = f"Tc = {t:g} K ({row.text('year')}, {row.text('status')})"
    yield _point(row, kind, words, p, t, error=_number(row, "tc_k_error"))


def _metallisation(row: Row) -> Iterator[MeasuredPoint | str]:
    method, kind = row.text("method"), row.text("direction")
    if method != "experiment":
        yield f"{method}, not measured"
        return
    if kind not in TRANSITIONS:
        yield f"direction {kind}: no transition to draw"
        return
    if kind == "insulator_to_metal" and "semiconductor" in row.text("to_state"):
        yield f"it leads to a {row.text('to_state')}, not to a metal"
        return
    p = _number(row, "pressure_gpa")
    if p is None:
        yield "no pressure is stated"
        return
    t, end = _number(row, "temperature_k"), _number(row, "pressure_max_gpa")
    span = f"{p:g} GPa" if end is None else f"{p:g} to {end:g} GPa"
    words = f"{row.text('from_state')} to {row.text('to_state')}, {span}"
    yield _point(row, kind, words, p, t, end=end)


def _hydride(row: Row) -> Iterator[MeasuredPoint | str]:
    kind = row.text("kind")
    if kind == "predicted":
        yield "predicted, not measured"
        return
    p, t = _number(row, "pressure_gpa"), _number(row, "tc_k")
    tested = _number(row, "tc_k_high")
    if row.text("superconductivity") == "none found" and p is not None and tested is not None:
        words = f"no superconductivity down to {tested:g} K at {p:g} GPa"
        yield _point(row, "none", words, p, tested)
        return
    if p is None or t is None or row.text("superconductivity") != "found":
        yield "a pressure with a single Tc is not stated"
        return
    how = f" ({row.text('method')})" if row.text("method") else ""
    words = f"Tc = {t:g} K at {p:g} GPa{how}"
    error = _number(row, "tc_k_error")
    yield _point(row, "claim" if kind == "claimed" else "tc", words, p, t, error=error)


def _tc_at_pressure(row: Row) -> Iterator[MeasuredPoint | str]:
    p, t = _number(row, "pressure_gpa"), _number(row, "tc_k")
    if p is None or not t:
        yield "a pressure with a single Tc is not stated"
        return
    words = f"Tc = {t:g} K at {p:g} GPa"
    yield _point(row, "tc", words, p, t, error=_number(row, "tc_k_error"))


def _state(row: Row) -> Iterator[MeasuredPoint | str]:
    p, t, tc = (_number(row, n) for n in ("pressure_gpa", "temperature_k", "tc_k"))
    where = "room pressure" if p == 0 else f"{p:g} GPa"
    if p is None or t is None:
        yield "pressure or temperature is not stated"
    elif row.text("state") == "superconductor":
        if tc is not None:
            yield _point(row, "tc", f"Tc = {tc:g} K at {where}", p, tc)
    elif row.text("state") == "metal" and t >= _ROOM_K[0]:
        yield _point(row, "conducts", f"conducts at {t:g} K and {where}", p, t)
    elif row.text("state") == "metal":
        words = f"conducts, no superconductivity down to {t:g} K, at {where}"
        yield _point(row, "none", words, p, t)
    else:
        yield _point(row, "insulates", f"insulates at {t:g} K and {where}", p, t)


def _resistivity(row: Row) -> Iterator[MeasuredPoint | str]:
    t, rho = _number(row, "temperature_k"), _number(row, "resistivity_microohm_cm")
    low, high = _ROOM_K
    # Other temperatures and fitted curves are for the resistivity itself, and no fact is dropped.
    measured = row.text("kind") != "fit" and row.text("state") == "solid"
    if measured and t is not None and rho is not None and low <= t <= high:
        words = f"conducts at {t:g} K and room pressure: {rho:g} microohm cm"
        yield _point(row, "conducts", words, 0.0, t)


_READERS = {
    "elements_ambient": _ambient,
    "elements_pressure": _pressed,
    "dtc_dp": _slope,
    "hydrides_tc": _hydride,
    "landmarks": _landmark,
    "insulator_metal_transitions": _metallisation,
    "tc_at_pressure": _tc_at_pressure,
    "state_benchmark": _state,
    "resistivity_vs_temperature": _resistivity,
}

TABLES = tuple(_READERS)
"""Names of the tables that points come from."""
