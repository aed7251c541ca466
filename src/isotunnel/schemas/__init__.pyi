from .analyses import Analyses
from .analysis import Analysis
from .answer import TheoryAnswer
from .atlas import Atlas
from .bond import Bond, BondPoints
from .cite import Cite
from .comparison import Comparison
from .critical import Critical, CriticalAll, CriticalCurves
from .crystals import Crystals
from .data import Data
from .design import Design
from .diagram import Diagram
from .electride import Electride
from .eos import Eos
from .fits import Fits
from .hydrides import Hydrides
from .metal import Metal
from .pairing import Pairing, PairingScan, PairingStored
from .planet import Planet
from .scan import Scan
from .scorecard import Scorecard
from .screen import Screen
from .shape import Of, document
from .spacing import Spacing
from .squeeze import Squeeze
from .tunnels import Tunnels
from .validation import documents, json_schema, meanings, shapes, validated

__all__ = [
    "Analyses",
    "Analysis",
    "Atlas",
    "Bond",
    "BondPoints",
    "Cite",
    "Comparison",
    "Critical",
    "CriticalAll",
    "CriticalCurves",
    "Crystals",
    "Data",
    "Design",
    "Diagram",
    "Electride",
    "Eos",
    "Fits",
    "Hydrides",
    "Metal",
    "Of",
    "Pairing",
    "PairingScan",
    "PairingStored",
    "Planet",
    "Scan",
    "Scorecard",
    "Screen",
    "Spacing",
    "Squeeze",
    "TheoryAnswer",
    "Tunnels",
    "document",
    "documents",
    "json_schema",
    "meanings",
    "shapes",
    "validated",
]
