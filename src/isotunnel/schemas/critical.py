"""The documents of ``isotunnel critical``."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from isotunnel.schemas.spacing import RowUsed


class FieldFit(TypedDict):
    """A law of the critical field fitted to every other point of a curve."""

    field_0_mt: float
    tc_k: float
    train_mt: float
    held_out_mt: float


class FieldCurve(TypedDict):
    """An entry of `curves`: measured critical field against temperature."""

    quantity: str
    method: str
    temperatures_k: list[float]
    fields_mt: list[float]
    fits: dict[str, FieldFit]
    lowest_over_measured: dict[str, float]
    rows: list[RowUsed]


class Critical(TypedDict):
    """What ``isotunnel critical --json`` prints of an element."""

    schema: Literal["isotunnel.critical/1"]
    element: str
    tc_k: float | None
    field_mt: float | None
    field_spread_mt: list[float | None]
    depth_nm: float | None
    depth_spread_nm: list[float | None]
    fields_t: dict[str, float]
    currents_a_cm2: dict[str, float]
    film_current_a_cm2: float | None
    film_current_from: str
    wire_currents_a: dict[str, float]
    silent: dict[str, str]
    curves: list[FieldCurve]
    rows: list[RowUsed]


class CriticalCurves(TypedDict):
    """What ``isotunnel critical --json`` prints of a compound."""

    schema: Literal["isotunnel.critical_curves/1"]
    material: str
    curves: list[FieldCurve]


class FieldSummary(TypedDict):
    """An entry of `materials`: how well each law does, as a median over a material's curves."""

    material: str
    quantity: str
    curves: int
    points: int
    held_out: dict[str, float]
    lowest_over_measured: dict[str, float]


class CriticalAll(TypedDict):
    """What ``isotunnel critical --all --json`` prints."""

    schema: Literal["isotunnel.critical_all/1"]
    materials: list[FieldSummary]
