"""The document of ``isotunnel hydrides``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of, Pair, Triple

Setting = str | float | int | bool | None


class HydrideColumn(TypedDict):
    """An entry of `columns`."""

    name: str
    unit: str
    meaning: str


class HydrideScore(TypedDict):
    """An entry of `formulas` or `fits`."""

    name: str
    mae_k: Triple[float]
    rmse_k: float
    log_error: float
    bias_k: float
    rank_correlation: Triple[float] | None
    rows: int
    seen: Literal["unseen", "unknown", "left out"]


class HydrideGain(TypedDict):
    """An entry of `gains`."""

    better: str
    than: str
    gain_k: float
    by_row: Annotated[Pair[float], Of("row_interval")]
    by_family: Annotated[Pair[float], Of("family_interval")]
    rows: int
    families: int


class HydrideStudy(TypedDict):
    """The value of `study`."""

    rows: list[str]
    families: Annotated[dict[str, int], Of("family_sizes")]
    formulas: list[HydrideScore]
    fits: list[HydrideScore]
    gains: list[HydrideGain]
    dropped: dict[str, str]


class Hydrides(TypedDict):
    """What ``isotunnel hydrides --json`` prints; the keys of rows are the names of the columns."""

    schema: Literal["isotunnel.hydrides/1"]
    counts: dict[Literal["computed", "failed", "left out", "not built"], int]
    settings: dict[str, Setting]
    versions: dict[str, list[str]]
    columns: list[HydrideColumn]
    rows: list[dict[str, str | float | list[str] | None]]
    study: HydrideStudy | None
