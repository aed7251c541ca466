"""A lifting gap as a function of the volume: monotone between the points of a scan."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import CannotSay, InputError

Array = NDArray[np.float64]
_ROUNDING = 1e-9


@dataclass(frozen=True)
class CurvePoint:
    """The gap at one volume.

    Attributes:
        value: interpolated, in ``unit``.
        error: one standard deviation: the grid error, and the distance between the monotone
            interpolation and a straight line; beyond the ends also the whole change since the
            end. It holds no error of the DFT itself.
        low, high: values at the neighbouring points: the step between points. A gap that is
            monotone between them lies there.
        unit: "eV" or "1".
        volume: angstrom^3 per atom.
        extrapolated: True beyond the ends of the scan.
    """

    value: float
    error: float
    low: float
    high: float
    unit: str
    volume: float
    extrapolated: bool = False

    @property
    def step(self) -> float:
        """Change of the gap between the neighbouring points."""
        return self.high - self.low


@dataclass(frozen=True, eq=False)
class GapCurve:
    """Delta(V): piecewise cubic, monotone between points (Fritsch and Carlson's condition).

    F. N. Fritsch and R. E. Carlson, SIAM J. Numer. Anal. 17, 238 (1980), as scipy's PCHIP has it.
    No overshoot: where the gap changes sign between points it does so once.

    Attributes:
        label: crystal, reading and rank, for messages.
        unit: of the gap.
        volumes: shape (n,), rising, angstrom^3 per atom; points without a gap left out.
        gaps, errors: shape (n,); an error that was not estimated is 0.
        holes: volumes of points that have no gap, each with the reason.
    """

    label: str
    unit: str
    volumes: Array
    gaps: Array
    errors: Array
    holes: tuple[tuple[float, str], ...]
    _spline: Any

    @classmethod
    def through(
        cls,
        label: str,
        unit: str,
        volumes: Array,
        gaps: Array,
        errors: Array,
        reasons: tuple[str, ...],
    ) -> GapCurve:
        """Through the points of a scan, in any order; NaN marks a point without a gap."""
        from scipy.interpolate import PchipInterpolator

        order = np.argsort(volumes)
        known = order[np.isfinite(gaps[order])]
        holes = tuple((float(volumes[i]), reasons[i]) for i in order if not np.isfinite(gaps[i]))
        arrays = [volumes[known], gaps[known], np.nan_to_num(errors[known], nan=0.0)]
        for array in arrays:
            array.flags.writeable = False
        at, values, uncertain = arrays
        return cls(label, unit, at, values, uncertain, holes, PchipInterpolator(at, values))

    @property
    def range(self) -> tuple[float, float]:
        """Smallest and largest volume that have a gap, angstrom^3 per atom."""
        return float(self.volumes[0]), float(self.volumes[-1])

    def __call__(self, volume: ArrayLike) -> Array:
        """The gap at volumes of any shape.

        Raises:
            InputError: an impossible volume.
            CannotSay: outside the range, or next to a point without a gap.
        """
        v = np.asarray(volume, dtype=float)
        for value in (float(x) for x in v.flat):
            self._check(value, 0.0)
        return np.asarray(self._spline(np.clip(v, *self.range)), dtype=float)

    def at(self, volume: float, *, beyond: float = 0.0) -> CurvePoint:
        """The gap at one volume with its error; see :meth:`Scan.gap`."""
        v = float(volume)
        self._check(v, beyond)
        low, high = self.range
        right = int(np.clip(np.searchsorted(self.volumes, v), 1, self.volumes.size - 1))
        left = right - 1
        width = self.volumes[right] - self.volumes[left]
        grid = float(max(self.errors[left], self.errors[right]))
        ends = sorted((float(self.gaps[left]), float(self.gaps[right])))
        inside = min(max(v, low), high)
        value = float(self._spline(inside))
        if low - _ROUNDING * low <= v <= high + _ROUNDING * high:
            share = (inside - self.volumes[left]) / width
            straight = float((1 - share) * self.gaps[left] + share * self.gaps[right])
            error = math.hypot(grid, value - straight)
            return CurvePoint(value, error, ends[0], ends[1], self.unit, v)
        change = float(self.gaps[right] - self.gaps[left]) / float(width) * (v - inside)
        error = math.hypot(grid, change)
        return CurvePoint(value + change, error, ends[0], ends[1], self.unit, v, True)

    def zero(self) -> float | None:
        """The largest volume at which the gap is zero, None where it has one sign throughout."""
        from scipy.optimize import brentq

        for right in range(self.volumes.size - 1, 0, -1):
            left = right - 1
            if self.gaps[right] == 0:
                return float(self.volumes[right])
            if self.gaps[left] * self.gaps[right] < 0:
                ends = float(self.volumes[left]), float(self.volumes[right])
                return float(brentq(lambda v: float(self._spline(v)), *ends, xtol=1e-12))
        return float(self.volumes[0]) if self.gaps[0] == 0 else None

    def _check(self, volume: float, beyond: float) -> None:
        if not (math.isfinite(volume) and volume > 0):
            raise InputError(f"volume {volume:g} angstrom^3 per atom must be positive")
        if not 0 <= beyond < 1:
            raise InputError(f"beyond = {beyond!r} must be a share of the volume, from 0 to 1")
        low, high = self.range
        slack = _ROUNDING * high
        if not low * (1 - beyond) - slack <= volume <= high * (1 + beyond) + slack:
            raise CannotSay(
                f"{self.label}: computed between {low:.4g} and {high:.4g} angstrom^3 per atom; "
                f"{volume:.4g} angstrom^3 lies {'below' if volume < low else 'above'}"
            )
        if volume in self.volumes:
            return
        for hole, reason in self.holes:
            left = self.volumes[self.volumes < volume]
            right = self.volumes[self.volumes > volume]
            neighbours = (
                -math.inf if left.size == 0 else left[-1],
                math.inf if right.size == 0 else right[0],
            )
            if neighbours[0] < hole < neighbours[1]:
                raise CannotSay(f"{self.label}: no gap at {hole:.4g} angstrom^3: {reason}")
