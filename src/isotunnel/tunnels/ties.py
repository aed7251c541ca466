"""When two levels count as one: equal by symmetry, different by rounding and the grid only.

The measure is the field where the pass is. The field's whole range is no measure of it: an
all-electron density reaches 5e5 at a nucleus, and a millionth of that is more than it is anywhere
between the atoms.
"""

from __future__ import annotations

import itertools

import numpy as np

from isotunnel.fields.field import Field
from isotunnel.tunnels.results import Bottleneck, Tunnels

ROUNDING = 32
"""Levels within so many units in the last place of the numbers around the pass are equal."""

TIE = 1e-6
"""Refined levels within this share of the values around the pass are equal: a share that the
spline through the grid does not resolve. Their own error counts where it is larger."""


def rounding_at(field: Field, voxel: tuple[int, ...]) -> float:
    """Rounding of the grid's numbers around a voxel, in the field's unit."""
    return ROUNDING * float(np.finfo(field.values.dtype).eps) * _size_around(field, voxel)


def tie_at(field: Field, bottleneck: Bottleneck) -> float:
    """How far apart two thresholds of a field may lie and still be one.

    On the grid the numbers are exact but for rounding; a refined pass is known to its error and
    to :data:`TIE` of the largest magnitude among the 27 grid values around it.
    """
    rounding = rounding_at(field, bottleneck.voxel)
    if np.isnan(bottleneck.error):
        return rounding
    return max(rounding, bottleneck.error, TIE * _size_around(field, bottleneck.voxel))


def tied_thresholds(tunnels: Tunnels) -> list[tuple[float, tuple[int, ...]]]:
    """(level, ranks) of the thresholds reached, in the order in which the region grows.

    Thresholds within :func:`tie_at` of each other are one, at the last of their levels, where all
    of them have been reached.
    """
    groups: list[tuple[float, tuple[int, ...]]] = []
    for rank, bottleneck in enumerate(tunnels.bottlenecks, start=1):
        level = float(tunnels.thresholds[rank - 1])
        if bottleneck is None or not np.isfinite(level):
            continue
        if groups and abs(level - groups[-1][0]) <= tie_at(tunnels.field, bottleneck):
            groups[-1] = (level, (*groups[-1][1], rank))
        else:
            groups.append((level, (rank,)))
    return groups


def _size_around(field: Field, voxel: tuple[int, ...]) -> float:
    near = [
        [(x + step) % n for step in (-1, 0, 1)] for x, n in zip(voxel, field.shape, strict=True)
    ]
    return max(abs(float(field.values[at])) for at in itertools.product(*near))
