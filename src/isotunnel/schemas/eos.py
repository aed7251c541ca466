"""The document of ``isotunnel eos``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of, Triple


class EosPoint(TypedDict):
    """An entry of `points`: the crystal relaxed under a pressure."""

    pressure_gpa: float
    volume_per_atom_a3: float
    energy_ev_atom: float
    enthalpy_ev_atom: float
    symbols: list[str]
    cell_angstrom: Triple[Triple[float]]
    positions_fractional: list[Triple[float]]
    steps: int


class EosCompared(TypedDict):
    """An entry of `compared`: the pressure of a cell by the potential and by GPAW."""

    crystal: str
    family: str
    volume_per_atom_a3: float
    gpaw_gpa: float
    potential_gpa: float | None
    met: bool
    reason: str | None


class Eos(TypedDict):
    """What ``isotunnel eos --json`` prints."""

    schema: Literal["isotunnel.eos/1"]
    name: str
    title: str
    engine: str
    cell: str
    basis: Annotated[str, Of("trust.basis")]
    reach_gpa: Annotated[float, Of("trust.reach_gpa")]
    reason: Annotated[str, Of("trust.reason")]
    points: list[EosPoint]
    compared: Annotated[list[EosCompared], Of("trust.points")]
    versions: dict[str, str]
    sources: list[str]
    warnings: list[str]
