"""Pairing as a row of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

RANGE_COLUMNS = {
    "lambda_low": "lambda_low",
    "lambda_high": "lambda_high",
    "tc_low_k": "tc_low_k",
    "tc_high_k": "tc_high_k",
    "share": "range_share",
    "crystals": "range_crystals",
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


def _columns(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in document.items():
        if key == "range":
            for name, column in RANGE_COLUMNS.items():
                yield column, None if value is None else value[name]
        elif key == "warnings":
            yield key, "; ".join(value)
        elif key not in _NESTED and not isinstance(value, dict | list | tuple):
            yield key, value
