"""Up to which pressure a potential is believed of a crystal, and why: the rule of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.engines.mlip.compared import Compared, by_crystal, reach_of
from isotunnel.engines.mlip.plan import FEWEST_CRYSTALS, FEWEST_VOLUMES, LOW_GPA, WITHIN


@dataclass(frozen=True)
class Trust:
    """What a reach rests on.

    Attributes:
        basis: "the crystal itself", "GPAW runs made for it" or "its family".
        reach_gpa: highest pressure believed; None where none is.
        reason: in words: what was compared, and how far it holds.
        points: what was compared.
    """

    basis: str
    reach_gpa: float | None
    reason: str
    points: tuple[Compared, ...]


def by_points(points: Sequence[Compared], basis: str) -> Trust:
    """From cells of the crystal itself."""
    reach = reach_of(points)
    good = sum(p.met for p in points)
    limit = f"within {WITHIN:.0%} of GPAW (of {LOW_GPA:g} GPa where that is lower)"
    if len(points) < FEWEST_VOLUMES:
        words = f"GPAW has {len(points)} of the {FEWEST_VOLUMES} volumes that are needed"
    elif reach is None:
        words = f"pressures are {limit} at {good} of {len(points)} volumes, {_first_off(points)}"
    else:
        words = f"pressures are {limit} up to {reach:.3g} GPa, at {good} of {len(points)} volumes"
    return Trust(basis, reach, words, tuple(points))


def by_family(points: Sequence[Compared], family: str) -> Trust:
    """From other crystals of a family."""
    of_family = [p for p in points if p.family == family]
    crystals = {
        name: own for name, own in by_crystal(of_family).items() if len(own) >= FEWEST_VOLUMES
    }
    reaches = {name: reach_of(own) for name, own in crystals.items()}
    good = [r for r in reaches.values() if r is not None]
    basis = "its family"
    if len(crystals) < FEWEST_CRYSTALS:
        words = f"{len(crystals)} of the {FEWEST_CRYSTALS} crystals that are needed were compared"
        return Trust(basis, None, f"family {family}: {words}", tuple(of_family))
    counted = f"family {family}: {len(good)} of {len(crystals)} crystals compared have a reach"
    if len(good) < len(crystals):
        bad = ", ".join(name for name, reach in reaches.items() if reach is None)
        return Trust(basis, None, f"{counted}, without one: {bad}", tuple(of_family))
    return Trust(basis, min(good), f"{counted}, the lowest {min(good):.3g} GPa", tuple(of_family))


def _first_off(points: Sequence[Compared]) -> str:
    off = next(p for p in sorted(points, key=lambda c: c.gpaw_gpa) if not p.met)
    own = "no pressure" if off.potential_gpa is None else f"{off.potential_gpa:.3g} GPa"
    return f"first off at {off.gpaw_gpa:.3g} GPa, where it gives {own}"
