"""The rival theories, by name."""

from __future__ import annotations

from isotunnel.errors import InputError
from isotunnel.theories.allen_dynes import AllenDynes
from isotunnel.theories.base import Theory
from isotunnel.theories.bcs import Bcs
from isotunnel.theories.bloch_grueneisen import BlochGrueneisen
from isotunnel.theories.drude import Drude
from isotunnel.theories.eliashberg import Eliashberg
from isotunnel.theories.mcmillan import McMillan

RIVALS: tuple[Theory, ...] = (
    Drude(),
    BlochGrueneisen(),
    Bcs(),
    McMillan(),
    AllenDynes(),
    Eliashberg(),
)
"""Every rival, in historical order, with default options."""


def rival(name: str) -> Theory:
    """The rival of a name ("bcs", "allen_dynes", ...), "-" and "_" alike.

    Raises:
        InputError: no such theory; the message lists the names.
    """
    wanted = name.strip().lower().replace("-", "_")
    for theory in RIVALS:
        if theory.name == wanted:
            return theory
    raise InputError(f"unknown theory {name!r}; known: {', '.join(t.name for t in RIVALS)}")
