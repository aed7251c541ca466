"""Which atoms of a crystal make molecules of two, and how far it is to the next molecule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.bonding.squeezed.multipoles import images_within
from isotunnel.errors import CannotSay

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pair:
    """A molecule of two atoms.

    Attributes:
        atoms: the two, by number.
        centre: between them, angstrom.
        halves: vectors from the centre to each.
        bond_a: its length.
        next_a: shortest distance from either atom to one of another molecule.
    """

    atoms: tuple[int, int]
    centre: Array
    halves: tuple[Array, Array]
    bond_a: float
    next_a: float


def pairs(positions: ArrayLike, cell: ArrayLike) -> tuple[Pair, ...]:
    """Each atom with its nearest neighbour.

    Raises:
        CannotSay: the nearest neighbours are not mutual: there are no molecules of two.
    """
    places = np.asarray(positions, dtype=float)
    images = images_within(cell, 4.0)
    found: list[Pair] = []
    partner: dict[int, int] = {}
    for a, here in enumerate(places):
        vectors = (places[:, None, :] - here + images[None, :, :]).reshape(-1, 3)
        lengths = np.linalg.norm(vectors, axis=1)
        lengths[lengths < 1e-6] = np.inf
        order = np.argsort(lengths)
        nearest, bond, after = order[0], lengths[order[0]], lengths[order[1]]
        if after - bond < 1e-3:
            raise CannotSay("an atom has several equally near neighbours: no molecules of two")
        b = int(nearest // len(images))
        partner[a] = b
        if b < a:
            if partner[b] != a:
                raise CannotSay("nearest neighbours are not mutual: no molecules of two")
            other = next(i for i, p in enumerate(found) if p.atoms == (b, a))
            known = found[other]
            shortest = min(known.next_a, float(after))
            found[other] = Pair(known.atoms, known.centre, known.halves, known.bond_a, shortest)
            continue
        half = 0.5 * vectors[nearest]
        found.append(Pair((a, b), here + half, (-half, half), float(bond), float(after)))
    return tuple(found)
