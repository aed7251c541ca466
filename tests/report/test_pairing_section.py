"""Coupling and Tc in a report: where they were asked for, and nothing where they were not."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from ase.build import bulk
from report_cases import EVIL
from test_page import Page

from isotunnel.analysis import Analysis
from isotunnel.analysis.pairing import PairingResult
from isotunnel.report import write_report
from isotunnel.report.figures.draw import draw_figures
from isotunnel.report.page.pairing import pairing_section
from isotunnel.report.text import critical_temperature, number
from made_up_pairing import made_up_result


@pytest.fixture(scope="module")
def pairing() -> PairingResult:
    return made_up_result(bulk("NbN", "rocksalt", 4.4))


@pytest.fixture(scope="module")
def unstable(pairing: PairingResult) -> PairingResult:
    """As the calculation leaves a crystal with imaginary modes."""
    return dataclasses.replace(
        pairing,
        members=tuple(
            dataclasses.replace(m, coupling=None, force_constant_ev_per_angstrom2=None)
            for m in pairing.members
        ),
        spectrum=None,
        flat=None,
        tc_allen_dynes_k=None,
        tc_eliashberg_k=None,
        isotope_exponent=None,
        range=None,
        unstable="a mode of 5 meV is imaginary",
    )


def test_the_section_shows_the_numbers(pairing: PairingResult) -> None:
    shown = Page(pairing_section(pairing)).text
    assert pairing.range is not None
    for words in (
        f"coupling to phonons {number(pairing.coupling, digits=3)}",
        f"Allen and Dynes {number(pairing.tc_allen_dynes_k, 'K', digits=3)}",
        f"logarithmic mean of the phonons {number(pairing.omega_log_k, 'K', digits=3)}",
        f"learnt from {pairing.range.crystals}",
        "0.120",
        "a doubt",
        "Settings and versions",
    ):
        assert words in shown, (words, shown)
    for atom in pairing.members:
        assert f"{atom.symbol} {number(atom.coupling, digits=3)}" in shown


def test_atoms_alike_are_one_row() -> None:
    page = Page(pairing_section(made_up_result(bulk("CaF2", "fluorite", 5.46))))
    assert "F (2 alike)" in page.text
    assert sum(tag == "tr" for tag, _ in page.tags) == 3


def test_an_unstable_crystal_says_why_there_is_no_tc(unstable: PairingResult) -> None:
    page = Page(pairing_section(unstable))
    assert "No critical temperature : a mode of 5 meV is imaginary" in page.text
    assert "Allen and Dynes" not in page.text
    assert any(tag == "svg" for tag, _ in page.tags)


def test_a_tc_that_is_none_is_no_power_of_ten(pairing: PairingResult) -> None:
    """Allen and Dynes gave aluminium at 10 GPa 7e-28 K, beside 0 K by Eliashberg's equations."""
    cold = dataclasses.replace(pairing, tc_allen_dynes_k=7e-28, tc_eliashberg_k=0.0)
    section = pairing_section(cold)
    assert Page(section).text.count("below 0.001 K") == 3, "two numbers and the figure's title"
    assert "e-28" not in section
    assert critical_temperature(None) == "not known"
    assert critical_temperature(0.0123) == "0.0123 K"


def test_what_users_type_is_text(pairing: PairingResult) -> None:
    named = dataclasses.replace(pairing, name=EVIL, warnings=(EVIL,), versions={EVIL: EVIL})
    section = pairing_section(named)
    page = Page(section)
    assert not any(tag in ("script", "img") for tag, _ in page.tags)
    assert EVIL in page.text


def test_a_report_without_pairing_stays_as_it_is(
    synthetic: Analysis, pairing: PairingResult, tmp_path: Path
) -> None:
    def page(analysis: Analysis, name: str) -> str:
        return write_report(analysis, tmp_path / name).html.read_text("utf-8")

    without = page(synthetic, "without.html")
    assert 'id="pairing"' not in without
    with_it = page(dataclasses.replace(synthetic, pairing=pairing), "with.html")
    section = pairing_section(pairing)
    assert with_it.count(section) == 1
    assert with_it.replace(section, "") == without
    whole = Page(with_it)
    ids = [a["id"] for _, a in whole.tags if "id" in a]
    assert len(ids) == len(set(ids))


def test_the_figure_is_among_the_others(
    synthetic: Analysis, pairing: PairingResult, tmp_path: Path
) -> None:
    names = set(draw_figures(synthetic, tmp_path / "without"))
    found = draw_figures(dataclasses.replace(synthetic, pairing=pairing), tmp_path / "with")
    assert set(found) == names | {"pairing"}
    assert sorted(p.name for p in tmp_path.glob("*-pairing.*")) == [
        "with-pairing.png",
        "with-pairing.svg",
    ]
    assert "phonon energy" in found["pairing"]["svg"].read_text("utf-8")


def test_the_same_result_gives_the_same_figure(pairing: PairingResult) -> None:
    assert pairing_section(pairing) == pairing_section(pairing)


def test_numbers_are_finite(pairing: PairingResult) -> None:
    """A made-up result that has nothing to show would pass everything above."""
    assert np.isfinite([m.coupling or np.nan for m in pairing.members]).all()
    assert (pairing.tc_allen_dynes_k or 0.0) > 0
