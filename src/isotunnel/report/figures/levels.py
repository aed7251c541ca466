"""Figure: levels at which tunnels open above the valence level, reading by reading."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.report import text
from isotunnel.report.figures.style import RANK_COLORS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from isotunnel.levels import LiftingGap


def by_unit(gaps: Sequence[LiftingGap]) -> dict[str, list[LiftingGap]]:
    """The answered readings with at least one finite gap, those of one unit together."""
    found: dict[str, list[LiftingGap]] = {}
    for gap in gaps:
        if gap.cannot_say is None and any(math.isfinite(x) for x in gap.gaps):
            found.setdefault(gap.unit, []).append(gap)
    return found


def span_of(gaps: Sequence[LiftingGap]) -> tuple[float, float]:
    """Range of the vertical axis: all gaps with errors, the valence level 0, delta_c."""
    values = [0.0]
    for gap in gaps:
        values.append(gap.delta_c)
        for value, error in zip(gap.gaps, gap.errors, strict=True):
            if math.isfinite(value):
                spread = float(error) if math.isfinite(error) else 0.0
                values += [float(value) - spread, float(value) + spread]
    low, high = min(values), max(values)
    margin = 0.12 * (high - low) or 0.5
    return low - margin, high + margin


def levels_figure(gaps: Sequence[LiftingGap]) -> Figure | None:
    """One panel per unit; None where no reading has a gap."""
    from matplotlib.figure import Figure

    groups = by_unit(gaps)
    if not groups:
        return None
    widths = [len(group) for group in groups.values()]
    figure = Figure(figsize=(1.6 + 1.15 * sum(widths) + 0.7, 3.2), layout="constrained")
    axes = np.atleast_1d(figure.subplots(1, len(groups), width_ratios=widths))
    for axis, group in zip(axes, groups.values(), strict=True):
        _draw(axis, group)
    return figure


def unit_figure(gaps: Sequence[LiftingGap]) -> Figure:
    """The panel of the readings of one unit, on its own."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1.6 + 1.15 * len(gaps), 3.2), layout="constrained")
    _draw(figure.subplots(), gaps)
    return figure


def _draw(axis: Axes, gaps: Sequence[LiftingGap]) -> None:
    for place, gap in enumerate(gaps):
        axis.fill_between(
            [place - 0.3, place + 0.3],
            0,
            gap.delta_c,
            color=RANK_COLORS[3],
            alpha=0.12,
            linewidth=0,
        )
        axis.hlines(0, place - 0.35, place + 0.35, color="black", linewidth=3)
        for rank, (value, error) in enumerate(zip(gap.gaps, gap.errors, strict=True), start=1):
            if not math.isfinite(value):
                continue
            axis.hlines(value, place - 0.3, place + 0.3, color=RANK_COLORS[rank], linewidth=1.6)
            if math.isfinite(error) and error > 0:
                axis.errorbar(
                    place + 0.1 * (rank - 2), value, error, color=RANK_COLORS[rank], capsize=2
                )
    for rank in (1, 2, 3):
        axis.plot([], [], color=RANK_COLORS[rank], label=f"{rank}D")
    axis.set_xticks(
        range(len(gaps)),
        [
            f"{text.shortened(g.reading)}\n{text.shortened(text.short_engine(g.engine))}"
            for g in gaps
        ],
    )
    axis.set_xlim(-0.6, len(gaps) - 0.4)
    axis.set_ylim(*span_of(gaps))
    unit = text.unit_text(gaps[0].unit) or "no unit"
    axis.set_ylabel(f"level above valence ({unit})")
    # Above the panel: inside it, levels may lie anywhere.
    axis.legend(
        frameon=False,
        fontsize=7,
        loc="lower right",
        bbox_to_anchor=(1, 1),
        borderaxespad=0,
        ncols=3,
        handlelength=1,
        columnspacing=1,
    )
