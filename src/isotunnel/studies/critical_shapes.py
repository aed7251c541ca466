"""Laws of a critical field against temperature, fitted to some points and judged on others.

All have two parameters, the field at zero and Tc, and t = T / Tc:

- parabola: 1 - t^2, the two-fluid law;
- BCS: weak coupling, by the condensation energy; of thermodynamic fields;
- WHH: Werthamer, Helfand and Hohenberg's, dirty limit without paramagnetism; of upper fields;
- GL: (1 - t^2) / (1 + t^2), Ginzburg and Landau's with the two-fluid depth; of upper fields;
- tunnel, electrons or phonons: sqrt(1 - t^n), n = 2 or 4. The theory's field is the square root of
  the overlap energy, which vanishes at the volume V* reached at Tc; to first order it is linear in
  the volume, and a metal expands as T^2 by its electrons and as T^4 by its phonons, far below the
  Debye temperature. The paper knows one critical field, so that the law is that of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.theories.superconducting.bcs_gap import reduced_field
from isotunnel.theories.superconducting.critical_fields import upper_field_t

Array = NDArray[np.float64]
Shapes = Mapping[str, Callable[[Array], Array]]
_FEWEST = 8
_STEPS = 401
NEAR = 0.7
"""Points above this share of the highest temperature are near Tc."""
FEWEST_NEAR = 4


@cache
def _table(law: str) -> tuple[Array, Array]:
    """A law at even steps of t, worked out once: each value takes a root search."""
    grid = np.linspace(0.0, 1.0, _STEPS)
    one: Callable[[float], float] = reduced_field
    if law == "WHH":
        zero = upper_field_t(1.0, 1.0, 0.0)
        one = lambda t: upper_field_t(1.0, 1.0, t) / zero  # noqa: E731
    return grid, np.array([one(float(x)) for x in grid])


_TUNNEL: dict[str, Callable[[Array], Array]] = {
    "tunnel, electrons": lambda t: np.sqrt(1 - t**2),
    "tunnel, phonons": lambda t: np.sqrt(1 - t**4),
}
SHAPES: dict[str, Callable[[Array], Array]] = {
    "parabola": lambda t: 1 - t**2,
    "BCS": lambda t: np.interp(t, *_table("BCS")),
    **_TUNNEL,
}
"""Hc(T) / Hc(0) of t in [0, 1]."""
UPPER_SHAPES: dict[str, Callable[[Array], Array]] = {
    "parabola": lambda t: 1 - t**2,
    "WHH": lambda t: np.interp(t, *_table("WHH")),
    "GL": lambda t: (1 - t**2) / (1 + t**2),
    **_TUNNEL,
}
"""Hc2(T) / Hc2(0) of t in [0, 1]."""

TUNNEL_SHAPES = tuple(_TUNNEL)


@dataclass(frozen=True)
class FieldFit:
    """A law fitted to every other point.

    Attributes:
        field_0_mt, tc_k: its parameters.
        train_mt: root mean square of what is left at the points of the fit.
        held_out_mt: at the points between them.
    """

    field_0_mt: float
    tc_k: float
    train_mt: float
    held_out_mt: float

    def field_mt(self, shape: str, temperature_k: ArrayLike) -> Array:
        """The law's field; 0 from Tc on."""
        law = (SHAPES | UPPER_SHAPES)[shape]
        return _field(law, self.field_0_mt, self.tc_k, temperature_k)


def fit_shapes(
    temperature_k: ArrayLike, field_mt: ArrayLike, shapes: Shapes = SHAPES
) -> dict[str, FieldFit]:
    """Every law fitted to the points of even number, by least squares.

    Args:
        temperature_k: rising, shape (n,), n >= 8.
        field_mt: shape (n,).
        shapes: the laws by name.

    Raises:
        InputError: too few points, or temperatures that do not rise.
    """
    t, field = np.asarray(temperature_k, dtype=float), np.asarray(field_mt, dtype=float)
    if t.size < _FEWEST or np.any(np.diff(t) < 0) or t.shape != field.shape:
        raise InputError(
            f"{t.size} points of a critical field: at least {_FEWEST} in order of temperature are "
            "needed to fit half and judge on the other half"
        )
    train, test = slice(0, None, 2), slice(1, None, 2)
    top = float(t.max())
    found = {}
    for name, shape in shapes.items():
        field_0, tc = _fitted(shape, t[train], field[train], top)
        rms = [
            float(np.sqrt(np.mean((field[part] - _field(shape, field_0, tc, t[part])) ** 2)))
            for part in (train, test)
        ]
        found[name] = FieldFit(field_0, tc, *rms)
    return found


def lowest_from_near_tc(
    temperature_k: ArrayLike, field_mt: ArrayLike, shapes: Shapes = UPPER_SHAPES
) -> dict[str, float]:
    """Field at the lowest temperature by laws fitted to points near Tc alone, over the measured.

    What extrapolating from the slope at Tc is worth. Points at and above 0.7 of the highest
    temperature are fitted; empty where fewer than four are there. Of the tunnel theory's laws the
    one that fits those points better stands alone, under "tunnel".
    """
    t, field = np.asarray(temperature_k, dtype=float), np.asarray(field_mt, dtype=float)
    near = t >= NEAR * t.max()
    if int(near.sum()) < FEWEST_NEAR or near.all() or field[0] <= 0:
        return {}
    found, left = {}, {}
    for name, shape in shapes.items():
        field_0, tc = _fitted(shape, t[near], field[near], float(t.max()))
        found[name] = float(_field(shape, field_0, tc, t[0])) / float(field[0])
        off = field[near] - _field(shape, field_0, tc, t[near])
        left[name] = float(off @ off)
    tunnel = min((n for n in found if n in TUNNEL_SHAPES), key=lambda n: left[n])
    return {n: v for n, v in found.items() if n not in TUNNEL_SHAPES} | {"tunnel": found[tunnel]}


def best_trained(fits: Mapping[str, FieldFit], laws: Iterable[str]) -> FieldFit:
    """Of several laws the one that fits its own points best."""
    return min((fits[n] for n in laws), key=lambda f: f.train_mt)


def parabola_at_zero(temperature_k: Array, field_mt: Array) -> float:
    """Field at zero of the parabola through all points, linear in T^2."""
    return float(np.polyfit(np.asarray(temperature_k) ** 2, field_mt, 1)[1])


def _fitted(
    shape: Callable[[Array], Array], t: Array, field: Array, top: float
) -> tuple[float, float]:
    """Field at zero and Tc of least squares; the law is linear in the first."""
    from scipy.optimize import minimize_scalar

    def left(tc: Array) -> tuple[Array, Array]:
        """For each Tc the best field at zero, and the sum of squares that is left."""
        s = _field(shape, 1.0, tc[:, None], t)
        squares = (s * s).sum(axis=1)
        zero = (s @ field) / np.where(squares > 0, squares, np.inf)
        return zero, ((field - zero[:, None] * s) ** 2).sum(axis=1)

    # Tc may lie below points that still have a field, or well above all.
    grid = np.linspace(0.8 * top, 1.6 * top, 321)
    best = int(np.argmin(left(grid)[1]))
    step = float(grid[1] - grid[0])
    found = minimize_scalar(
        lambda tc: float(left(np.array([tc]))[1][0]),
        bounds=(grid[best] - step, grid[best] + step),
        method="bounded",
    )
    tc = float(found.x)
    return float(left(np.array([tc]))[0][0]), tc


def _field(
    shape: Callable[[Array], Array], field_0: float, tc: Array | float, temperature_k: ArrayLike
) -> Array:
    t = np.asarray(temperature_k, dtype=float) / tc
    return np.where(t < 1, field_0 * shape(np.minimum(t, 1.0)), 0.0)
