"""``isotunnel tunnels``: the tunnels in a grid file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.field_files import FIELD_FILES, NO_FIELD_FILES, FieldFiles, tell_written
from isotunnel.cli.options import (
    ConnectivityChoice,
    ConnectivityOption,
    CorrectQeElfOption,
    KindChoice,
    RefineOption,
    corrected,
)
from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_text, deliver
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.fields.field import Field
    from isotunnel.tunnels import Tunnels

EXAMPLES = """
Examples:

    isotunnel tunnels ELFCAR

    isotunnel tunnels density.cube --kind density -o density-tunnels.json

    isotunnel tunnels ELFCAR --save-surface elf.ply --level 0.8

    isotunnel tunnels LOCPOT --side below --connectivity 6

    isotunnel tunnels elf_from_qe_7.2.cube --kind elf --correct-qe-elf
"""


class SideChoice(StrEnum):
    """Which region is open."""

    ABOVE = "above"
    BELOW = "below"


class LengthUnit(StrEnum):
    """Length unit of a cube file."""

    BOHR = "bohr"
    ANGSTROM = "angstrom"


def tunnels(
    file: Annotated[Path, typer.Argument(help="Grid file: cube, VASP, XSF, .gpw or our HDF5.")],
    kind: Annotated[
        KindChoice | None, typer.Option(help="What the values are; guessed by default.")
    ] = None,
    side: Annotated[
        SideChoice | None,
        typer.Option(help="Open region; default: below for potentials, above for density and ELF."),
    ] = None,
    connectivity: ConnectivityOption = ConnectivityChoice.ALL,
    refine: RefineOption = True,
    spin: Annotated[
        str | None,
        typer.Option(help="total, up, down or difference; by default every part of the file."),
    ] = None,
    format: Annotated[str | None, typer.Option(help="cube, vasp, xsf, gpw or hdf5.")] = None,
    length_unit: Annotated[
        LengthUnit | None, typer.Option(help="Length unit of a cube file, if it lies.")
    ] = None,
    value_unit: Annotated[
        str | None, typer.Option(help="Unit in the file: eV, hartree, rydberg, 1/bohr^3, ...")
    ] = None,
    correct_qe_elf: CorrectQeElfOption = False,
    files: Annotated[FieldFiles, FIELD_FILES] = NO_FIELD_FILES,
    output: Annotated[Output, Forms()] = NOTHING,
) -> None:
    """Find the percolating networks in a grid file that a DFT code wrote.

    For each of one, two and three dimensions: the level at which one connected network first spans
    them, between grid points with an error and exactly on the grid; where it leads; where its
    bottleneck lies. For an ELF the 3D threshold is the networking value phi.
    """
    from isotunnel.cli.first_run import prepare_kernels
    from isotunnel.cli.quick_start import load_kernels

    prepare_kernels()
    load_kernels()
    from isotunnel.fields import Side
    from isotunnel.tunnels import find_tunnels
    from isotunnel.tunnels.table import tunnels_document, tunnels_table

    options: dict[str, Any] = {
        "kind": kind and str(kind),
        "format": format,
        "length_unit": length_unit and str(length_unit),
        "value_unit": value_unit,
    }
    fields = _fields(file, spin, options)
    if correct_qe_elf:
        fields = corrected(fields)
    opened = Side(side.value) if side else None
    if opened is None and any(f.default_side is None for f in fields):
        raise InputError(
            f"{file}: cannot tell what the values are, nor so which side is open; pass --kind "
            "(potential, electrostatic, density or elf) or --side (above or below)"
        )
    found = [find_tunnels(f, opened, connectivity.number, refine=refine) for f in fields]
    product = Product(
        name=f"{file.name}-tunnels",
        show=lambda: _show(found),
        json=lambda: tunnels_document(found),
        csv=lambda: csv_text(*tunnels_table(found)),
        source=str(file),
    )
    deliver(output, product)
    tell_written(files.write({_name(t, len(found)): t for t in found}))


def _name(tunnels: Tunnels, of: int) -> str:
    """Of a field among several parts of a file."""
    field = tunnels.field
    return str(field.kind) if of == 1 else f"{field.kind}-{field.spin}"


def _show(found: list[Tunnels]) -> None:
    from isotunnel.cli.show import console, show_tunnels, show_warnings

    out = console()
    for one in found:
        show_tunnels(out, one)
    show_warnings(list(dict.fromkeys(w for t in found for w in t.all_warnings)))


def _fields(file: Path, spin: str | None, options: dict[str, Any]) -> tuple[Field, ...]:
    from isotunnel.fields import read_field, read_fields

    if not file.exists() and len(file.parts) == 1:
        missing = InputError(f"{file}: no such file")
        missing.unknown_name = str(file)
        raise missing
    if spin is not None:
        return (read_field(file, spin=spin, **options),)
    return read_fields(file, **options)
