"""Cell edges and angles of a CIF."""

from __future__ import annotations

from isotunnel.crystal.checks import MAX_EDGE_ANGSTROM
from isotunnel.crystal.cif.document import CifBlock
from isotunnel.crystal.cif.numbers import number
from isotunnel.errors import CrystalError

Cell = tuple[float, float, float, float, float, float]

_EDGES = ("a", "b", "c")
_ANGLES = ("alpha", "beta", "gamma")


def cell_of(block: CifBlock) -> Cell:
    """a, b, c in angstrom and alpha, beta, gamma in degrees.

    Raises:
        CrystalError: one of the six is missing, no number, or one that no cell has.
    """
    edges = [_parameter(block, "length", name) for name in _EDGES]
    angles = [_parameter(block, "angle", name) for name in _ANGLES]
    for name, value in zip(_EDGES, edges, strict=True):
        if not value > 0:
            raise CrystalError(f"{block.shown}: no cell has {name} = {value:g}; it must be above 0")
        if value > MAX_EDGE_ANGSTROM:
            raise CrystalError(
                f"{block.shown}: the cell's {name} is {value:g} angstrom; the limit is "
                f"{MAX_EDGE_ANGSTROM:g}: check the unit of length"
            )
    for name, value in zip(_ANGLES, angles, strict=True):
        if not 0 < value < 180:
            raise CrystalError(
                f"{block.shown}: no cell has {name} = {value:g}; it must be above 0 and below 180 "
                "degrees"
            )
    alpha, beta, gamma = angles
    if alpha + beta + gamma >= 360 or 2 * max(angles) >= alpha + beta + gamma:
        raise CrystalError(
            f"{block.shown}: no cell has the angles {alpha:g}, {beta:g}, {gamma:g}: its three axes "
            "would lie in a plane or not meet"
        )
    a, b, c = edges
    return a, b, c, alpha, beta, gamma


def _parameter(block: CifBlock, kind: str, name: str) -> float:
    text = block.stated(f"_cell_{kind}_{name}", f"_cell.{kind}_{name}")
    if text is None:
        raise CrystalError(
            f"{block.shown}: the CIF states no complete cell: _cell_{kind}_{name} is missing"
        )
    value = number(text)
    if value is None:
        raise CrystalError(f"{block.shown}: the cell's {name} is no number: {text[:40]!r}")
    return value
