"""One definition of each JSON document: how it reads results, and what it refuses."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

import numpy as np
import pytest
from pydantic import ValidationError
from typing_extensions import TypedDict

from isotunnel import schemas
from isotunnel.errors import InputError, MissingExtraError
from isotunnel.schemas.shape import ByRank, Of, Triple
from isotunnel.schemas.validation import _adapter


class Inner(TypedDict):
    """A part."""

    where: Annotated[Triple[float], Of("position")]


class Outer(TypedDict):
    """A whole."""

    schema: Literal["made-up/1"]
    kind: Literal["a", "b"]
    name: Annotated[str, Of("about.name")]
    note: str | None
    levels: ByRank[float]
    parts: dict[str, list[Inner]]
    labels: Annotated[list[Annotated[str, Of("1")]], Of("pairs")]
    size: int
    settings: dict[str, object]


class Kind(StrEnum):
    A = "a"


@dataclass
class Part:
    position: np.ndarray


@dataclass
class Whole:
    kind: Kind
    about: dict[str, str]
    note: str
    levels: np.ndarray
    parts: dict[str, tuple[Part, ...]]
    pairs: tuple[tuple[int, str], ...]
    size: np.int64
    settings: dict[str, object]


def whole(**changed: object) -> Whole:
    values = {
        "kind": Kind.A,
        "about": {"name": "x"},
        "note": "",
        "levels": np.array([1.0, math.nan, math.inf], np.float32),
        "parts": {"p": (Part(np.arange(3.0)),)},
        "pairs": ((1, "one"), (2, "two")),
        "size": np.int64(3),
        "settings": {"grid": (1, 2), "array": np.eye(2)},
    }
    return Whole(**{**values, **changed})


def test_a_document_is_plain_and_keeps_to_its_shape():
    found = schemas.document(Outer, whole())
    assert found == {
        "schema": "made-up/1",
        "kind": "a",
        "name": "x",
        "note": None,
        "levels": {"1": 1.0, "2": None, "3": None},
        "parts": {"p": [{"where": [0.0, 1.0, 2.0]}]},
        "labels": ["one", "two"],
        "size": 3,
        "settings": {"grid": [1, 2], "array": [[1.0, 0.0], [0.0, 1.0]]},
    }
    assert list(found) == list(Outer.__annotations__)
    assert type(found["kind"]) is str
    assert type(found["size"]) is int
    assert schemas.validated(Outer, found) == found


@pytest.mark.parametrize(
    "breach",
    [
        {"kind": "c"},
        {"size": "3"},
        {"size": 3.5},
        {"levels": {"1": 1.0, "2": None}},
        {"levels": {"1": math.nan, "2": None, "3": None}},
        {"parts": {"p": [{"where": [0.0, 1.0]}]}},
        {"parts": {"p": [{"where": [0.0, 1.0, 2.0], "more": 1}]}},
        {"more": 1},
    ],
    ids=str,
)
def test_a_breach_is_refused(breach: dict[str, object]):
    found = schemas.document(Outer, whole())
    with pytest.raises(ValidationError):
        schemas.validated(Outer, {**found, **breach})
    del found["name"]
    with pytest.raises(ValidationError):
        schemas.validated(Outer, found)


def test_what_has_no_place_in_json_is_not_written():
    with pytest.raises(InputError, match="nan"):
        schemas.document(Outer, whole(settings={"x": math.nan}))
    with pytest.raises(ValueError, match=r"zip\(\)"):
        schemas.document(Outer, whole(levels=np.zeros(2)))
    with pytest.raises(KeyError, match="name"):
        schemas.document(Outer, whole(about={}))


def test_every_document_has_its_name_version_and_meanings():
    found = schemas.documents()
    assert len(found) >= 12
    for name, shape in found.items():
        assert name.startswith("isotunnel.")
        assert name.endswith("/1")
        for part in schemas.shapes(shape):
            told = schemas.meanings(part)
            assert all(meaning for _, meaning in told.values())
            assert part.__doc__


def test_no_meaning_is_left_over():
    from isotunnel.schemas.validation import _meanings

    shapes = {p for s in schemas.documents().values() for p in schemas.shapes(s)}
    shapes |= set(schemas.shapes(schemas.TheoryAnswer)) | {
        schemas.tunnels.FieldTunnels,
        schemas.scan.ScanOfEngine,
    }
    named = {(s.__module__.rpartition(".")[2], s.__name__) for s in shapes}
    assert {(m, n) for m, of in _meanings().items() for n in of} == named


def test_without_pydantic_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pydantic", None)
    _adapter.cache_clear()
    with pytest.raises(MissingExtraError, match=r"isotunnel\[web\]"):
        schemas.validated(Outer, {})
    # Making a document needs none.
    assert schemas.document(Outer, whole())
