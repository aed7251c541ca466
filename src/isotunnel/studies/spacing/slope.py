"""The temperature coefficient of a resistivity from tabulated values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.studies.spacing.result import rounding_error

WINDOW_K = 110.0
"""Points this far around the temperature asked for enter the fit."""

CURVATURE_POINTS = 4
"""From so many points on the fit is a parabola; below it is a straight line."""


def temperature_coefficient(
    points: Sequence[tuple[float, float]], temperature_k: float, source: str = "local fit"
) -> Parameter:
    """alpha = d ln rho / dT in 1/K at a temperature, from (T in K, rho) of one source.

    Least squares over the points within ``WINDOW_K``: a straight line through two or three, a
    parabola through more. The error combines the rounding of the printed values, the scatter
    about the fit, and for a straight line over a span h the curvature that it cannot see: 5 % of
    the slope per 100 K between the middle of the points and the temperature asked for (Bloch's
    law at T > theta / 3 bends less). Repeated temperatures are averaged.

    Raises:
        CannotSay: fewer than two temperatures near, or none on one side within 30 K of it.
        InputError: a resistivity that is not positive.
    """
    near = _averaged([p for p in points if abs(p[0] - temperature_k) <= WINDOW_K])
    if len(near) < 2 or not near[0][0] - 30 <= temperature_k <= near[-1][0] + 30:
        raise CannotSay(
            f"{len(near)} resistivities within {WINDOW_K:g} K of {temperature_k:g} K from one "
            "source: a slope needs two, around it"
        )
    if min(r for _, r in near) <= 0:
        raise InputError("a resistivity is not positive")
    t = np.array([x for x, _ in near]) - temperature_k
    rho = np.array([y for _, y in near])
    degree = 2 if len(near) >= CURVATURE_POINTS else 1
    design = np.vander(t, degree + 1)
    inverse = np.linalg.pinv(design)
    coefficients = inverse @ rho
    left = rho - design @ coefficients
    rounding = np.array([rounding_error(float(r)) for r in rho])
    spare = len(near) - degree - 1
    scatter = float(left @ left) / spare if spare > 0 else 0.0
    noise = np.maximum(rounding**2, scatter)
    slope, here = float(coefficients[-2]), float(coefficients[-1])
    variance = float(inverse[-2] ** 2 @ noise)
    if degree == 1:
        variance += (0.05 * slope * abs(float(t.mean())) / 100) ** 2
    error = float(np.hypot(np.sqrt(variance) / here, slope / here**2 * noise.max() ** 0.5))
    return Parameter(slope / here, source, error)


def _averaged(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    by_temperature: dict[float, list[float]] = {}
    for t, rho in points:
        by_temperature.setdefault(t, []).append(rho)
    return [(t, sum(r) / len(r)) for t, r in sorted(by_temperature.items())]
