"""``isotunnel diagram``: the P-T diagram of a substance, theory by theory."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.analyze import _check_writable, _file_name
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
        Path | None,
        typer.Option("--output", "-o", help="A folder: PNG, SVG, HTML and JSON go there."),
    ] = None,
    png: Annotated[Path | None, typer.Option(help="Write the figure here.")] = None,
    svg: Annotated[Path | None, typer.Option(help="Write the figure here, as SVG.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the page here.")] = None,
    no_files: Annotated[bool, typer.Option("--no-files", help="Write no files.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Draw pressure against temperature with each theory's states and what was measured.

    One panel per theory: superconducting, conducting and insulating regions, conventional phase
    lines, measured transitions. Needs no DFT. Without a path it writes NAME-diagram.png and
    NAME-diagram.html here.
    """
    from isotunnel.cli.show import console, console_for_problems, print_json
    from isotunnel.diagrams import diagram as build

    paths = _paths(name, output, png, svg, html, no_files)
    for option, path in paths.items():
        _check_writable(path, f"--{option}")
    result = build(
        name,
        theory or None,
        pressure=None if pressure is None else _range(pressure, "--pressure"),
        temperature=None if temperature is None else _range(temperature, "--temperature"),
        log_pressure=log,
        log_temperature=log_temperature,
    )
    if json:
        print_json(result.as_dict())
    else:
        _show(console(), result)
    if paths:
        from isotunnel.report import write_diagram

        renamed = {("json_path" if form == "json" else form): p for form, p in paths.items()}
        write_diagram(result, **renamed)
        words = "\n".join(f"{form}: {path}" for form, path in paths.items())
        console_for_problems().print(words, soft_wrap=True, markup=False)


def _paths(
    name: str,
    output: Path | None,
    png: Path | None,
    svg: Path | None,
    html: Path | None,
    no_files: bool,
) -> dict[str, Path]:
    """Files to write, by form."""
    named = {form: path for form, path in (("png", png), ("svg", svg), ("html", html)) if path}
    if no_files:
        if named or output:
            raise InputError("--no-files forbids what --output, --png, --svg or --html ask for")
        return {}
    stem = f"{_file_name(name)}-diagram"
    if output is not None:
        if output.is_file():
            raise InputError(f"--output: {output} is a file; name a folder")
        return {f: output / f"{stem}.{f}" for f in ("png", "svg", "html", "json")} | named
    return named or {form: Path(f"{stem}.{form}") for form in ("png", "html")}


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
        out.print(f"put into {escape(panel.theory)}: {escape(_put_in(panel))}", soft_wrap=True)
    for part in result.melting_unknown:
        out.print(f"note: {escape(part.words)}", soft_wrap=True)


def _put_in(panel: Panel) -> str:
    """What a theory was given and does not predict."""
    if panel.inputs is None:
        return "it does not tell"
    return "; ".join(dict.fromkeys(i.words for _, i in panel.inputs)) or "nothing electrical"
