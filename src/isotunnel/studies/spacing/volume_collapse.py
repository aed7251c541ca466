"""T1: does the resistivity depend on volume alone, however the volume is changed?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.measured.parameter import Parameter
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.studies.spacing.result import (
    SpacingTest,
    mean_of,
    median_of,
    product,
    quadrature,
    share_of,
    sign_of,
)


@dataclass(frozen=True)
class ColdPoint:
    """What cooling does, and the pressure that would bring the same volume at room temperature.

    Attributes:
        temperature_k: cold temperature, at zero pressure.
        resistivity_ratio: rho(cold) / rho(T0).
        volume_ratio: V(cold) / V(T0).
        pressure_gpa: pressure at which V(P, T0) = V(0, cold).
    """

    temperature_k: float
    resistivity_ratio: float
    volume_ratio: float
    pressure_gpa: float


@dataclass(frozen=True)
class Metal:
    """What T1 needs of one metal, all at one temperature and zero pressure.

    Attributes:
        name: element.
        temperature_k: T0.
        alpha: temperature coefficient d ln rho / dT at constant pressure, 1/K.
        beta: volume expansion d ln V / dT, 1/K.
        bulk_modulus: isothermal K, GPa.
        squeeze: d ln R / dP of a bar squeezed from all sides, 1/GPa; None where unknown.
        squeeze_sign: its sign where only that is known: +1 rises, -1 falls.
        theta: Bloch-Grueneisen or Debye temperature, K; None where unknown.
        gamma: Grueneisen parameter; None where unknown.
        cold: a cold point, None where unknown.
    """

    name: str
    temperature_k: float
    alpha: Parameter
    beta: Parameter
    bulk_modulus: Parameter
    squeeze: Parameter | None = None
    squeeze_sign: int | None = None
    theta: Parameter | None = None
    gamma: Parameter | None = None
    cold: ColdPoint | None = None


@dataclass(frozen=True)
class CollapsedMetal:
    """One metal's two derivatives of ln rho by ln V.

    Attributes:
        name: element.
        heating: (d ln rho / d ln V)_P = alpha / beta.
        squeezing: (d ln rho / d ln V)_T = 1/3 - K d ln R / dP; None where only a sign is known.
        squeezing_sign: its sign; None where unknown or zero within two errors.
        heating_sign: sign of ``heating``, the same way.
        ratio: heating over squeezing: 1 if volume alone decides; None without ``squeezing``.
        bloch_heating, bloch_squeezing: what the Bloch-Grueneisen law gives for the two; None
            without its parameters.
        predicted_squeeze_per_gpa: d ln R / dP that volume alone demands, from heating.
        bloch_squeeze_per_gpa: the same from the Bloch-Grueneisen law.
        measured_squeeze_per_gpa: as measured, None where only the sign is.
        cold: the input's cold point.
        squeezed_ratio: rho(P)/rho(0) at the cold point's pressure, by the measured derivative held
            constant in ln rho against ln V; None without one.
    """

    name: str
    heating: Parameter
    squeezing: Parameter | None
    squeezing_sign: int | None
    heating_sign: int | None
    ratio: Parameter | None
    bloch_heating: Parameter | None
    bloch_squeezing: Parameter | None
    predicted_squeeze_per_gpa: Parameter
    bloch_squeeze_per_gpa: Parameter | None
    measured_squeeze_per_gpa: Parameter | None
    cold: ColdPoint | None
    squeezed_ratio: float | None


NOTES = (
    "R of a bar squeezed from all sides is rho / length, so (d ln rho / d ln V)_T = "
    "1/3 - K d ln R/dP",
    "expansion, Grueneisen parameter, theta and a bulk modulus printed without an error are given "
    "5 %, coefficients inferred from other quantities (grade C) 20 %",
    "a sign counts as unknown where the number is zero within two errors",
    "tabulated resistivities are corrected for expansion or not, which changes alpha / beta by "
    "1/3 at most",
)


def collapse(
    metals: Sequence[Metal],
    used: Sequence[RowUsed] = (),
    dropped: Sequence[RowDropped] = (),
) -> SpacingTest[CollapsedMetal]:
    """T1 for metals: derivative of ln rho by ln V from heating against that from squeezing.

    If the resistivity of a metal is a function of volume alone, alpha / beta = -K d ln rho / dP.

    Args:
        metals: inputs, one per metal.
        used, dropped: rows of data that they come from, passed on.

    Raises:
        InputError: a factor is zero where a relative error is needed.
    """
    rows = tuple(collapse_metal(m) for m in metals)
    signs = [
        r.heating_sign == r.squeezing_sign
        for r in rows
        if r.heating_sign is not None and r.squeezing_sign is not None
    ]
    ratios = [r.ratio for r in rows if r.ratio is not None]
    logs = [_log(r) for r in ratios if r.value > 0]
    bloch = [r for r in rows if r.ratio is not None and r.bloch_squeezing is not None]
    statistics = (
        share_of(
            "sign_agreement",
            "metals whose resistivity rises with volume both ways, or falls both ways; p against "
            "even odds",
            signs,
            against=0.5,
        ),
        share_of(
            "bloch_sign_agreement",
            "metals whose sign under pressure is as the Bloch-Grueneisen law has it; p against "
            "even odds",
            [
                sign_of(r.bloch_squeezing) == r.squeezing_sign
                for r in rows
                if r.squeezing_sign is not None and sign_of(r.bloch_squeezing) is not None
            ],
            against=0.5,
        ),
        median_of("ratio_median", "heating over squeezing, median", "", [r.value for r in ratios]),
        mean_of(
            "log_ratio",
            "ln(heating over squeezing), mean; p against 0, volume alone",
            "",
            logs,
            against=0.0,
        ),
        median_of(
            "bloch_log_error",
            "|ln| of squeezing by Bloch-Grueneisen over measured, median",
            "",
            [e for r in bloch if (e := _log_error(r.bloch_squeezing, r.squeezing)) is not None],
        ),
        median_of(
            "spacing_log_error",
            "|ln| of squeezing by volume alone (from heating) over measured, median",
            "",
            [e for r in rows if (e := _log_error(r.heating, r.squeezing)) is not None],
        ),
        median_of(
            "predicted_squeeze",
            "d ln R/dP that volume alone demands, median",
            "1/GPa",
            [r.predicted_squeeze_per_gpa.value for r in rows],
        ),
        median_of(
            "cold_ratio",
            "resistivity at the coldest tabulated temperature over that at room temperature, "
            "median",
            "",
            [r.cold.resistivity_ratio for r in rows if r.cold],
        ),
        median_of(
            "cold_pressure",
            "pressure that brings the same volume at room temperature, median",
            "GPa",
            [r.cold.pressure_gpa for r in rows if r.cold],
        ),
    )
    return SpacingTest(
        "T1",
        "resistivity against volume: heating and squeezing",
        rows,
        statistics,
        tuple(used),
        tuple(dropped),
        NOTES,
    )


def collapse_metal(metal: Metal) -> CollapsedMetal:
    """T1 of one metal; see ``CollapsedMetal``."""
    heating = product(metal.alpha.value / metal.beta.value, "alpha / beta", metal.alpha, metal.beta)
    k = metal.bulk_modulus
    squeezing = None
    if metal.squeeze is not None:
        pure = product(-k.value * metal.squeeze.value, "1/3 - K d ln R/dP", k, metal.squeeze)
        squeezing = Parameter(pure.value + 1 / 3, pure.source, pure.error)
    # A bare sign of R lacks the third that rho gains, which is far below every derivative.
    bare = None if metal.squeeze_sign is None else -metal.squeeze_sign
    demanded = product(-(heating.value - 1 / 3) / k.value, "from heating", heating, k)
    bloch = _bloch(metal)
    return CollapsedMetal(
        name=metal.name,
        heating=heating,
        squeezing=squeezing,
        squeezing_sign=sign_of(squeezing, bare),
        heating_sign=sign_of(heating),
        ratio=_ratio(heating, squeezing),
        bloch_heating=bloch[0] if bloch else None,
        bloch_squeezing=bloch[1] if bloch else None,
        predicted_squeeze_per_gpa=demanded,
        bloch_squeeze_per_gpa=_per_gpa(bloch[1], k) if bloch else None,
        measured_squeeze_per_gpa=metal.squeeze,
        cold=metal.cold,
        squeezed_ratio=_squeezed(metal.cold, squeezing),
    )


def _bloch(metal: Metal) -> tuple[Parameter, Parameter] | None:
    """(d ln rho / d ln V) at constant P and at constant T of the Bloch-Grueneisen law.

    With rho = (C / theta) f(T / theta), s = d ln f / d ln T, theta ~ V^-gamma and C ~ V^a:
    at constant T it is a + gamma (1 + s), and heating adds s / (T beta). The power a of the
    amplitude is 1 + d ln eta / d ln V with the value assumed for simple metals, and its error.
    """
    from isotunnel.theories.normal.bloch_grueneisen import phonon_resistivity
    from isotunnel.theories.volume import ASSUMED_DLNETA

    if metal.theta is None or metal.gamma is None:
        return None
    t, h = metal.temperature_k, 1e-4
    up, down = (float(phonon_resistivity(t * f, metal.theta.value, 1.0)) for f in (1 + h, 1 - h))
    s = math.log(up / down) / math.log((1 + h) / (1 - h))
    squeezing = 1 + ASSUMED_DLNETA.value + metal.gamma.value * (1 + s)
    error = quadrature(_times(metal.gamma.error, 1 + s), ASSUMED_DLNETA.error)
    thermal = s / t / metal.beta.value
    of_thermal = _times(metal.beta.error, thermal / metal.beta.value)
    return (
        Parameter(squeezing + thermal, "Bloch-Grueneisen law", quadrature(error, of_thermal)),
        Parameter(squeezing, "Bloch-Grueneisen law", error),
    )


def _times(error: float | None, factor: float) -> float | None:
    """An error carried on; None where it is unknown."""
    return None if error is None else error * factor


def _per_gpa(derivative: Parameter, k: Parameter) -> Parameter:
    value = -(derivative.value - 1 / 3) / k.value
    return Parameter(value, derivative.source, _times(derivative.error, 1 / k.value))


def _ratio(heating: Parameter, squeezing: Parameter | None) -> Parameter | None:
    if squeezing is None or squeezing.value == 0 or heating.value == 0:
        return None
    return product(heating.value / squeezing.value, "heating / squeezing", heating, squeezing)


def _squeezed(cold: ColdPoint | None, squeezing: Parameter | None) -> float | None:
    if cold is None or squeezing is None:
        return None
    return float(cold.volume_ratio**squeezing.value)


def _log(ratio: Parameter) -> Parameter:
    error = None if ratio.error is None else ratio.error / ratio.value
    return Parameter(math.log(ratio.value), ratio.source, error)


def _log_error(predicted: Parameter | None, measured: Parameter | None) -> float | None:
    """|ln(predicted / measured)|; None where there is no such number, as with opposite signs."""
    if predicted is None or measured is None or predicted.value * measured.value <= 0:
        return None
    return abs(math.log(predicted.value / measured.value))
