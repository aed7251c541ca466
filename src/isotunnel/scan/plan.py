"""In which order the points of a scan are relaxed, and from which others each starts.

The plan depends on the pressures alone, never on timing, so that any number of workers gives the
same results (within the convergence limit: a worker of the gpaw engine goes on from the wave
functions of the point it did before, whichever that was). The first point is the one nearest to the
pressure of the crystal as given; the two ends start from it; every other starts between two that
are done, halving the largest gaps. Where the first point is itself an end, the middle starts from
it, too, so that two workers have work from the second point on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One point: its index, and the indices of those it starts from (none, one or two)."""

    index: int
    parents: tuple[int, ...] = ()


def relaxation_plan(pressures: Sequence[float], known_at: float | None) -> tuple[Step, ...]:
    """Steps in an order in which parents come first.

    Args:
        pressures: ascending.
        known_at: pressure of the crystal as given; None counts as 0.
    """
    if not pressures:
        return ()
    base = 0.0 if known_at is None else known_at
    last = len(pressures) - 1
    root = min(range(last + 1), key=lambda i: abs(pressures[i] - base))
    steps = [Step(root)]
    steps += [Step(end, (root,)) for end in dict.fromkeys((0, last)) if end != root]
    gaps = [(0, root), (root, last)]
    while gaps:
        halves = []
        for low, high in gaps:
            if high - low < 2:
                continue
            middle = 0.5 * (pressures[low] + pressures[high])
            between = min(range(low + 1, high), key=lambda i: abs(pressures[i] - middle))
            # The far end is not done yet: waiting for it would leave a second worker idle.
            first = len(steps) == 2 and root in {0, last}
            steps.append(Step(between, (root,) if first else (low, high)))
            halves += [(low, between), (between, high)]
        gaps = halves
    return tuple(steps)


def independent_plan(count: int) -> tuple[Step, ...]:
    """Points that need nothing of each other."""
    return tuple(Step(i) for i in range(count))
