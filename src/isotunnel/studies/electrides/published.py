"""What others say of electrides."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Published:
    """What a source says.

    Attributes:
        crystal: name.
        says: in our words.
        source: of it.
        dimension: 0 cavities, 1 channels, 2 layers; None where the source gives none.
    """

    crystal: str
    says: str
    source: str
    dimension: int | None = None


@cache
def published() -> tuple[Published, ...]:
    """In the order of the table."""
    text = files("isotunnel.studies.electrides").joinpath("data/published.toml").read_text("utf-8")
    return tuple(Published(**entry) for entry in tomllib.loads(text)["electride"])
