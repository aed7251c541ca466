"""What a measurement demands of a theory, and when a theory contradicts it.

A theory contradicts a measurement where it gives states at the measurement's place of which the
measurement allows none. The place is given room: a Tc demands superconductivity at
:data:`TC_SHARE` (or two standard errors, where that is more) below it and none as far above; all
pressures within :data:`PRESSURE_SHARE` (or the stated error) must contradict; a transition demands
its two states :data:`TRANSITION_SHARE` of the pressure away from it. A theory that says nothing at
one of these places, or is unsure there by its own error, does not contradict. Where reports of a
transition disagree, it lies anywhere from the lowest to the highest of them. Claims that are not
established, rows of the lowest grade, semimetals, and pressures from which on only a highest Tc is
known demand nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from isotunnel.measured.points import TRANSITIONS, MeasuredPoint

SUPERCONDUCTOR, METAL, INSULATOR = "superconductor", "metal", "insulator"
TC_SHARE = 0.1
"""Samples of one substance, and onset and midpoint of one sample, differ by that much in Tc."""

PRESSURE_SHARE = 0.05
"""Pressure scales of anvil cells agree to a few per cent."""

TRANSITION_SHARE = 0.1
"""Metallisation is a matter of the criterion, and reports of one transition differ by that much."""

UNSURE_GRADE = "D"
"""Rows of this grade demand nothing."""

ROOM_K = 300.0
"""Where the temperature of a transition was not stated."""

_WORDS = {SUPERCONDUCTOR: "superconducts", METAL: "conducts", INSULATOR: "insulates"}
_DOES_NOT_SUPERCONDUCT = frozenset({METAL, INSULATOR})
_CONDUCTS = frozenset({METAL, SUPERCONDUCTOR})


@dataclass(frozen=True)
class Demand:
    """States that a measurement allows at a place.

    Attributes:
        point: the measurement.
        pressures_gpa: pressures at each of which a theory has to be wrong to contradict.
        temperature_k: temperature.
        allowed: "superconductor", "metal", "insulator": those that agree with it.
        allowed_cold: the same of a theory of the coldest crystal, which knows no temperature; None
            where the measurement tells nothing of it.
        side: -1 where it holds at lower pressures nearby too, 1 at higher ones, 0 at its own.
    """

    point: MeasuredPoint
    pressures_gpa: tuple[float, ...]
    temperature_k: float
    allowed: frozenset[str]
    allowed_cold: frozenset[str] | None
    side: int = 0


@dataclass(frozen=True)
class Contradiction:
    """A measurement that a theory contradicts.

    Attributes:
        point: the measurement.
        pressure_gpa, temperature_k: where; the temperature is None for a theory that knows none.
        said: the theory's states there; several where it leaves open which.
        claim: what the theory says, in words.
    """

    point: MeasuredPoint
    pressure_gpa: float
    temperature_k: float | None
    said: frozenset[str]
    claim: str

    @property
    def words(self) -> str:
        """Both sides in one sentence."""
        return f"{self.claim}; measured: {self.point.label}"


Possible = Callable[[float, float], frozenset[str]]
"""A theory's states at a pressure and temperature; several where it leaves open which, none where
it cannot say or is unsure."""


def demands(point: MeasuredPoint, others: Sequence[MeasuredPoint] = ()) -> tuple[Demand, ...]:
    """What a measured point demands; nothing where it decides nothing.

    ``others``: of the same substance; reports of the same transition among them widen its own.
    """
    if not point.decides or point.grade == UNSURE_GRADE:
        return ()
    if point.kind in TRANSITIONS:
        return tuple(_transition(point, [o for o in others if o.kind == point.kind]))
    return tuple(_READERS.get(point.kind, _nothing)(point))


def contradiction(
    point: MeasuredPoint, possible: Possible, others: Sequence[MeasuredPoint] = ()
) -> Contradiction | None:
    """The first demand of a point that a theory contradicts, None where it contradicts none."""
    for demand in demands(point, others):
        t = demand.temperature_k
        found = [possible(p, t) for p in demand.pressures_gpa]
        if all(states and not states & demand.allowed for states in found):
            middle = len(found) // 2
            p = demand.pressures_gpa[middle]
            claim = f"{_said(found[middle])} at {p:.4g} GPa and {t:.4g} K"
            return Contradiction(point, p, t, found[middle], claim)
    return None


def cold_contradiction(
    point: MeasuredPoint,
    possible: frozenset[str],
    pressure_gpa: float,
    low_gpa: float,
    high_gpa: float,
    others: Sequence[MeasuredPoint] = (),
) -> Contradiction | None:
    """The same of a state without a temperature, of a crystal at a pressure.

    None also where the point does not lie between ``low_gpa`` and ``high_gpa``, where the crystal
    is on the other side of a transition, and where the point tells nothing of the coldest crystal.
    """
    for demand in demands(point, others):
        p = demand.pressures_gpa[len(demand.pressures_gpa) // 2]
        if demand.allowed_cold is None or not low_gpa <= p <= high_gpa or not possible:
            continue
        if (pressure_gpa - p) * demand.side < 0:
            continue
        if not possible & demand.allowed_cold:
            return Contradiction(point, p, None, possible, _said(possible))
    return None


def tc_contradiction(
    point: MeasuredPoint, tc_k: float, error_k: float | None, low_gpa: float, high_gpa: float
) -> Contradiction | None:
    """The same of a critical temperature with its error, between two pressures.

    It contradicts a measured Tc from which it differs by more than :data:`TC_SHARE` of that and
    two standard deviations of both errors. Without an error of its own it never does: None.
    """
    if error_k is None or point.kind != "tc" or not demands(point) or not point.temperature_k:
        return None
    if not low_gpa <= point.pressure_gpa <= high_gpa:
        return None
    spread = 2 * (error_k**2 + (point.temperature_error_k or 0.0) ** 2) ** 0.5
    if abs(tc_k - point.temperature_k) <= max(spread, TC_SHARE * point.temperature_k):
        return None
    only = frozenset({SUPERCONDUCTOR})
    return Contradiction(point, point.pressure_gpa, None, only, f"has Tc = {tc_k:.3g} K")


def _said(states: frozenset[str]) -> str:
    order = (SUPERCONDUCTOR, METAL, INSULATOR)
    return " or ".join(_WORDS[s] for s in order if s in states)


def _nothing(_: MeasuredPoint) -> tuple[Demand, ...]:
    return ()


def _around(point: MeasuredPoint, pressure: float) -> tuple[float, ...]:
    slack = max(PRESSURE_SHARE * pressure, 2 * (point.pressure_error_gpa or 0.0))
    return (pressure,) if slack == 0 else (max(pressure - slack, 0.0), pressure, pressure + slack)


def _at_tc(point: MeasuredPoint, pressure: float, tc: float | None) -> tuple[Demand, ...]:
    if tc is None or tc <= 0:
        return ()
    slack = max(TC_SHARE * tc, 2 * (point.temperature_error_k or 0.0))
    around, paired = _around(point, pressure), frozenset({SUPERCONDUCTOR})
    above = Demand(point, around, tc + slack, _DOES_NOT_SUPERCONDUCT, None)
    if slack >= tc:
        return (above,)
    return (Demand(point, around, tc - slack, paired, paired), above)


def _tc(point: MeasuredPoint) -> tuple[Demand, ...]:
    return _at_tc(point, point.pressure_gpa, point.temperature_k)


def _slope(point: MeasuredPoint) -> tuple[Demand, ...]:
    start = _at_tc(point, point.pressure_gpa, point.temperature_k)
    if point.pressure_end_gpa is None:
        return start
    return start + _at_tc(point, point.pressure_end_gpa, point.temperature_end_k)


def _none(point: MeasuredPoint) -> Iterable[Demand]:
    t = point.temperature_k
    if t is not None:
        around = _around(point, point.pressure_gpa)
        yield Demand(point, around, t, _DOES_NOT_SUPERCONDUCT, _DOES_NOT_SUPERCONDUCT)


def _conducts(point: MeasuredPoint) -> Iterable[Demand]:
    t = point.temperature_k
    if t is not None:
        around = _around(point, point.pressure_gpa)
        yield Demand(point, around, t, frozenset({METAL}), _CONDUCTS)


def _insulates(point: MeasuredPoint) -> Iterable[Demand]:
    t, only = point.temperature_k, frozenset({INSULATOR})
    if t is not None:
        yield Demand(point, _around(point, point.pressure_gpa), t, only, only)


def _transition(point: MeasuredPoint, others: Sequence[MeasuredPoint]) -> Iterable[Demand]:
    t = ROOM_K if point.temperature_k is None else point.temperature_k
    reports = (point, *others)
    low = min(p.pressure_gpa for p in reports)
    high = max(p.pressure_end_gpa or p.pressure_gpa for p in reports)
    closed, opened = frozenset({INSULATOR}), _CONDUCTS
    before, after = (closed, opened) if point.kind == "insulator_to_metal" else (opened, closed)
    yield Demand(point, (low * (1 - TRANSITION_SHARE),), t, before, before, -1)
    yield Demand(point, (high * (1 + TRANSITION_SHARE),), t, after, after, 1)


_READERS: dict[str, Callable[[MeasuredPoint], Iterable[Demand]]] = {
    "tc": _tc,
    "tc_slope": _slope,
    "none": _none,
    "conducts": _conducts,
    "insulates": _insulates,
}
