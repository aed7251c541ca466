"""Pairing as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from isotunnel.schemas.pairing import PairingRange

RANGE_COLUMNS = {
    name: name if name.startswith(("lambda_", "tc_")) else f"range_{name}"
    for name in PairingRange.__annotations__
}
"""Column of each entry of ``range``."""

_NESTED = frozenset({"flat", "alpha2f", "magnetism"})
"""Parts of the document that may be null, and have no column then either."""


def plain_values(document: Mapping[str, Any]) -> dict[str, Any]:
    """One value per column: spectra, atoms and settings are for the JSON document.

    ``range`` has the columns :data:`RANGE_COLUMNS`, empty where there is none; ``warnings`` has
    one, its sentences joined by "; ".
    """
    return dict(_columns(document))


def pressure_records(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row per pressure of a scan's document, with the pressure asked for.

    One without a result has its reason in ``cannot_say`` and nothing else.
    """
    for point in document["points"]:
        values = {} if point["result"] is None else plain_values(point["result"])
        yield {"asked_gpa": point["asked_gpa"]} | values | {"cannot_say": point["cannot_say"]}


def _columns(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in document.items():
        if key == "range":
            for name, column in RANGE_COLUMNS.items():
                yield column, None if value is None else value[name]
        elif key == "warnings":
            yield key, "; ".join(value)
        elif key not in _NESTED and not isinstance(value, dict | list | tuple):
            yield key, value
