"""The look that all figures share."""

from __future__ import annotations

from typing import Any

RANK_COLORS = ("#8d949e", "#e69f00", "#009e73", "#0072b2")
"""Okabe and Ito's colours for ranks 1 to 3, grey for pockets; the same as on the page."""

MARK_COLOR = "#d81b60"

STYLE: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "savefig.dpi": 160,
    # A dollar sign in a user's text must not start mathematics.
    "text.parse_math": False,
    "svg.fonttype": "none",
    # The same analysis gives the same file.
    "svg.hashsalt": "isotunnel",
}
"""matplotlib settings, for ``rc_context``."""
