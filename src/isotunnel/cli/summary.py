"""The summary of an analysis on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from isotunnel.analysis.provenance import by_source, in_words
from isotunnel.cli.show import number, show_tunnels
from isotunnel.engines.magnetism import in_words as magnetism_in_words

if TYPE_CHECKING:
    from isotunnel.analysis import Analysis
    from isotunnel.engines.magnetism import Magnetism
    from isotunnel.theories.hydrides.networks import TcEstimate


def show_analysis(out: Console, analysis: Analysis) -> None:
    """Print headline numbers, tunnels, readings and Tc estimates."""
    out.print(f"[bold]{escape(analysis.name)}[/bold]  {escape(analysis.title)}")
    _headline(out, analysis)
    main = analysis.structure.engine
    for tunnels in analysis.tunnels[main].values():
        show_tunnels(out, tunnels)
    _readings(out, analysis)
    if analysis.tc_estimates:
        _estimates(out, analysis)
    if analysis.provenance:
        _provenance(out, analysis)


def _headline(out: Console, analysis: Analysis) -> None:
    main = analysis.structure
    parts = [f"engine {main.engine}"]
    for value, text in (
        (main.pressure_gpa, "pressure {:.1f} GPa"),
        (main.fermi_ev, "Fermi level {:.3f} eV"),
        (main.band_gap_ev, "band gap {:.3f} eV"),
        (main.dos_fermi, "DOS at the Fermi level {:.3f} /eV/cell"),
    ):
        if value is not None:
            parts.append(text.format(value))
    out.print("  " + ", ".join(parts))
    if main.magnetism is not None:
        _magnetism(out, main.magnetism)
    if "cell" in analysis.settings:
        out.print(f"  cell: {analysis.settings['cell']}")
    if analysis.phi is not None:
        phi = number(analysis.phi, analysis.phi_error)
        rest = [f"networking value phi {phi}"]
        for value, text in (
            (analysis.phi_star, "molecularity phi* {:.4f}"),
            (analysis.h_fraction or None, "H fraction {:.3f}"),
            (analysis.h_dos, "H share of the DOS {:.3f}"),
        ):
            if value is not None:
                rest.append(text.format(value))
        out.print("  " + ", ".join(rest))
    if analysis.phi_pseudo is not None:
        out.print(
            f"  phi {analysis.phi_pseudo:.4f}, phi* {analysis.phi_star_pseudo or 0:.4f} of the "
            "pseudo density, to whose like published Tc formulas were fitted"
        )


def _magnetism(out: Console, magnetism: Magnetism) -> None:
    """The magnetic state, the levels of each spin, and the runs it was chosen from."""
    out.print(f"  magnetic state: {magnetism_in_words(magnetism)}")
    for channel in magnetism.channels:
        gap = "no electrons"
        if channel.band_gap_ev is not None:
            gap = f"gap {channel.band_gap_ev:.3f} eV"
        dos = f"DOS at the Fermi level {channel.dos_fermi:.3f} /eV/cell"
        out.print(f"  spin {channel.spin}: {gap}, {dos}")
    out.print(f"  magnetic states tried: {', '.join(start.name for start in magnetism.tried)}")


def _readings(out: Console, analysis: Analysis) -> None:
    table = Table(
        title="lifting gaps of the tunnel theory (a hypothesis), by reading", title_justify="left"
    )
    for header in ("reading", "engine", "gap 1D", "gap 2D", "gap 3D", "unit", "state"):
        table.add_column(header, justify="right" if header.startswith("gap") else "left")
    for gap in analysis.gaps:
        if not gap.answered:
            table.add_row(
                gap.reading, "", "", "", "", "", f"cannot say: {escape(gap.cannot_say or '')}"
            )
            continue
        cells = [number(float(g), float(e)) for g, e in zip(gap.gaps, gap.errors, strict=True)]
        table.add_row(gap.reading, gap.engine, *cells, gap.unit, str(gap.state))
    out.print(table)


def _tc(estimate: TcEstimate) -> str:
    return "–" if estimate.cannot_say else f"{estimate.tc_k:.0f}"


def _estimates(out: Console, analysis: Analysis) -> None:
    table = Table(title="Tc of hydrides by published ELF-network formulas", title_justify="left")
    other = {e.id: _tc(e) for e in analysis.tc_estimates_all_electron}
    headers = ["formula", "Tc (K)", *(["all-electron phi"] if other else []), "status", "remark"]
    for header in headers:
        numbers = header in ("Tc (K)", "all-electron phi")
        table.add_column(header, justify="right" if numbers else "left")
    for estimate in analysis.tc_estimates:
        remark = estimate.cannot_say or "; ".join(estimate.warnings) or "inputs within range"
        cells = [_tc(estimate), *([other[estimate.id]] if other else [])]
        table.add_row(estimate.id, *cells, estimate.status, escape(remark))
    out.print(table)


def _provenance(out: Console, analysis: Analysis) -> None:
    """Which file each number rests on, and what no file tells."""
    table = Table(title="where the numbers come from", title_justify="left")
    for header in ("source", "numbers"):
        table.add_column(header)
    for source, names in by_source(analysis.provenance).items():
        table.add_row(escape(source), escape(", ".join(names)))
    out.print(table)
    if not analysis.structure.sources:
        return
    reasons: dict[str, list[str]] = {}
    for name, reason in analysis.structure.cannot_say.items():
        reasons.setdefault(reason, []).append(in_words(name))
    for reason, names in reasons.items():
        out.print(f"  not known: {escape(', '.join(names))}: {escape(reason)}", soft_wrap=True)
