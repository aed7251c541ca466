"""Crystals: reading, checking, symmetry, and a library of named ones."""

from __future__ import annotations

from isotunnel.crystal.cell_choice import CELL_CHOICES, CellChoice, in_cell
from isotunnel.crystal.checks import check_crystal
from isotunnel.crystal.convert import as_atoms
from isotunnel.crystal.named import NamedCrystal, Site, find_named, named_crystal, named_crystals
from isotunnel.crystal.symmetry import Symmetry, conventional_cell, primitive_cell, symmetry_of
from isotunnel.crystal.volume import with_volume_ratio

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
