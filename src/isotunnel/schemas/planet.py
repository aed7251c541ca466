"""The document of ``isotunnel planet``."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge
from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of
from isotunnel.schemas.spacing import RowUsed

State = Literal["superconductor", "metal", "insulator"]


class PlanetState(TypedDict):
    """The prediction of a theory at a point."""

    state: State | None
    reason: str
    conductivity_s_m: float | None


class PlanetPoint(TypedDict):
    """An entry of `points`."""

    layer: Annotated[str, Of("point.shell.name")]
    material: Annotated[str, Of("point.shell.material")]
    structure: Annotated[Literal["solid", "liquid"], Of("point.shell.structure")]
    depth_km: Annotated[float | None, Of("point.depth_km")]
    radius_km: Annotated[float | None, Of("point.radius_km")]
    pressure_gpa: Annotated[float, Of("point.pressure_gpa")]
    temperature_k: Annotated[float, Of("point.temperature_k")]
    density_g_cm3: Annotated[float | None, Of("point.density_g_cm3")]
    volume_a3: Annotated[float | None, Of("point.volume_a3")]
    states: dict[str, PlanetState]
    row: Annotated[RowUsed, Of("point.row")]


class PlanetAnchor(TypedDict):
    """A transition that the tunnel theory rests on."""

    boundary: Literal["superconducting", "conducting", "insulating"]
    volume_a3: float
    tc_k: float | None
    kind: Literal["measured", "calculated"]
    structure: Literal["solid", "liquid"]
    source: str


class HotLayer(TypedDict):
    """An entry of `hot`: a conducting layer and the highest critical temperature known."""

    layer: str
    material: str
    temperature_k: float
    tc_k: float
    tc_kind: Literal["measured", "calculated"]
    rows: list[RowUsed]


class MeasuredConductor(TypedDict):
    """An entry of `measured`: a conductivity at such conditions beside the theories'."""

    material: str
    pressure_gpa: float
    temperature_k: float
    volume_a3: float
    measured_s_m: float
    predicted: dict[str, PlanetState]
    row: RowUsed


class FieldAge(TypedDict):
    """The value of `field`: how long a field lives in an ordinary core, and how old Earth's is."""

    conductivity_s_m: float
    core_radius_km: float
    decay_years: float
    age_years: float
    reversal_years: float
    dipole_change: float
    first_epoch: int
    last_epoch: int
    rows: list[RowUsed]


class Planet(TypedDict):
    """What ``isotunnel planet --json`` prints."""

    schema: Literal["isotunnel.planet/1"]
    body: Annotated[str, Of("profile.body")]
    radius_km: Annotated[float | None, Of("profile.radius_km"), Ge(0)]
    sources: Annotated[list[str], Of("profile.sources")]
    points: list[PlanetPoint]
    anchors: dict[str, list[PlanetAnchor]]
    hot: list[HotLayer]
    measured: list[MeasuredConductor]
    field: FieldAge | None
