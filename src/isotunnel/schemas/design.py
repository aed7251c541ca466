"""The document of ``isotunnel design``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of, Triple


class DesignPrototype(TypedDict):
    """An entry of `prototypes`: a structure type."""

    name: str
    title: str


class DesignCandidate(TypedDict):
    """An entry of `candidates`: elements in a prototype."""

    formula: str
    prototype: str
    cell_of: str
    pressure_gpa: float | None
    volume_ratio: float
    beyond_size: float
    known: bool
    gap_ev: float | None
    gap_error_ev: float | None
    gap_denser_ev: float | None
    gap_wider_ev: float | None
    mass_ratio: float | None
    predicted: str
    stability: str
    outside: str


class DesignArea(TypedDict):
    """An entry of `areas`: successes against others."""

    name: str
    within: bool
    successes: int
    others: int
    tunnel: Triple[float] | None
    composition: Triple[float] | None
    verdict: str


class DesignVerified(TypedDict):
    """An entry of `verified`: a candidate computed by DFT in its scaled cell."""

    formula: str
    prototype: str
    pressure_gpa: float | None
    lowest_mode_mev: float | None
    zone_centre_only: bool | None
    stable: bool | None
    coupling: float | None
    omega_log_k: float | None
    tc_k: float | None
    mu_star: float | None
    stability: str


class Design(TypedDict):
    """What ``isotunnel design --json`` prints."""

    schema: Literal["isotunnel.design/1"]
    predicted_by: str
    stability: str
    spread: float
    searched: int
    prototypes: list[DesignPrototype]
    candidates: list[DesignCandidate]
    verified: list[DesignVerified]
    areas: Annotated[list[DesignArea], Of("judged.areas")]
