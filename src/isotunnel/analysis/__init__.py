"""Everything about one crystal or grid file in one call."""

from isotunnel.analysis.analyze import analyze, analyze_structure
from isotunnel.analysis.electride import Electride, electride
from isotunnel.analysis.equation_of_state import EquationOfState, equation_of_state
from isotunnel.analysis.results import Analysis

__all__ = [
    "Analysis",
    "Electride",
    "EquationOfState",
    "analyze",
    "analyze_structure",
    "electride",
    "equation_of_state",
]
