"""Shared by the tests of matter: every tabulated solid, and files beside the tests."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from isotunnel.matter import SolidPhase, materials

DATA = Path(__file__).parent / "data"


def every_solid() -> list[pytest.param]:
    return [pytest.param(m, p, id=f"{m.name}-{p.name}") for m in materials() for p in m.phases]


def inside(phase: SolidPhase) -> tuple[float, float]:
    """A pressure and temperature well within what the phase's equation of state answers for."""
    eos = phase.eos
    return 0.4 * eos.p_min_gpa + 0.6 * eos.p_max_gpa, 300.0


def rows_of(path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
