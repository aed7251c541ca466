"""What the shapes of JSON documents are written with, and how a document is made from a result.

A shape is a TypedDict. Each key is read from the attribute (or mapping entry) of its own name;
where that is called otherwise, the shape says so once: ``volume_a3: Annotated[float,
Of("volume")]``. Where ``null`` is allowed it also stands for a number that is not finite and for
an empty text. A key ``schema`` is filled with its only possible value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from math import isfinite
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from annotated_types import MaxLen, MinLen
from typing_extensions import is_typeddict

from isotunnel.plain import plain

T = TypeVar("T")
Triple = Annotated[list[T], MinLen(3), MaxLen(3)]
Pair = Annotated[list[T], MinLen(2), MaxLen(2)]
ByRank = Annotated[dict[Literal["1", "2", "3"], T | None], MinLen(3)]
"""A value for each of the ranks 1, 2 and 3; null where never reached."""

Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Of:
    """Where a key's value stands in the result: attributes, mapping keys or positions, dotted."""

    path: str


def document(shape: Any, result: object) -> dict[str, Any]:
    """The JSON document (or a part of one) of a shape, from a result or a mapping.

    Keys that a shape does not require are left to whoever knows them.

    Raises:
        AttributeError: the result lacks what a key is read from.
    """
    return {key: convert(_follow(result, path)) for key, path, convert in _keys(shape)}


@cache
def _keys(shape: Any) -> tuple[tuple[str, tuple[str, ...], Convert], ...]:
    keys = []
    for key, hint in get_type_hints(shape, include_extras=True).items():
        if key in shape.__optional_keys__:
            continue
        places = [n.path for n in getattr(hint, "__metadata__", ()) if isinstance(n, Of)]
        constant = get_args(hint) if key == "schema" else ()
        path = () if constant else tuple((places or [key])[0].split("."))
        if get_origin(hint) is Annotated:
            hint = get_args(hint)[0]
        keys.append((key, path, partial(_constant, constant[0]) if constant else _converter(hint)))
    return tuple(keys)


def _follow(value: Any, path: Iterable[str]) -> Any:
    for step in path:
        if isinstance(value, Mapping):
            value = value[step]
        else:
            value = value[int(step)] if step.isdigit() else getattr(value, step)
    return value


def _constant(value: str, _: object) -> str:
    return value


def _converter(hint: Any) -> Convert:
    """What turns a result's value into that of a JSON document, by type."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _through(tuple(hint.__metadata__), _converter(inside[0]))
    if origin in (Union, UnionType):
        kinds = [kind for kind in inside if kind is not NoneType]
        one = _converter(kinds[0]) if len(kinds) == 1 else partial(_one_of, tuple(kinds))
        return partial(_or_null, one, kinds == [str]) if NoneType in inside else one
    if origin is list:
        return partial(_list, _converter(inside[0]))
    if origin is dict:
        return partial(_dict, get_args(inside[0]), _converter(inside[1]))
    if is_typeddict(hint):
        return partial(document, hint)
    return plain if hint is object else _scalar


def _through(notes: tuple[object, ...], convert: Convert) -> Convert:
    """The same, of what stands in the items of a list or mapping where an ``Of`` says so."""
    for note in notes:
        if isinstance(note, Of):
            steps = tuple(note.path.split("."))
            return lambda value: convert(_follow(value, steps))
    return convert


def _or_null(convert: Convert, no_text: bool, value: Any) -> Any:
    if getattr(value, "shape", None) == ():
        value = value.item()
    unknown = isinstance(value, float) and not isfinite(value)
    if value is None or unknown or (no_text and value == ""):
        return None
    return convert(value)


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    for shape in filter(is_typeddict, kinds):
        if all(hasattr(value, path[0]) for _, path, _ in _keys(shape)):
            return document(shape, value)
    return plain(value)


def _list(convert: Convert, values: Any) -> list[Any]:
    return [convert(value) for value in values]


def _dict(keys: tuple[str, ...], convert: Convert, values: Any) -> dict[str, Any]:
    # A triple by rank is a sequence, its keys are those of the shape.
    pairs = values.items() if isinstance(values, Mapping) else zip(keys, values, strict=True)
    return {str(_scalar(key)): convert(value) for key, value in pairs}


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.item() if hasattr(value, "item") else value
