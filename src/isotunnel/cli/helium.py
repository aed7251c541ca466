"""``isotunnel helium``: liquid helium across the lambda point, and what holds it together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_text, deliver

if TYPE_CHECKING:
    from rich.console import Console

    from isotunnel.studies.helium import HeliumLab

EXAMPLES = """
Examples:

    isotunnel helium

    isotunnel helium --sweeps 20000 --json
"""

SCHEMA = "isotunnel.helium/1"


def helium(
    sweeps: Annotated[
        int, typer.Option(min=200, max=10**6, help="Monte Carlo moves of every atom.")
    ] = 4000,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Of the random numbers.")] = 1,
    output: Annotated[Output, Forms()] = NOTHING,
) -> None:
    """Does the attraction between helium atoms vanish at 2.17 K? Measured and computed.

    Properties on both sides of the lambda point, and the energy of the liquid at T = 0 by
    variational and diffusion Monte Carlo with a pair potential that knows no temperature, with and
    without its attraction.
    """
    from isotunnel.cli.show import console
    from isotunnel.studies.helium import helium_lab

    lab = helium_lab(sweeps=sweeps, seed=seed)
    product = Product(
        name="helium",
        show=lambda: _show(console(), lab),
        json=lambda: _document(lab),
        csv=lambda: csv_text(
            ("property", "unit", "below_lambda", "above_lambda", "ratio"),
            ((a.name, a.unit, a.below, a.above, a.ratio) for a in lab.across),
        ),
    )
    deliver(output, product)


def _document(lab: HeliumLab) -> dict[str, Any]:
    from isotunnel.plain import plain

    return {"schema": SCHEMA, **plain(lab)}


def _show(out: Console, lab: HeliumLab) -> None:
    from rich.table import Table

    from isotunnel.cli.show import number

    table = Table(title="Helium-4 across the lambda point, 2.177 K", title_justify="left")
    for header in ("property", "unit"):
        table.add_column(header)
    for header in ("1.5 to 2.165 K", "2.2 to 2.7 K", "ratio"):
        table.add_column(header, justify="right")
    for a in lab.across:
        name = a.name.replace(" (normal component below T_lambda)", " of the normal part")
        table.add_row(name, a.unit, *(_cell(x) for x in (a.below, a.above, a.ratio)))
    out.print(table)
    energies = Table(
        title="Energy of the liquid at T = 0 by Monte Carlo, K per atom",
        title_justify="left",
        caption=f"{lab.attracting.atoms} atoms, {lab.attracting.sweeps} sweeps, variational: upper "
        f"bounds; ground state by diffusion, {lab.ground_state.walkers} walkers, "
        f"{lab.ground_state.steps} steps. Measured: -7.17 K",
        caption_justify="left",
    )
    energies.add_column("pair potential")
    for header in ("potential (K)", "kinetic (K)", "by the other estimator (K)", "energy (K)"):
        energies.add_column(header, justify="right")
    for label, e in (("whole", lab.attracting), ("without attraction", lab.repelling)):
        energies.add_row(
            label,
            f"{e.potential_k:.2f}",
            number(e.kinetic_k, e.kinetic_error_k),
            number(e.kinetic_jf_k, e.kinetic_jf_error_k),
            number(e.energy_k, e.energy_error_k),
        )
    exact = lab.ground_state
    energies.add_row(
        "whole, ground state", "", "", "", f"{exact.energy_k:.2f} ± {exact.energy_error_k:.2f}"
    )
    out.print(energies)


def _cell(value: float | None) -> str:
    return "no rows" if value is None else f"{value:.4g}"
