"""Coupling and Tc along a scan: cells, reasons, keys, page, figure, terminal."""

from __future__ import annotations

import io
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from ase.build import bulk
from rich.console import Console
from toy_engine import ToyEngine

from isotunnel.analysis import pairing as pairing_package
from isotunnel.analysis.pairing.columns import COLUMNS
from isotunnel.cli.scan_summary import show_scan
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.errors import CannotSay, InputError
from isotunnel.report.figures.scan import scan_figures, tc_columns
from isotunnel.report.page.scan import scan_page
from isotunnel.scan import Scan, scan
from isotunnel.scan.beside import document_with_measured
from isotunnel.scan.store import ScanStore

pytest.importorskip("phonopy", reason="phonopy is not installed (extra dft)")

PRESSURES = (0.0, 10.0, 40.0)
MESSAGE = "imaginary modes: this crystal is unstable"


def answer(atoms: Any, **_: Any) -> SimpleNamespace:
    """As much of a result as a point takes: stiffer crystals couple less, the stiffest breaks."""
    volume = float(atoms.get_volume())
    if volume < 9.0:
        raise CannotSay("an insulator:\nno states")
    ratio = volume / bulk("Cu").get_volume()
    lam = 0.5 * ratio
    unstable = MESSAGE if ratio < 0.9 else ""
    return SimpleNamespace(
        coupling=lam, unstable=unstable, mu_star=0.12, warnings=("sp metals are off",),
        spectrum=None if unstable else SimpleNamespace(omega_log_k=200.0, omega_2_k=250.0),
        range=SimpleNamespace(lambda_low=0.4, lambda_high=1.2, tc_low_k=1e-9, tc_high_k=20.0),
        tc_allen_dynes_k=1e-7 if ratio < 0.95 else 9.0, tc_eliashberg_k=9.1,
    )  # fmt: skip


@pytest.fixture
def paired(copper: Any, toy: ToyEngine, store: ScanStore, monkeypatch: pytest.MonkeyPatch) -> Scan:
    monkeypatch.setattr(pairing_package, "pairing", answer)
    engine = replace(toy, settings=GpawSettings())
    return scan(
        copper, pressures=PRESSURES, engine=engine, store=store, workers=1, pairing=True,
        refine=False,
    )  # fmt: skip


def test_each_point_has_coupling_and_tc_or_a_reason(paired: Scan) -> None:
    couplings = paired.cells("lambda_ep")
    assert couplings[0] > couplings[1]
    assert paired.cells("tc_allen_dynes_k")[0] == 9.0
    last = paired.points[-1]
    for column in COLUMNS:
        assert last.values[column.name] is None
        assert last.reasons[column.name] == MESSAGE
    assert all("sp metals are off" in point.warnings for point in paired.points)


def test_a_refusal_stands_in_one_line_and_the_point_stays(
    copper: Any, toy: ToyEngine, store: ScanStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairing_package, "pairing", answer)
    engine = replace(toy, settings=GpawSettings())
    options = {"engine": engine, "store": store, "workers": 1, "refine": False}
    result = scan(copper, volume_ratios=[0.7], pairing=True, **options)
    (point,) = result.points
    assert point.status == "done"
    assert point.reasons["lambda_ep"] == "an insulator: no states"
    assert point.values["volume_ratio"] == pytest.approx(0.7)


def test_it_has_keys_of_its_own_and_leaves_the_others(
    paired: Scan, copper: Any, toy: ToyEngine, store: ScanStore
) -> None:
    engine = replace(toy, settings=GpawSettings())
    options = {"engine": engine, "store": store, "workers": 1, "refine": False}
    again = scan(copper, pressures=PRESSURES, pairing=True, **options)
    assert again.computed == 0
    assert again.cells("lambda_ep") == paired.cells("lambda_ep")
    without = scan(copper, pressures=PRESSURES, **options)
    assert without.computed == len(PRESSURES)
    assert "lambda_ep" not in {c.name for c in without.columns}
    assert "pairing" in again.settings
    assert "pairing" not in without.settings


def test_another_engine_is_refused_before_anything_is_computed(
    copper: Any, toy: ToyEngine, store: ScanStore
) -> None:
    with pytest.raises(InputError, match="toy engine: add --engine gpaw"):
        scan(copper, pressures=PRESSURES, engine=toy, store=store, pairing=True)
    lda = replace(toy, settings=GpawSettings(xc="LDA"))
    with pytest.raises(InputError, match="PBE alone"):
        scan(copper, pressures=PRESSURES, engine=lda, store=store, pairing=True)
    assert toy.logged("start") == []


def test_page_figure_and_terminal_show_it(paired: Scan) -> None:
    page = scan_page(paired, {})
    assert "Coupling and Tc by rigid muffin tins" in page
    assert "Tc, Allen-Dynes (K)" in page
    assert "below 0.001" in page
    assert "1.0000e" not in page
    assert MESSAGE in page
    figures = {name: maker for name, _, maker in scan_figures(paired)}
    axes = figures["pairing"]().axes
    assert [a.get_ylabel() for a in axes] == ["Tc (K)", "lambda (no unit)"]
    assert [len(a.collections) > 0 for a in axes] == [True, True]
    # The published formulas' figure and table are of them alone.
    assert "tc" not in figures
    assert tc_columns(paired) == []
    text = io.StringIO()
    show_scan(Console(file=text, width=200), paired)
    assert "Tc Allen-Dynes (K)" in text.getvalue()
    assert "below 0.001" in text.getvalue()


def test_what_is_measured_stands_beside_it(paired: Scan) -> None:
    document = document_with_measured(paired)
    told = [c for c in document["columns"] if c["quantity"] == "tc"]
    assert [c["of"] for c in told] == ["rigid-muffin-tin+allen_dynes"]
    assert len(document["measured"]) == len(PRESSURES)
