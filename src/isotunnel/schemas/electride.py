"""The document of ``isotunnel electride``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of, Triple
from isotunnel.schemas.tunnels import Neighbour


class InterstitialSite(TypedDict):
    """An entry of `sites`: a maximum of the ELF that belongs to no atom."""

    elf: float
    height: float
    position_fractional: Triple[float]
    clearance: float
    nearest: list[Neighbour]
    volume_a3: float
    charge_e: float | None
    charge_error_e: float | None


class Electride(TypedDict):
    """What ``isotunnel electride --json`` prints."""

    schema: Literal["isotunnel.electride/1"]
    name: str
    title: str
    engine: str
    dimension: Annotated[int | None, Of("network.dimension")]
    reason: Annotated[str | None, Of("network.reason")]
    directions: Annotated[list[Triple[int]], Of("network.directions")]
    margin: Annotated[float | None, Of("network.margin")]
    margin_error: Annotated[float | None, Of("network.margin_error")]
    ranges: Annotated[list[float], Of("network.ranges")]
    thresholds: Annotated[Triple[float | None], Of("network.thresholds")]
    thresholds_error: Annotated[Triple[float | None], Of("network.thresholds_error")]
    contact: Annotated[float | None, Of("network.contact")]
    contact_error: Annotated[float | None, Of("network.contact_error")]
    charge_e: Annotated[float | None, Of("network.charge_e")]
    no_charge: str | None
    reach: Annotated[float, Of("network.reach")]
    least_elf: Annotated[float, Of("network.least_elf")]
    scale: Annotated[float, Of("network.scale")]
    sites: Annotated[list[InterstitialSite], Of("network.sites")]
    sources: list[str]
    warnings: list[str]
