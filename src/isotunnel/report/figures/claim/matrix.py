"""A table of counts: what was measured against what was predicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isotunnel.report.figures.claim.printed import printed
from isotunnel.scorecard.figure_data import FigureData

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DARK = 0.55
"""Share of a row from which the number is written in white."""


def matrix_figure(data: FigureData) -> Figure:
    """One panel per group of columns ("paper: metal" belongs to the group "paper").

    Shades are shares of a row within its panel, numbers are counts.
    """
    from matplotlib.figure import Figure

    rows = list(dict.fromkeys(row for row, _, _ in data.matrix))
    groups = _groups(data)
    widths = [len(columns) for columns in groups.values()]
    size = (max(4.5, 1.9 + 0.95 * sum(widths)), 1.7 + 0.42 * len(rows))
    figure = Figure(figsize=size, layout="constrained")
    panels = figure.subplots(1, len(groups), width_ratios=widths, sharey=True, squeeze=False)[0]
    for axis, (group, columns) in zip(panels, groups.items(), strict=True):
        counts = np.array([[_count(data, r, c) for c in columns.values()] for r in rows])
        totals = counts.sum(axis=1, keepdims=True)
        shares = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
        axis.imshow(shares, cmap="Blues", vmin=0, vmax=1.15, aspect="auto")
        for (i, j), n in np.ndenumerate(counts):
            color = "white" if shares[i, j] > _DARK else "black"
            axis.text(j, i, f"{n:g}", ha="center", va="center", color=color)
        axis.set_xticks(range(len(columns)), [printed(c) for c in columns], rotation=30, ha="right")
        axis.set_yticks(range(len(rows)), [printed(r) for r in rows])
        axis.set_title(printed(group))
        axis.tick_params(length=0)
        axis.spines[:].set_visible(False)
    figure.suptitle(
        f"{printed(data.title)}\n{printed(data.y_axis)}", x=0.01, ha="left", fontsize=9.5
    )
    return figure


def _groups(data: FigureData) -> dict[str, dict[str, str]]:
    """Group -> short name -> full name of its columns."""
    groups: dict[str, dict[str, str]] = {}
    for column in dict.fromkeys(c for _, c, _ in data.matrix):
        group, _, name = column.rpartition(": ")
        groups.setdefault(group, {})[name] = column
    return groups


def _count(data: FigureData, row: str, column: str) -> float:
    return sum(n for r, c, n in data.matrix if (r, c) == (row, column))
