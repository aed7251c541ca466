"""How much longer a calculation takes, told with its progress."""

from __future__ import annotations

import time
from collections.abc import Callable

from isotunnel.engines.base import Progress

LEAST_SHARE = 0.05
"""An estimate needs this share of what has to be computed done."""

LEAST_SECONDS = 1.0
"""An estimate needs this time to have passed."""

QUICK_SECONDS = 0.2
"""Reports that follow each other quicker than this, before any took longer, are of pieces found in
a store; no step of a calculation worth an estimate is as quick."""


class TimeToGo:
    """The time to go, from the fractions done that a calculation reports.

    With t the time since the first step that was computed and not found in a store, f0 the fraction
    done there and f the fraction done now, t (1 - f) / (f - f0).

    Args:
        clock: seconds from any zero.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._begun: float | None = None
        self._last = 0.0
        self._zero: float | None = None
        self._reached = 0.0
        self._computing = False

    def told(self, fraction: float | None) -> float | None:
        """Seconds to go, None where it is too early to say.

        Args:
            fraction: done, in [0, 1]; None where a step does not know.
        """
        now = self._clock()
        self._note(now, fraction)
        assert self._begun is not None  # noted
        gone = now - self._begun
        if self._zero is None or gone <= LEAST_SECONDS:
            return None
        done, left = self._reached - self._zero, 1.0 - self._reached
        if done <= LEAST_SHARE * (done + left):
            return None
        return gone * left / done

    def _note(self, now: float, fraction: float | None) -> None:
        self._computing |= self._begun is not None and now - self._last > QUICK_SECONDS
        self._last = now
        if fraction is not None:
            self._reached = max(self._reached, fraction)
        if not self._computing:
            self._begun = now
            self._zero = self._zero if fraction is None else self._reached
        elif self._zero is None:
            self._zero = fraction


def with_time_to_go(
    progress: Progress | None, clock: Callable[[], float] = time.perf_counter
) -> Progress | None:
    """Progress of a whole calculation, with the time to go in its messages.

    To be called once, on what hears of the whole, not on a part of it.
    """
    if progress is None:
        return None
    to_go = TimeToGo(clock)

    def report(message: str, fraction: float | None) -> None:
        left = to_go.told(fraction)
        progress(message if left is None else f"{message}, about {in_words(left)} to go", fraction)

    return report


def in_words(seconds: float) -> str:
    """A rough time: seconds below two minutes, minutes below two hours, hours beyond."""
    if seconds < 120.0:
        return f"{max(seconds, 1.0):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200.0 else f"{seconds / 3600:.1f} h"
