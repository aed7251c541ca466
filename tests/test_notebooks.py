"""Results in a notebook: what they show, and the notebooks of ``examples/notebooks``, run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

import isotunnel
from isotunnel import atlas, measured
from isotunnel.errors import InputError, MissingExtraError
from isotunnel.scorecard import Scorecard, Verdict

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def tunnels() -> isotunnel.Tunnels:
    return isotunnel.find_tunnels(isotunnel.read_field(ROOT / "tests/data/h3s_elf.cube.gz"))


class Tags(HTMLParser):
    """Counts tags, and fails on one that is not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: list[dict[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.seen.append(tag)
        self.attributes.append(dict(attrs))
        if tag not in ("img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_tunnels_show_a_table_and_a_picture(tunnels: isotunnel.Tunnels) -> None:
    shown = tunnels._repr_html_()
    assert {"table", "img"} <= set(Tags(shown).seen)
    assert f"{tunnels.thresholds[2]:.3f}" in shown
    assert len(shown) < 200_000


def test_the_view_is_one_frame_with_everything_inside(tunnels: isotunnel.Tunnels) -> None:
    view = isotunnel.show(tunnels, height_px=500)
    frame = view._repr_html_()
    assert Tags(frame).seen == ["iframe"]
    page = Tags(frame).attributes[0]["srcdoc"]
    assert page == view.html
    assert "height:500px" in frame
    assert 'id="viewer"' in page
    assert 'id="scene"' in page
    assert not re.search(r'(?:src|href)="(?!data:)', page.split("<script")[0])
    assert len(view.html) < 1_500_000


def test_what_cannot_be_shown_is_refused() -> None:
    with pytest.raises(InputError, match="not str"):
        isotunnel.show("NaCl")


def test_data_frames_hold_the_numbers(tunnels: isotunnel.Tunnels) -> None:
    frame = tunnels.to_pandas()
    assert frame["rank"].tolist() == [1, 2, 3]
    assert frame["threshold"].to_numpy() == pytest.approx(tunnels.thresholds, nan_ok=True)
    scan = atlas.scan_of("Na")
    assert list(scan.to_pandas().columns) == [c.name for c in scan.columns]
    assert len(scan.to_pandas()) == len(scan.points)
    table = measured.table("tc_at_pressure")
    frame = table.to_pandas()
    assert len(frame) == table.count > 10
    pressures = [row["pressure_gpa"] for row in table]
    wanted = np.array([np.nan if p is None else p for p in pressures], dtype=float)
    assert frame["pressure_gpa"].to_numpy(dtype=float) == pytest.approx(wanted, nan_ok=True)


def test_scans_and_tables_show_themselves() -> None:
    for result in (atlas.scan_of("Na"), measured.table("tc_at_pressure")):
        shown = result._repr_html_()
        assert Tags(shown).seen.count("tr") > 3
        assert "more rows" in shown or len(list(getattr(result, "points", []))) <= 12


def test_a_scorecard_shows_its_totals() -> None:
    card = Scorecard(())
    shown = card._repr_html_()
    assert "0 claims" in shown
    assert Tags(shown).seen.count("tr") == 1 + len(Verdict)


def test_without_pandas_one_line_says_what_to_install(
    tunnels: isotunnel.Tunnels, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"isotunnel\[notebook\]"):
        tunnels.to_pandas()


def test_there_are_three_notebooks_and_they_hold_no_output() -> None:
    nbformat = pytest.importorskip("nbformat")
    assert len(NOTEBOOKS) == 3
    for path in NOTEBOOKS:
        book = nbformat.read(path, as_version=4)
        assert all(not c.get("outputs") for c in book.cells)
        assert sum(c.cell_type == "markdown" for c in book.cells) >= 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_run(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    book = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(
        book, timeout=300, resources={"metadata": {"path": path.parent}}
    ).execute()
    outputs = [out for c in book.cells if c.cell_type == "code" for out in c.outputs]
    rich = [out.data["text/html"] for out in outputs if "text/html" in out.get("data", {})]
    assert len(rich) >= 2
