"""What ``isotunnel atlas --json`` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from schema import Model


class AtlasSummary(Model):
    name: str
    title: str
    points: int = Field(ge=1)
    failed: int = Field(ge=0)
    pressure_min_gpa: float
    pressure_max_gpa: float
    volume_min_angstrom3: float = Field(gt=0)
    volume_max_angstrom3: float = Field(gt=0)
    readings: list[str]


class AtlasList(Model):
    """The list of scans."""

    schema_: Literal["isotunnel.atlas/1"] = Field(alias="schema")
    scans: list[AtlasSummary]
