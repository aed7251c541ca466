"""Writes reports, scans, diagrams and scorecards: pages that hold everything, and files beside.

Every file appears whole or not at all; missing folders are made.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.files import folder_of, write_whole

if TYPE_CHECKING:
    from isotunnel.analysis.results import Analysis
    from isotunnel.diagrams import Diagram
    from isotunnel.scan import Scan
    from isotunnel.scorecard.scoring import Scorecard

_DPI = 120
PathLike = str | os.PathLike[str]


@dataclass(frozen=True)
class ReportFiles:
    """What was written.

    Attributes:
        html: the report.
        figures: PNG and SVG files, in the order in which they were drawn.
    """

    html: Path
    figures: tuple[Path, ...] = ()


@dataclass(frozen=True)
class ScanFiles:
    """What was written.

    Attributes:
        csv: the table.
        parquet: the same table, None where it was not asked for.
        html: the page.
        figures: PNG and SVG files.
    """

    csv: Path
    parquet: Path | None
    html: Path
    figures: tuple[Path, ...] = ()


@dataclass(frozen=True)
class DiagramFiles:
    """What was written; None where it was not asked for."""

    png: Path | None
    svg: Path | None
    html: Path | None
    json: Path | None


def write_report(analysis: Analysis, path: PathLike, *, figures: bool = True) -> ReportFiles:
    """Write the report of an analysis.

    The HTML file works offline and alone: drawings, meshes and the 3D viewer are inside.

    Args:
        analysis: the result.
        path: the HTML file; ``.html`` is added to a name without a suffix.
        figures: also draw the figures, as PNG and SVG files named after the report
            (``report-profile.png``, ...). Without them the page lacks the cut through the
            bottleneck.

    Raises:
        InputError: a file cannot be written.
    """
    from isotunnel.report.page.layout import page
    from isotunnel.report.scene.payload import build_scene

    target = Path(path)
    target = folder_of(target if target.suffix else target.with_suffix(".html"))
    drawn: dict[str, dict[str, Path]] = {}
    if figures:
        from isotunnel.report.figures.draw import draw_figures

        drawn = draw_figures(analysis, target.with_suffix(""))
    images = {name: files["png"].read_bytes() for name, files in drawn.items()}
    write_whole(target, page(analysis, build_scene(analysis), images))
    return ReportFiles(target, tuple(f for files in drawn.values() for f in files.values()))


def write_scan(
    result: Scan, stem: PathLike, *, figures: bool = True, parquet: bool = False
) -> ScanFiles:
    """Write ``STEM.csv``, ``STEM.html``, ``STEM-volume.png`` and so on.

    Args:
        result: the scan.
        stem: path without a suffix.
        figures: also PNG and SVG figures; the page shows them.
        parquet: also ``STEM.parquet``.

    Raises:
        InputError: a file cannot be written.
        MissingExtraError: ``parquet`` without pyarrow.
    """
    from isotunnel.report.page.scan import scan_page
    from isotunnel.scan import write_csv, write_parquet

    target = folder_of(stem)
    table = _beside(target, ".csv")
    write_csv(result, table)
    binary = _beside(target, ".parquet") if parquet else None
    if binary is not None:
        write_parquet(result, binary)
    drawn: list[Path] = []
    images: dict[str, tuple[str, bytes]] = {}
    if figures and result.done:
        from isotunnel.report.figures.draw import draw_all
        from isotunnel.report.figures.scan import scan_figures

        makers = list(scan_figures(result))
        written = draw_all([(name, make) for name, _, make in makers], target)
        drawn = [path for forms in written.values() for path in forms.values()]
        images = {
            name: (words, written[name]["png"].read_bytes())
            for name, words, _ in makers
            if name in written
        }
    page = _beside(target, ".html")
    write_whole(page, scan_page(result, images))
    return ScanFiles(table, binary, page, tuple(drawn))


def write_diagram(
    diagram: Diagram,
    *,
    png: PathLike | None = None,
    svg: PathLike | None = None,
    html: PathLike | None = None,
    json_path: PathLike | None = None,
) -> DiagramFiles:
    """Write the files whose paths are given.

    Args:
        diagram: what to write.
        png: the figure.
        svg: the figure, to be scaled.
        html: a page that loads nothing from elsewhere, the figure in it.
        json_path: everything as numbers.

    Raises:
        InputError: a file cannot be written.
    """
    wanted = (png, svg, html, json_path)
    files = DiagramFiles(*(None if path is None else folder_of(path) for path in wanted))
    if files.json is not None:
        write_whole(files.json, json.dumps(diagram.as_dict(), indent=1, allow_nan=False))
    if files.png or files.svg or files.html:
        _draw_diagram(diagram, files)
    return files


def write_scorecard(card: Scorecard, path: PathLike) -> Path:
    """Write the page with its figures inside.

    Raises:
        InputError: the file cannot be written.
    """
    from isotunnel.report.page.scorecard import scorecard_page

    target = folder_of(path)
    write_whole(target, scorecard_page(card))
    return target


def _draw_diagram(diagram: Diagram, files: DiagramFiles) -> None:
    from matplotlib import rc_context

    from isotunnel.report.figures.diagram.figure import diagram_figure
    from isotunnel.report.figures.draw import figure_bytes
    from isotunnel.report.figures.style import STYLE
    from isotunnel.report.page.diagram import diagram_page

    with rc_context(STYLE):
        figure = diagram_figure(diagram)
        if files.png is not None:
            write_whole(files.png, figure_bytes(figure, "png", _DPI))
        drawing = figure_bytes(figure, "svg") if files.svg or files.html else b""
        if files.svg is not None:
            write_whole(files.svg, drawing)
        if files.html is not None:
            write_whole(files.html, diagram_page(diagram, drawing.decode("utf-8")))


def _beside(target: Path, suffix: str) -> Path:
    # with_suffix would eat the "5" of "H2@0.5".
    return target.with_name(target.name + suffix)
