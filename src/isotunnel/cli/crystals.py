"""``isotunnel crystals``: the library of named crystals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_of, deliver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isotunnel.crystal import NamedCrystal

EXAMPLES = """
Examples:

    isotunnel crystals

    isotunnel crystals H3S --json

    isotunnel crystals --tag hydride

    isotunnel crystals NaCl --cif > NaCl.cif

    isotunnel crystals H3S@200GPa -o H3S.cif
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
    output: Annotated[Output, Forms(("cif",))] = NOTHING,
) -> None:
    """List the crystals that have a name, with their sources."""
    from isotunnel.crystal.cif.write import cif_of_named
    from isotunnel.errors import CrystalError
    from isotunnel.files import write_whole
    from isotunnel.schemas import Crystals, document

    if cif:
        _write_cif(name, output)
        return
    found = _called(name)
    if tag:
        tags = sorted({t for c in found for t in c.tags})
        found = [c for c in found if tag in c.tags]
        if not found:
            raise CrystalError(f"no such crystal has the tag {tag!r}; tags: {', '.join(tags)}")
    product = Product(
        name=f"{name}-crystals" if name else "crystals",
        show=lambda: _show(found, details=bool(name)),
        json=lambda: document(Crystals, {"crystals": found}),
        csv=lambda: csv_of(document(Crystals, {"crystals": found})["crystals"]),
        files={"cif": lambda path: write_whole(path, cif_of_named(found[0]))}
        if len(found) == 1
        else {},
    )
    deliver(output, product)


def _show(found: Sequence[NamedCrystal], *, details: bool) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import console

    table = Table()
    for header in ("name", "what", "space group", "pressure (GPa)", "cell"):
        table.add_column(header, justify="right" if header.startswith("pressure") else "left")
    if details:
        table.add_column("source")
    for c in found:
        pressure = "not stated" if c.pressure_gpa is None else f"{c.pressure_gpa:g}"
        row = [c.name, c.title, c.space_group, pressure, c.kind]
        if details:
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


def _write_cif(name: str | None, output: Output) -> None:
    from isotunnel.crystal.cif.write import cif_of_named
    from isotunnel.crystal.named import named_entry
    from isotunnel.errors import InputError

    if name is None or output.json or output.csv or output.targets:
        raise InputError("--cif prints one crystal: give its name, and no other form of output")
    typer.echo(cif_of_named(named_entry(name)), nl=False)
