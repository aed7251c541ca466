"""The temperature at which an isobar leaves an isochore: every boundary of the tunnel theory.

The theory lets temperature act through the spacing alone, so a crystal at pressure P becomes normal
at the T at which it has expanded to the volume V* where the overlap ends: V(P, Tc) = V*. Its slope
is that of an isochore, dTc/dP = kappa_T / beta (compressibility over volume expansion): positive,
and of the order of 100 K/GPa, because solids expand little.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from isotunnel.errors import CannotSay
from isotunnel.theories.base import Quantity
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.tunnel.anchors import Line
from isotunnel.theories.tunnel.spacing import Spacing, highest_temperature


@dataclass(frozen=True)
class IsochoreCrossing:
    """Where an isobar crosses an isochore.

    Attributes:
        kind: "none" (larger than V* at T = 0 already), "finite", or "beyond" (still smaller at
            the highest temperature that can be asked for).
        temperature_k: of the crossing; 0 for "none", NaN for "beyond".
        error_k: from the errors of V* and V; None where neither is known, or where the anchor of
            V* states no error of its pressure. The errors of thermal expansion are not published
            and not in it.
        highest_k: where the search ended.
        reason: in words.
    """

    kind: str
    temperature_k: float
    error_k: float | None
    highest_k: float
    reason: str

    def as_tc(self) -> Quantity:
        """As a critical temperature; "beyond" is a refusal that names the lower bound."""
        if self.kind == "beyond":
            return Quantity.refused(self.reason)
        return Quantity(self.temperature_k, self.error_k)


# Every temperature of one pressure asks for the same crossing.
@lru_cache(maxsize=4096)
def isochore_crossing(
    material: MaterialData, spacing: Spacing, line: Line, pressure_gpa: float
) -> IsochoreCrossing:
    """The temperature at which the crystal has expanded to the volume of a line.

    Raises:
        CannotSay: the volume at this pressure is not known.
    """
    top, why = highest_temperature(material, pressure_gpa)
    cold = spacing.volume(pressure_gpa, 0.0)
    spread = line.spread(spacing.shifts(pressure_gpa))
    found = spacing.temperature(pressure_gpa, line.value, top)
    if line.anchored_at(pressure_gpa):
        found = line.temperature_k
    if found is None:
        return IsochoreCrossing(
            "beyond", math.nan, None, top,
            f"at {pressure_gpa:g} GPa the spacing stays below the boundary's "
            f"{line.value:.5g} angstrom^3 per atom up to {why}: superconducting at every "
            "temperature that the crystal knows",
        )  # fmt: skip
    if found == 0.0:
        return IsochoreCrossing(
            "none", 0.0, _width(spacing, pressure_gpa, line.value, spread, top, 0.0), top,
            f"{cold.value:.5g} angstrom^3 per atom at 0 K is not below the boundary's "
            f"{line.value:.5g}",
        )  # fmt: skip
    error = _width(spacing, pressure_gpa, line.value, spread, top, found)
    if line.anchored_at(pressure_gpa) and (line.error_k is not None or line.error is None):
        # What was put in comes out: with its own error, or with none where none was stated.
        error = line.error_k
    return IsochoreCrossing(
        "finite", found, error, top, f"the isochore is reached at {found:.4g} K"
    )


def _width(
    spacing: Spacing, pressure: float, volume: float, spread: float | None, top: float, t: float
) -> float | None:
    """How far the crossing moves with the volume; one side alone where the other has none."""
    if spread is None:
        return None
    if spread == 0:
        return 0.0
    ends = []
    for moved in (volume - spread, volume + spread):
        try:
            end = spacing.temperature(pressure, moved, top)
        except CannotSay:
            continue
        # Not reached at all: at least as far as the end of the search.
        ends.append(abs((top if end is None else end) - t))
    return max(ends) if ends else None
