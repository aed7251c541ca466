"""Everything about one crystal or grid file in one call."""

from isotunnel.analysis.analyze import analyze, analyze_structure
from isotunnel.analysis.electride import Electride, electride
from isotunnel.analysis.results import Analysis

__all__ = ["Analysis", "Electride", "analyze", "analyze_structure", "electride"]
