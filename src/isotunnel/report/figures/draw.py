"""Draws every figure of an analysis and writes each as PNG and SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.analysis.results import Analysis
from isotunnel.errors import MissingExtraError
from isotunnel.files import write_whole
from isotunnel.report.selection import fields_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("png", "svg")


def draw_figures(analysis: Analysis, stem: Path) -> dict[str, dict[str, Path]]:
    """Figures beside ``stem``: ``<stem>-profile.png``, ``-levels`` and ``-slice``, each also SVG.

    Returns name -> format -> path. A figure that the analysis has no data for is left out. Figures
    never enter matplotlib's list of open ones, so nothing has to be closed and no display is used.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    return draw_all(_makers(analysis), stem)


def draw_all(
    makers: Iterable[tuple[str, Callable[[], Figure | None]]], stem: Path
) -> dict[str, dict[str, Path]]:
    """Write figures beside ``stem`` by their makers, see :func:`draw_figures`."""
    try:
        from matplotlib import rc_context
    except ImportError:
        raise MissingExtraError("matplotlib", "figures", "drawing figures") from None
    from isotunnel.report.figures.style import STYLE

    written: dict[str, dict[str, Path]] = {}
    with rc_context(STYLE):
        for name, make in makers:
            figure = make()
            if figure is not None:
                written[name] = {
                    form: _save(figure, stem.with_name(f"{stem.name}-{name}.{form}"), form)
                    for form in FORMATS
                }
    return written


def _makers(analysis: Analysis) -> Iterator[tuple[str, Callable[[], Figure | None]]]:
    from isotunnel.report.figures.levels import levels_figure
    from isotunnel.report.figures.profile import profile_figure
    from isotunnel.report.figures.slice import slice_figure

    fields = fields_of(analysis)
    if fields:
        yield "profile", lambda: profile_figure(fields)
        yield "slice", lambda: slice_figure(fields[0])
    yield "levels", lambda: levels_figure(analysis.gaps)


def figure_bytes(figure: Figure, form: str, dpi: float | None = None) -> bytes:
    """A figure as "png" or "svg"."""
    buffer = BytesIO()
    # Without the date, the same result gives the same file.
    metadata = {"Date": None} if form == "svg" else {"Software": "Isotunnel"}
    figure.savefig(buffer, format=form, metadata=metadata, dpi=dpi)
    return buffer.getvalue()


def _save(figure: Figure, path: Path, form: str) -> Path:
    write_whole(path, figure_bytes(figure, form))
    return path
