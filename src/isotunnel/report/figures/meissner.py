"""Figure of the Meissner test: flux against temperature, by history and theory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.electrodynamics.slab import History, Medium
from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.scan import COLORS
from isotunnel.studies.meissner import MeissnerTest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLES = {
    History.ZERO_FIELD_COOLED: "cooled without field,\nthen switched on",
    History.FIELD_COOLED: "cooled in the field",
    History.FIELD_REMOVED: "cooled in the field,\nthen switched off",
}
LABELS = {
    Medium.ZERO_RESISTANCE: "zero resistance alone",
    Medium.LONDON: "London's equation",
}


def draw_meissner(test: MeissnerTest, folder: Path) -> dict[str, Path]:
    """``meissner-Pb.png`` and ``.svg``.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    makers = [(test.material, lambda: meissner_figure(test))]
    return draw_all(makers, folder / "meissner")[test.material]


def meissner_figure(test: MeissnerTest) -> Figure:
    """One panel for each history; both theories, and which one experiment shows."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.5, 3.6), layout="constrained")
    panels = figure.subplots(1, 3, sharey=True)
    for panel, (history, title) in zip(panels, TITLES.items(), strict=True):
        for medium, label in LABELS.items():
            curve = test.curve(medium, history)
            seen = medium is test.observed
            panel.plot(
                curve.temperatures_k,
                curve.share,
                color=COLORS[0 if seen else 3],
                linewidth=2.2 if seen else 1.4,
                linestyle="-" if seen else "--",
                zorder=2 if seen else 3,
                label=f"{label} (as observed)" if seen else label,
            )
        panel.axvline(test.tc_k, color="0.6", linewidth=0.8, linestyle=":")
        panel.annotate(
            "Tc", (test.tc_k, 0.5), xytext=(3, 0), textcoords="offset points", fontsize=7.5
        )
        panel.set_title(title)
        panel.set_xlabel("temperature (K)")
    panels[0].set_ylabel("flux inside / applied flux")
    panels[1].legend(frameon=False, loc="center left", fontsize=7.5)
    figure.suptitle(
        f"{test.material} {test.shape}, {test.radius_nm:g} nm; penetration depth "
        f"{test.depth_nm:g} nm",
        fontsize=9.5,
    )
    return figure
