"""Figure of the known trends: gaps of a few crystals against pressure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.atlas import Scan, scan_of
from isotunnel.errors import CannotSay
from isotunnel.report.figures.scan import COLORS
from isotunnel.studies.trends import Trend
from isotunnel.studies.trends.known import READING, xenon_hcp

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PANELS = (
    ("Xe", "Xe", "Xenon: the gap closes"),
    ("Na-hP4@320GPa", "Na", "Sodium (hP4): a gap opens"),
    ("He", "He", "Helium: the lifting gap falls"),
    ("H2@5.4GPa", "H₂", "Hydrogen (molecular)"),
)


def draw_trends(trends: Sequence[Trend], folder: Path) -> dict[str, dict[str, Path]]:
    """Write ``trends-gaps`` into a folder, PNG and SVG: name, format, path.

    Crystals without a scan in the atlas are left out.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    from isotunnel.report.figures.draw import draw_all

    return draw_all(_makers(trends), folder / "trends")


def _makers(trends: Sequence[Trend]) -> Iterator[tuple[str, Callable[[], Figure | None]]]:
    yield "gaps", lambda: gaps_figure(trends)


def gaps_figure(trends: Sequence[Trend]) -> Figure | None:
    """One panel per crystal that has a scan; None without any."""
    from matplotlib.figure import Figure

    there = [
        (scan, substance, title)
        for name, substance, title in _PANELS
        if (scan := _scan(name)) is not None
    ]
    if not there:
        return None
    figure = Figure(figsize=(3.3 * len(there), 3.1), layout="constrained")
    axes = figure.subplots(1, len(there), squeeze=False)[0]
    for ax, (scan, substance, title) in zip(axes, there, strict=True):
        _panel(ax, scan, title)
        _known(ax, [t for t in trends if t.substance == substance])
        ax.legend(frameon=False, fontsize=7)
    return figure


def _scan(name: str) -> Scan | None:
    try:
        return scan_of(name)
    except CannotSay:
        return None


def _panel(ax: Axes, scan: Scan, title: str) -> None:
    order = np.argsort(scan.pressures_gpa)
    pressures = scan.pressures_gpa[order]
    ax.plot(pressures, scan.band_gaps_ev[order], "o-", ms=4, color=COLORS[0], label="Kohn-Sham gap")
    if scan.name == "He":
        lifting = scan.gaps(READING, 3).values[order]
        ax.plot(pressures, lifting, "s-", ms=4, color=COLORS[3], label="lifting gap (ks)")
    if scan.name == "Xe":
        ax.plot(*xenon_hcp(), "^--", ms=4, color=COLORS[2], label="Kohn-Sham gap, hcp")
    ax.axhline(0.0, color="#8d949e", lw=0.8)
    ax.set(title=title, xlabel="Pressure (GPa)", ylabel="Gap (eV)")


def _known(ax: Axes, trends: list[Trend]) -> None:
    """The measured range of the first pressure that is known."""
    spans = [t.known for t in trends if t.known is not None and t.unit == "GPa"]
    if spans:
        ax.axvspan(spans[0].low, spans[0].high, color=COLORS[1], alpha=0.3, lw=0, label="measured")
