"""Tunnels: thresholds, networks, bottlenecks and segments in physical terms."""

from isotunnel.tunnels.find import find_tunnels
from isotunnel.tunnels.results import Bottleneck, Directions, Neighbour, Segment, Tunnels
from isotunnel.tunnels.segments import molecularity_index, segments_at

__all__ = [
    "Bottleneck",
    "Directions",
    "Neighbour",
    "Segment",
    "Tunnels",
    "find_tunnels",
    "molecularity_index",
    "segments_at",
]
