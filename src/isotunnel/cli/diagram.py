"""``isotunnel diagram``: the P-T diagram of a substance, theory by theory."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.output import (
    NOTHING,
    CsvTable,
    Forms,
    Output,
    Product,
    csv_text,
    deliver,
    file_stem,
)
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from isotunnel.diagrams import Diagram, Panel

EXAMPLES = """
Examples:

    isotunnel diagram Al

    isotunnel diagram S --theory tunnel-ks --theory bloch_grueneisen+eliashberg

    isotunnel diagram Si --pressure 0:60 --temperature 0:20 --linear --linear-temperature

    isotunnel diagram H3S --no-files --json > h3s.json

    isotunnel diagram Pb -o diagrams
"""


def diagram(
    name: Annotated[str, typer.Argument(help="A substance, as in Al, lead or H3S.")],
    theory: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="tunnel-spacing, tunnel-ks, bcs, ...; A+B joins a normal state and a pairing. "
            "Several times for several panels.",
        ),
    ] = None,
    pressure: Annotated[
        str | None, typer.Option(metavar="LOW:HIGH", help="GPa, within 0 to 1000.")
    ] = None,
    temperature: Annotated[
        str | None, typer.Option(metavar="LOW:HIGH", help="K, 0 or more.")
    ] = None,
    log: Annotated[
        bool | None,
        typer.Option(
            "--log-pressure/--linear",
            help="Pressure axis; default: linear where much happens above 10 GPa.",
        ),
    ] = None,
    log_temperature: Annotated[
        bool, typer.Option("--log-temperature/--linear-temperature", help="Temperature axis.")
    ] = True,
    output: Annotated[
        Output, Forms(("html", "png", "svg"), default=("html", "png"), figures=True)
    ] = NOTHING,
) -> None:
    """Draw pressure against temperature with each theory's states and what was measured.

    One panel per theory: superconducting, conducting and insulating regions, conventional phase
    lines, measured transitions. Needs no DFT.
    """
    from isotunnel.cli.show import console
    from isotunnel.diagrams import diagram as build
    from isotunnel.report import write_diagram

    result = build(
        name,
        theory or None,
        pressure=None if pressure is None else _range(pressure, "--pressure"),
        temperature=None if temperature is None else _range(temperature, "--temperature"),
        log_pressure=log,
        log_temperature=log_temperature,
    )
    stem = f"{file_stem(name)}-diagram"
    product = Product(
        name=stem,
        show=lambda: _show(console(), result),
        json=result.as_dict,
        csv=lambda: csv_text(*_table(result)),
        files={
            "html": lambda path: write_diagram(result, html=path),
            "png": lambda path: write_diagram(result, png=path),
            "svg": lambda path: write_diagram(result, svg=path),
        },
        figures=lambda folder: write_diagram(
            result, png=folder / f"{stem}.png", svg=folder / f"{stem}.svg"
        ),
    )
    deliver(output, product)


def _table(result: Diagram) -> CsvTable:
    """A row per measured point and theory: what was measured, and what the theory says there."""
    header = (
        *("kind", "pressure_gpa", "pressure_end_gpa", "temperature_k", "temperature_error_k"),
        *("label", "theory", "prediction", "row", "source", "grade"),
    )
    rows = [
        (
            *(p.kind, p.pressure_gpa, p.pressure_end_gpa, p.temperature_k, p.temperature_error_k),
            *(p.label, panel.theory, result.prediction(panel, p), p.row, p.source, p.grade),
        )
        for p in result.points
        for panel in result.panels
    ]
    return header, rows


def _range(text: str, option: str) -> tuple[float, float]:
    """Two numbers from LOW:HIGH.

    Raises:
        InputError: anything else.
    """
    parts = text.split(":")
    try:
        low, high = (float(part) for part in parts)
    except ValueError:
        raise InputError(f"{option}: {text!r} is not LOW:HIGH, two numbers like 0:100") from None
    if not (math.isfinite(low) and math.isfinite(high)):
        raise InputError(f"{option}: {text!r} holds a number that is not finite")
    return low, high


def _show(out: Console, result: Diagram) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.diagrams.theory_plane import WORDS

    p, t = result.pressures, result.temperatures
    out.print(f"[bold]{escape(result.name)}[/bold]  {escape(result.title)}")
    table = Table(
        title=f"share of the plane {p.low:.4g} to {p.high:g} GPa, {t.low:.4g} to {t.high:g} K"
        + (" (logarithmic axes)" if p.log and t.log else ""),
        title_justify="left",
    )
    table.add_column("theory")
    for word in WORDS.values():
        table.add_column(word, justify="right")
    for panel in result.panels:
        cells = [f"{100 * panel.shares.get(state, 0.0):.0f} %" for state in WORDS]
        table.add_row(escape(panel.theory), *cells)
    out.print(table)
    for point in result.points:
        states = "; ".join(f"{q.theory}: {result.prediction(q, point)}" for q in result.panels)
        out.print(f"measured: {escape(point.label)}\n  theories: {escape(states)}", soft_wrap=True)
        for panel in result.panels:
            found = result.contradiction(panel, point)
            if found is not None:
                words = f"contradicts {panel.theory}, which {found.claim}"
                out.print(f"  [red]{escape(words)}[/red]", soft_wrap=True)
    for panel in result.panels:
        out.print(f"put into {escape(panel.theory)}: {escape(_put_in(panel))}", soft_wrap=True)
    for part in result.melting_unknown:
        out.print(f"note: {escape(part.words)}", soft_wrap=True)


def _put_in(panel: Panel) -> str:
    """What a theory was given and does not predict."""
    if panel.inputs is None:
        return "it does not tell"
    return "; ".join(dict.fromkeys(i.words for _, i in panel.inputs)) or "nothing electrical"
