"""The theories, by name: the tunnel theory in its readings, and its rivals."""

from __future__ import annotations

from isotunnel.errors import InputError
from isotunnel.theories.base import Theory
from isotunnel.theories.normal.bloch_grueneisen import BlochGrueneisen
from isotunnel.theories.normal.drude import Drude
from isotunnel.theories.superconducting.allen_dynes import AllenDynes
from isotunnel.theories.superconducting.bcs import Bcs
from isotunnel.theories.superconducting.eliashberg import Eliashberg
from isotunnel.theories.superconducting.mcmillan import McMillan
from isotunnel.theories.superconducting.rigid_muffin_tin.theory import RigidMuffinTin
from isotunnel.theories.tunnel.reading_theory import TunnelTheory
from isotunnel.theories.tunnel.spacing_theory import TunnelSpacing

RIVALS: tuple[Theory, ...] = (
    Drude(),
    BlochGrueneisen(),
    Bcs(),
    McMillan(),
    AllenDynes(),
    Eliashberg(),
)
"""Every rival, in historical order, with default options."""

FIRST_PRINCIPLES: tuple[Theory, ...] = (RigidMuffinTin(),)
"""Rivals with nothing put in, which know only what was computed and stored."""

TUNNEL_THEORIES: tuple[Theory, ...] = (
    *(
        TunnelTheory(reading)
        for reading in ("ks", "atomic", "electrostatic", "density", "elf", "band")
    ),
    TunnelSpacing(),
)
"""The tunnel theory in every reading, then with spacing alone; default options."""


def theory(name: str) -> Theory:
    """A rival or the tunnel theory of a name ("bcs", "tunnel-ks", ...), "-" and "_" alike.

    Raises:
        InputError: no such theory; the message lists the names.
    """
    wanted = _key(name)
    for known in (*TUNNEL_THEORIES, *RIVALS, *FIRST_PRINCIPLES):
        if _key(known.name) == wanted:
            return known
    listed = ", ".join(t.name for t in (*TUNNEL_THEORIES, *RIVALS, *FIRST_PRINCIPLES))
    raise InputError(f"unknown theory {name!r}; known: {listed}")


def rival(name: str) -> Theory:
    """The rival of a name ("bcs", "allen_dynes", ...), "-" and "_" alike.

    Raises:
        InputError: no such theory; the message lists the names.
    """
    wanted = _key(name)
    for known in RIVALS:
        if known.name == wanted:
            return known
    raise InputError(f"unknown theory {name!r}; known: {', '.join(t.name for t in RIVALS)}")


def _key(name: str) -> str:
    return name.strip().lower().replace("-", "_")
