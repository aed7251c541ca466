"""Fields of superposed free atoms: no DFT at run time, any crystal of the tabulated elements."""

from isotunnel.fields.engines.procrystal.engine import ProcrystalEngine
from isotunnel.fields.engines.procrystal.levels import atomic_levels
from isotunnel.fields.engines.procrystal.tables import (
    FreeAtom,
    Functional,
    free_atom,
    table_metadata,
    tabulated_numbers,
)

__all__ = [
    "FreeAtom",
    "Functional",
    "ProcrystalEngine",
    "atomic_levels",
    "free_atom",
    "table_metadata",
    "tabulated_numbers",
]
