"""``isotunnel crystals``: the library of named crystals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.options import JsonOption

if TYPE_CHECKING:
    from isotunnel.crystal import NamedCrystal

EXAMPLES = """
Examples:

    isotunnel crystals

    isotunnel crystals H3S --json

    isotunnel crystals --tag hydride

    isotunnel crystals NaCl --cif > NaCl.cif
"""


def crystals(
    name: Annotated[
        str | None,
        typer.Argument(help="One crystal, or all whose names contain this, with all details."),
    ] = None,
    tag: Annotated[str | None, typer.Option(help="Only crystals with this tag.")] = None,
    cif: Annotated[
        bool, typer.Option("--cif", help="One CIF on stdout, of the crystal of exactly that name.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """List the crystals that have a name, with their sources."""
    from isotunnel.cli.show import console, print_json
    from isotunnel.errors import CrystalError

    if cif:
        _write_cif(name, json)
        return
    found = _called(name)
    if tag:
        tags = sorted({t for c in found for t in c.tags})
        found = [c for c in found if tag in c.tags]
        if not found:
            raise CrystalError(f"no such crystal has the tag {tag!r}; tags: {', '.join(tags)}")
    if json:
        from isotunnel.schemas import Crystals, document

        print_json(document(Crystals, {"crystals": found}))
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table()
    for header in ("name", "what", "space group", "pressure (GPa)", "cell"):
        table.add_column(header, justify="right" if header.startswith("pressure") else "left")
    if name:
        table.add_column("source")
    for c in found:
        pressure = "not stated" if c.pressure_gpa is None else f"{c.pressure_gpa:g}"
        row = [c.name, c.title, c.space_group, pressure, c.kind]
        if name:
            row.append(c.source + (f" ({c.note})" if c.note else ""))
        table.add_row(*(escape(x) for x in row))
    console().print(table)


def _called(name: str | None) -> list[NamedCrystal]:
    """The crystal that answers to a name; else those whose names contain it."""
    from isotunnel.crystal import find_named, named_crystals
    from isotunnel.crystal.named import named_entry

    if name is None:
        return list(named_crystals())
    found = find_named(name)
    if found is not None:
        return [found]
    part = name.strip().casefold()
    names = {c: " ".join((c.name, *c.aliases)).casefold() for c in named_crystals()}
    containing = [c for c, text in names.items() if part in text]
    return containing or [named_entry(name, any_pressure=True)]


def _write_cif(name: str | None, json: bool) -> None:
    from isotunnel.crystal.cif.write import cif_of_named
    from isotunnel.crystal.named import named_entry
    from isotunnel.errors import InputError

    if name is None or json:
        raise InputError("--cif writes one crystal: give its name, and no --json")
    typer.echo(cif_of_named(named_entry(name)), nl=False)
