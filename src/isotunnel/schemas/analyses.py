"""The document of ``isotunnel analyze`` for several inputs."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from isotunnel.schemas.analysis import Analysis


class AnalyzedInput(TypedDict):
    """What became of one input."""

    input: str
    status: Literal["done", "failed"]
    problem: str
    analysis: Analysis | None


class Analyses(TypedDict):
    """What ``isotunnel analyze A B --json`` prints."""

    schema: Literal["isotunnel.analyses/1"]
    inputs: list[AnalyzedInput]
