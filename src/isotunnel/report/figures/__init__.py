"""PNG and SVG figures of an analysis, drawn with matplotlib."""

from isotunnel.report.figures.draw import draw_figures

__all__ = ["draw_figures"]
