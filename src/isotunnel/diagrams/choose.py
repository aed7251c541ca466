"""Theories of a diagram by name."""

from __future__ import annotations

from collections.abc import Sequence

from isotunnel.diagrams.combined import Combined
from isotunnel.errors import InputError
from isotunnel.theories import RIVALS, rival
from isotunnel.theories.base import Theory
from isotunnel.theories.catalogue import Substance

USUAL = ("bloch_grueneisen+allen_dynes", "bloch_grueneisen+bcs")
NORMAL = ("drude", "bloch_grueneisen")


def theory_names() -> tuple[str, ...]:
    """Names that a diagram knows; "+" joins a theory of the normal state and one of pairing."""
    return tuple(t.name for t in RIVALS)


def choose_theories(wanted: Sequence[str | Theory] | None, about: Substance) -> tuple[Theory, ...]:
    """Theories from names, each once.

    Raises:
        InputError: an unknown name, or none.
    """
    found: dict[str, Theory] = {}
    for item in USUAL if wanted is None else wanted:
        theory = theory_of(item) if isinstance(item, str) else item
        found.setdefault(theory.name, theory)
    if not found:
        raise InputError("a diagram needs at least one theory")
    return tuple(found.values())


def theory_of(name: str) -> Theory:
    """The theory of a name, "normal+pairing" combined.

    Raises:
        InputError: unknown, or a sum that is none.
    """
    first, plus, second = name.partition("+")
    if not plus:
        return rival(name)
    normal, pairing = rival(first), rival(second)
    if normal.name not in NORMAL or pairing.name in NORMAL:
        raise InputError(
            f"{name!r} is no theory of the normal state ({', '.join(NORMAL)}) plus one of pairing"
        )
    return Combined(normal, pairing)
