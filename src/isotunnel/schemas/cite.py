"""The document of ``isotunnel cite``."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict


class Reference(TypedDict):
    """Where something was published."""

    citation: str
    doi: str | None
    url: str | None


class CiteGroup(TypedDict):
    """An entry of `groups`."""

    purpose: str
    references: list[Reference]


class Cite(TypedDict):
    """What ``isotunnel cite --json`` prints."""

    schema: Literal["isotunnel.cite/1"]
    groups: list[CiteGroup]
