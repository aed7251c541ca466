"""Fit one law to the training points and judge it on the others.

Noise: Gaussian, independent, with standard deviation sigma times the measured value ("relative")
or sigma itself ("absolute"), the same sigma for all points of a metal; it is fitted with the law.
Both theories get the same points, weights and number of parameters.

::

    e_i = (law_i - rho_i) / w_i,   w_i = rho_i or 1,   sigma^2 = sum e_i^2 / n  (maximum likelihood)
    ln L = -n/2 (ln 2 pi sigma^2 + 1) - sum ln w_i
    AIC = 2 (k + 1) - 2 ln L,   BIC = (k + 1) ln n - 2 ln L,   AICc = AIC + 2 (k+1)(k+2) / (n-k-2)

The covariance is s^2 (J^T J)^-1 with s^2 = sum e_i^2 / (n - k), J = d e_i / d parameter. Held-out
points are scored with s.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.studies.fits.points import Array, Mask, Points
from isotunnel.studies.fits.results import FittedParameter, LawFit, LawScore
from isotunnel.studies.fits.solve import Law, Solution

NOISES = ("relative", "absolute")
_SMALLEST_SIGMA = 1e-9
"""Relative scatter of points that a law meets exactly; a likelihood must stay finite."""


def fit_law(
    law: Law, points: Points, training: Mask, split: str = "", noise: str = "relative"
) -> LawFit:
    """Fit ``law`` where ``training`` is true, judge it where it is false.

    A fit that cannot be made is returned with its reason: fewer than k + 1 training points, none
    held out, or what the law itself cannot say.

    Raises:
        InputError: an unknown noise model.
    """
    if noise not in NOISES:
        raise InputError(f"unknown noise model {noise!r}: choose {' or '.join(NOISES)}")
    fit = LawFit(law.name, law.theory, split, noise, law.count)
    mine, others = points.part(training), points.part(~training)
    try:
        _enough(law.count or 2, mine, others)
        found = law.solve(mine, _scale(mine, noise))
        return _judged(fit, found, mine, others)
    except CannotSay as missing:
        return replace(fit, reason=str(missing))


def _enough(k: int, training: Points, held_out: Points) -> None:
    if len(training) < k + 1:
        raise CannotSay(
            f"{len(training)} training points for {k} parameters and a scatter: at least "
            f"{k + 1} are needed"
        )
    if len(held_out) == 0:
        raise CannotSay("no point is held out")


def _scale(points: Points, noise: str) -> Array:
    return points.rho_uohm_cm if noise == "relative" else np.ones(len(points))


def _judged(fit: LawFit, found: Solution, mine: Points, others: Points) -> LawFit:
    scale = _scale(mine, fit.noise)
    errors = (found.predict(mine) - mine.rho_uohm_cm) / scale
    n, k, total = len(mine), found.free_parameters, float(errors @ errors)
    fit = replace(fit, free_parameters=k, predict=found.predict)
    if k >= n:
        # A free function that meets every point leaves no scatter to estimate anything from.
        return replace(
            fit,
            parameters=_parameters(found, None),
            training=_score(found, mine, fit.noise, None),
            held_out=_score(found, others, fit.noise, None),
        )
    floor = _SMALLEST_SIGMA * float(np.median(mine.rho_uohm_cm / scale))
    spread = max(math.sqrt(total / (n - k)), floor)
    likely = max(math.sqrt(total / n), floor)
    log_l = _log_likelihood(errors, likely, scale)
    aic = 2 * (k + 1) - 2 * log_l
    covariance = spread**2 * found.covariance
    covariance.setflags(write=False)
    return replace(
        fit,
        parameters=_parameters(found, covariance),
        covariance=covariance,
        sigma=spread,
        training=_score(found, mine, fit.noise, likely),
        held_out=_score(found, others, fit.noise, spread),
        aic=aic,
        bic=(k + 1) * math.log(n) - 2 * log_l,
        aicc=aic + 2 * (k + 1) * (k + 2) / (n - k - 2) if n > k + 2 else None,
    )


def _parameters(found: Solution, covariance: Array | None) -> tuple[FittedParameter, ...]:
    def error(i: int) -> float | None:
        if covariance is None or not found.free[i]:
            return None
        # Rounding may leave nothing, or less, of a variance that the points do not determine.
        variance = float(covariance[i, i])
        return math.sqrt(variance) if variance > 0 else None

    return tuple(
        FittedParameter(name, float(found.values[i]), error(i), unit, not bool(found.free[i]))
        for i, (name, unit) in enumerate(zip(found.names, found.units, strict=True))
    )


def _score(found: Solution, points: Points, noise: str, sigma: float | None) -> LawScore:
    miss = found.predict(points) - points.rho_uohm_cm
    relative = miss / points.rho_uohm_cm
    scale = _scale(points, noise)
    return LawScore(
        points=len(points),
        rms_relative=float(np.sqrt(np.mean(relative**2))),
        worst_relative=float(np.max(np.abs(relative))),
        log_likelihood=None if sigma is None else _log_likelihood(miss / scale, sigma, scale),
    )


def _log_likelihood(errors: Array, sigma: float, scale: Array) -> float:
    n = len(errors)
    gauss = -0.5 * n * math.log(2 * math.pi * sigma**2) - float(errors @ errors) / (2 * sigma**2)
    return gauss - float(np.log(scale).sum())
