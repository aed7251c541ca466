"""The document of ``isotunnel analyze``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.cite import Reference
from isotunnel.schemas.magnetism import Magnetism
from isotunnel.schemas.pairing import Pairing
from isotunnel.schemas.shape import ByRank, Of, Triple
from isotunnel.schemas.tunnels import FieldTunnels


class TcEstimate(TypedDict):
    """A critical temperature by a published formula."""

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


class ElectricalState(TypedDict):
    """The value of `state`."""

    state: Literal["superconducting", "conducting", "insulating"]
    superconducting_dimensions: int
    conducting_dimensions: int
    text: str


class Reading(TypedDict):
    """The lifting gaps of a reading."""

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
    state: ElectricalState | None
    cannot_say: str | None
    note: str


class Crystal(TypedDict):
    """A crystal as computed."""

    formula: str
    cell_angstrom: list[Triple[float]]
    volume_angstrom3: float
    symbols: list[str]
    positions_fractional: list[Triple[float]]


class MeasuredFact(TypedDict):
    """A measured fact of the crystal's composition."""

    kind: Annotated[str, Of("point.kind")]
    label: Annotated[str, Of("point.label")]
    pressure_gpa: Annotated[float, Of("point.pressure_gpa")]
    pressure_end_gpa: Annotated[float | None, Of("point.pressure_end_gpa")]
    temperature_k: Annotated[float | None, Of("point.temperature_k")]
    temperature_error_k: Annotated[float | None, Of("point.temperature_error_k")]
    phase: Annotated[str, Of("point.phase")]
    row: Annotated[str, Of("point.row")]
    source: Annotated[str, Of("point.source")]
    grade: Annotated[str, Of("point.grade")]
    same_structure: bool | None
    compared: bool
    contradicts: dict[str, Annotated[str, Of("claim")]]


class MeasuredBeside(TypedDict):
    """The value of `measured`."""

    pressure_gpa: float | None
    low_gpa: float | None
    high_gpa: float | None
    facts: list[MeasuredFact]


class Analysis(TypedDict):
    """What ``isotunnel analyze --json`` prints."""

    schema: Literal["isotunnel.analysis/1"]
    name: str
    title: str
    engine: Annotated[str, Of("structure.engine")]
    crystal: Crystal | None
    pressure_gpa: Annotated[float | None, Of("structure.pressure_gpa")]
    energy_ev: Annotated[float | None, Of("structure.energy_ev")]
    fermi_ev: Annotated[float | None, Of("structure.fermi_ev")]
    vbm_ev: Annotated[float | None, Of("structure.vbm_ev")]
    cbm_ev: Annotated[float | None, Of("structure.cbm_ev")]
    band_gap_ev: Annotated[float | None, Of("structure.band_gap_ev")]
    direct_gap_ev: Annotated[float | None, Of("structure.direct_gap_ev")]
    dos_fermi_per_ev_cell: Annotated[float | None, Of("structure.dos_fermi")]
    dos_fermi_by_element: Annotated[dict[str, float] | None, Of("structure.dos_fermi_by_element")]
    magnetism: Annotated[Magnetism | None, Of("structure.magnetism")]
    phi: float | None
    phi_error: float | None
    phi_star: float | None
    phi_pseudo: float | None
    phi_star_pseudo: float | None
    h_fraction: float | None
    h_dos: float | None
    tc_estimates: list[TcEstimate]
    tc_estimates_all_electron: list[TcEstimate]
    readings: Annotated[list[Reading], Of("gaps")]
    tunnels: dict[str, dict[str, FieldTunnels]]
    measured: MeasuredBeside | None
    pairing: Pairing | None
    cannot_say: Annotated[dict[str, str], Of("structure.cannot_say")]
    warnings: list[str]
    sources: list[str]
    settings: dict[str, object]
    provenance: dict[str, str]
    engine_settings: Annotated[
        dict[str, Annotated[dict[str, object], Of("settings")]], Of("structures")
    ]
    versions: Annotated[dict[str, Annotated[dict[str, str], Of("versions")]], Of("structures")]
