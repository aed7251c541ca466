"""Bodies of simple shape in a field: London's equation against zero resistance alone.

Share of the applied flux (of the moment, for the sphere) that stays in a body of radius or half
thickness a after the field was switched on in the cold, x = a / lambda:

    slab in a parallel field          tanh(x) / x
    long cylinder in a parallel field 2 I1(x) / (x I0(x))
    sphere                            3 [coth(x) / x - 1 / x^2]

F. and H. London, Proc. R. Soc. A 149, 71 (1935); M. Tinkham, Introduction to Superconductivity,
chapter 2. By London's equation the share does not depend on history; with zero resistance alone
only changes of the field are screened, see ``slab``. The depth grows with temperature as
lambda(T) = lambda(0) / sqrt(1 - (T/Tc)^4), the two-fluid law of C. J. Gorter and H. B. G.
Casimir (1934), within some percent of measured depths.

Not in it: demagnetisation of flat bodies, flux lines of type II, surfaces, pinning.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.electrodynamics.slab import History, Medium
from isotunnel.errors import InputError

Array = NDArray[np.float64]


class Shape(StrEnum):
    """Bodies with a closed solution."""

    SLAB = "slab"
    CYLINDER = "cylinder"
    SPHERE = "sphere"


@dataclass(frozen=True)
class CoolingCurve:
    """Flux in a body while it is cooled, as a share of the applied flux.

    Attributes:
        temperatures_k: falling, shape (n,).
        share: shape (n,); 1 in the normal state in a field.
        medium, history, shape: what was asked.
    """

    temperatures_k: Array
    share: Array
    medium: Medium
    history: History
    shape: Shape


def screened_share(shape: str, radius_over_depth: ArrayLike) -> Array:
    """Share of the field that a body lets in when the field comes after the cold; 0 to 1.

    Args:
        shape: "slab", "cylinder" or "sphere".
        radius_over_depth: a / lambda, any shape, positive.

    Raises:
        InputError: an unknown shape or a ratio that is not positive.
    """
    from scipy.special import ive

    kind = _shape(shape)
    x = np.asarray(radius_over_depth, dtype=float)
    if not (x > 0).all():
        raise InputError(f"radius over depth {radius_over_depth!r}: it must be positive")
    if kind is Shape.SLAB:
        return np.asarray(np.tanh(x) / x)
    if kind is Shape.CYLINDER:
        return np.asarray(2 * ive(1, x) / (x * ive(0, x)))
    with np.errstate(over="ignore"):
        whole = 3 * (1 / np.tanh(x) / x - 1 / x**2)
    # coth(x)/x - 1/x^2 cancels to nothing for thin bodies.
    return np.asarray(np.where(x < 0.02, 1 - x**2 / 15, whole))


def share_of_history(medium: str, history: str, screened: ArrayLike) -> Array:
    """Share of the applied flux inside after a history; ``screened`` as from ``screened_share``.

    Raises:
        InputError: an unknown medium or history.
    """
    kind, order = _medium(medium), _history(history)
    inside = np.asarray(screened, dtype=float)
    if kind is Medium.LONDON:
        return np.zeros_like(inside) if order is History.FIELD_REMOVED else inside
    if order is History.ZERO_FIELD_COOLED:
        return inside
    return np.ones_like(inside) if order is History.FIELD_COOLED else 1 - inside


def two_fluid_depth_nm(depth_0_nm: float, tc_k: float, temperature_k: ArrayLike) -> Array:
    """lambda(T) = lambda(0) / sqrt(1 - (T/Tc)^4); infinite from Tc on.

    Raises:
        InputError: a depth or Tc that is not positive, or a negative temperature.
    """
    t = np.asarray(temperature_k, dtype=float)
    if not (depth_0_nm > 0 and tc_k > 0 and (t >= 0).all()):
        raise InputError(
            f"penetration depth {depth_0_nm:g} nm and Tc {tc_k:g} K must be positive, "
            "temperatures not negative"
        )
    with np.errstate(divide="ignore"):
        return np.asarray(depth_0_nm / np.sqrt(np.clip(1 - (t / tc_k) ** 4, 0, None)))


def cool(
    medium: str,
    history: str,
    shape: str,
    radius_nm: float,
    depth_0_nm: float,
    tc_k: float,
    points: int = 200,
) -> CoolingCurve:
    """Flux in a body cooled from 1.2 Tc to zero, or, for the last history, warmed field-free.

    For "zero_field_cooled" each temperature stands for a field switched on there; for
    "field_cooled" the field is there all the time; for "field_cooled_then_removed" it is switched
    off at each temperature. With zero resistance and a depth that shrinks on cooling the flux that
    was there stays: nothing changes in time.

    Raises:
        InputError: unknown words, or numbers that are not positive.
    """
    kind, order, body = _medium(medium), _history(history), _shape(shape)
    if not (math.isfinite(radius_nm) and radius_nm > 0):
        raise InputError(f"the radius must be a positive number of nanometres, got {radius_nm:g}")
    if points < 2:
        raise InputError(f"a curve needs two points or more, got {points}")
    temperatures = np.linspace(1.2 * tc_k, 0.0, points)
    depth = two_fluid_depth_nm(depth_0_nm, tc_k, np.minimum(temperatures, tc_k))
    cold = temperatures < tc_k
    share = np.full(points, 0.0 if order is History.FIELD_REMOVED else 1.0)
    screened = screened_share(body, radius_nm / depth[cold])
    share[cold] = share_of_history(kind, order, screened)
    return CoolingCurve(temperatures, share, kind, order, body)


def _shape(name: str) -> Shape:
    try:
        return Shape(name)
    except ValueError:
        raise InputError(f"unknown shape {name!r}; known: {', '.join(Shape)}") from None


def _medium(name: str) -> Medium:
    try:
        return Medium(name)
    except ValueError:
        raise InputError(f"unknown medium {name!r}; known: {', '.join(Medium)}") from None


def _history(name: str) -> History:
    try:
        return History(name)
    except ValueError:
        raise InputError(f"unknown history {name!r}; known: {', '.join(History)}") from None
