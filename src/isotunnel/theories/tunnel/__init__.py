"""The tunnel theory made computable: readings, resistivity laws, superconducting quantities.

Names are imported on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isotunnel.theories.tunnel.fitted import FittedLaw
    from isotunnel.theories.tunnel.laws import (
        RESISTIVITY_LAWS,
        ActivatedLaw,
        LinearLaw,
        MonotoneLaw,
        ResistivityLaw,
        resistivity_law,
    )

_HOMES = {
    "RESISTIVITY_LAWS": "laws",
    "ActivatedLaw": "laws",
    "FittedLaw": "fitted",
    "LinearLaw": "laws",
    "MonotoneLaw": "laws",
    "ResistivityLaw": "laws",
    "resistivity_law": "laws",
}

__all__ = [
    "RESISTIVITY_LAWS",
    "ActivatedLaw",
    "FittedLaw",
    "LinearLaw",
    "MonotoneLaw",
    "ResistivityLaw",
    "resistivity_law",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"isotunnel.theories.tunnel.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
