"""The document of ``isotunnel squeeze``."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from isotunnel.schemas.spacing import RowUsed


class SqueezedGas(TypedDict):
    """An entry of `gases`."""

    name: str
    symbol: str
    structure: str
    asked_gpa: float
    extrapolated: bool
    volume_a3: float
    cost_ev: float
    multipole_ev: list[float]
    dispersion_ev: float
    frozen_ev: float | None
    relief: float | None
    anisotropy: list[float]
    quadrupole: float
    hexadecapole: float
    spread_change: float
    moved: float
    static_gpa: float
    pbe_gpa: float
    dispersion_gpa: float
    work_ev: float
    gap_ev: float
    rows: list[RowUsed]


class SqueezedMetal(TypedDict):
    """An entry of `metals`."""

    name: str
    symbol: str
    structure: str
    asked_gpa: float
    volume_a3: float
    multipole_ev: list[float]
    anisotropy: list[float]
    quadrupole: float
    hexadecapole: float
    moved: float
    pbe_gpa: float
    rows: list[RowUsed]


class SqueezedHydrogen(TypedDict):
    """An entry of `hydrogen`."""

    name: str
    phase: str
    asked_gpa: float
    volume_a3: float
    gap_ev: float
    phi: float | None
    molecularity: float | None
    bond_a: float | None
    next_a: float | None
    attraction_ev: list[float] | None
    quadrupole: float | None
    rows: list[RowUsed]


class Squeeze(TypedDict):
    """What ``isotunnel squeeze --json`` prints."""

    schema: Literal["isotunnel.squeeze/1"]
    gases: list[SqueezedGas]
    metals: list[SqueezedMetal]
    hydrogen: list[SqueezedHydrogen]
