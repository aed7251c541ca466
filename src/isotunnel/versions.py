"""Versions of Isotunnel and of the packages that a result rests on."""

from __future__ import annotations

import platform
from importlib.metadata import version


def isotunnel_version() -> str:
    """Version of this package, as installed."""
    return version("isotunnel")


def versions_of(*packages: str) -> dict[str, str]:
    """Versions of installed packages by name, with that of Python.

    Raises:
        importlib.metadata.PackageNotFoundError: one is not installed.
    """
    return {**{name: version(name) for name in packages}, "python": platform.python_version()}
