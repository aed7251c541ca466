"""Theories of a diagram by name."""

from __future__ import annotations

from collections.abc import Sequence

from isotunnel.diagrams.combined import Combined
from isotunnel.errors import InputError
from isotunnel.substances import Substance
from isotunnel.theories.base import Theory
from isotunnel.theories.registry import FIRST_PRINCIPLES, RIVALS, TUNNEL_THEORIES
from isotunnel.theories.registry import theory as known_theory
from isotunnel.theories.superconducting.eliashberg import Eliashberg
from isotunnel.theories.superconducting.rigid_muffin_tin.theory import RigidMuffinTin

PAIRED = "allen_dynes"

USUAL = (
    "tunnel-spacing",
    "tunnel-ks",
    f"bloch_grueneisen+{PAIRED}",
    "bloch_grueneisen+bcs",
)
"""The theories of a diagram for which none were asked."""

UNAIDED = {f"bloch_grueneisen+{PAIRED}": f"bloch_grueneisen+{RigidMuffinTin.name}"}
"""What stands in for a usual theory where no coupling is known, but one was computed."""

NORMAL = ("drude", "bloch_grueneisen")
PAIRING = ("bcs", "mcmillan", "allen_dynes", "eliashberg", *(t.name for t in FIRST_PRINCIPLES))


def theory_names() -> tuple[str, ...]:
    """Names that a diagram knows; "+" joins a theory of the normal state and one of pairing."""
    return tuple(t.name for t in (*TUNNEL_THEORIES, *RIVALS, *FIRST_PRINCIPLES))


def usual_theories(about: Substance) -> tuple[str, ...]:
    """Names of the theories of a diagram for which none were asked.

    Where Allen and Dynes lack the coupling or the phonons of every phase, and rigid muffin tins
    have computed both, these stand in: else superconductivity would be unknown all over the panel.
    """
    if not _knows(theory_of(PAIRED), about) and _knows(RigidMuffinTin(), about):
        return tuple(UNAIDED.get(name, name) for name in USUAL)
    return USUAL


def _knows(theory: Theory, about: Substance) -> bool:
    return any(
        theory.answer(phase, phase.reference_pressure_gpa, 1.0).tc_k.cannot_say is None
        for phase in about.phases
    )


def choose_theories(wanted: Sequence[str | Theory]) -> tuple[Theory, ...]:
    """Theories from names, each once.

    Raises:
        InputError: an unknown name, or none.
    """
    found: dict[str, Theory] = {}
    for item in wanted:
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
    whole = name.strip().lower().replace("-", "_")
    if not plus or whole in {t.name.replace("-", "_") for t in FIRST_PRINCIPLES}:
        return _single(name)
    normal, pairing = _single(first), _single(second)
    if normal.name not in NORMAL or pairing.name not in PAIRING:
        raise InputError(
            f"{name!r} is no theory of the normal state ({', '.join(NORMAL)}) plus one of pairing"
        )
    return Combined(normal, pairing)


def _single(name: str) -> Theory:
    found = known_theory(name)
    # A curve of exact solutions would take minutes; this is within 0.1 per cent.
    return Eliashberg(tabulated=True) if found.name == "eliashberg" else found
