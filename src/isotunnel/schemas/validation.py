"""Checking values against a shape, and writing JSON Schema from it; both need pydantic."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_type_hints

from typing_extensions import get_original_bases, is_typeddict

from isotunnel.errors import MissingExtraError

_STRICT = {"extra": "forbid", "strict": True, "allow_inf_nan": False}
"""Pydantic's settings: no key beside those of the shape, no number in a text, no NaN."""


def validated(shape: Any, values: object) -> dict[str, Any]:
    """The values, where they keep to a shape.

    Raises:
        pydantic.ValidationError: they do not; it lists every breach.
        MissingExtraError: pydantic is not installed.
    """
    return dict(_adapter(shape).validate_python(values))


def json_schema(shape: Any) -> dict[str, Any]:
    """JSON Schema (2020-12) of a shape, with what each key means and its unit.

    Raises:
        MissingExtraError: pydantic is not installed.
    """
    schema: dict[str, Any] = _adapter(shape).json_schema()
    parts = {**schema.get("$defs", {}), shape.__name__: schema}
    for part in shapes(shape):
        for key, (unit, meaning) in meanings(part).items():
            words = f"{meaning} ({unit})" if unit else meaning
            parts[part.__name__]["properties"][key]["description"] = words
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def shapes(shape: Any) -> tuple[Any, ...]:
    """A shape and all that occur in it, each once, outer ones first."""
    return tuple(dict.fromkeys(_inside(shape)))


def meanings(shape: Any) -> dict[str, tuple[str, str]]:
    """Unit and meaning of each key of a shape, in order.

    Raises:
        KeyError: ``meanings.toml`` lacks one.
    """
    known: dict[str, tuple[str, str]] = {}
    for base in (*filter(is_typeddict, get_original_bases(shape)), shape):
        known |= _meanings()[base.__module__.rpartition(".")[2]][base.__name__]
    return {key: known[key] for key in get_type_hints(shape)}


def _inside(hint: Any) -> Iterator[Any]:
    if is_typeddict(hint):
        yield hint
        for inner in get_type_hints(hint).values():
            yield from _inside(inner)
    for inner in get_args(hint):
        yield from _inside(inner)


@cache
def _meanings() -> dict[str, dict[str, dict[str, tuple[str, str]]]]:
    text = files(__package__).joinpath("meanings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _adapter(shape: Any) -> Any:
    try:
        from pydantic import TypeAdapter
    except ImportError:
        raise MissingExtraError("pydantic", "web", "validating JSON documents") from None
    for part in shapes(shape):
        part.__pydantic_config__ = _STRICT
    return TypeAdapter(shape)


def documents() -> dict[str, Any]:
    """Every shape that is a whole document, by its name and version, "isotunnel.tunnels/1"."""
    from isotunnel import schemas

    every = [getattr(schemas, name) for name in schemas.__all__]
    whole = [s for s in every if is_typeddict(s) and "schema" in get_type_hints(s)]
    return {get_args(get_type_hints(s)["schema"])[0]: s for s in whole}
