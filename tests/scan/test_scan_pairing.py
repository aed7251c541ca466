"""Coupling and Tc along a scan: cells, reasons, keys, page, figure, terminal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from ase.build import bulk
from rich.console import Console
from toy_engine import ToyEngine

from isotunnel.analysis.pairing import compute
from isotunnel.analysis.pairing.columns import COLUMNS
from isotunnel.cli.scan_summary import show_scan, show_without_coupling
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.errors import CannotSay, EngineError, InputError
from isotunnel.report.figures.scan import scan_figures, tc_columns
from isotunnel.report.page.scan import scan_page
from isotunnel.scan import Scan, scan, write_parquet
from isotunnel.scan import pairing as scan_pairing
from isotunnel.scan.beside import document_with_measured
from isotunnel.scan.store import ScanStore

pytest.importorskip("phonopy", reason="phonopy is not installed (extra dft)")

PRESSURES = (0.0, 10.0, 40.0)
MESSAGE = "imaginary modes: this crystal is unstable"


class Pairing:
    """As much of a result as a point takes: squeezed copper couples less, at last it breaks."""

    def __init__(self) -> None:
        self.fresh: list[bool] = []
        self.workers: list[int] = []

    def __call__(self, atoms: Any, *, store: Any, workers: int, **_: Any) -> SimpleNamespace:
        self.fresh.append(store.fresh)
        self.workers.append(workers)
        volume = float(atoms.get_volume())
        if volume < 9.0:
            raise CannotSay("an insulator:\nno states")
        ratio = volume / bulk("Cu").get_volume()
        unstable = MESSAGE if ratio < 0.9 else ""
        between = SimpleNamespace(lambda_low=0.4, lambda_high=1.2, tc_low_k=1e-9, tc_high_k=20.0)
        return SimpleNamespace(
            coupling=0.5 * ratio, unstable=unstable, mu_star=0.12, warnings=("sp metals are off",),
            spectrum=None if unstable else SimpleNamespace(omega_log_k=200.0, omega_2_k=250.0),
            range=between, tc_allen_dynes_k=1e-7 if ratio < 0.95 else 9.0, tc_eliashberg_k=9.1,
        )  # fmt: skip


@pytest.fixture
def pairing(monkeypatch: pytest.MonkeyPatch) -> Pairing:
    made_up = Pairing()
    monkeypatch.setattr(compute, "paired", made_up)
    return made_up


@pytest.fixture
def options(toy: ToyEngine, store: ScanStore) -> dict[str, Any]:
    engine = replace(toy, settings=GpawSettings())
    return {"engine": engine, "store": store, "workers": 1, "refine": False}


@pytest.fixture
def paired(copper: Any, options: dict[str, Any], pairing: Pairing) -> Iterator[Scan]:
    yield scan(copper, pressures=PRESSURES, pairing=True, **options)
    assert pairing.workers


def test_each_point_has_coupling_and_tc_or_a_reason(paired: Scan) -> None:
    couplings = paired.cells("lambda_ep")
    assert couplings[0] > couplings[1]
    assert paired.cells("tc_allen_dynes_k")[0] == 9.0
    last = paired.points[-1]
    for column in COLUMNS:
        assert last.values[column.name] is None
        assert last.reasons[column.name] == MESSAGE
    assert all("sp metals are off" in point.warnings for point in paired.points)
    # Each reason once, behind the columns that it keeps empty.
    assert str(last.cell("reason")).count(MESSAGE) == 1


@pytest.mark.parametrize("error", [CannotSay("an insulator:\nno states"), EngineError("no end")])
def test_a_refusal_stands_in_one_line_and_the_point_stays(
    error: Exception, copper: Any, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(compute, "paired", refuse)
    result = scan(copper, volume_ratios=[0.7], pairing=True, **options)
    (point,) = result.points
    assert point.status == "done"
    assert point.reasons["lambda_ep"] == " ".join(str(error).split())
    assert point.values["volume_ratio"] == pytest.approx(0.7)
    assert point.values["lambda_ep"] is None


def test_a_fault_of_ours_is_no_reason(
    copper: Any, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(compute, "paired", broken)
    with pytest.raises(ZeroDivisionError):
        scan(copper, volume_ratios=[0.9], pairing=True, **options)


def test_a_range_may_be_unknown(copper: Any, options: dict[str, Any], pairing: Pairing) -> None:
    def without(*given: Any, **more: Any) -> SimpleNamespace:
        return SimpleNamespace(**{**vars(pairing(*given, **more)), "range": None})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compute, "paired", without)
        result = scan(copper, volume_ratios=[1.0], pairing=True, **options)
    (point,) = result.points
    assert point.values["lambda_ep"] is not None
    assert "too small for a range" in point.reasons["lambda_ep_low"]


def test_stored_points_are_those_of_a_scan_without_it(
    paired: Scan, copper: Any, options: dict[str, Any], pairing: Pairing, toy: ToyEngine
) -> None:
    """So a finished scan gets coupling and Tc without relaxing anything again."""
    relaxed = len(toy.logged("start"))
    without = scan(copper, pressures=PRESSURES, **options)
    assert without.computed == 0
    assert "lambda_ep" not in {c.name for c in without.columns}
    assert "pairing" not in without.settings
    again = scan(copper, pressures=PRESSURES, pairing=True, **options)
    assert again.cells("lambda_ep") == paired.cells("lambda_ep")
    assert again.settings["pairing"]["mu_star"] == 0.12
    assert len(toy.logged("start")) == relaxed
    assert pairing.fresh == [False] * 2 * len(PRESSURES)


def test_fresh_is_fresh_in_its_pieces_too(
    copper: Any, options: dict[str, Any], pairing: Pairing
) -> None:
    scan(copper, volume_ratios=[0.9, 1.0], pairing=True, fresh=True, **options)
    assert pairing.fresh == [True, True]


def test_several_processes_take_a_point_each(
    copper: Any, options: dict[str, Any], pairing: Pairing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes are not started here; what each would do is called in this one, in any order."""
    from isotunnel.engines.gpaw_pw import processes

    def here(function: Any, arguments: Any, *, workers: int, told: Any) -> list[Any]:
        assert workers == 2
        found: dict[int, Any] = {}
        for done, (place, given) in enumerate(reversed(list(enumerate(arguments))), start=1):
            found[place] = function(*given)
            told(place, done)
        return [found[place] for place in sorted(found)]

    monkeypatch.setattr(processes, "in_processes", here)
    heard: list[str] = []
    result = scan(
        copper, volume_ratios=[0.92, 0.96, 1.0], pairing=True, **{**options, "workers": 2},
        progress=lambda words, _: heard.append(words),
    )  # fmt: skip
    couplings = result.cells("lambda_ep")
    assert couplings == sorted(couplings)
    assert pairing.workers == [1, 1, 1]
    assert any("coupling and Tc of 3 of 3 points done" in words for words in heard)
    # Of a single point the processes are for its displaced cells.
    scan(copper, volume_ratios=[1.0], pairing=True, **{**options, "workers": 2})
    assert pairing.workers[3:] == [2]


def test_another_engine_is_refused_before_anything_is_computed(
    copper: Any, toy: ToyEngine, store: ScanStore
) -> None:
    with pytest.raises(InputError, match="toy engine: add --engine gpaw"):
        scan(copper, pressures=PRESSURES, engine=toy, store=store, pairing=True)
    lda = replace(toy, settings=GpawSettings(xc="LDA"))
    with pytest.raises(InputError, match="PBE alone"):
        scan(copper, pressures=PRESSURES, engine=lda, store=store, pairing=True)
    assert toy.logged("start") == []


def test_auto_is_gpaw_where_coupling_is_asked_for(
    copper: Any, store: ScanStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Superposed atoms, which it comes to without GPAW, would hide what is wrong with that."""
    from isotunnel.scan import run

    asked = []

    def choose(engine: Any, *_: Any) -> Any:
        asked.append(engine)
        raise InputError("enough")

    monkeypatch.setattr(run, "choose_engine", choose)
    for pairing in (True, False):
        with pytest.raises(InputError, match="enough"):
            scan(copper, volume_ratios=[1.0], store=store, pairing=pairing)
    assert asked == ["gpaw", "auto"]


def test_page_figure_and_terminal_show_it(paired: Scan) -> None:
    page = scan_page(paired, {})
    assert "Coupling and Tc by rigid muffin tins" in page
    assert "Tc, Allen-Dynes (K)" in page
    assert "below 0.001" in page
    assert f"{MESSAGE}: coupling and Tc by rigid muffin tins" in page
    figures = {name: maker for name, _, maker in scan_figures(paired)}
    axes = figures["pairing"]().axes
    assert [a.get_ylabel() for a in axes] == ["Tc (K)", "lambda (no unit)"]
    assert [len(a.collections) > 0 for a in axes] == [True, True]
    # The published formulas' figure and table are of them alone.
    assert "tc" not in figures
    assert tc_columns(paired) == []
    text = io.StringIO()
    out = Console(file=text, width=200)
    show_scan(out, paired)
    show_without_coupling(out, paired)
    assert "Tc Allen-Dynes (K)" in text.getvalue()
    assert "below 0.001" in text.getvalue()
    assert f"no coupling at 40 GPa: {MESSAGE}" in text.getvalue()


def test_the_files_hold_it(paired: Scan, tmp_path: Any) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write_parquet(paired, tmp_path / "t.parquet")
    table = parquet.read_table(tmp_path / "t.parquet")
    assert table["lambda_ep"].to_pylist() == paired.cells("lambda_ep")
    assert table.schema.field("lambda_ep_low").type == "double"
    document = document_with_measured(paired)
    told = [c["name"] for c in document["columns"] if c["quantity"] == "pairing"]
    assert told == [c.name for c in COLUMNS]
    assert len(document["measured"]) == len(PRESSURES)


def test_what_a_process_gets_can_be_sent(copper: Any) -> None:
    import pickle

    settings = scan_pairing.pairing_settings(SimpleNamespace(name="x", settings=GpawSettings()))
    sent = pickle.loads(pickle.dumps((scan_pairing.answer_of, copper, settings)))
    assert sent[2] == settings
