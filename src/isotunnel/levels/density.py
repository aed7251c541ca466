"""Reading ``density``: how thin the electrons are at the bottleneck.

The level is -ln n, so the gap is ln(n_v / n_d): n_d is the highest density at which one network
spans d dimensions, n_v the density at which a free atom's valence shell holds 95 % of its charge.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from isotunnel.errors import CannotSay
from isotunnel.fields.kinds import FieldKind
from isotunnel.levels.reading import FieldReading

if TYPE_CHECKING:
    from isotunnel.engines.base import ElectronicStructure


def _thinness(density: float) -> float:
    return -math.log(density)


def _inverse(density: float) -> float:
    return 1.0 / density


def _edge_of_the_atom(structure: ElectronicStructure) -> float:
    density = structure.require("valence_density")
    if density <= 0:
        raise CannotSay(f"the density at the edge of a free atom is not positive: {density:g}")
    return _thinness(density)


DENSITY = FieldReading(
    name="density",
    title="Electron density at the bottleneck against that at a free atom's edge, ln(n_v / n)",
    kind=FieldKind.DENSITY.value,
    unit="1",
    valence=_edge_of_the_atom,
    level=_thinness,
    slope=_inverse,
    delta_c=1.0,
    delta_c_reason="default until data fit it: the density falls by a factor e",
)
