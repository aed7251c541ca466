"""Results as plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from isotunnel.errors import InputError


def plain(value: Any) -> Any:
    """Dataclasses, mappings, tuples and arrays as dicts and lists; every number must be finite.

    Of a dataclass all fields, or what its own ``in_json()`` gives.

    Raises:
        InputError: a number is not.
    """
    if hasattr(value, "in_json"):
        return plain(value.in_json())
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(v) for name, v in value.items()}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if hasattr(value, "tolist"):  # arrays and scalars of numpy
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        raise InputError(f"{value} cannot be written")
    return value
