"""The JSON document of ``isotunnel scorecard``, as a strict model."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from schema import Model

Side = Literal["paper", "rival", "yours"]
Verdict = Literal[
    "supported",
    "contradicted",
    "mixed",
    "undecided",
    "not testable",
    "not yet computed",
    "no statement",
]


class Part(Model):
    name: str
    title: str
    formula: str
    unit: str
    sides: list[Side]
    supported: list[float | None]
    contradicted: list[float | None]
    minimum_rows: int
    necessary: bool


class Entry(Model):
    id: str
    statement: str
    section: str
    decides: str
    rival: str
    tables: list[str]
    limits: str
    computed: bool
    parts: list[Part]


class Used(Model):
    table: str
    row: str
    label: str
    source: str


class Dropped(Model):
    table: str
    row: str
    label: str
    reason: str


class Guess(Model):
    what: str
    value: float


class CommonNumber(Model):
    side: Side
    verdict: Verdict
    right: int | None
    value: float | None
    low: float | None
    high: float | None
    guess: Guess | None
    cannot_say: str | None


class Common(Model):
    part: str
    sides: list[Side]
    cases: int
    rows: int
    same: bool
    numbers: list[CommonNumber]
    sentence: str


class Number(Model):
    side: Side
    verdict: Verdict
    sentence: str
    part: str
    value: float | None
    low: float | None
    high: float | None
    interval: Literal["confidence", "range", "none"]
    range_of: int | None
    rows: int
    guess: Guess | None
    used: list[Used]
    dropped: list[Dropped]
    cannot_say: str | None
    text: str
    rule: str
    decides: bool
    would_change: str
    rows_needed: int | None


class Mark(Model):
    label: str
    x: float | None
    y: float
    y_low: float
    y_high: float
    series: str


class Line(Model):
    label: str
    y: float | None
    points: list[list[float]]


class Picture(Model):
    title: str
    x_axis: str
    y_axis: str
    log_x: bool
    log_y: bool
    marks: list[Mark]
    lines: list[Line]
    matrix: list[list[str | float]]


class Claim(Model):
    claim: Entry
    verdicts: dict[Side, Verdict]
    numbers: list[Number]
    common: list[Common]
    sentences: list[str]
    picture: Picture | None
    module: str | None


class Settings(Model):
    confidence_level: float
    bootstrap_resamples: int
    bootstrap_seed: int


class Scorecard(Model):
    """What ``isotunnel scorecard --json`` prints."""

    schema_: Literal["isotunnel.scorecard/1"] = Field(alias="schema")
    theory: str | None
    sides: list[Side]
    totals: dict[Side, dict[Verdict, int]]
    claims: list[Claim]
    versions: dict[str, str]
    settings: Settings
