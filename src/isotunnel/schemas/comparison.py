"""The document of ``isotunnel compare``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.analysis import Analysis
from isotunnel.schemas.shape import Of


class ComparedValue(TypedDict):
    """A quantity of one crystal."""

    value: float | None
    error: float | None
    words: str


class ComparedLine(TypedDict):
    """A quantity of all crystals."""

    group: Annotated[
        Literal["crystal", "thresholds", "lifting gaps", "states", "critical temperature"],
        Of("quantity.group"),
    ]
    name: Annotated[str, Of("quantity.name")]
    unit: Annotated[str, Of("quantity.unit")]
    entries: list[ComparedValue]
    difference: float | None


class SharedLevel(TypedDict):
    """The fields at one level."""

    kind: str
    unit: str
    side: Literal["above", "below"]
    level: float
    meaning: str
    ranks: list[int]
    of_one_zero: bool


class Comparison(TypedDict):
    """What ``isotunnel compare --json`` prints."""

    schema: Literal["isotunnel.comparison/1"]
    names: list[str]
    lines: list[ComparedLine]
    shared: SharedLevel | None
    remarks: list[str]
    analyses: list[Analysis]
