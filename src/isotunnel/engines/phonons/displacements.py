r"""Which atoms to move along which directions, so that force runs are few and symmetric.

An atom needs displacements whose images under its site symmetry span space. Which ones is free, and
a run costs the less the more rotations leave the displacement as it is: they spare k-points. So
axes of the site's rotations, and sums of two of them, are tried, and of all sets of up to three
that span space the one with the least

.. math::

    \sum_d n_d \left(c + \frac{1}{|G_d|}\right)

is taken: :math:`G_d` holds the rotations that leave d alone, :math:`n_d` is 1 where a rotation
turns d round and 2 where the opposite has to be computed too (differences of both cancel the first
anharmonic term), c stands for what a run costs whatever its symmetry.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FIXED_COST = 0.05
"""Of a run, in units of one without symmetry."""

LEAST_SPAN = 0.1
"""Smallest eigenvalue of the sum of d d^T over all images of the unit vectors d."""

SAME = 1e-4
"""Unit vectors that differ by less are one."""


@dataclass(frozen=True)
class Displacement:
    """One atom moved.

    Attributes:
        atom: its index in the supercell.
        direction: unit vector, Cartesian.
        both_ways: no rotation of the site turns the direction round.
    """

    atom: int
    direction: tuple[float, float, float]
    both_ways: bool


def displacements_of(atom: int, site: Sequence[Floats]) -> list[Displacement]:
    """The cheapest displacements of an atom.

    Args:
        atom: its index.
        site: rotations of its site, Cartesian, the identity among them.
    """
    candidates = [_Candidate.of(d, site) for d in _directions(site)]
    candidates.sort(key=lambda c: c.cost)
    best: tuple[_Candidate, ...] = ()
    least = np.inf
    for count in (1, 2, 3):
        for chosen in itertools.combinations(candidates, count):
            cost = sum(c.cost for c in chosen)
            if cost < least - 1e-9 and _spans(chosen):
                best, least = chosen, cost
    return [Displacement(atom, _plain(c.direction), c.both_ways) for c in best]


@dataclass(frozen=True, eq=False)
class _Candidate:
    direction: Floats
    orbit: Floats
    both_ways: bool
    cost: float

    @staticmethod
    def of(direction: Floats, site: Sequence[Floats]) -> _Candidate:
        orbit = np.array([r @ direction for r in site])
        unmoved = int((np.abs(orbit - direction).max(axis=1) < SAME).sum())
        both_ways = not bool((np.abs(orbit + direction).max(axis=1) < SAME).any())
        cost = (1 + both_ways) * (FIXED_COST + 1.0 / unmoved)
        return _Candidate(direction, orbit, both_ways, cost)


def _spans(chosen: Sequence[_Candidate]) -> bool:
    moved = np.concatenate([c.orbit for c in chosen])
    # Nearly dependent images would blow up the errors of forces.
    return bool(np.linalg.eigvalsh(moved.T @ moved)[0] > LEAST_SPAN)


def _directions(site: Sequence[Floats]) -> list[Floats]:
    """Axes of the rotations, sums and differences of two, one of each set of equivalent ones."""
    axes = _inequivalent([a for r in site if (a := _axis(r)) is not None], site)
    around = [r @ a for a in axes for r in site]
    around += list(np.eye(3))
    around = _inequivalent(around, [np.eye(3)])
    sums = [a + s * b for a, b in itertools.combinations(around, 2) for s in (1.0, -1.0)]
    generic = [np.array([1.0, 2.0, 3.0]), np.array([3.0, -1.0, 2.0]), np.array([-2.0, 3.0, 1.0])]
    every = [*axes, *np.eye(3), *(s / np.linalg.norm(s) for s in sums if np.linalg.norm(s) > 0.1)]
    every += [g / np.linalg.norm(g) for g in generic]
    return _inequivalent(every, site)


def _axis(rotation: Floats) -> Floats | None:
    """The axis of the proper part of a rotation; the normal of a mirror plane."""
    proper = rotation * np.linalg.det(rotation)
    if np.abs(proper - np.eye(3)).max() < SAME:
        return None
    # The projector on the vectors left alone by R is the mean of its powers.
    power, total = np.eye(3), np.zeros((3, 3))
    for _ in range(12):
        total += power / 12.0
        power = power @ proper
    axis = total[:, int(np.argmax(np.diag(total)))]
    return np.asarray(axis / np.linalg.norm(axis))


def _inequivalent(vectors: Sequence[Floats], site: Sequence[Floats]) -> list[Floats]:
    """One of each set that the rotations, or a change of sign, turn into each other."""
    seen = np.empty((0, 3))
    kept: list[Floats] = []
    for v in vectors:
        if len(seen) and (np.abs(seen - v).max(axis=1) < SAME).any():
            continue
        kept.append(v)
        orbit = np.array([r @ v for r in site])
        seen = np.concatenate((seen, orbit, -orbit))
    return kept


def _plain(direction: Floats) -> tuple[float, float, float]:
    x, y, z = (float(c) for c in direction)
    return x, y, z
