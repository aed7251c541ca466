"""The packages of the extra ``scale``, imported where they are used."""

from __future__ import annotations

import importlib
from typing import Any

from isotunnel.errors import MissingExtraError


def need(package: str, purpose: str) -> Any:
    """The module of that name.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return importlib.import_module(package)
    except ImportError:
        raise MissingExtraError(package.partition(".")[0], "scale", purpose) from None
