"""Figure of the critical field: measured points and laws fitted to half of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.scan import COLORS
from isotunnel.studies.critical import CriticalElement

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DASHES = ("-", "--", "-.", ":")


def draw_critical(element: CriticalElement, folder: Path) -> dict[str, Path]:
    """``critical-Sn.png`` and ``.svg``.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    makers = [(element.element, lambda: critical_figure(element))]
    return draw_all(makers, folder / "critical")[element.element]


def critical_figure(element: CriticalElement) -> Figure:
    """One panel per curve: points of the fit full, those left out hollow."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.8 * len(element.curves), 4.0), layout="constrained")
    panels = np.atleast_1d(figure.subplots(1, len(element.curves), sharey=True))
    for panel, curve in zip(panels, element.curves, strict=True):
        t, field = curve.temperatures_k, curve.fields_mt
        grid = np.linspace(0, 1.04 * float(t.max()), 400)
        for color, dash, (law, fit) in zip(COLORS, _DASHES, curve.fits.items(), strict=False):
            panel.plot(
                grid, fit.field_mt(law, grid), color=color, linestyle=dash, linewidth=1.4, label=law
            )
        panel.plot(t[::2], field[::2], "ko", markersize=4, label="fitted")
        panel.plot(
            t[1::2],
            field[1::2],
            "o",
            color="k",
            markerfacecolor="w",
            markersize=4,
            label="left out",
        )
        panel.set_title(curve.method)
        panel.set_xlabel("temperature (K)")
    panels[0].set_ylabel("critical field (mT)")
    panels[0].legend(frameon=False, fontsize=7.5)
    figure.suptitle(f"Critical field of {element.element}", fontsize=9.5)
    return figure
