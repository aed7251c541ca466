"""Candidates by DFT: what is taken, what becomes of an answer and of a refusal."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace

import pytest

from isotunnel.csv_tables import csv_text
from isotunnel.design import verify as module
from isotunnel.design.rank import ranked
from isotunnel.design.search import design
from isotunnel.design.verify import Verified, computable, shipped, table_of, verify
from isotunnel.errors import CannotSay

gpaw = pytest.importorskip("gpaw", reason="GPAW is not installed (extra dft)")


def answer(*, unstable: str = "") -> SimpleNamespace:
    phonons = SimpleNamespace(lowest_exact_ev=-0.02 if unstable else 0.03, zone_centre_only=True)
    return SimpleNamespace(
        pressure_gpa=81.0,
        phonons=phonons,
        stable=not unstable,
        coupling=None if unstable else 1.5,
        omega_log_k=None if unstable else 900.0,
        tc_allen_dynes_k=None if unstable else 100.0,
        mu_star=0.12,
        unstable=unstable,
    )


@pytest.fixture
def asked(monkeypatch):
    """The crystals that DFT was asked for; it answers at once."""
    crystals = []

    def pairing(atoms, progress=None):
        crystals.append(atoms)
        if progress is not None:
            progress("forces", 0.5)
        return answer(unstable="imaginary modes" if len(crystals) == 2 else "")

    monkeypatch.setattr("isotunnel.analysis.pairing.pairing", pairing)
    return crystals


def test_the_first_that_can_be_computed_are_taken_in_their_order(asked):
    told = []
    found = design(["XH6"], verify=3, progress=lambda words, share: told.append((words, share)))
    chosen = [r for r in ranked() if r.prototype == "XH6" and computable(r)][:3]
    live = [v for v in found.verified if v.lowest_mode_mev in (30.0, -20.0)]
    assert [v.formula for v in live] == [r.formula for r in chosen]
    assert [len(a) for a in asked] == [7, 7, 7]
    assert any(words.startswith(chosen[1].formula) for words, _ in told)
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert "no imaginary mode at the zone centre, the softest at 30.0 meV" in live[0].stability
    assert "under 81 GPa; no hull" in live[0].stability
    assert live[1].stable is False
    assert live[1].coupling is None
    assert "unstable: a mode at the zone centre is imaginary, 20.0i meV" in live[1].stability


def test_what_cannot_be_computed_is_passed_over():
    passed = [r for r in ranked() if not computable(r)]
    assert {"FeH6", "NdH10"} & {r.formula for r in passed}
    assert all(r.gap_ev is not None for r in ranked() if computable(r))


def test_a_refusal_is_a_reason(monkeypatch):
    def refuse(_atoms, **_):
        raise CannotSay("a band gap of 2.00 eV leaves no electrons\nto pair")

    monkeypatch.setattr("isotunnel.analysis.pairing.pairing", refuse)
    (found,) = verify([r for r in ranked() if r.prototype == "H3X"], 1)
    assert found.stable is None
    assert found.stability == "unknown: a band gap of 2.00 eV leaves no electrons to pair"


def test_the_table_comes_back_as_it_went():
    given = [
        Verified("LaH6", "XH6", 81.5, 30.25, True, True, 1.5, 900.0, 100.0, 0.12),
        Verified("MgB2", "XB2", 0.5, -20.0, False, False, mu_star=0.12, reason="imaginary modes"),
        Verified("Al2H6Pd", "X2MH6", reason="a gap, of 2 eV"),
    ]
    text = io.StringIO(csv_text(*table_of(given)))
    assert [module._of_cells(row) for row in csv.DictReader(text)] == given


def test_what_is_shipped_are_candidates_of_the_ranking():
    there = {(r.formula, r.prototype) for r in ranked() if computable(r)}
    assert {(v.formula, v.prototype) for v in shipped()} <= there
    for v in shipped():
        assert (v.stable is None) == (v.pressure_gpa is None)
        assert v.reason or v.coupling
