"""``isotunnel squeeze``: atoms squeezed together, what pushes and what pulls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_of, deliver

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from isotunnel.studies.squeezed import SqueezeStudy

EXAMPLES = """
Examples:

    isotunnel squeeze He

    isotunnel squeeze H2 --figures figures

    isotunnel squeeze W Ir Na

    isotunnel squeeze Ne --json
"""


def squeeze(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ELEMENT]...", help="Symbols, H2; default: all."),
    ] = None,
    output: Annotated[Output, Forms(figures=True)] = NOTHING,
) -> None:
    """Deformed clouds of squeezed atoms: multipoles, repulsion, dispersion, measured pressure.

    Helium and the other rare gases at measured volumes, hydrogen through its phases, metals at
    room pressure; computed beforehand with GPAW. Does an attraction appear under compression that
    dispersion does not give?
    """
    from isotunnel.cli.show import console
    from isotunnel.report.figures.squeezed import draw_squeezed
    from isotunnel.schemas import Squeeze, document
    from isotunnel.studies.squeezed import squeeze_study, squeezed_elements

    study = squeezed_elements(names) if names else squeeze_study()

    def as_document() -> dict[str, Any]:
        return document(Squeeze, study)

    def rows() -> list[dict[str, Any]]:
        made = as_document()
        listed: list[dict[str, Any]] = made["gases"] or made["metals"] or made["hydrogen"]
        return listed

    product = Product(
        name="-".join((*(names or ()), "squeeze")),
        show=lambda: _show(console(), study),
        json=as_document,
        csv=lambda: csv_of(rows()),
        figures=lambda folder: draw_squeezed(study, folder),
    )
    deliver(output, product)


def _show(out: Console, study: SqueezeStudy) -> None:
    if study.gases:
        _show_gases(out, study)
    if study.hydrogen:
        _show_hydrogen(out, study)
    if study.metals:
        _show_metals(out, study)


def _table(title: str, caption: str, headers: tuple[str, ...]) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left", caption=caption, caption_justify="left")
    table.add_column(headers[0])
    for header in headers[1:]:
        table.add_column(header, justify="right")
    return table


def _show_gases(out: Console, study: SqueezeStudy) -> None:
    energies = _table(
        "Rare gases at measured volumes: energy per atom, eV",
        "below 0 pulls; multipoles up to l = 4 of the clouds' deformation; relief: the part of "
        "undeformed clouds' cost that deformation takes away; * beyond the measured range",
        ("crystal", "at 300 K (GPa)", "squeezing costs", "multipoles", "dispersion", "relief"),
    )
    pressures = _table(
        "Pressure with nuclei at rest, GPa, and the clouds",
        "at 300 K: measured there, with the nuclei's motion; shape: change along the axis over "
        "<r^2>, 0 by symmetry on a cubic site",
        ("crystal", "at 300 K", "measured", "PBE", "dispersion", "<r^2>", "shape", "moved"),
    )
    for g in study.gases:
        label = f"{g.asked_gpa:g}{'*' if g.extrapolated else ''}"
        energies.add_row(
            g.name,
            label,
            f"{g.cost_ev:.3f}",
            f"{g.multipole_ev[0]:+.1e}",
            f"{g.dispersion_ev:.3f}",
            "" if g.relief is None else f"{g.relief:.0%}",
        )
        pressures.add_row(
            g.name,
            label,
            f"{g.static_gpa:.1f}",
            f"{g.pbe_gpa:.1f}",
            f"{g.dispersion_gpa:.1f}",
            f"{g.spread_change:+.1%}",
            f"{g.anisotropy[0]:+.1e}" if any(g.anisotropy) else "0",
            f"{g.moved:.3f}",
        )
    out.print(energies)
    out.print(pressures)


def _show_hydrogen(out: Console, study: SqueezeStudy) -> None:
    table = _table(
        "Hydrogen, PBE, nuclei at rest",
        "lengths in angstrom; attraction of the molecules' multipoles in eV per molecule; "
        "quadrupole in e angstrom^2",
        ("structure", "PBE (GPa)", "gap eV", "phi", "bond", "next", "quadrupole", "attraction"),
    )
    for h in study.hydrogen:
        table.add_row(
            h.phase,
            f"{h.asked_gpa:g}",
            f"{h.gap_ev:.2f}",
            *("" if x is None else f"{x:.3f}" for x in (h.phi, h.bond_a, h.next_a, h.quadrupole)),
            "" if h.attraction_ev is None else f"{h.attraction_ev[0]:+.4f}",
        )
    out.print(table)


def _show_metals(out: Console, study: SqueezeStudy) -> None:
    table = _table(
        "Metals at measured volumes: multipoles of the clouds' deformation",
        "energy of the multipoles per atom, below 0 pulls, nearest nucleus and stockholder shares; "
        "l = 2 in e angstrom^2, l = 4 in e angstrom^4, l = 2 is 0 by symmetry on a cubic site",
        ("crystal", "at 300 K (GPa)", "multipoles eV", "stockholder eV", "l = 2", "l = 4", "moved"),
    )
    for m in study.metals:
        table.add_row(
            m.name,
            f"{m.asked_gpa:g}",
            *(f"{e:+.1e}" for e in m.multipole_ev),
            f"{m.quadrupole:.4f}",
            f"{m.hexadecapole:.4f}",
            f"{m.moved:.3f}",
        )
    out.print(table)
