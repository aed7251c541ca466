"""Figure: rank of the network and number of pieces against the level, one row per field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isotunnel.fields.kinds import Side
from isotunnel.report import text
from isotunnel.report.figures.style import MARK_COLOR, RANK_COLORS
from isotunnel.report.profile_data import profile_of
from isotunnel.report.selection import FieldChoice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def profile_figure(fields: tuple[FieldChoice, ...]) -> Figure:
    """Rank against level with the thresholds and their errors; grey: number of pieces."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 2.3 * len(fields) + 0.2), layout="constrained")
    axes = np.atleast_1d(figure.subplots(len(fields)))
    for axis, choice in zip(axes, fields, strict=True):
        _draw(axis, choice)
    return figure


def _draw(axis: Axes, choice: FieldChoice) -> None:
    from matplotlib.ticker import MaxNLocator

    tunnels = choice.tunnels
    profile = profile_of(tunnels)
    pieces = axis.twinx()
    pieces.plot(profile.level, profile.pieces, color=RANK_COLORS[0], linewidth=1)
    pieces.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    pieces.set_ylabel("separate pieces (count)", color="#6b727c")
    pieces.set_ylim(0, max(1, int(profile.pieces.max())) * 1.05)
    pieces.spines["right"].set_visible(True)
    axis.set_zorder(pieces.get_zorder() + 1)
    axis.patch.set_visible(False)
    axis.plot(profile.level, profile.rank, color=RANK_COLORS[3], linewidth=2)
    for level, error, ranks in profile.thresholds:
        axis.axvline(level, color=MARK_COLOR, linewidth=1, linestyle="--")
        if error > 0:
            axis.axvspan(level - error, level + error, color=MARK_COLOR, alpha=0.15, linewidth=0)
        words = f"{', '.join(f'{r}D' for r in ranks)} {text.number(level, tunnels.field.unit)}"
        left = level > (profile.low + profile.high) / 2
        axis.annotate(
            words,
            (level, 3.0),
            xytext=(-4 if left else 4, 5),
            textcoords="offset points",
            ha="right" if left else "left",
            color=MARK_COLOR,
            fontsize=8,
        )
    axis.set_xlim(profile.low, profile.high)
    axis.set_ylim(-0.1, 3.55)
    axis.set_yticks([0, 1, 2, 3])
    axis.set_ylabel("rank of the network")
    grows = "open region grows →" if tunnels.side is Side.BELOW else "← open region grows"
    axis.set_xlabel(f"level: {text.axis_label(choice.kind, tunnels.field.unit)}; {grows}")
    axis.set_title(f"{text.field_name(choice.kind)}, {text.short_engine(choice.engine)}")
