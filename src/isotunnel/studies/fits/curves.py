"""A law of rho(T) as a curve: with its best parameters, or with any that a person wants to try."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from isotunnel.errors import InputError
from isotunnel.studies.fits.points import Array, Points
from isotunnel.studies.fits.rho_laws import law
from isotunnel.studies.fits.select import select
from isotunnel.studies.fits.solve import FormulaLaw, FreeParameter, Law

CURVE_POINTS = 121


@dataclass(frozen=True, eq=False)
class LawCurve:
    """A law's resistivities of one metal.

    Attributes:
        law, title, theory, formula: the law.
        names, units, values: its parameters.
        lower, upper: what each parameter may be; None without a bound.
        adjustable: whether other parameters may be tried (a free function of volume has none).
        temperature_k, rho_uohm_cm: the curve, over the measured temperatures.
        rms_relative: root mean square of law / measured - 1 over the measured points.
    """

    law: str
    title: str
    theory: str
    formula: str
    names: tuple[str, ...]
    units: tuple[str, ...]
    values: tuple[float, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    adjustable: bool
    temperature_k: Array
    rho_uohm_cm: Array
    rms_relative: float


def law_curve(metal: str, name: str, values: Sequence[float] | None = None) -> LawCurve:
    """A law over the measured temperatures of a metal.

    Without values all points are fitted (relative errors), so what is left over says how well the
    law can describe them, not how well it predicts; :func:`fit_metals` holds points out. Between
    measured temperatures volume and Debye temperature are on straight lines.

    Raises:
        InputError: an unknown metal or law; values that the law does not take.
        CannotSay: too few rows, or the law has no answer.
    """
    chosen = law(name)
    points = select(metal).points
    if values is None:
        found = chosen.solve(points, points.rho_uohm_cm)
        best, predict = tuple(float(v) for v in found.values), found.predict
        names, units = found.names, found.units
    else:
        best, predict = _given(chosen, values)
        names = tuple(p.name for p in _parameters(chosen))
        units = tuple(p.unit for p in _parameters(chosen))
    free = _parameters(chosen)
    known = len(free) == len(best)
    grid = _between(points)
    left = predict(points) / points.rho_uohm_cm - 1.0
    return LawCurve(
        law=chosen.name,
        title=chosen.title,
        theory=chosen.theory,
        formula=chosen.formula,
        names=names,
        units=units,
        values=best,
        lower=tuple(_bound(p.lower) for p in free) if known else (None,) * len(best),
        upper=tuple(_bound(p.upper) for p in free) if known else (None,) * len(best),
        adjustable=isinstance(chosen, FormulaLaw),
        temperature_k=grid.temperature_k,
        rho_uohm_cm=np.asarray(predict(grid), dtype=float),
        rms_relative=float(np.sqrt(np.mean(left**2))),
    )


def _parameters(chosen: Law) -> tuple[FreeParameter, ...]:
    return chosen.parameters if isinstance(chosen, FormulaLaw) else ()


def _given(
    chosen: Law, values: Sequence[float]
) -> tuple[tuple[float, ...], Callable[[Points], Array]]:
    if not isinstance(chosen, FormulaLaw):
        raise InputError(f"{chosen.name} fits itself and takes no parameters from outside")
    free = chosen.parameters
    if len(values) != len(free):
        named = ", ".join(p.name for p in free)
        raise InputError(f"{chosen.name} takes {len(free)} values ({named}), got {len(values)}")
    for parameter, value in zip(free, values, strict=True):
        if not (np.isfinite(value) and parameter.lower <= value <= parameter.upper):
            raise InputError(
                f"{parameter.name} must be from {parameter.lower:g} to {parameter.upper:g} "
                f"{parameter.unit}, got {value:g}"
            )
    given = np.array(values, dtype=float)
    return tuple(given.tolist()), partial(chosen.predict, given)


def _between(points: Points) -> Points:
    """Temperatures evenly from the lowest to the highest measured one."""
    t = np.linspace(points.temperature_k[0], points.temperature_k[-1], CURVE_POINTS)
    return Points(
        t,
        np.interp(t, points.temperature_k, points.volume),
        np.ones_like(t),
        np.interp(t, points.temperature_k, points.theta_ratio),
        points.reference_volume,
        points.theta_d_k,
    )


def _bound(value: float) -> float | None:
    return value if np.isfinite(value) else None
