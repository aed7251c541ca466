"""The document of ``isotunnel diagram``."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, MinLen
from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of, Pair

State = Literal["superconductor", "metal", "insulator"]


class Axis(TypedDict):
    """An axis."""

    low: Annotated[float, Ge(0)]
    high: Annotated[float, Gt(0)]
    log: bool


class Reason(TypedDict):
    """An entry of `reasons`."""

    text: Annotated[str, MinLen(1)]
    share: Annotated[float, Ge(0), Le(1 + 1e-9)]
    pressures_gpa: Pair[float]
    temperatures_k: Pair[float]
    undecided: bool


class Grid(TypedDict):
    """The value of `grid`."""

    pressure_gpa: list[float]
    temperature_k: list[float]
    states: list[list[State | None]]


class Beside(TypedDict):
    """Eliashberg's Tc beside that of a formula, where the coupling is above 1.5."""

    theory: str
    value: float


class Answer(TypedDict):
    """The value of `tc_k`."""

    value: float | None
    error: float | None
    cannot_say: str | None
    beside: Beside | None
    error_unknown: list[str]


class Isobar(TypedDict):
    """An entry of `columns`."""

    pressure_gpa: float
    states: Annotated[list[Annotated[State | None, Of("state")]], MinLen(1), Of("labels")]
    reasons: Annotated[list[Annotated[str, Of("reason")]], Of("labels")]
    extrapolated: Annotated[list[Annotated[bool, Of("extrapolated")]], Of("labels")]
    undecided: Annotated[list[Annotated[bool, Of("undecided")]], Of("labels")]
    cuts_k: Annotated[list[float], Of("cuts")]
    unsure_k: Annotated[list[list[float]], Of("unsure")]
    tc_k: Annotated[Answer, Of("critical")]


class Boundary(TypedDict):
    """An entry of `boundaries`."""

    colder: State | None
    hotter: State | None
    wall: bool
    pressure_gpa: list[float]
    temperature_k: list[float]
    low_k: list[float | None]
    high_k: list[float | None]


class ParameterUsed(TypedDict):
    """An entry of `used`."""

    phase: Annotated[str, Of("0")]
    name: Annotated[str, Of("1.name")]
    value: Annotated[float, Of("1.value")]
    unit: Annotated[str, Of("1.unit")]
    error: Annotated[float | None, Of("1.error")]
    source: Annotated[str, Of("1.source")]


class TheoryInput(TypedDict):
    """An entry of `inputs`."""

    phases: Annotated[str, Of("0")]
    kind: Annotated[
        Literal["tc", "transition", "normal", "metal", "insulator", "parameter"], Of("1.kind")
    ]
    pressure_gpa: Annotated[float, Ge(0), Of("1.pressure_gpa")]
    pressure_end_gpa: Annotated[float | None, Of("1.pressure_end_gpa")]
    temperature_k: Annotated[float | None, Of("1.temperature_k")]
    error_k: Annotated[float | None, Of("1.error_k")]
    words: Annotated[str, MinLen(1), Of("1.words")]
    source: Annotated[str, Of("1.source")]


class Panel(TypedDict):
    """An entry of `panels`."""

    theory: str
    title: str
    references: list[str]
    assumptions: list[str]
    shares: dict[Literal["superconductor", "metal", "insulator", "cannot say"], float]
    reasons: list[Reason]
    grid: Grid
    columns: list[Isobar]
    boundaries: list[Boundary]
    used: list[ParameterUsed]
    inputs: list[TheoryInput] | None
    notes: list[str]


class PhaseLine(TypedDict):
    """An entry of `phase_lines`."""

    kind: Literal["melting", "boiling", "transition"]
    quality: Literal["measured", "extrapolated", "estimate"]
    name: str
    pressure_gpa: list[float]
    temperature_k: list[float]
    uncertainty: float | None
    source: str
    note: str


class Phases(TypedDict):
    """The value of `phases`."""

    pressure_gpa: list[float]
    temperature_k: list[float]
    names: list[list[str]]


class MeasuredPoint(TypedDict):
    """An entry of `measured`."""

    kind: Literal[
        "tc",
        "tc_somewhere",
        "tc_slope",
        "claim",
        "none",
        "insulator_to_metal",
        "metal_to_insulator",
        "conducts",
        "insulates",
    ]
    pressure_gpa: float
    pressure_end_gpa: float | None
    temperature_k: float | None
    temperature_end_k: float | None
    temperature_error_k: float | None
    label: str
    row: str
    source: str
    grade: Literal["A", "B", "C", "D"]
    url: str
    note: str
    phase: str
    pressure_error_gpa: float | None
    decides: bool
    theories_say: dict[str, str]
    put_into: list[str]
    contradicted: dict[str, str]


class MeltingUnknown(TypedDict):
    """An entry of `melting_unknown`."""

    low_gpa: Annotated[float, Ge(0)]
    high_gpa: float
    above_k: float
    reason: Annotated[str, MinLen(1)]


class Diagram(TypedDict):
    """What ``isotunnel diagram --json`` prints."""

    schema: Literal["isotunnel.diagram/1"]
    name: str
    title: str
    pressure_gpa: Annotated[Axis, Of("pressures")]
    temperature_k: Annotated[Axis, Of("temperatures")]
    panels: Annotated[list[Panel], MinLen(1)]
    phase_lines: Annotated[list[PhaseLine], Of("lines")]
    phases: Phases | None
    measured: Annotated[list[MeasuredPoint], Of("compared")]
    melting_unknown: list[MeltingUnknown]
    dropped: list[str]
    notes: list[str]
