"""Lifting gaps of a material at its spacing: Delta_d(V) with errors, from a scan."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CannotSay
from isotunnel.measured.parameter import Parameter

if TYPE_CHECKING:
    from isotunnel.atlas import Scan

RANKS = (1, 2, 3)


@dataclass(frozen=True, eq=False)
class GapsAt:
    """Gaps of one reading at one volume.

    Attributes:
        values: shape (3,), NaN where no tunnel opens that many dimensions below the escape level.
        errors: shape (3,), of the scan's interpolation and of the volume; NaN where there is no
            gap, or where the volume's error is not known and moves it.
        unit: "eV" or "1".
        volume: angstrom^3 per atom, with its error and source.
        extrapolated: True beyond the volumes computed.
    """

    values: NDArray[np.float64]
    errors: NDArray[np.float64]
    unit: str
    volume: Parameter
    extrapolated: bool

    @property
    def spanning(self) -> float:
        """Delta_3, that of tunnels through the whole crystal.

        Raises:
            CannotSay: there are none.
        """
        value = float(self.values[2])
        if math.isnan(value):
            raise CannotSay("no tunnel spans the crystal below the escape level")
        return value


def gaps_at(scan: Scan, reading: str, volume: Parameter, beyond: float) -> GapsAt:
    """The three gaps at a volume, interpolated in the scan.

    Args:
        scan: of the crystal.
        reading: name of the reading.
        volume: angstrom^3 per atom.
        beyond: share of the volume by which to go on beyond the volumes computed.

    Raises:
        InputError: a reading that the scan does not have.
        CannotSay: the reading is silent here, or the volume lies outside the scan.
    """
    silent = scan.reading_silent(reading)
    if silent:
        raise CannotSay(f"reading {reading} of {scan.name}: {silent}")
    values, errors = np.full(3, math.nan), np.full(3, math.nan)
    unit, extrapolated = scan.gaps(reading, 3).unit, False
    for d in RANKS:
        if _closed(scan, reading, d, volume.value):
            continue
        point = scan.gap(reading, d, volume.value, beyond=beyond)
        extrapolated |= point.extrapolated
        values[d - 1] = point.value
        slope = slope_at(scan, reading, d, volume.value)
        if slope == 0.0 or volume.error is not None:
            errors[d - 1] = math.hypot(point.error, slope * (volume.error or 0.0))
    for array in (values, errors):
        array.flags.writeable = False
    return GapsAt(values, errors, unit, volume, extrapolated)


def slope_at(scan: Scan, reading: str, rank: int, volume: float) -> float:
    """dDelta / dV between the points on either side, per angstrom^3."""
    curve = scan.curve(reading, rank)
    right = int(np.clip(np.searchsorted(curve.volumes, volume), 1, curve.volumes.size - 1))
    left = right - 1
    rise = curve.gaps[right] - curve.gaps[left]
    return float(rise / (curve.volumes[right] - curve.volumes[left]))


def _closed(scan: Scan, reading: str, rank: int, volume: float) -> bool:
    """True where the points on both sides have no tunnel of that rank."""
    order = np.argsort(scan.volumes_a3)
    known = np.isfinite(scan.gaps(reading, rank).values[order])
    if known.all():
        return False
    right = int(np.clip(np.searchsorted(scan.volumes_a3[order], volume), 1, known.size - 1))
    return not (known[right] or known[right - 1])
