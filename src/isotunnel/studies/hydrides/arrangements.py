"""Which of several arrangements of the atoms' labels is meant: that of lowest computed energy.

Some published cells have right places and wrong labels, and more than one way to put the elements
back leaves the structure type's symmetry: either metal may be the one inside the octahedron. The
published crystals are relaxed ground states, so the arrangement they were relaxed in has the lower
energy at the printed cell. ``scripts/choose_hydride_arrangements.py`` computes the energies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from isotunnel.errors import CannotSay

if TYPE_CHECKING:
    from ase import Atoms

LEAST_MARGIN_EV = 0.1
"""Per cell: a smaller difference of energies decides nothing (zero-point motion, settings)."""


@dataclass(frozen=True, eq=False)
class Choice:
    """The arrangement of lowest energy.

    Attributes:
        atoms: the crystal.
        margin_ev: how far the next one lies above it, per cell.
    """

    atoms: Atoms
    margin_ev: float


def lowest(
    name: str, ways: Sequence[Atoms], energies_ev: Mapping[str, float] | None = None
) -> Choice:
    """Choose among arrangements by the energies that were computed of them.

    Args:
        name: short id of the entry.
        ways: at least two crystals of the same places and elements.
        energies_ev: by :func:`label_of`, per cell; default: those in the package.

    Raises:
        CannotSay: not all were computed, or the lowest two are closer than LEAST_MARGIN_EV.
    """
    energies = _energies(name) if energies_ev is None else energies_ev
    missing = [label_of(way) for way in ways if label_of(way) not in energies]
    if missing:
        raise CannotSay(
            f"the labels of its atoms are mixed up in the source, {len(ways)} arrangements would "
            f"mend it, and the energy of {len(missing)} of them is not computed"
        )
    ranked = sorted(ways, key=lambda way: energies[label_of(way)])
    margin = energies[label_of(ranked[1])] - energies[label_of(ranked[0])]
    if margin < LEAST_MARGIN_EV:
        raise CannotSay(
            f"the labels of its atoms are mixed up in the source, and the {len(ways)} arrangements "
            f"that would mend it differ by {margin:.3f} eV per cell only "
            f"({LEAST_MARGIN_EV:g} are asked for)"
        )
    return Choice(ranked[0], margin)


def label_of(atoms: Atoms) -> str:
    """What distinguishes arrangements of one entry: the elements in the order of the places."""
    return " ".join(atoms.get_chemical_symbols())


@cache
def computed_arrangements() -> dict[str, dict[str, dict[str, float]]]:
    """By short id of the entry and name of the arrangement: "energy_ev" (per cell), "pressure_gpa".

    The pressure is no criterion, but a check: the right arrangement's is nearest to that printed.
    """
    path = files("isotunnel.studies.hydrides") / "data" / "arrangements.json"
    found: dict[str, dict[str, dict[str, float]]]
    found = json.loads(path.read_text("utf-8"))["arrangements"]
    return found


def _energies(name: str) -> dict[str, float]:
    computed = computed_arrangements().get(name, {})
    return {label: values["energy_ev"] for label, values in computed.items()}
