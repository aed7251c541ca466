"""The packages of the extra ``scale``: there, or a helpful word."""

from __future__ import annotations

from importlib.util import find_spec

from isotunnel.errors import MissingExtraError


def need(package: str, purpose: str) -> None:
    """Say in time that a package is not installed.

    Raises:
        MissingExtraError: it is not.
    """
    if find_spec(package) is None:
        raise MissingExtraError(package, "scale", purpose)
