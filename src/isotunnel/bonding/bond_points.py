"""The computed molecules that come with the package, and what they are compared with."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from isotunnel.bonding.h2 import Reference
from isotunnel.errors import FileFormatError, InputError

SCHEMA = "isotunnel.bond_points/1"
NAMES = ("h2", "h4", "he2", "he3")

Point = dict[str, Any]


@dataclass(frozen=True)
class Series:
    """Computed points of one molecule.

    Attributes:
        name: "h2", "h4", "he2" or "he3".
        title: one line.
        settings: method and units.
        versions: of what computed.
        points: what was computed; see the module of each kind for what it holds.
        shipped: whether they come with the package.
    """

    name: str
    title: str
    settings: dict[str, Any]
    versions: dict[str, str]
    points: tuple[Point, ...]
    shipped: bool

    def of(self, **wanted: Any) -> list[Point]:
        """Points that have these values."""
        return [p for p in self.points if all(p.get(k) == v for k, v in wanted.items())]


def molecule_name(name: str) -> str:
    """The name as the files have it.

    Raises:
        InputError: no such molecule; the message lists those there are.
    """
    plain = name.strip().lower()
    if plain not in NAMES:
        raise InputError(f"no molecule {name!r}; there are {', '.join(NAMES)}")
    return plain


@cache
def shipped(name: str) -> Series:
    """The packed calculation.

    Raises:
        InputError: no such molecule.
        FileFormatError: of another schema.
    """
    plain = molecule_name(name)
    found = json.loads(_text(f"bond_{plain}.json"))
    if found.get("schema") != SCHEMA:
        raise FileFormatError(f"bond_{plain}.json: schema {found.get('schema')!r}, not {SCHEMA!r}")
    parts = (found["title"], found["settings"], found["versions"], tuple(found["points"]))
    return Series(plain, *parts, shipped=True)


def bond_reference(quantity: str) -> Reference:
    """A published number of ``data/bond_references.toml``.

    Raises:
        InputError: no such quantity.
    """
    found = {r.id.partition(":")[2]: r for r in _references()}
    if quantity not in found:
        raise InputError(f"no reference {quantity!r}; there are {', '.join(found)}")
    return found[quantity]


def _references() -> Iterator[Reference]:
    for r in tomllib.loads(_text("bond_references.toml"))["row"]:
        yield Reference(r["id"], float(r["value"]), r["unit"], r["source"], r["url"], r["grade"])


def _text(name: str) -> str:
    return files("isotunnel.bonding").joinpath(f"data/{name}").read_text(encoding="utf-8")
