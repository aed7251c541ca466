"""Progress off a terminal: no step is silent for long, and none fills a log."""

from __future__ import annotations

import time

from isotunnel.cli import progress


def test_a_silent_step_is_told_to_be_alive(monkeypatch, capsys):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.2)
    with progress.progress_bar() as tell:
        tell("GPAW step 1: density change 1e-1", None)
        time.sleep(1.0)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "... GPAW step 1: density change 1e-1"
    assert 1 <= len(lines) - 1 <= 5
    assert all(x.startswith("... still: GPAW step 1") for x in lines[1:])


def test_like_steps_are_told_once_in_a_while(monkeypatch, capsys):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.3)
    with progress.progress_bar() as tell:
        for step in range(20):
            tell(f"GPAW step {step}: density change 1e-{step}", None)
            time.sleep(0.05)
        tell("GPAW: stress", None)
    lines = capsys.readouterr().err.splitlines()
    steps = [x for x in lines if "step" in x]
    assert lines[0].startswith("... GPAW step 0")
    assert lines[-1] == "... GPAW: stress"
    assert 2 <= len(steps) <= 8
