"""The JSON documents of the command line, version 1, as a strict model each."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Vector = Annotated[list[float], Field(min_length=3, max_length=3)]
Integers = Annotated[list[int], Field(min_length=3, max_length=3)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Neighbour(Model):
    index: int
    symbol: str
    cell: Integers
    distance_angstrom: float


class Bottleneck(Model):
    voxel: Integers
    value_grid: float
    value: float
    error: float | None
    position_fractional: Vector
    position_cartesian_angstrom: Vector
    refined: bool
    between: list[Neighbour]
    path_direction: Vector | None
    cross_section_slope_angstrom2: float | None


class Directions(Model):
    rank: int
    vectors: list[Integers]
    windings: list[Integers]
    cartesian_angstrom: list[Vector]
    index: int
    networks: int


class SegmentAtom(Model):
    index: int
    symbol: str
    cell: Integers


class Segment(Model):
    level: float
    atoms: list[SegmentAtom]


T = TypeVar("T")


class ByRank(Model, Generic[T]):
    """A value for each of the ranks 1, 2 and 3; null where never reached."""

    one: T | None = Field(alias="1")
    two: T | None = Field(alias="2")
    three: T | None = Field(alias="3")


class Part(Model):
    """The tunnels of one field."""

    schema_: Literal["isotunnel.tunnels/1"] = Field(alias="schema")
    source: str
    format: str
    program: str
    notes: list[str]
    kind: Literal["potential", "electrostatic", "density", "elf", "other"]
    unit: str
    spin: Literal["total", "up", "down", "difference"]
    shape: Integers
    side: Literal["above", "below"]
    connectivity: Literal[6, 26]
    refined: bool
    thresholds: ByRank[float]
    thresholds_error: ByRank[float]
    thresholds_grid: ByRank[float]
    thresholds_global_grid: ByRank[float]
    directions: ByRank[Directions]
    bottlenecks: ByRank[Bottleneck]
    segments: list[Segment]
    basins: int
    saddles: int
    warnings: list[str]


class Tunnels(Part):
    """What ``isotunnel tunnels --json`` prints."""

    other_parts: list[Part]


class Reference(Model):
    citation: str
    doi: str | None
    url: str | None


class TcEstimate(Model):
    id: str
    formula: str
    tc_k: float | None
    error_k: float | None
    error_kind: str | None
    status: Literal["current", "superseded", "unconfirmed"]
    reference: Reference
    in_range: bool
    warnings: list[str]
    cannot_say: str | None
    note: str


class State(Model):
    state: Literal["superconducting", "conducting", "insulating"]
    superconducting_dimensions: int
    conducting_dimensions: int
    text: str


class Reading(Model):
    reading: str
    title: str
    unit: Literal["eV", "1"]
    engine: str | None
    gaps: ByRank[float]
    errors: ByRank[float]
    valence_level: float | None
    tunnel_levels: ByRank[float]
    escape_level: float | None
    dimensions: int
    delta_c: float
    state: State | None
    cannot_say: str | None
    note: str


class Crystal(Model):
    formula: str
    cell_angstrom: list[Vector]
    volume_angstrom3: float
    symbols: list[str]
    positions_fractional: list[Vector]


class Analysis(Model):
    """What ``isotunnel analyze --json`` prints."""

    schema_: Literal["isotunnel.analysis/1"] = Field(alias="schema")
    name: str
    title: str
    engine: str
    crystal: Crystal | None
    pressure_gpa: float | None
    energy_ev: float | None
    fermi_ev: float | None
    vbm_ev: float | None
    cbm_ev: float | None
    band_gap_ev: float | None
    direct_gap_ev: float | None
    dos_fermi_per_ev_cell: float | None
    dos_fermi_by_element: dict[str, float] | None
    phi: float | None
    phi_error: float | None
    phi_star: float | None
    h_fraction: float | None
    h_dos: float | None
    tc_estimates: list[TcEstimate]
    readings: list[Reading]
    tunnels: dict[str, dict[str, Part]]
    cannot_say: dict[str, str]
    warnings: list[str]
    sources: list[str]
    settings: dict[str, object]
    engine_settings: dict[str, dict[str, object]]
    versions: dict[str, dict[str, str]]


class Site(Model):
    symbol: str
    wyckoff: str
    position: Vector


class NamedCrystal(Model):
    name: str
    aliases: list[str]
    title: str
    space_group: str
    number: int
    cell: Annotated[list[float], Field(min_length=6, max_length=6)]
    sites: list[Site]
    pressure_gpa: float | None
    kind: Literal["measured", "calculated"]
    source: str
    note: str
    tags: list[str]


class Crystals(Model):
    """What ``isotunnel crystals --json`` prints."""

    schema_: Literal["isotunnel.crystals/1"] = Field(alias="schema")
    crystals: list[NamedCrystal]


class CiteGroup(Model):
    purpose: str
    references: list[Reference]


class Cite(Model):
    """What ``isotunnel cite --json`` prints."""

    schema_: Literal["isotunnel.cite/1"] = Field(alias="schema")
    groups: list[CiteGroup]


class Known(Model):
    value: float
    source: str
    error: Annotated[float, Field(ge=0)] | None


class SpacingStatistic(Model):
    name: str
    title: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    rows: Annotated[int, Field(ge=0)]
    p_value: Annotated[float, Field(ge=0, le=1)] | None
    cannot_say: str | None


class SpacingUsed(Model):
    table: str
    row: str
    label: str
    source: str


class SpacingDropped(Model):
    table: str
    row: str
    label: str
    reason: str


class Cold(Model):
    temperature_k: float
    resistivity_ratio: float
    volume_ratio: float
    pressure_gpa: float


class T1Row(Model):
    name: str
    heating: Known
    squeezing: Known | None
    squeezing_sign: Literal[-1, 1] | None
    heating_sign: Literal[-1, 1] | None
    ratio: Known | None
    bloch_heating: Known | None
    bloch_squeezing: Known | None
    predicted_squeeze_per_gpa: Known
    bloch_squeeze_per_gpa: Known | None
    measured_squeeze_per_gpa: Known | None
    cold: Cold | None
    squeezed_ratio: float | None


class T2Row(Model):
    name: str
    family: str
    tc_k: Known | None
    measured: Known | None
    sign: Literal[-1, 0, 1] | None
    initial: bool
    predicted: Known | None
    ratio: Known | None


class T3Row(Model):
    name: str
    isotope: str
    group: str
    simple: bool
    partial: bool
    alpha: Known
    sigma_from_zero: float | None
    sigma_from_bcs: float | None
    nearer_zero: bool
    volume_alpha: Known | None
    isochore_alpha: Known | None


class T4Loss(Model):
    loss_ev: float
    threshold_v_per_cm: float
    over_ohmic: float
    share_of_hops: float
    saturation_a_per_cm2: float


class T4Row(Model):
    name: str
    resistivity: Known
    hop: Known
    ohmic_field_v_per_cm: float
    heat_per_hop_ev: Known
    losses: list[T4Loss]


class T5Row(Model):
    name: str
    better: bool
    better_gpa: list[float]
    worse_gpa: list[float]
    worse: bool
    partly_worse: bool
    searched_gpa: list[float]
    resistance_rises: bool | None


class SpacingTest(Model):
    id: Literal["T1", "T2", "T3", "T4", "T5"]
    title: str
    rows: list[T1Row] | list[T2Row] | list[T3Row] | list[T4Row] | list[T5Row]
    statistics: list[SpacingStatistic]
    used: list[SpacingUsed]
    dropped: list[SpacingDropped]
    notes: list[str]


class Spacing(Model):
    """What ``isotunnel spacing --json`` prints."""

    schema_: Literal["isotunnel.spacing/1"] = Field(alias="schema")
    tests: list[SpacingTest]


class DataTable(Model):
    name: str
    title: str
    about: str
    subject: str
    count: int


class DataColumn(Model):
    name: str
    kind: Literal["text", "choice", "flag", "integer", "number", "quantity"]
    unit: str
    meaning: str
    choices: list[str]


class Data(Model):
    """What ``isotunnel data --json`` prints; the keys of rows are the names of the columns."""

    schema_: Literal["isotunnel.data/1"] = Field(alias="schema")
    tables: list[DataTable]
    columns: list[DataColumn]
    rows: list[dict[str, str | bool | int | float | None]]
