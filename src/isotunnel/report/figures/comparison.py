"""Figure: the same field of several crystals, cut at the same level and drawn to one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.analysis.comparison import Comparison
from isotunnel.report import text
from isotunnel.report.figures.plane import plane_through
from isotunnel.report.figures.slice import color_range, draw_plane

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SPANS = ("no tunnel", "open in 1D", "open in 2D", "open in 3D")
"""What a crystal is at a level, by rank."""


def comparison_figure(comparison: Comparison) -> Figure | None:
    """One picture per crystal, each through its own bottleneck; None without a common field.

    Colours, level (white line) and scale are those of all pictures.
    """
    from matplotlib.figure import Figure

    shared = comparison.shared
    if shared is None:
        return None
    ranges = [color_range(t, shared.level) for t in shared.tunnels]
    colors = min(low for low, _ in ranges), max(high for _, high in ranges)
    half = max(plane_through(t).half_width for t in shared.tunnels)
    count = len(shared.tunnels)
    figure = Figure(figsize=(4.4 * count + 0.9, 4.6), layout="constrained")
    axes = figure.subplots(1, count, squeeze=False)[0]
    clipped = [False, False]
    for axis, name, tunnels, rank in zip(
        axes, comparison.names, shared.tunnels, shared.ranks, strict=True
    ):
        image, beyond = draw_plane(axis, tunnels, shared.level, colors, half)
        clipped = [a or b for a, b in zip(clipped, beyond, strict=True)]
        axis.set_title(f"{name}: {SPANS[rank]}")
    extend = {(False, False): "neither", (True, False): "min", (False, True): "max"}
    label = text.axis_label(str(shared.kind), shared.unit)
    figure.colorbar(
        image, ax=list(axes), label=label, extend=extend.get((clipped[0], clipped[1]), "both")
    )
    return figure
