"""Pairing as a row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def plain_values(document: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that are one value each: spectra and atoms are for the JSON document."""
    return {k: v for k, v in document.items() if not isinstance(v, dict | list | tuple)}
