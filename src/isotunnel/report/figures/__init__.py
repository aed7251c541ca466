"""PNG and SVG figures, drawn with matplotlib."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isotunnel.report.figures.draw import draw_figures

__all__ = ["draw_figures"]


def __getattr__(name: str) -> Any:
    # Figures of a scan or a diagram do without what those of an analysis need.
    if name == "draw_figures":
        return import_module("isotunnel.report.figures.draw").draw_figures
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
