"""The document of ``isotunnel atlas``."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Gt
from typing_extensions import TypedDict


class ScanSummary(TypedDict):
    """An entry of `scans`."""

    name: str
    title: str
    points: Annotated[int, Ge(1)]
    failed: Annotated[int, Ge(0)]
    pressure_min_gpa: float
    pressure_max_gpa: float
    volume_min_angstrom3: Annotated[float, Gt(0)]
    volume_max_angstrom3: Annotated[float, Gt(0)]
    readings: list[str]


class Atlas(TypedDict):
    """The list of scans."""

    schema: Literal["isotunnel.atlas/1"]
    scans: list[ScanSummary]
