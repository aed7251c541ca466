"""The document of ``isotunnel spacing``."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Le
from typing_extensions import TypedDict


class Number(TypedDict):
    """A number with an error."""

    value: float
    source: str
    error: Annotated[float | None, Ge(0)]


class Statistic(TypedDict):
    """An entry of `statistics`."""

    name: str
    title: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    rows: Annotated[int, Ge(0)]
    p_value: Annotated[float | None, Ge(0), Le(1)]
    cannot_say: str | None


class RowUsed(TypedDict):
    """An entry of `used`."""

    table: str
    row: str
    label: str
    source: str


class RowDropped(TypedDict):
    """An entry of `dropped`."""

    table: str
    row: str
    label: str
    reason: str


class Cold(TypedDict):
    """The value of `cold` in T1."""

    temperature_k: float
    resistivity_ratio: float
    volume_ratio: float
    pressure_gpa: float


class T1Row(TypedDict):
    """An entry of `rows` of T1."""

    name: str
    heating: Number
    squeezing: Number | None
    squeezing_sign: Literal[-1, 1] | None
    heating_sign: Literal[-1, 1] | None
    ratio: Number | None
    bloch_heating: Number | None
    bloch_squeezing: Number | None
    predicted_squeeze_per_gpa: Number
    bloch_squeeze_per_gpa: Number | None
    measured_squeeze_per_gpa: Number | None
    cold: Cold | None
    squeezed_ratio: float | None


class T2Row(TypedDict):
    """An entry of `rows` of T2."""

    name: str
    family: str
    tc_k: Number | None
    measured: Number | None
    sign: Literal[-1, 0, 1] | None
    initial: bool
    predicted: Number | None
    ratio: Number | None


class T3Row(TypedDict):
    """An entry of `rows` of T3."""

    name: str
    isotope: str
    group: str
    simple: bool
    partial: bool
    alpha: Number
    sigma_from_zero: float | None
    sigma_from_bcs: float | None
    nearer_zero: bool
    volume_alpha: Number | None
    isochore_alpha: Number | None


class Loss(TypedDict):
    """An entry of `losses`."""

    loss_ev: float
    threshold_v_per_cm: float
    over_ohmic: float
    share_of_hops: float
    saturation_a_per_cm2: float


class T4Row(TypedDict):
    """An entry of `rows` of T4."""

    name: str
    resistivity: Number
    hop: Number
    ohmic_field_v_per_cm: float
    heat_per_hop_ev: Number
    losses: list[Loss]


class T5Row(TypedDict):
    """An entry of `rows` of T5."""

    name: str
    better: bool
    better_gpa: list[float]
    worse_gpa: list[float]
    worse: bool
    partly_worse: bool
    searched_gpa: list[float]
    resistance_rises: bool | None


class SpacingTest(TypedDict):
    """An entry of `tests`."""

    id: Literal["T1", "T2", "T3", "T4", "T5"]
    title: str
    rows: list[T1Row | T2Row | T3Row | T4Row | T5Row]
    statistics: list[Statistic]
    used: list[RowUsed]
    dropped: list[RowDropped]
    notes: list[str]


class Spacing(TypedDict):
    """What ``isotunnel spacing --json`` prints."""

    schema: Literal["isotunnel.spacing/1"]
    tests: list[SpacingTest]
