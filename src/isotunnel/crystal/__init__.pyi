from .cell_choice import CELL_CHOICES, CellChoice, in_cell
from .checks import check_crystal
from .convert import as_atoms
from .named import NamedCrystal, Site, find_named, named_crystal, named_crystals
from .symmetry import Symmetry, conventional_cell, primitive_cell, symmetry_of
from .volume import with_volume_ratio

__all__ = [
    "CELL_CHOICES",
    "CellChoice",
    "NamedCrystal",
    "Site",
    "Symmetry",
    "as_atoms",
    "check_crystal",
    "conventional_cell",
    "find_named",
    "in_cell",
    "named_crystal",
    "named_crystals",
    "primitive_cell",
    "symmetry_of",
    "with_volume_ratio",
]
