"""One isobar of a diagram: the states at one pressure, from cold to hot.

The isobar is sampled at a few temperatures and at those where a jump is expected; between two
samples that differ the boundary is found by bisection along the axis.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from isotunnel.diagrams.axes import Axis
from isotunnel.diagrams.label import Label, Sampler
from isotunnel.theories.base import Quantity

RESOLUTION = 1e-3
"""Boundaries are found to this share of the axis' length."""

BAND_RESOLUTION = 6e-3
"""The edges of bands are found to this share."""

SAMPLES = 9
_NUDGE = 1e-7


@dataclass(frozen=True)
class Isobar:
    """States along one pressure.

    Attributes:
        pressure_gpa: where.
        labels: from cold to hot.
        cuts: temperatures between them, one fewer.
        unsure: ranges of temperature (low, high) in which the state is less sure than one
            standard deviation.
        critical: Tc with its error, or why there is none.
    """

    pressure_gpa: float
    labels: tuple[Label, ...]
    cuts: tuple[float, ...]
    unsure: tuple[tuple[float, float], ...]
    critical: Quantity

    @property
    def keys(self) -> tuple[str, ...]:
        """What neighbouring columns are matched by."""
        return tuple(label.key for label in self.labels)

    def at(self, temperature_k: float) -> Label:
        """The label at a temperature."""
        return self.labels[sum(cut <= temperature_k for cut in self.cuts)]


def find_isobar(
    sampler: Sampler, pressure_gpa: float, axis: Axis, samples: int = SAMPLES
) -> Isobar:
    """The isobar at a pressure.

    A state that fills less than 1/(samples - 1) of the axis between two alike, away from the
    temperatures that ``sampler.special`` names, can be missed.
    """
    known: dict[float, Label] = {}

    def label(t: float) -> Label:
        if t not in known:
            known[t] = sampler.label(pressure_gpa, t)
        return known[t]

    temperatures = _temperatures(sampler.special(pressure_gpa), axis, samples)
    cuts = _changes(lambda t: label(t).key, temperatures, axis, RESOLUTION)
    edges = (axis.low, *cuts, axis.high)
    labels = tuple(label(axis.between(a, b)) for a, b in pairwise(edges))
    critical = sampler.critical(pressure_gpa)
    return Isobar(
        pressure_gpa,
        *_joined(labels, cuts),
        _unsure(lambda t: label(t).sure, temperatures, axis)
        if sampler.by_confidence
        else _within_error(critical, axis),
        critical,
    )


def _temperatures(special: tuple[float, ...], axis: Axis, samples: int) -> list[float]:
    """Samples in rising order; each special temperature from both sides."""
    found = {float(t) for t in axis.values(samples)}
    for t in special:
        found |= {s for s in (t * (1 - _NUDGE), t * (1 + _NUDGE)) if axis.holds(s)}
    return sorted(found)


def _changes(
    key: Callable[[float], object], temperatures: list[float], axis: Axis, resolution: float
) -> list[float]:
    """Temperatures at which ``key`` changes."""
    cuts = []
    for a, b in pairwise(temperatures):
        cuts += _between(key, a, b, axis, resolution)
    return cuts


def _between(
    key: Callable[[float], object], a: float, b: float, axis: Axis, resolution: float
) -> list[float]:
    if key(a) == key(b):
        return []
    middle = axis.between(a, b)
    if axis.place(b) - axis.place(a) <= resolution:
        return [middle]
    # Both halves: where the middle is of a third kind there are two boundaries.
    return [
        *_between(key, a, middle, axis, resolution),
        *_between(key, middle, b, axis, resolution),
    ]


def _joined(
    labels: tuple[Label, ...], cuts: list[float]
) -> tuple[tuple[Label, ...], tuple[float, ...]]:
    """Neighbours of one key made one."""
    kept, places = [labels[0]], []
    for label, cut in zip(labels[1:], cuts, strict=True):
        if label.key != kept[-1].key:
            kept.append(label)
            places.append(cut)
    return tuple(kept), tuple(places)


def _within_error(critical: Quantity, axis: Axis) -> tuple[tuple[float, float], ...]:
    """Temperatures within the error of Tc."""
    if critical.cannot_say is not None or critical.error is None:
        return ()
    low = max(critical.value - critical.error, axis.low)
    high = min(critical.value + critical.error, axis.high)
    return ((low, high),) if low < high else ()


def _unsure(
    sure: Callable[[float], bool], temperatures: list[float], axis: Axis
) -> tuple[tuple[float, float], ...]:
    """Ranges that are not sure by the theory's confidence."""
    edges = [axis.low, *_changes(sure, temperatures, axis, BAND_RESOLUTION), axis.high]
    return tuple((a, b) for a, b in pairwise(edges) if not sure(axis.between(a, b)))
