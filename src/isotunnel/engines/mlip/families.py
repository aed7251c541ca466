"""Families of crystals by what holds them together, from the elements alone."""

from __future__ import annotations

from collections.abc import Iterable

from isotunnel.crystal.elements import NOBLE_SHELLS, atomic_number, electronegativities, group_of

SALT = 1.7
"""Pauling: a difference of electronegativities from which a bond is more than half ionic."""

_SEMICONDUCTORS = frozenset(["B", "C", "N", "O", "Si", "P", "S", "Ge", "As", "Se", "Te"])
_HALOGENS = frozenset(["F", "Cl", "Br", "I", "At"])


def family_of(symbols: Iterable[str]) -> str:
    """ "hydride", "noble gas", "covalent", "molecular", "simple metal", "transition metal",
    "salt" or "alloy or compound".

    A hydride holds hydrogen (so does hydrogen itself). Elements without metals are covalent, with a
    halogen molecular. Metals of groups 1, 2 and 13 to 16 are simple, of 3 to 12 transition metals,
    and an alloy of one kind alone is of that kind. A salt is a metal with a non-metal whose
    electronegativities lie :data:`SALT` or more apart.
    """
    found = set(symbols)
    if "H" in found:
        return "hydride"
    if all(atomic_number(s) in NOBLE_SHELLS for s in found):
        return "noble gas"
    metals = found - _SEMICONDUCTORS - _HALOGENS
    if not metals:
        return "molecular" if found & _HALOGENS else "covalent"
    if metals == found:
        kinds = {3 <= group_of(s) <= 12 for s in found}
        return "alloy or compound" if len(kinds) > 1 else _METAL[kinds.pop()]
    scale = electronegativities()
    apart = max(scale.get(s, 0.0) for s in found) - min(scale.get(s, 9.0) for s in found)
    return "salt" if apart >= SALT else "alloy or compound"


_METAL = {True: "transition metal", False: "simple metal"}
