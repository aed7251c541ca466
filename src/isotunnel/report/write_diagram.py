"""Writes a phase diagram: PNG, SVG, one HTML page, one JSON document."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.errors import InputError, MissingExtraError
from isotunnel.files import whole_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from isotunnel.diagrams import Diagram

_DPI = 120


@dataclass(frozen=True)
class DiagramFiles:
    """What was written; None where it was not asked for."""

    png: Path | None
    svg: Path | None
    html: Path | None
    json: Path | None


def write_diagram(
    diagram: Diagram,
    *,
    png: str | os.PathLike[str] | None = None,
    svg: str | os.PathLike[str] | None = None,
    html: str | os.PathLike[str] | None = None,
    json_path: str | os.PathLike[str] | None = None,
) -> DiagramFiles:
    """Write the files whose paths are given, each whole or not at all.

    Args:
        diagram: what to write.
        png: the figure.
        svg: the figure, to be scaled.
        html: a page that loads nothing from elsewhere, the figure in it.
        json_path: everything as numbers.

    Raises:
        InputError: a file cannot be written.
        MissingExtraError: matplotlib is not installed.
    """
    paths = {
        name: None if given is None else _ready(Path(given))
        for name, given in (("png", png), ("svg", svg), ("html", html), ("json", json_path))
    }
    if paths["json"] is not None:
        text = json.dumps(diagram.as_dict(), indent=1, allow_nan=False)
        _write(paths["json"], text.encode("utf-8"))
    if paths["png"] or paths["svg"] or paths["html"]:
        _figures(diagram, paths)
    return DiagramFiles(paths["png"], paths["svg"], paths["html"], paths["json"])


def _figures(diagram: Diagram, paths: dict[str, Path | None]) -> None:
    try:
        from matplotlib import rc_context
    except ImportError:
        raise MissingExtraError("matplotlib", "figures", "drawing figures") from None
    from isotunnel.report.figures.diagram.figure import diagram_figure
    from isotunnel.report.figures.style import STYLE

    with rc_context(STYLE):
        figure = diagram_figure(diagram)
        if paths["png"] is not None:
            _write(paths["png"], _drawn(figure, "png"))
        if paths["svg"] is not None or paths["html"] is not None:
            drawing = _drawn(figure, "svg")
            if paths["svg"] is not None:
                _write(paths["svg"], drawing)
            if paths["html"] is not None:
                from isotunnel.report.page.diagram import diagram_page

                page = diagram_page(diagram, drawing.decode("utf-8"))
                _write(paths["html"], page.encode("utf-8"))


def _drawn(figure: Figure, form: str) -> bytes:
    buffer = BytesIO()
    # Without the date, the same diagram gives the same file.
    if form == "svg":
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    else:
        figure.savefig(buffer, format="png", dpi=_DPI, metadata={"Software": "Isotunnel"})
    return buffer.getvalue()


def _ready(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{path.parent}: the folder cannot be made ({reason})") from error
    return path


def _write(path: Path, data: bytes) -> None:
    with whole_file(path) as temporary:
        temporary.write_bytes(data)
