"""The document of ``isotunnel crystals``."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen
from typing_extensions import TypedDict

from isotunnel.schemas.shape import Triple


class Site(TypedDict):
    """An entry of `sites`."""

    symbol: str
    wyckoff: str
    position: Triple[float]


class NamedCrystal(TypedDict):
    """An entry of `crystals`."""

    name: str
    aliases: list[str]
    title: str
    space_group: str
    number: int
    cell: Annotated[list[float], MinLen(6), MaxLen(6)]
    sites: list[Site]
    pressure_gpa: float | None
    kind: Literal["measured", "calculated"]
    source: str
    note: str
    tags: list[str]


class Crystals(TypedDict):
    """What ``isotunnel crystals --json`` prints."""

    schema: Literal["isotunnel.crystals/1"]
    crystals: list[NamedCrystal]
