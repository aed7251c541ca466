"""The document of ``isotunnel tunnels``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.shape import ByRank, Of, Triple


class Neighbour(TypedDict):
    """An atom near a bottleneck."""

    index: int
    symbol: str
    cell: Triple[int]
    distance_angstrom: float


class Bottleneck(TypedDict):
    """Where a threshold is reached."""

    voxel: Triple[int]
    value_grid: float
    value: float
    error: float | None
    position_fractional: Triple[float]
    position_cartesian_angstrom: Annotated[Triple[float], Of("position_cartesian")]
    refined: bool
    between: list[Neighbour]
    path_direction: Triple[float] | None
    cross_section_slope_angstrom2: Annotated[float | None, Of("cross_section_slope")]


class Directions(TypedDict):
    """Along which lattice vectors a network runs."""

    rank: int
    vectors: list[Triple[int]]
    windings: list[Triple[int]]
    cartesian_angstrom: Annotated[list[Triple[float]], Of("cartesian")]
    index: int
    networks: int


class SegmentAtom(TypedDict):
    """An entry of `atoms`."""

    index: Annotated[int, Of("0")]
    symbol: Annotated[str, Of("1")]
    cell: Annotated[Triple[int], Of("2")]


class Segment(TypedDict):
    """A piece with several atoms that leads nowhere."""

    level: float
    atoms: list[SegmentAtom]


class FieldTunnels(TypedDict):
    """The tunnels of one field."""

    schema: Literal["isotunnel.tunnels/1"]
    source: Annotated[str, Of("field.provenance.source")]
    format: Annotated[str, Of("field.provenance.format")]
    program: Annotated[str, Of("field.provenance.program")]
    notes: Annotated[list[str], Of("field.provenance.notes")]
    kind: Annotated[
        Literal["potential", "electrostatic", "density", "elf", "other"], Of("field.kind")
    ]
    unit: Annotated[str, Of("field.unit")]
    spin: Annotated[Literal["total", "up", "down", "difference"], Of("field.spin")]
    shape: Annotated[Triple[int], Of("field.shape")]
    side: Literal["above", "below"]
    connectivity: Literal[6, 26]
    refined: bool
    thresholds: ByRank[float]
    thresholds_error: ByRank[float]
    thresholds_grid: ByRank[float]
    thresholds_global_grid: ByRank[float]
    directions: ByRank[Directions]
    bottlenecks: ByRank[Bottleneck]
    segments: list[Segment]
    basins: Annotated[int, Of("graph.basin_voxel.shape.0")]
    saddles: Annotated[int, Of("graph.saddle_voxel.shape.0")]
    warnings: Annotated[list[str], Of("all_warnings")]


class Tunnels(FieldTunnels):
    """What ``isotunnel tunnels --json`` prints."""

    other_parts: list[FieldTunnels]
