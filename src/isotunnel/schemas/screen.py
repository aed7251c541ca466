"""The document of ``isotunnel screen``."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict


class Screen(TypedDict):
    """What ``isotunnel screen --json`` prints; the values are in the dataset."""

    schema: Literal["isotunnel.screen/1"]
    out: str
    inputs: int
    done: int
    duplicates: int
    failed: dict[str, int]
    computed: int
    wall_s: float
    cpu_s: float
    damaged: str
