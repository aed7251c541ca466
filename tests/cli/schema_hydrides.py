"""The JSON document of ``isotunnel hydrides``, version 1, as a strict model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from schema import Model

Three = Annotated[list[float], Field(min_length=3, max_length=3)]
Two = Annotated[list[float], Field(min_length=2, max_length=2)]
Setting = str | float | int | bool | None


class HydrideColumn(Model):
    name: str
    unit: str
    meaning: str


class HydrideScore(Model):
    name: str
    mae_k: Three
    rmse_k: float
    log_error: float
    bias_k: float
    rank_correlation: Three | None
    rows: int
    seen: Literal["unseen", "unknown", "left out"]


class HydrideGain(Model):
    better: str
    than: str
    gain_k: float
    by_row: Two
    by_family: Two
    rows: int
    families: int


class HydrideStudy(Model):
    rows: list[str]
    families: dict[str, int]
    formulas: list[HydrideScore]
    fits: list[HydrideScore]
    gains: list[HydrideGain]
    dropped: dict[str, str]


class Hydrides(Model):
    """What ``isotunnel hydrides --json`` prints; the keys of rows are the names of the columns."""

    schema_: Literal["isotunnel.hydrides/1"] = Field(alias="schema")
    counts: dict[Literal["computed", "failed", "left out", "not built"], int]
    settings: dict[str, Setting]
    versions: dict[str, list[str]]
    columns: list[HydrideColumn]
    rows: list[dict[str, str | float | list[str] | None]]
    study: HydrideStudy | None
