"""Figures of claims: labelled intervals, points against an abscissa, or a table of counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.report.figures.claim.printed import printed
from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.inline import inline_svg
from isotunnel.scorecard.figure_data import FigureData
from isotunnel.scorecard.result import ClaimResult

if TYPE_CHECKING:
    from matplotlib.figure import Figure


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


def claim_svg(data: FigureData, name: str) -> str:
    """The drawing as an element of a page; ``name`` is unique there."""
    return inline_svg(lambda: claim_figure(data), name, printed(data.title), "claim-figure")


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
