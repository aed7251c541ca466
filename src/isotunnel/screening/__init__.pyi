from .columns import ScreenColumn, all_columns
from .crystal_inputs import inputs_of, sample_path
from .driver import Outcome, screen
from .featurizer import TunnelFeaturizer
from .one_crystal import CrystalInput
from .questions import ask
from .settings import Settings

__all__ = [
    "CrystalInput",
    "Outcome",
    "ScreenColumn",
    "Settings",
    "TunnelFeaturizer",
    "all_columns",
    "ask",
    "inputs_of",
    "sample_path",
    "screen",
]
