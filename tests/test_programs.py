"""Benchmarks and scripts, which no other test runs, at least load: what they import is there."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = sorted((*ROOT.glob("benchmarks/*.py"), *ROOT.glob("scripts/*.py")))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.name)
def test_it_loads(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(program.parent)
    assert runpy.run_path(str(program), run_name="loaded")["__doc__"]


def test_there_are_some() -> None:
    assert len(PROGRAMS) > 10
