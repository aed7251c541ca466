"""Figures of molecules: curves, levels of H4, parts of the helium pair, its change of density."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.bonding.bond import Bond
from isotunnel.bonding.h2_bond import H2Bond
from isotunnel.bonding.h4_bond import H4Bond
from isotunnel.bonding.h4_states import BASIS
from isotunnel.bonding.helium_bond import DensityChange, HeliumPair, TrioEnergy
from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.scan import COLORS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PARTS = ("electrostatic_k", "exchange_k", "dispersion_k", "rest_k")
_SCALE_PER_A3 = 0.05
"""Ends of the colours of the change of density, electrons per cubic angstrom."""


def draw_bond(bond: Bond, folder: Path) -> dict[str, dict[str, Path]]:
    """``bond-h4-path`` and the like, as PNG and SVG.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    return draw_all(_makers(bond), folder / f"bond-{bond.series.name}")


def _makers(bond: Bond) -> list[tuple[str, Callable[[], Figure | None]]]:
    if (h2 := bond.h2) is not None:
        return [("curve", lambda: h2_figure(h2))]
    if (h4 := bond.h4) is not None:
        return [("levels", lambda: h4_figure(h4)), ("passes", lambda: passes_figure(h4))]
    if (he2 := bond.he2) is not None:
        return [
            ("parts", lambda: pair_figure(he2)),
            ("shapes", lambda: shapes_figure(he2)),
            ("density", lambda: density_figure(he2.change)),
        ]
    return [("trio", lambda: trio_figure(bond.he3))]


def h2_figure(found: H2Bond) -> Figure:
    """The curve in each basis, and its minimum enlarged."""
    figure, (whole, near) = _panels()
    for color, depth in zip(COLORS, found.depths, strict=False):
        there = [p for p in found.curve if depth.basis in p.energies_ev]
        x = np.array([p.distance_angstrom for p in there])
        y = np.array([p.energies_ev[depth.basis] for p in there])
        for panel in (whole, near):
            panel.plot(x, y, "o-", color=color, markersize=3, linewidth=1.2, label=depth.basis)
    lowest = -max(d.depth_ev for d in found.depths)
    near.set_xlim(0.66, 0.83)
    near.set_ylim(lowest - 0.01, lowest + 0.17)
    near.set_title("around the minimum")
    whole.set_ylim(lowest - 0.3, 3.0)
    _zero(whole)
    whole.set_ylabel("energy less two atoms' (eV)")
    for panel in (whole, near):
        panel.set_xlabel("distance of the nuclei (Å)")
    whole.legend(frameon=False)
    figure.suptitle("H2: exact in each basis", fontsize=9.5)
    return figure


def h4_figure(found: H4Bond) -> Figure:
    """Levels of shapes by edge, and the tetrahedron against two molecules by distance."""
    figure, (shapes, path) = _panels()
    for color, shape in zip(COLORS, ("tetrahedron", "square", "chain"), strict=False):
        levels = found.of(shape)
        x = [level.edge_angstrom for level in levels]
        for dash, spin in (("-", "singlets_ev"), ("--", "triplets_ev")):
            y = [getattr(level, spin)[0] for level in levels]
            name = f"{shape}, {spin.removesuffix('s_ev')}"
            shapes.plot(x, y, dash, color=color, marker="o", markersize=3, label=name)
    shapes.set_ylim(-8, 14)
    shapes.set_xlabel("nearest distance of atoms (Å)")
    shapes.set_ylabel("energy less four atoms' (eV)")
    shapes.set_title("shapes of one length, lowest states")
    shapes.legend(frameon=False, fontsize=7.5)
    main = [s for s in found.spacings if s.basis == BASIS]
    x = [s.between_angstrom for s in main]
    for color, name, label in (
        (COLORS[0], "tetrahedron_ev", "tetrahedron"),
        (COLORS[3], "molecules_ev", "two molecules"),
        (COLORS[7], "spread_ev", "puckered square"),
    ):
        path.plot(x, [getattr(s, name) for s in main], "o-", color=color, markersize=3, label=label)
    path.set_xlabel("distance of the molecules' middles (Å)")
    path.set_title("the same spacing: four-way bond or two molecules")
    path.legend(frameon=False)
    for panel in (shapes, path):
        _zero(panel)
    return figure


def passes_figure(found: H4Bond) -> Figure:
    """Level of the electrons and passes, for molecules and for tetrahedra."""
    figure, panels = _panels(sharey=True)
    titles = ("two molecules of one length, nearing", "tetrahedra")
    for panel, title, tetrahedral in zip(panels, titles, (False, True), strict=True):
        points = sorted(
            (p for p in found.passages if p.tetrahedral == tetrahedral),
            key=lambda p: p.between_angstrom,
        )
        x = [p.between_angstrom for p in points]
        panel.plot(x, [p.level_ev for p in points], "o-", color=COLORS[2], label="level")
        if not tetrahedral:
            y = [p.pass_within_ev for p in points]
            panel.plot(x, y, "s-", color=COLORS[0], markersize=4, label="pass within a molecule")
        y = [p.pass_all_ev for p in points]
        panel.plot(x, y, "^-", color=COLORS[3], markersize=4, label="pass that joins all four")
        panel.set_title(title)
        panel.set_xlabel("distance of the middles (Å)")
        panel.legend(frameon=False, fontsize=7.5)
    panels[0].set_ylabel("energy, vacuum at 0 (eV)")
    return figure


def pair_figure(found: HeliumPair) -> Figure:
    """Parts of the interaction: near, on a logarithmic axis; far, around the well."""
    figure, (near, far) = _panels()
    x = np.array([p.distance_angstrom for p in found.curve])
    for color, name in zip(COLORS, (*_PARTS, "total_k"), strict=False):
        y = np.array([getattr(p, name) for p in found.curve])
        label = name.removesuffix("_k")
        for panel in (near, far):
            panel.plot(
                x,
                y,
                "o-",
                color="k" if name == "total_k" else color,
                markersize=3,
                label=label,
            )
    near.set_yscale("symlog", linthresh=10)
    near.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    near.set_title("all distances")
    near.set_ylabel("energy (K)")
    far.set_xlim(2.4, 5.1)
    far.set_ylim(-60, 40)
    far.set_title("around the well")
    near.legend(frameon=False, fontsize=7.5)
    for panel in (near, far):
        _zero(panel)
        panel.set_xlabel("distance of the nuclei (Å)")
    figure.suptitle("He2: what attracts and what repels", fontsize=9.5)
    return figure


def shapes_figure(found: HeliumPair) -> Figure:
    """Dipole and quadrupole of an atom less an undeformed one's."""
    figure, (dipole, quadrupole) = _panels()
    x = [s.distance_angstrom for s in found.shapes]
    for color, way, label in (
        (COLORS[0], "plane", "cut by the plane"),
        (COLORS[3], "hirshfeld", "Hirshfeld's shares"),
    ):
        for panel, name in ((dipole, f"dipole_{way}_ea"), (quadrupole, f"quadrupole_{way}_ea2")):
            y = [getattr(s, name) for s in found.shapes]
            panel.plot(x, y, "o-", color=color, markersize=4, label=label)
    dipole.set_ylabel("dipole (e Å)")
    dipole.set_title("above zero: electrons withdraw")
    quadrupole.set_ylabel("quadrupole (e Å²)")
    quadrupole.set_title("above zero: contracted along the axis")
    for panel in (dipole, quadrupole):
        _zero(panel)
        panel.set_xlabel("distance of the nuclei (Å)")
    dipole.legend(frameon=False)
    figure.suptitle("He2: one atom less an undeformed one", fontsize=9.5)
    return figure


def density_figure(change: DensityChange) -> Figure:
    """The change of density in a plane through both nuclei: red where electrons gather."""
    from matplotlib.figure import Figure

    half = np.concatenate((change.values[:0:-1], change.values))
    whole = np.concatenate((half[:, :0:-1], half), axis=1)
    z, s = (change.step_angstrom * (n - 1) for n in change.values.shape)
    figure = Figure(figsize=(6.4, 4.8), layout="constrained")
    panel = figure.add_subplot()
    shown = panel.imshow(
        whole.T,
        extent=(-z, z, -s, s),
        cmap="RdBu_r",
        vmin=-_SCALE_PER_A3,
        vmax=_SCALE_PER_A3,
        interpolation="bicubic",
    )
    nuclei = change.distance_angstrom / 2
    panel.plot([-nuclei, nuclei], [0, 0], "ko", markersize=4)
    panel.set_xlabel("along the axis (Å)")
    panel.set_ylabel("across (Å)")
    panel.set_title(f"two helium atoms {change.distance_angstrom:g} Å apart")
    bar = figure.colorbar(shown, ax=panel, extend="both", shrink=0.85)
    bar.set_label("electrons per Å³ more than undeformed atoms have")
    return figure


def trio_figure(found: tuple[TrioEnergy, ...]) -> Figure:
    """Energy beyond the pairs against the side."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5.6, 4.0), layout="constrained")
    panel = figure.add_subplot()
    for color, basis in zip(COLORS, dict.fromkeys(t.basis for t in found), strict=False):
        some = [t for t in found if t.basis == basis]
        x = [t.side_angstrom for t in some]
        panel.plot(x, [t.three_body_mk / 1e3 for t in some], "o-", color=color, label=basis)
    panel.set_yscale("symlog", linthresh=0.05)
    panel.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    _zero(panel)
    panel.set_xlabel("side of the triangle (Å)")
    panel.set_ylabel("energy beyond the pairs (K)")
    panel.legend(frameon=False)
    panel.set_title("He3, equilateral")
    return figure


def _panels(sharey: bool = False) -> tuple[Figure, tuple[Axes, Axes]]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.4, 4.2), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=sharey)
    return figure, (left, right)


def _zero(panel: Axes) -> None:
    panel.axhline(0.0, color="#8d949e", linewidth=0.7)
