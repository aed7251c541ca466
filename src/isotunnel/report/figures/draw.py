"""Draws every figure of an analysis and writes each as PNG and SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.analysis.results import Analysis
from isotunnel.errors import MissingExtraError
from isotunnel.files import folder_of, write_whole
from isotunnel.report.selection import fields_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("png", "svg")


Makers = Iterable[tuple[str, "Callable[[], Figure | None]"]]
"""Figures by name; a maker gives None where there is nothing to draw."""


def draw_figures(analysis: Analysis, stem: Path) -> dict[str, dict[str, Path]]:
    """Figures beside ``stem``: ``<stem>-profile.png``, ``-levels``, ``-slice``, each also SVG.

    And ``-pairing``, where that was computed.

    Returns name -> format -> path. A figure that the analysis has no data for is left out. Figures
    never enter matplotlib's list of open ones, so nothing has to be closed and no display is used.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    return draw_all(report_figures(analysis), stem)


def draw_all(makers: Makers, stem: Path) -> dict[str, dict[str, Path]]:
    """Write figures beside ``stem`` by their makers, see :func:`draw_figures`."""
    pictures = drawn(makers)
    save(pictures, stem)
    return {
        name: {form: _path(stem, name, form) for form in forms} for name, forms in pictures.items()
    }


def drawn(makers: Makers) -> dict[str, dict[str, bytes]]:
    """Figures in memory: name -> format -> content of the file.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context
    except ImportError:
        raise MissingExtraError("matplotlib", "figures", "drawing figures") from None
    from isotunnel.report.figures.style import STYLE

    pictures: dict[str, dict[str, bytes]] = {}
    with rc_context(STYLE):
        for name, make in makers:
            figure = make()
            if figure is not None:
                pictures[name] = {form: figure_bytes(figure, form) for form in FORMATS}
    return pictures


def save(pictures: Mapping[str, Mapping[str, bytes]], stem: Path) -> tuple[Path, ...]:
    """Write what :func:`drawn` gave beside ``stem``; the paths.

    Raises:
        InputError: a file cannot be written.
    """
    paths = []
    for name, forms in pictures.items():
        for form, content in forms.items():
            path = folder_of(_path(stem, name, form))
            write_whole(path, content)
            paths.append(path)
    return tuple(paths)


def _path(stem: Path, name: str, form: str) -> Path:
    return stem.with_name(f"{stem.name}-{name}.{form}")


def report_figures(analysis: Analysis) -> Iterator[tuple[str, Callable[[], Figure | None]]]:
    """Makers of the figures of a report."""
    from isotunnel.report.figures.levels import levels_figure
    from isotunnel.report.figures.pairing_spectrum import pairing_figure
    from isotunnel.report.figures.profile import profile_figure
    from isotunnel.report.figures.slice import slice_figure

    fields = fields_of(analysis)
    if fields:
        yield "profile", lambda: profile_figure(fields)
        yield "slice", lambda: slice_figure(fields[0])
    yield "levels", lambda: levels_figure(analysis.gaps)
    pairing = analysis.pairing
    if pairing is not None:
        yield "pairing", lambda: pairing_figure(pairing)


def figure_bytes(figure: Figure, form: str, dpi: float | None = None) -> bytes:
    """A figure as "png" or "svg"."""
    buffer = BytesIO()
    # Without the date, the same result gives the same file.
    metadata = {"Date": None} if form == "svg" else {"Software": "Isotunnel"}
    figure.savefig(buffer, format=form, metadata=metadata, dpi=dpi)
    return buffer.getvalue()
