"""Everything about one crystal or grid file in one call."""

from isotunnel.analysis.analyze import analyze, analyze_structure
from isotunnel.analysis.results import Analysis

__all__ = ["Analysis", "analyze", "analyze_structure"]
