"""The files of materials: those that ship, and those registered while the program runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol, TypeVar

from isotunnel.errors import InputError

Document = Mapping[str, Any]

PARTS = ("name", "title", "formula", "aliases", "notes", "element", "matter", "phases", "crystal",
         "scan", "measured")  # fmt: skip
"""What a file may hold."""


class _Cached(Protocol):
    def cache_clear(self) -> None: ...


_Follower = TypeVar("_Follower", bound=_Cached)
_registered: dict[str, Document] = {}
_forget: list[Callable[[], None]] = []


def follows(cached: _Follower) -> _Follower:
    """Decorate a cached reader of tables: it forgets when a material comes or goes."""
    _forget.append(cached.cache_clear)
    return cached


def add(material: str | Path | Document) -> Document:
    """Make a material known to every room, until :func:`remove`; rooms have not read it yet.

    Args:
        material: path of a TOML file, or what such a file holds.

    Raises:
        InputError: no such file, no TOML, an unknown or missing part, or a name that is taken.
    """
    found = _read(Path(material)) if isinstance(material, str | Path) else material
    name = checked(found, "the material")["name"]
    if name in material_names():
        raise InputError(f"the material {name!r} is registered already")
    _registered[name] = found
    _changed()
    return found


def remove(name: str) -> None:
    """Forget a registered material.

    Raises:
        InputError: none of this name was registered.
    """
    if name not in _registered:
        known = ", ".join(_registered) or "none"
        raise InputError(f"no material {name!r} was registered; registered: {known}")
    del _registered[name]
    _changed()


def material_names() -> tuple[str, ...]:
    """Names of the materials that have a file, in their order."""
    return tuple(d["name"] for d in documents())


def documents() -> tuple[Document, ...]:
    """Every file: first those that ship, by name."""
    return (*_shipped(), *_registered.values())


def checked(document: Document, where: str) -> Document:
    """A document with the parts that it needs and no others.

    Raises:
        InputError: it is not so; the message names the part.
    """
    unknown = sorted(set(document) - set(PARTS))
    if unknown:
        raise InputError(f"{where}: unknown part {unknown[0]!r}; known: {', '.join(PARTS)}")
    for part in ("name", "title"):
        if not isinstance(document.get(part), str) or not document[part].strip():
            raise InputError(f"{where} needs a {part} in words")
    return document


@cache
def _shipped() -> tuple[Document, ...]:
    folder = files("isotunnel.materials").joinpath("data")
    there = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(checked(_parsed(f.read_text("utf-8"), f.name), f.name) for f in there)


def _read(path: Path) -> Document:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise InputError(f"{path}: cannot be read ({trouble})") from None
    return checked(_parsed(text, str(path)), str(path))


def _parsed(text: str, where: str) -> Document:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise InputError(f"{where}: no TOML ({trouble})") from None


def _changed() -> None:
    for forget in _forget:
        forget()
