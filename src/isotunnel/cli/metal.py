"""``isotunnel metal``: simple metals as ions in a sea of free electrons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_of, deliver

if TYPE_CHECKING:
    from rich.console import Console

    from isotunnel.studies.electron_sea import SeaMetal, SeaStudy
    from isotunnel.studies.mobility import IonMobility

EXAMPLES = """
Examples:

    isotunnel metal

    isotunnel metal Na

    isotunnel metal Al --figures figures

    isotunnel metal --csv > metals.csv
"""

_PARTS = {
    "kinetic": "kinetic",
    "exchange": "exchange",
    "correlation": "correlation",
    "madelung": "Madelung",
    "core": "core",
}
_MODELS = {"thomas_fermi": "Thomas-Fermi", "lindhard": "Lindhard"}


def metal(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[METAL]...", help="Symbols; default: all of the table."),
    ] = None,
    output: Annotated[Output, Forms(figures=True)] = NOTHING,
) -> None:
    """Cohesion and stiffness of simple metals from a sea of free electrons, against measurement.

    The measured volume fixes the size of the ions' cores; cohesive energy and bulk modulus are
    predicted. Also: which way an extra electron moves the nearest ions, and how well charge and
    ions move, where self-diffusion was measured.
    """
    from isotunnel.cli.show import console
    from isotunnel.report.figures.electron_sea import draw_electron_sea
    from isotunnel.schemas import Metal, document
    from isotunnel.studies.electron_sea import SeaStudy, sea_metal, sea_study
    from isotunnel.studies.mobility import laws_of, mobility_study

    study = SeaStudy(tuple(map(sea_metal, names)), ()) if names else sea_study()
    everything = mobility_study().laws
    mobility = laws_of(m.element for m in study.metals) if names else everything

    def show() -> None:
        _show_study(console(), study, details=bool(names))
        _show_mobility(console(), mobility)

    def as_document() -> dict[str, Any]:
        return document(Metal, {"study": study, "mobility": mobility})

    product = Product(
        name="-".join((*(names or ()), "metal")),
        show=show,
        json=as_document,
        csv=lambda: csv_of(as_document()["metals"]),
        figures=lambda folder: draw_electron_sea(study.metals, folder, each=bool(names)),
    )
    deliver(output, product)


def _show_study(out: Console, study: SeaStudy, *, details: bool) -> None:
    _show(out, study.metals, details=details)
    for element in dict.fromkeys(d.label for d in study.dropped):
        reason = next(d.reason for d in study.dropped if d.label == element)
        out.print(f"left out: {element}, {reason}", soft_wrap=True, markup=False)


def _show(out: Console, metals: tuple[SeaMetal, ...], *, details: bool) -> None:
    from rich.table import Table

    table = Table(
        title="Ions in a sea of free electrons, first order; the volume is put in",
        title_justify="left",
        caption="cohesive energy in eV per atom, bulk modulus in GPa",
        caption_justify="left",
    )
    table.add_column("metal")
    for header in (
        *("Z", "r_s (bohr)", "core (bohr)", "E_coh (eV/atom)", "measured (eV/atom)"),
        *("B (GPa)", "measured (GPa)"),
    ):
        table.add_column(header, justify="right")
    for m in metals:
        numbers = (
            f"{m.r_s_bohr:.2f}",
            f"{m.core_radius_bohr:.2f}",
            f"{m.cohesive_ev:.2f}",
            f"{m.measured_cohesive_ev:.2f}",
            f"{m.predicted.bulk_modulus_gpa:.1f}",
            f"{m.measured_bulk_modulus_gpa:.1f}",
        )
        table.add_row(m.element, str(m.valence), *numbers)
    out.print(table)
    if details:
        for m in metals:
            _show_details(out, m)


def _show_details(out: Console, metal: SeaMetal) -> None:
    from isotunnel.bonding.electron_sea import sea_energy

    parts = sea_energy(metal.sea, metal.volume_a3)
    listed = ", ".join(
        f"{words} {float(getattr(parts, f'{name}_ev')):+.2f}" for name, words in _PARTS.items()
    )
    lines = [f"{metal.element}, {metal.structure}: energy per ion in eV: {listed}"]
    for model, shift in metal.shifts.items():
        way = "towards" if shift.displacement_angstrom < 0 else "away from"
        lines.append(
            f"  an extra electron on a site ({_MODELS[model]} screening) has "
            f"{shift.interaction_ev:+.4f} eV with the nearest ion and moves it by "
            f"{abs(shift.displacement_angstrom):.3f} angstrom {way} itself"
        )
    lines += [f"  {row.source}" for row in {r.source: r for r in metal.rows}.values()]
    for line in lines:
        out.print(line, soft_wrap=True, markup=False)


def _show_mobility(out: Console, laws: tuple[IonMobility, ...]) -> None:
    for law in laws:
        out.print(
            f"{law.element} ({law.state}) at {law.temperature_k:.0f} K: charge moves with "
            f"{law.charge_mobility_cm2_vs:.2g} cm^2/(V s), ions with "
            f"{law.ion_mobility_cm2_vs:.2g}, {law.orders:.1f} orders of magnitude less",
            soft_wrap=True,
            markup=False,
        )
