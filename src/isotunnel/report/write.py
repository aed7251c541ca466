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
    from isotunnel.analysis.comparison import Comparison
    from isotunnel.analysis.results import Analysis
    from isotunnel.diagrams import Diagram
    from isotunnel.scan import Scan
    from isotunnel.scorecard.scoring import Scorecard

_DPI = 120
PathLike = str | os.PathLike[str]
Pictures = dict[str, dict[str, bytes]]


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


def write_report(
    analysis: Analysis, path: PathLike, *, figures: bool | PathLike = True
) -> ReportFiles:
    """Write the report of an analysis.

    The HTML file works offline and alone: drawings, meshes and the 3D viewer are inside.

    Args:
        analysis: the result.
        path: the HTML file; ``.html`` is added to a name without a suffix.
        figures: whether to draw figures into the page, which without them lacks the cut through
            the bottleneck; or a folder, which gets them as files too, as PNG and SVG named after
            the report (``report-profile.png``, ...).

    Raises:
        InputError: a file cannot be written.
    """
    from isotunnel.report.figures.draw import drawn, report_figures, save
    from isotunnel.report.page.layout import page
    from isotunnel.report.scene.payload import build_scene

    target = Path(path)
    target = folder_of(target if target.suffix else target.with_suffix(".html"))
    pictures = drawn(report_figures(analysis)) if figures is not False else {}
    images = {name: forms["png"] for name, forms in pictures.items()}
    files: tuple[Path, ...] = ()
    if not isinstance(figures, bool):
        files = save(pictures, Path(figures) / target.stem)
    write_whole(target, page(analysis, build_scene(analysis), images))
    return ReportFiles(target, files)


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
    from isotunnel.report.figures.draw import save
    from isotunnel.scan import write_csv, write_parquet

    target = folder_of(stem)
    table = _beside(target, ".csv")
    write_csv(result, table)
    binary = _beside(target, ".parquet") if parquet else None
    if binary is not None:
        write_parquet(result, binary)
    pictures = _scan_pictures(result) if figures else {}
    page = _scan_page(result, _beside(target, ".html"), pictures)
    return ScanFiles(table, binary, page, save(pictures, target))


def write_scan_page(result: Scan, path: PathLike) -> Path:
    """Write the page of a scan, its figures inside.

    Raises:
        InputError: the file cannot be written.
    """
    return _scan_page(result, Path(path), _scan_pictures(result))


def draw_scan(result: Scan, stem: PathLike) -> tuple[Path, ...]:
    """Write ``STEM-volume.png``, ``.svg`` and so on; none where no point has a result.

    Raises:
        InputError: a file cannot be written.
    """
    from isotunnel.report.figures.draw import save

    return save(_scan_pictures(result), Path(stem))


def _scan_pictures(result: Scan) -> Pictures:
    from isotunnel.report.figures.draw import drawn
    from isotunnel.report.figures.scan import scan_figures

    return drawn((name, make) for name, _, make in scan_figures(result)) if result.done else {}


def _scan_page(result: Scan, path: Path, pictures: Pictures) -> Path:
    from isotunnel.report.figures.scan import scan_figures
    from isotunnel.report.page.scan import scan_page

    words = {name: text for name, text, _ in scan_figures(result)} if pictures else {}
    images = {name: (words[name], forms["png"]) for name, forms in pictures.items()}
    target = folder_of(path)
    write_whole(target, scan_page(result, images))
    return target


def write_comparison(comparison: Comparison, path: PathLike) -> Path:
    """Write the page of crystals side by side, the picture inside; it loads nothing from elsewhere.

    Raises:
        InputError: the file cannot be written.
    """
    from matplotlib import rc_context

    from isotunnel.report.figures.comparison import comparison_figure
    from isotunnel.report.figures.draw import figure_bytes
    from isotunnel.report.figures.style import STYLE
    from isotunnel.report.page.comparison import comparison_page

    target = Path(path)
    target = folder_of(target if target.suffix else target.with_suffix(".html"))
    with rc_context(STYLE):
        figure = comparison_figure(comparison)
        picture = b"" if figure is None else figure_bytes(figure, "png", _DPI)
    write_whole(target, comparison_page(comparison, picture))
    return target


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

    if files.html is not None:
        write_whole(files.html, diagram_page(diagram))
    if files.png is None and files.svg is None:
        return
    with rc_context(STYLE):
        figure = diagram_figure(diagram)
        if files.png is not None:
            write_whole(files.png, figure_bytes(figure, "png", _DPI))
        if files.svg is not None:
            write_whole(files.svg, figure_bytes(figure, "svg"))


def _beside(target: Path, suffix: str) -> Path:
    # with_suffix would eat the "5" of "H2@0.5".
    return target.with_name(target.name + suffix)
