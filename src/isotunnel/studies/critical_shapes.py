"""Laws of the critical field against temperature, fitted on every other point, judged between.

All have two parameters, the field at zero and Tc, and t = T / Tc:

- parabola: 1 - t^2, the two-fluid law;
- BCS: weak coupling, by the condensation energy;
- tunnel, electrons or phonons: sqrt(1 - t^n), n = 2 or 4. The theory's field is the square root of
  the overlap energy, which vanishes at the volume V* reached at Tc; to first order it is linear in
  the volume, and a metal expands as T^2 by its electrons and as T^4 by its phonons, far below the
  Debye temperature.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.theories.superconducting.bcs_gap import reduced_field

Array = NDArray[np.float64]
_FEWEST = 8
_STEPS = 401


@cache
def _bcs_table() -> tuple[Array, Array]:
    """The law at even steps of t, worked out once: each value takes a root search."""
    grid = np.linspace(0.0, 1.0, _STEPS)
    return grid, np.array([reduced_field(float(x)) for x in grid])


def _bcs(t: Array) -> Array:
    return np.interp(t, *_bcs_table())


SHAPES: dict[str, Callable[[Array], Array]] = {
    "parabola": lambda t: 1 - t**2,
    "BCS": _bcs,
    "tunnel, electrons": lambda t: np.sqrt(1 - t**2),
    "tunnel, phonons": lambda t: np.sqrt(1 - t**4),
}
"""Hc(T) / Hc(0) of t in [0, 1]."""

TUNNEL_SHAPES = ("tunnel, electrons", "tunnel, phonons")


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
        return _field(SHAPES[shape], self.field_0_mt, self.tc_k, temperature_k)


def fit_shapes(temperature_k: ArrayLike, field_mt: ArrayLike) -> dict[str, FieldFit]:
    """Every law fitted to the points of even number, by least squares.

    Args:
        temperature_k: rising, shape (n,), n >= 8.
        field_mt: shape (n,).

    Raises:
        InputError: too few points, or temperatures that do not rise.
    """
    t, field = np.asarray(temperature_k, dtype=float), np.asarray(field_mt, dtype=float)
    if t.size < _FEWEST or np.any(np.diff(t) < 0) or t.shape != field.shape:
        raise InputError(
            f"{t.size} points of a critical field: at least {_FEWEST} in order of temperature are "
            "needed to fit half and judge on the other half"
        )
    return {name: _fit(shape, t, field) for name, shape in SHAPES.items()}


def parabola_at_zero(temperature_k: Array, field_mt: Array) -> float:
    """Field at zero of the parabola through all points, linear in T^2."""
    return float(np.polyfit(np.asarray(temperature_k) ** 2, field_mt, 1)[1])


def _fit(shape: Callable[[Array], Array], t: Array, field: Array) -> FieldFit:
    from scipy.optimize import minimize_scalar

    train, test = slice(0, None, 2), slice(1, None, 2)
    top = float(t.max())

    def at_zero(tc: float) -> float:
        """The best field at zero for a Tc: the law is linear in it."""
        s = _field(shape, 1.0, tc, t[train])
        return float(s @ field[train] / (s @ s))

    def rest(tc: float) -> float:
        off = field[train] - at_zero(tc) * _field(shape, 1.0, tc, t[train])
        return float(off @ off)

    # Tc may lie below points that still have a field, or well above all.
    grid = np.linspace(0.8 * top, 1.6 * top, 321)
    best = int(np.argmin([rest(float(x)) for x in grid]))
    step = float(grid[1] - grid[0])
    found = minimize_scalar(rest, bounds=(grid[best] - step, grid[best] + step), method="bounded")
    tc = float(found.x)
    field_0 = at_zero(tc)
    rms = [
        float(np.sqrt(np.mean((field[part] - _field(shape, field_0, tc, t[part])) ** 2)))
        for part in (train, test)
    ]
    return FieldFit(field_0, tc, *rms)


def _field(
    shape: Callable[[Array], Array], field_0: float, tc: float, temperature_k: ArrayLike
) -> Array:
    t = np.asarray(temperature_k, dtype=float) / tc
    return np.where(t < 1, field_0 * shape(np.minimum(t, 1.0)), 0.0)
