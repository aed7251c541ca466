"""The plane of a diagram: a pressure axis and a temperature axis, each linear or logarithmic."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError

HIGHEST_PRESSURE_GPA = 1000.0
"""Equations of state are solved up to here."""

HIGHEST_TEMPERATURE_K = 1e5
ATMOSPHERE_GPA = 1.01325e-4
"""Where a logarithmic pressure axis starts that was asked to start at 0."""

COLDEST_K = 0.01
"""Where a logarithmic temperature axis starts that was asked to start at 0."""


@dataclass(frozen=True)
class Axis:
    """One axis from ``low`` to ``high``; 0 <= low < high, low > 0 where logarithmic."""

    low: float
    high: float
    log: bool

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and 0 <= self.low < self.high):
            raise InputError(f"an axis from {self.low:g} to {self.high:g} is impossible")
        if self.log and self.low == 0:
            raise InputError("a logarithmic axis cannot start at 0")

    def place(self, value: float) -> float:
        """Share of the axis' length at which a value lies: 0 at ``low``, 1 at ``high``."""
        if not self.log:
            return (value - self.low) / (self.high - self.low)
        return math.log(max(value, 1e-300) / self.low) / math.log(self.high / self.low)

    def value(self, place: float) -> float:
        """The value at a share of the axis' length, never outside the axis by rounding."""
        if self.log:
            found = float(self.low * (self.high / self.low) ** place)
        else:
            found = self.low + place * (self.high - self.low)
        return min(max(found, self.low), self.high)

    def between(self, a: float, b: float) -> float:
        """The value half way from a to b along the axis."""
        return self.value((self.place(a) + self.place(b)) / 2)

    def values(self, count: int) -> NDArray[np.float64]:
        """``count`` values, evenly spaced along the axis, both ends included."""
        return np.array([self.value(x) for x in np.linspace(0.0, 1.0, count)])

    def holds(self, value: float) -> bool:
        """True where the value lies on the axis."""
        return self.low <= value <= self.high


def pressure_axis(low: float, high: float, log: bool) -> Axis:
    """A pressure axis in GPa; a logarithmic one from 0 starts at one atmosphere.

    Raises:
        InputError: outside 0 to 1000 GPa, not finite, or not rising.
    """
    _check("pressure", "GPa", low, high, HIGHEST_PRESSURE_GPA)
    start = max(low, ATMOSPHERE_GPA) if log else low
    if not start < high:
        raise InputError(
            f"a logarithmic pressure axis from {start:g} GPa (one atmosphere) cannot end at "
            f"{high:g} GPa; raise the end or take a linear axis"
        )
    return Axis(start, high, log)


def temperature_axis(low: float, high: float, log: bool) -> Axis:
    """A temperature axis in K; a logarithmic one from 0 starts at 0.01 K.

    Raises:
        InputError: negative, above 100000 K, not finite, or not rising.
    """
    _check("temperature", "K", low, high, HIGHEST_TEMPERATURE_K)
    start = max(low, COLDEST_K) if log and low == 0 else low
    if not start < high:
        raise InputError(
            f"a logarithmic temperature axis from {start:g} K cannot end at {high:g} K; raise the "
            "end or take a linear axis"
        )
    return Axis(start, high, log)


def _check(name: str, unit: str, low: float, high: float, most: float) -> None:
    for value in (low, high):
        if not math.isfinite(value):
            raise InputError(f"{name} {value} {unit} is not a finite number")
        if value < 0:
            hint = ": give kelvin, not Celsius" if unit == "K" else ""
            raise InputError(f"{name} {value:g} {unit} is negative{hint}; give 0 to {most:g}")
        if value > most:
            raise InputError(f"{name} {value:g} {unit} is above {most:g} {unit}, the most drawn")
    if not low < high:
        raise InputError(
            f"the range of {name} {low:g} to {high:g} {unit} is empty: give the lower end first"
        )
