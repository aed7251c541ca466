"""What ``isotunnel diagram --json`` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from schema import Model

State = Literal["superconductor", "metal", "insulator"]
Share = Field(ge=0, le=1 + 1e-9)


class DiagramAxis(Model):
    low: float = Field(ge=0)
    high: float = Field(gt=0)
    log: bool


class Reason(Model):
    text: str = Field(min_length=1)
    share: float = Share
    pressure_gpa: float
    temperature_k: float


class Grid(Model):
    pressure_gpa: list[float]
    temperature_k: list[float]
    states: list[list[State | None]]


class Said(Model):
    value: float | None
    error: float | None
    cannot_say: str | None


class DiagramColumn(Model):
    pressure_gpa: float
    states: list[State | None] = Field(min_length=1)
    reasons: list[str]
    cuts_k: list[float]
    unsure_k: list[list[float]]
    tc_k: Said


class DiagramBoundary(Model):
    colder: State | None
    hotter: State | None
    wall: bool
    pressure_gpa: list[float]
    temperature_k: list[float]
    low_k: list[float | None]
    high_k: list[float | None]


class DiagramUsed(Model):
    phase: str
    name: str
    value: float
    unit: str
    error: float | None
    source: str


class DiagramInput(Model):
    phases: str
    kind: Literal["tc", "transition", "normal", "metal", "insulator", "parameter"]
    pressure_gpa: float = Field(ge=0)
    pressure_end_gpa: float | None
    temperature_k: float | None
    error_k: float | None
    words: str = Field(min_length=1)
    source: str


class DiagramPanel(Model):
    theory: str
    title: str
    references: list[str]
    assumptions: list[str]
    shares: dict[Literal["superconductor", "metal", "insulator", "cannot say"], float]
    reasons: list[Reason]
    grid: Grid
    columns: list[DiagramColumn]
    boundaries: list[DiagramBoundary]
    used: list[DiagramUsed]
    inputs: list[DiagramInput] | None
    notes: list[str]


class DiagramLine(Model):
    kind: Literal["melting", "boiling", "transition"]
    quality: Literal["measured", "extrapolated", "estimate"]
    name: str
    pressure_gpa: list[float]
    temperature_k: list[float]
    uncertainty: float | None
    source: str
    note: str


class DiagramPhases(Model):
    pressure_gpa: list[float]
    temperature_k: list[float]
    names: list[list[str]]


class DiagramPoint(Model):
    kind: Literal[
        "tc", "tc_somewhere", "tc_slope", "claim", "none", "insulator_to_metal",
        "metal_to_insulator",
    ]  # fmt: skip
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
    theories_say: dict[str, str]
    put_into: list[str]


class MeltingUnknown(Model):
    low_gpa: float = Field(ge=0)
    high_gpa: float
    above_k: float
    reason: str = Field(min_length=1)


class DiagramDocument(Model):
    """The whole document."""

    schema_: Literal["isotunnel.diagram/1"] = Field(alias="schema")
    name: str
    title: str
    pressure_gpa: DiagramAxis
    temperature_k: DiagramAxis
    panels: list[DiagramPanel] = Field(min_length=1)
    phase_lines: list[DiagramLine]
    phases: DiagramPhases | None
    measured: list[DiagramPoint]
    melting_unknown: list[MeltingUnknown]
    dropped: list[str]
    notes: list[str]
