"""``isotunnel crystals``: the library of named crystals."""

from __future__ import annotations

from typing import Annotated

import typer

from isotunnel.cli.options import JsonOption

EXAMPLES = """
Examples:

    isotunnel crystals

    isotunnel crystals H3S --json

    isotunnel crystals --tag hydride

    isotunnel crystals NaCl --cif > NaCl.cif
"""


def crystals(
    name: Annotated[
        str | None, typer.Argument(help="Show only names that contain this, with all details.")
    ] = None,
    tag: Annotated[str | None, typer.Option(help="Only crystals with this tag.")] = None,
    cif: Annotated[
        bool, typer.Option("--cif", help="One CIF on stdout, of the crystal of exactly that name.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """List the crystals that have a name, with their sources."""
    from isotunnel.cli.show import console, print_json
    from isotunnel.crystal import named_crystals
    from isotunnel.errors import CrystalError

    if cif:
        _write_cif(name, json)
        return
    wanted = (name or "").casefold()
    found = [
        c
        for c in named_crystals()
        if any(wanted in n.casefold() for n in (c.name, *c.aliases)) and (not tag or tag in c.tags)
    ]
    if not found:
        tags = sorted({t for c in named_crystals() for t in c.tags})
        wishes = [f"a name with {name!r}"] if name else []
        wishes += [f"the tag {tag!r}"] if tag else []
        raise CrystalError(f"no crystal has {' and '.join(wishes)}; tags: {', '.join(tags)}")
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


def _write_cif(name: str | None, json: bool) -> None:
    from isotunnel.crystal import find_named, named_crystal
    from isotunnel.crystal.cif.write import cif_of_named
    from isotunnel.errors import InputError

    if name is None or json:
        raise InputError("--cif writes one crystal: give its name, and no --json")
    entry = find_named(name)
    if entry is None:
        named_crystal(name)  # raises, with the names that come close
        return
    typer.echo(cif_of_named(entry), nl=False)
