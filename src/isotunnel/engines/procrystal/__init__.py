"""Fields of superposed free atoms: no DFT at run time, any crystal of the tabulated elements.

``ProcrystalEngine`` gives the fields, ``atomic_levels(atoms, functional)`` the level of each atom
in the others' potential, ``free_atom(Z, functional)`` the tabulated atoms themselves.
"""

from typing import TYPE_CHECKING, Any

from isotunnel.engines.procrystal.engine import ProcrystalEngine
from isotunnel.engines.procrystal.tables import (
    FreeAtom,
    Functional,
    free_atom,
    table_metadata,
    tabulated_numbers,
)

if TYPE_CHECKING:
    from isotunnel.engines.procrystal.levels import atomic_levels

__all__ = [
    "FreeAtom",
    "Functional",
    "ProcrystalEngine",
    "atomic_levels",
    "free_atom",
    "table_metadata",
    "tabulated_numbers",
]


def __getattr__(name: str) -> Any:
    # Its module needs scipy's splines, which importing the engine must not wait for.
    if name == "atomic_levels":
        from isotunnel.engines.procrystal.levels import atomic_levels

        return atomic_levels
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
