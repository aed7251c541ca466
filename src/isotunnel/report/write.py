"""Writes the report: one HTML file that holds everything, and the figures beside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.errors import InputError
from isotunnel.files import whole_file

if TYPE_CHECKING:
    from isotunnel.analysis.results import Analysis


@dataclass(frozen=True)
class ReportFiles:
    """What was written.

    Attributes:
        html: the report.
        figures: PNG and SVG files, in the order in which they were drawn.
    """

    html: Path
    figures: tuple[Path, ...] = ()


def write_report(
    analysis: Analysis, path: str | os.PathLike[str], *, figures: bool = True
) -> ReportFiles:
    """Write the report of an analysis.

    The HTML file works offline and alone: drawings, meshes and the 3D viewer are inside. Every file
    appears whole or not at all.

    Args:
        analysis: what was found.
        path: the HTML file; ``.html`` is added to a name without a suffix, and missing folders
            are made.
        figures: also draw the figures, as PNG and SVG files named after the report
            (``report-profile.png``, ...). Without them the page lacks the cut through the
            bottleneck.

    Raises:
        InputError: a file cannot be written.
    """
    from isotunnel.report.page.layout import page
    from isotunnel.report.scene.payload import build_scene

    target = Path(path)
    if not target.suffix:
        target = target.with_suffix(".html")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{target.parent}: the folder cannot be made ({reason})") from error
    drawn: dict[str, dict[str, Path]] = {}
    if figures:
        from isotunnel.report.figures import draw_figures

        drawn = draw_figures(analysis, target.with_suffix(""))
    images = {name: files["png"].read_bytes() for name, files in drawn.items()}
    text = page(analysis, build_scene(analysis), images)
    with whole_file(target) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return ReportFiles(target, tuple(f for files in drawn.values() for f in files.values()))
