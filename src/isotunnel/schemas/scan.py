"""The document of ``isotunnel scan``."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from isotunnel.schemas.analysis import MeasuredBeside


class ScanColumn(TypedDict):
    """An entry of `columns`."""

    name: str
    unit: str
    meaning: str
    quantity: Literal["", "gap", "valence_level", "state", "threshold", "tc", "pairing"]
    of: str
    engine: str
    rank: int | None
    error_of: str


class ScanCrystal(TypedDict):
    """The value of `crystal`."""

    formula: str
    cell_angstrom: list[list[float]]
    symbols: list[str]
    positions_fractional: list[list[float]]


class ScanPoint(TypedDict):
    """An entry of `points`."""

    asked: float
    status: str
    reason: str
    values: dict[str, float | int | str | None]
    reasons: dict[str, str]
    crystal: ScanCrystal | None
    warnings: list[str]


class ScanOfEngine(TypedDict):
    """A scan as the atlas keeps it: what an engine computed."""

    schema: Literal["isotunnel.scan/1"]
    name: str
    title: str
    over: str
    engine: str
    columns: list[ScanColumn]
    points: list[ScanPoint]
    sources: list[str]
    remarks: list[str]
    settings: dict[str, object]
    versions: dict[str, str]
    computed: int
    seconds: float


class Scan(ScanOfEngine, total=False):
    """What ``isotunnel scan --json`` prints."""

    measured: list[MeasuredBeside | None]
