"""How much longer it takes, with a clock of our own: told right, whatever was found ready."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.engines.base import Progress, part_of_progress
from isotunnel.engines.time_to_go import TimeToGo, in_words, with_time_to_go


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1e4

    def __call__(self) -> float:
        return self.now


class Told:
    """A calculation's reports, at times of a clock."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.messages: list[str] = []
        told = with_time_to_go(lambda message, _: self.messages.append(message), self.clock)
        assert told is not None
        self.progress: Progress = told

    def after(self, seconds: float, fraction: float | None, to: Progress | None = None) -> str:
        self.clock.now += seconds
        (to or self.progress)("step", fraction)
        return self.messages[-1]


@given(
    start=st.floats(0.0, 0.8),
    total_s=st.floats(100.0, 1e5),
    steps=st.integers(10, 60),
)
def test_linear_progress_tells_the_rest(start: float, total_s: float, steps: int) -> None:
    """Whatever stood at the beginning, however long the run."""
    clock = Clock()
    to_go = TimeToGo(clock)
    assert to_go.told(start) is None
    said = 0
    for step in range(1, steps):
        clock.now += total_s / steps
        left = to_go.told(start + (1.0 - start) * step / steps)
        if left is not None:
            said += 1
            assert left == pytest.approx(total_s * (1 - step / steps), rel=1e-6)
    assert said >= steps - 4


def test_electrons_from_the_store_promise_nothing() -> None:
    """The fraction stood at 0.35 after two seconds, and four more were promised."""
    run = Told()
    assert run.after(2.0, 0.35) == "step"
    assert run.after(100.0, 0.45) == "step, about 9 min to go"
    assert run.after(450.0, 0.9) == "step, about 100 s to go"


def test_forces_from_the_store_promise_nothing() -> None:
    """Pieces that are read one after the other, before the first that has to be computed."""
    run = Told()
    for _ in range(6):
        run.after(0.01, 0.4 + 0.05 * len(run.messages))
    assert run.messages == ["step"] * 6
    # 0.65 is reached; 100 s for the next 0.07 of the 0.35 that are left.
    assert run.after(100.0, 0.72) == "step, about 7 min to go"


def test_the_time_of_several_pressures_is_that_of_all() -> None:
    """It was the present pressure's alone: the wrapper sat inside the part."""
    run = Told()
    parts = [part_of_progress(run.progress, i / 3, (i + 1) / 3) for i in range(3)]
    run.after(0.0, 0.0, parts[0])
    assert run.after(50.0, 0.5, parts[0]) == "step, about 4 min to go"
    run.after(50.0, 0.0, parts[1])
    assert run.after(50.0, 0.5, parts[1]) == "step, about 2 min to go"
    assert run.after(100.0, 0.5, parts[2]) == "step, about 50 s to go"


def test_a_relaxation_is_a_part_of_its_own() -> None:
    """Its 300 s counted as time gone while the fraction stood at 0: 2700 s to go at 0.1."""
    run = Told()
    relaxing = part_of_progress(run.progress, 0.0, 0.3)
    rest = part_of_progress(run.progress, 0.3, 1.0)
    run.after(0.0, 0.0, relaxing)
    assert run.after(150.0, 0.5, relaxing) == "step, about 14 min to go"
    run.after(150.0, 1.0, relaxing)
    assert run.after(70.0, 0.1, rest) == "step, about 10 min to go"


def test_a_step_that_knows_no_fraction_is_told_the_time_too() -> None:
    run = Told()
    assert run.after(0.0, None) == "step"
    assert run.after(10.0, None) == "step"
    run.after(10.0, 0.0)
    run.after(80.0, 0.5)
    assert run.after(0.0, None) == "step, about 100 s to go"


def test_a_fraction_that_falls_back_is_no_gain_and_no_loss() -> None:
    run = Told()
    run.after(0.0, 0.0)
    run.after(100.0, 0.5)
    assert run.after(0.0, 0.2) == "step, about 100 s to go"


def test_too_early_nothing_is_said() -> None:
    run = Told()
    run.after(0.0, 0.0)
    assert run.after(0.5, 0.5) == "step", "half a second"
    other = Told()
    other.after(0.0, 0.0)
    assert other.after(60.0, 0.04) == "step", "a twenty-fifth"
    assert "to go" in other.after(60.0, 0.08)


def test_nobody_to_tell() -> None:
    assert with_time_to_go(None) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (119.4, "119 s"), (125.0, "2 min"), (7100.0, "118 min"), (9000.0, "2.5 h")],
)
def test_times_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
