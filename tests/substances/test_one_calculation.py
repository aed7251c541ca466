"""Coupling and frequency of a catalogue entry belong together: one source, one pressure."""

from __future__ import annotations

import re

import pytest

from isotunnel.substances import names, substance
from isotunnel.theories import rival

OF_ANOTHER_KIND = ("fitted", "assumed")
"""A frequency of these kinds does not pretend to come from the coupling's calculation."""


def pairs():
    for name in names():
        about = substance(name)
        for phase_name, phase in zip(about.phase_names, about.phases, strict=True):
            if phase.lambda_ep is not None and phase.omega_log_k is not None:
                yield pytest.param(phase, id=f"{name}-{phase_name}")


def pressures(source: str) -> set[str]:
    return set(re.findall(r"(\d+(?:\.\d+)?) GPa", source))


@pytest.mark.parametrize("phase", list(pairs()))
def test_coupling_and_frequency_come_from_one_calculation(phase):
    """H3S had an anharmonic lambda at 200 GPa from one paper beside a harmonic omega_log at 220
    GPa from another."""
    coupling, frequency = phase.lambda_ep, phase.omega_log_k
    if frequency.kind in OF_ANOTHER_KIND:
        assert frequency.source
        return
    assert frequency.kind == coupling.kind
    assert frequency.source == coupling.source
    assert pressures(frequency.source) == pressures(coupling.source)
    assert len(pressures(coupling.source)) <= 1
    if phase.omega_2_k is not None:
        assert phase.omega_2_k.source == coupling.source


def test_most_pairs_are_judged():
    kinds = [p.values[0].omega_log_k.kind for p in pairs()]
    assert sum(kind not in OF_ANOTHER_KIND for kind in kinds) >= 20


def test_hydrogen_sulphide_is_one_anharmonic_calculation():
    phase = substance("H3S").phases[0]
    assert (phase.lambda_ep.value, phase.omega_log_k.value) == (1.67, 1417)
    tc = rival("allen_dynes").answer(phase, phase.reference_pressure_gpa, 300.0).tc_k
    assert tc.value == pytest.approx(185, abs=2)
    assert tc.beside.value == pytest.approx(183, abs=2)


@pytest.mark.parametrize("name", ["Mo", "Re", "Ru", "Os", "V", "Zr", "Te"])
def test_gaps_of_allen_and_dynes_are_filled(name):
    about = substance(name)
    answers = [
        rival("allen_dynes").answer(p, p.reference_pressure_gpa, 0.0).tc_k for p in about.phases
    ]
    assert any(a.cannot_say is None and a.value > 0 for a in answers)
