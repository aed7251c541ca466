"""Known behaviour of matter under pressure, which the scans of the atlas should show.

Names are imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.evidence.trends.known import known_trends
    from isotunnel.evidence.trends.result import Span, Trend

_HOMES = {"Span": "result", "Trend": "result", "known_trends": "known"}

__all__ = ["Span", "Trend", "known_trends"]

__getattr__ = lazy_names(__name__, _HOMES)
