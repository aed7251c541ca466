"""Known behaviour of matter under pressure, which the scans of the atlas should show."""

from __future__ import annotations

from isotunnel.evidence.trends.known import known_trends
from isotunnel.evidence.trends.result import Trend

__all__ = ["Trend", "known_trends"]
