"""Figures: drawn, labelled, whole, and leaving nothing behind."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from networks_twin import networks_of
from report_cases import SKEW_CELL, atoms, layered

from isotunnel.analysis import Analysis
from isotunnel.errors import InputError
from isotunnel.fields.field import Field
from isotunnel.report import ReportFiles, write_report
from isotunnel.report.figures import draw, draw_figures
from isotunnel.report.figures.levels import levels_figure
from isotunnel.report.figures.plane import atoms_near, field_on, plane_through
from isotunnel.report.figures.profile import profile_figure
from isotunnel.report.figures.slice import slice_figure
from isotunnel.report.profile_data import count_pieces, profile_of
from isotunnel.report.selection import fields_of
from isotunnel.tunnels import Tunnels, find_tunnels


def test_files(written: ReportFiles) -> None:
    names = sorted(f.name for f in written.figures)
    assert names == sorted(
        f"page-{name}.{form}" for name in ("profile", "slice", "levels") for form in ("png", "svg")
    )
    for file in written.figures:
        start = file.read_bytes()[:60]
        assert file.stat().st_size > 5000
        assert start.startswith(b"\x89PNG" if file.suffix == ".png" else b"<?xml")


def test_no_figure_stays_open(written: ReportFiles) -> None:
    assert written.figures
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []


def test_every_axis_has_a_name_and_a_unit(synthetic: Analysis) -> None:
    fields = fields_of(synthetic)
    figure = slice_figure(fields[1])
    labels = [axis.get_xlabel() + axis.get_ylabel() for axis in figure.axes]
    assert all("Å" in label or "eV" in label for label in labels)
    profile = profile_figure(fields)
    levels = [axis.get_xlabel() for axis in profile.axes if axis.get_xlabel()]
    assert levels == [
        "level: ELF (no unit); ← open region grows",
        "level: KS potential (eV); open region grows →",
    ]
    drawn = levels_figure(synthetic.gaps)
    assert drawn is not None
    assert [axis.get_ylabel() for axis in drawn.axes] == ["level above valence (eV)"]


def test_the_legend_of_levels_covers_none_of_them(synthetic: Analysis) -> None:
    drawn = levels_figure(synthetic.gaps)
    assert drawn is not None
    drawn.canvas.draw()
    for axis in drawn.axes:
        legend = axis.get_legend()
        assert legend is not None
        assert legend.get_window_extent().y0 >= axis.get_window_extent().y1 - 0.5


def test_no_levels_figure_without_an_answer(synthetic: Analysis) -> None:
    assert levels_figure([g for g in synthetic.gaps if g.cannot_say]) is None


def test_an_interrupted_drawing_leaves_no_file(
    synthetic: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matplotlib.figure import Figure

    def half(_: Figure, buffer: BytesIO, **__: object) -> None:
        buffer.write(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(Figure, "savefig", half)
    with pytest.raises(KeyboardInterrupt):
        draw_figures(synthetic, tmp_path / "page")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_report_keeps_the_old_one(
    synthetic: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "page.html"
    target.write_text("old")
    monkeypatch.setattr("isotunnel.report.page.layout.page", lambda *_: "\ud800")
    with pytest.raises(UnicodeEncodeError):
        write_report(synthetic, target, figures=False)
    assert target.read_text() == "old"
    assert [f.name for f in tmp_path.iterdir()] == ["page.html"]


def test_a_path_that_cannot_be_written(synthetic: Analysis, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="folder cannot be made"):
        write_report(synthetic, tmp_path / "file" / "page.html")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(InputError, match="is a directory"):
        write_report(synthetic, tmp_path / "folder.html", figures=False)


def test_importing_the_report_imports_no_matplotlib() -> None:
    code = (
        "import sys, isotunnel.report; "
        "print([m for m in ('matplotlib', 'skimage') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_every_figure_comes_in_every_format(synthetic: Analysis, tmp_path: Path) -> None:
    drawn = draw_figures(synthetic, tmp_path / "page")
    assert len(drawn) == 3
    starts = {"png": b"\x89PNG", "svg": b"<?xml"}
    assert set(starts) == set(draw.FORMATS)
    for name, files in drawn.items():
        assert set(files) == set(starts)
        for form, path in files.items():
            assert path.name == f"page-{name}.{form}"
            assert path.read_bytes().startswith(starts[form])


def test_the_plane_holds_bottleneck_and_neighbours(layered_tunnels: Tunnels) -> None:
    plane = plane_through(layered_tunnels)
    bottleneck = layered_tunnels.bottlenecks[2]
    assert bottleneck is not None
    frame = np.array([plane.across, plane.up, plane.normal])
    assert frame @ frame.T == pytest.approx(np.eye(3), abs=1e-9)
    assert plane.coordinates(bottleneck.position_cartesian[None])[0] == pytest.approx([0, 0, 0])
    nearest = min(n.distance_angstrom for n in bottleneck.between)
    in_plane = [at for _, at in atoms_near(plane, layered_tunnels.field, 0.01)]
    assert any(np.linalg.norm(at) == pytest.approx(nearest, abs=1e-3) for at in in_plane)


def test_the_slice_shows_the_field() -> None:
    """On the plane the spline gives the analytic field, whatever the origin."""
    origin = np.array([0.3, -0.2, 0.5])
    shift = np.round(np.linalg.solve(SKEW_CELL.T, origin) * 24) / 24
    moved = np.roll(layered(), -np.round(shift * 24).astype(int), axis=(0, 1, 2))
    field = Field.from_array(moved, SKEW_CELL, "potential", atoms=atoms(), origin=shift @ SKEW_CELL)
    plane = plane_through(find_tunnels(field))
    values = field_on(plane, field)
    steps = np.linspace(-plane.half_width, plane.half_width, len(values))
    for row, column in ((0, 0), (50, 200), (120, 119), (239, 10)):
        point = plane.center + steps[column] * plane.across + steps[row] * plane.up
        x, y, z = 2 * np.pi * np.linalg.solve(SKEW_CELL.T, point)
        exact = -(0.3 * np.cos(x) + 0.9 * np.cos(y) + 2.0 * np.cos(z))
        assert values[row, column] == pytest.approx(exact, abs=2e-3)


def test_profile_counts_pieces(layered_tunnels: Tunnels) -> None:
    levels = np.quantile(layered_tunnels.field.values, [0.02, 0.2, 0.5, 0.8, 1.0])
    counted = count_pieces(layered_tunnels, levels)
    expected = [len(networks_of(layered_tunnels.field.values <= x, 26).rank) for x in levels]
    assert counted.tolist() == expected


def test_profile_of_noise_counts_pieces() -> None:
    values = np.random.default_rng(3).random((12, 12, 12))
    tunnels = find_tunnels(Field.from_array(values, SKEW_CELL, "density"), refine=False)
    levels = np.quantile(values, [0.7, 0.9, 0.97])
    expected = [len(networks_of(values >= x, 26).rank) for x in levels]
    assert max(expected) > 10
    assert count_pieces(tunnels, levels).tolist() == expected


def test_profile_steps_at_the_thresholds(layered_tunnels: Tunnels) -> None:
    profile = profile_of(layered_tunnels)
    steps = profile.level[1:][np.diff(profile.rank) > 0]
    assert steps == pytest.approx(layered_tunnels.thresholds, abs=1e-6)
    assert profile.low < steps[0]
    assert steps[-1] < profile.high
