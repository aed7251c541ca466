"""T2: is the superconducting boundary an isochore?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.errors import InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.studies.spacing.result import SpacingTest, Statistic, median_of, share_of, sign_of


@dataclass(frozen=True)
class Superconductor:
    """What T2 needs of one superconductor.

    Attributes:
        name: material.
        family: "element", "cuprate", ...
        tc_k: critical temperature, None where unknown.
        slope: measured dTc/dP in K/GPa, None where unknown.
        sign: +1, -1 or 0 (flat) as stated; None where studies of it disagree.
        initial: whether ``slope`` is that of the first compression, not a mean over a wide range.
        thermal_pressure: (dP/dT)_V = K beta at Tc in GPa/K, None where unknown.
    """

    name: str
    family: str
    tc_k: Parameter | None
    slope: Parameter | None
    sign: int | None
    initial: bool = True
    thermal_pressure: Parameter | None = None


@dataclass(frozen=True)
class IsochoreRow:
    """One superconductor against the isochore through its Tc.

    Attributes:
        name, family: as given.
        tc_k: as given.
        measured: dTc/dP, K/GPa.
        sign: of it; 0 for flat, None where unknown or disputed.
        initial: as given.
        predicted: 1 / (K beta) at Tc in K/GPa: slope of the isochore.
        ratio: measured over predicted; None without both.
    """

    name: str
    family: str
    tc_k: Parameter | None
    measured: Parameter | None
    sign: int | None
    initial: bool
    predicted: Parameter | None
    ratio: Parameter | None


NOTES = (
    "solids expand when heated and yield when pressed, so the isochore rises with pressure: "
    "volume alone demands dTc/dP > 0, of size 1/(K beta)",
    "K beta at Tc is that of the Debye solid, plus the electrons' where their heat capacity is "
    "known; materials without an equation of state are tested by sign alone",
    "the superconductors are those whose papers could be read, and papers advertise increases: "
    "the share of rising Tc is no estimate for all superconductors; that any falls is firm",
)


def isochores(
    superconductors: Sequence[Superconductor],
    used: Sequence[RowUsed] = (),
    dropped: Sequence[RowDropped] = (),
) -> SpacingTest[IsochoreRow]:
    """T2: slope of Tc(P) against that of the isochore, dT/dP = 1 / (K beta) at Tc.

    One vote per entry; flat and disputed signs do not agree with a rise, and disputed ones do
    not count at all.

    Args:
        superconductors: inputs, one per material.
        used, dropped: rows of data that they come from, passed on.

    Raises:
        InputError: a thermal pressure that is not finite.
    """
    rows = tuple(isochore_row(s) for s in superconductors)
    elements = [r for r in rows if r.family == "element"]
    sized = [r for r in rows if r.ratio is not None]
    statistics: tuple[Statistic, ...] = (
        share_of(
            "rising",
            "superconductors whose Tc rises under pressure; p against even odds",
            _signs(rows),
            against=0.5,
        ),
        share_of("rising_elements", "the same, elements only", _signs(elements), against=0.5),
        share_of(
            "right_sign",
            "of those with a known isochore: sign as the isochore's",
            [r.sign == _sign(r.predicted) for r in rows if r.predicted and r.sign is not None],
        ),
        median_of(
            "log10_size",
            "log10 of |measured| over predicted slope, median",
            "",
            [math.log10(abs(r.ratio.value)) for r in sized if r.ratio and r.ratio.value],
        ),
        share_of(
            "within_factor_10",
            "sign right and size within a factor of 10 of the isochore's",
            [0.1 <= r.ratio.value <= 10 for r in sized if r.ratio],
        ),
    )
    return SpacingTest(
        "T2",
        "slope of Tc(P) against the isochore through Tc",
        rows,
        statistics,
        tuple(used),
        tuple(dropped),
        NOTES,
    )


def isochore_row(given: Superconductor) -> IsochoreRow:
    """T2 of one superconductor; see ``IsochoreRow``."""
    predicted = ratio = None
    pressure = given.thermal_pressure
    if pressure is not None:
        if not math.isfinite(pressure.value):
            raise InputError(f"{given.name}: K beta = {pressure.value} GPa/K is not finite")
        if pressure.value != 0:
            error = None if pressure.error is None else pressure.error / pressure.value**2
            predicted = Parameter(1 / pressure.value, pressure.source, error)
    if predicted is not None and given.slope is not None:
        ratio = _over(given.slope, predicted)
    stated = given.sign
    known = sign_of(given.slope) if stated is None and given.slope is not None else stated
    return IsochoreRow(
        given.name,
        given.family,
        given.tc_k,
        given.slope,
        known,
        given.initial,
        predicted,
        ratio,
    )


def _over(measured: Parameter, predicted: Parameter) -> Parameter:
    value = measured.value / predicted.value
    if measured.error is None or predicted.error is None:
        return Parameter(value, "measured / predicted")
    error = math.hypot(measured.error / predicted.value, value * predicted.error / predicted.value)
    return Parameter(value, "measured / predicted", error)


def _signs(rows: Sequence[IsochoreRow]) -> list[bool]:
    return [r.sign == 1 for r in rows if r.sign is not None]


def _sign(value: Parameter) -> int:
    return 1 if value.value > 0 else -1
