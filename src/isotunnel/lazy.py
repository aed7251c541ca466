"""Packages whose names are imported on first use, so that importing them costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_names(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package whose public names live in its modules.

    Args:
        package: its ``__name__``.
        homes: by public name, the module of the package that defines it.

    Returns:
        A function of a name that imports its module and gives the object; it raises
        AttributeError for any other name, as Python wants.
    """

    def look_up(name: str) -> Any:
        if name in homes:
            return getattr(import_module(f"{package}.{homes[name]}"), name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return look_up
