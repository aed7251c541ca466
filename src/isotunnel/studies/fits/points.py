"""What the laws are fitted to: temperatures, volumes and resistivities of one metal."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

REFERENCE_K = 273.15
"""Amplitudes are given as resistivities at this temperature, and volumes in units of that there."""

SPLITS = {
    "alternate": "fitted to every other temperature and both ends, judged on those between",
    "extrapolate": "fitted to temperatures up to 300 K, judged above",
}
BOUNDARY_K = 300.0


@dataclass(frozen=True, eq=False)
class Points:
    """Resistivities of one metal in one phase at room pressure, in order of temperature.

    Attributes:
        temperature_k: shape (n,), strictly rising.
        volume: angstrom^3 per atom at these temperatures, shape (n,).
        rho_uohm_cm: 1e-8 ohm m, shape (n,), above 0.
        reference_volume: angstrom^3 per atom at ``REFERENCE_K``.
        theta_ratio: theta(V) / theta(V_ref) by the Grueneisen parameter, shape (n,).
        theta_d_k: Debye temperature from heat capacity, or None: then laws that need it fail.
    """

    temperature_k: Array
    volume: Array
    rho_uohm_cm: Array
    theta_ratio: Array
    reference_volume: float
    theta_d_k: float | None = None

    @property
    def strain(self) -> Array:
        """V / V_ref - 1."""
        return self.volume / self.reference_volume - 1.0

    def __len__(self) -> int:
        return len(self.temperature_k)

    def part(self, mask: Mask) -> Points:
        """The points where ``mask`` is true."""
        return Points(
            self.temperature_k[mask],
            self.volume[mask],
            self.rho_uohm_cm[mask],
            self.theta_ratio[mask],
            self.reference_volume,
            self.theta_d_k,
        )


def make_points(
    temperature_k: ArrayLike,
    volume: ArrayLike,
    rho_uohm_cm: ArrayLike,
    reference_volume: float,
    theta_d_k: float | None = None,
    theta_ratio: ArrayLike | None = None,
) -> Points:
    """Checked ``Points``, sorted by temperature, read-only; without ``theta_ratio`` it is 1.

    Raises:
        InputError: shapes differ, a value is not finite and above 0, or a temperature is twice.
    """
    given = (temperature_k, volume, rho_uohm_cm)
    arrays = [np.array(a, dtype=float) for a in given]
    ones = np.ones_like(arrays[0])
    arrays.append(ones if theta_ratio is None else np.array(theta_ratio, dtype=float))
    if len({a.shape for a in arrays}) != 1 or arrays[0].ndim != 1:
        raise InputError("temperatures, volumes and resistivities must be lists of one length")
    names = ("temperature", "volume", "resistivity", "ratio of Debye temperatures")
    for name, array in zip(names, arrays, strict=True):
        if not (np.isfinite(array) & (array > 0)).all():
            raise InputError(f"each {name} must be a finite number above 0")
    if not (math.isfinite(reference_volume) and reference_volume > 0):
        raise InputError(f"reference volume {reference_volume:g} angstrom^3 must be above 0")
    if theta_d_k is not None and not (math.isfinite(theta_d_k) and theta_d_k > 0):
        raise InputError(f"Debye temperature {theta_d_k:g} K must be above 0")
    order = np.argsort(arrays[0])
    if (np.diff(arrays[0][order]) <= 0).any():
        raise InputError("a temperature occurs twice: give one value for each")
    kept = [a[order] for a in arrays]
    for array in kept:
        array.setflags(write=False)
    t, v, rho, ratio = kept
    return Points(t, v, rho, ratio, float(reference_volume), theta_d_k)


def training_mask(temperature_k: ArrayLike, split: str) -> Mask:
    """Which points of a rising list of temperatures a split fits; the rest is held out.

    Raises:
        InputError: an unknown split.
    """
    t = np.asarray(temperature_k, dtype=float)
    if split == "alternate":
        number = np.arange(len(t))
        return np.asarray((number % 2 == 0) | (number == len(t) - 1))
    if split == "extrapolate":
        return np.asarray(t <= BOUNDARY_K)
    raise InputError(f"unknown split {split!r}: choose {' or '.join(SPLITS)}")
