"""Figures of claims: labelled intervals, points against an abscissa, or a table of counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.report.figures.claim.printed import printed
from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.style import STYLE
from isotunnel.report.text import esc
from isotunnel.scorecard.figure_data import FigureData
from isotunnel.scorecard.result import ClaimResult

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_REFERENCE = re.compile(r'((?<!xml)\bid="|url\(#|href="#)')
_OPENING = re.compile(r"<svg\b[^>]*?viewBox=\"([^\"]+)\"[^>]*>", re.DOTALL)


def draw_claims(results: Iterable[ClaimResult], folder: Path) -> dict[str, dict[str, Path]]:
    """One figure per computed claim in a folder: ``claim-A4.png`` and ``.svg``, and so on.

    Returns id -> format -> path.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    return draw_all(_makers(results), folder / "claim")


def claim_figure(data: FigureData) -> Figure:
    """The drawing of figure data; one without any mark says so."""
    from isotunnel.report.figures.claim.matrix import matrix_figure
    from isotunnel.report.figures.claim.points import points_figure
    from isotunnel.report.figures.claim.rows import rows_figure

    if data.matrix:
        return matrix_figure(data)
    if not data.marks:
        return _empty(data)
    return points_figure(data) if data.x_axis else rows_figure(data)


SMALLEST = 0.6
"""Share of its size to which a drawing shrinks on a narrow screen; beyond, it is scrolled."""


def claim_svg(data: FigureData, name: str) -> str:
    """The drawing as an element for a page: no header, ids made unique by ``name``, any width."""
    from matplotlib import rc_context

    text = StringIO()
    with rc_context(STYLE):
        claim_figure(data).savefig(text, format="svg", metadata={"Date": None})
    drawing = text.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    drawing = re.sub(r"<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)
    drawing = _REFERENCE.sub(rf"\g<1>{name}-", drawing)
    found = _OPENING.match(drawing)
    assert found is not None
    width = float(found[1].split()[2])
    opening = (
        f'<svg class="claim-figure" xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{found[1]}" '
        f'style="width:{width:.0f}pt;min-width:{SMALLEST * width:.0f}pt" '
        f'role="img" aria-label="{esc(printed(data.title))}">'
    )
    return opening + drawing[found.end() :].strip()


def _makers(results: Iterable[ClaimResult]) -> Iterator[tuple[str, Callable[[], Figure]]]:
    for result in results:
        if result.figure is not None:
            yield result.claim.id, lambda drawn=result.figure: claim_figure(drawn)  # type: ignore[misc]


def _empty(data: FigureData) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.0, 1.2), layout="constrained")
    axis = figure.subplots()
    axis.set_title(printed(data.title))
    axis.set_axis_off()
    axis.text(0.0, 0.5, "no row of data could be drawn", transform=axis.transAxes, color="0.35")
    return figure
