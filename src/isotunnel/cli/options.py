"""Options that several commands have, and what is made of them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.fields.field import Field
    from isotunnel.topology.graph import Connectivity


class KindChoice(StrEnum):
    """What the values are."""

    POTENTIAL = "potential"
    ELECTROSTATIC = "electrostatic"
    DENSITY = "density"
    ELF = "elf"
    OTHER = "other"


class ConnectivityChoice(StrEnum):
    """Which voxels touch."""

    FACES = "6"
    ALL = "26"

    @property
    def number(self) -> Connectivity:
        """Of touching neighbours."""
        return 26 if self is ConnectivityChoice.ALL else 6


class CellChoiceOption(StrEnum):
    """Which cell is computed."""

    AS_GIVEN = "as-given"
    PRIMITIVE = "primitive"
    CONVENTIONAL = "conventional"


ConnectivityOption = Annotated[
    ConnectivityChoice, typer.Option(help="Voxels touch by faces (6) or also edges, corners.")
]
RefineOption = Annotated[
    bool, typer.Option(help="Find the thresholds between grid points, with an error.")
]
DeltaCOption = Annotated[
    list[str] | None,
    typer.Option(metavar="READING=VALUE", help="Gap up to which a reading says conducting."),
]
CorrectQeElfOption = Annotated[
    bool,
    typer.Option(
        "--correct-qe-elf", help="Undo the ELF normalisation of QE 6.8 to 7.5 without spin."
    ),
]
KeepQeElfOption = Annotated[
    bool,
    typer.Option(
        "--keep-qe-elf",
        help="Leave the ELF of a Quantum ESPRESSO folder as it is, also if it is a wrong one.",
    ),
]
HDosOption = Annotated[
    float | None,
    typer.Option(
        "--h-dos", help="Hydrogen's share of the DOS at the Fermi level, 0 to 1, if no file has it."
    ),
]
FermiOption = Annotated[
    float | None,
    typer.Option("--fermi", help="Fermi level in eV on the potential's zero, if no file has it."),
]
PressureOption = Annotated[
    float | None, typer.Option("--pressure", help="Pressure in GPa, if no file has it.")
]
CellOption = Annotated[
    CellChoiceOption,
    typer.Option(
        help="as-given keeps the file's cell and positions; the others are in standard setting."
    ),
]
AcceptFormulaMismatchOption = Annotated[
    bool,
    typer.Option(
        "--accept-formula-mismatch",
        help="Read a CIF whose atoms do not make the formula, Z, volume or density it states.",
    ),
]


def conducting_limits(texts: list[str] | None) -> dict[str, float]:
    """Numbers by reading from what ``--delta-c`` was given.

    Raises:
        InputError: an unknown reading, or no number.
    """
    from isotunnel.levels import readings

    known = [r.name for r in readings()]
    limits = {}
    for text in texts or ():
        name, _, value = text.partition("=")
        if name not in known:
            raise InputError(f"--delta-c: unknown reading {name!r}; known: {', '.join(known)}")
        try:
            limits[name] = float(value)
        except ValueError:
            raise InputError(
                f"--delta-c: {text!r} is not READING=VALUE with a number, such as ks=1.0"
            ) from None
    return limits


def corrected(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields as ``--correct-qe-elf`` wants them; see :func:`isotunnel.fields.correct_qe_elf`.

    Raises:
        FieldError: one of them is no ELF, or one that must not be corrected.
    """
    from isotunnel.fields import correct_qe_elf

    return tuple(correct_qe_elf(f) for f in fields)
