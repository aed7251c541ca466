"""Where nobody knows whether the crystal that theories speak of has melted."""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.diagrams.axes import Axis
from isotunnel.errors import CannotSay, InputError
from isotunnel.matter import Material, melting_temperature
from isotunnel.matter.phases import solid_below

UNTABULATED_K = 200.0
"""Without any tabulated datum, solid up to here: every element that is a solid or a metal is, as
mercury, the first to melt, does so at 234 K (CRC Handbook of Chemistry and Physics, 2014)."""

_POINTS = 121
_HALVINGS = 20


@dataclass(frozen=True)
class UnknownMelting:
    """A part of the plane in which a theory's state supposes a crystal that may have melted.

    Attributes:
        low_gpa, high_gpa: pressures at which the melting line is not known.
        above_k: temperature up to which the substance is taken as solid all the same.
        reason: why it is not known, at ``low_gpa``.
    """

    low_gpa: float
    high_gpa: float
    above_k: float
    reason: str

    @property
    def words(self) -> str:
        """One sentence."""
        low = "room pressure" if self.low_gpa < 1e-3 else f"{self.low_gpa:.4g}"
        return (
            f"melting line not known from {low} to {self.high_gpa:.4g} GPa: above "
            f"{self.above_k:.3g} K what theories say supposes that the crystal has not melted"
        )


def unknown_melting(
    material: Material | None, pressures: Axis, temperatures: Axis
) -> tuple[UnknownMelting, ...]:
    """Ranges of pressure without a melting line, as far as they reach into the plane."""
    if material is None:
        above = UNTABULATED_K
        gaps = [(pressures.low, pressures.high, "nothing is tabulated of its melting")]
    else:
        above = solid_below(material) or temperatures.low
        gaps = _gaps(material, pressures)
    if above >= temperatures.high:
        return ()
    above = max(above, temperatures.low)
    return tuple(UnknownMelting(low, high, above, why) for low, high, why in gaps)


def _gaps(material: Material, pressures: Axis) -> list[tuple[float, float, str]]:
    found: list[tuple[float, float, str]] = []
    before: float | None = None
    start: tuple[float, str] | None = None
    for p in map(float, pressures.values(_POINTS)):
        why = _missing(material, p)
        if why is not None and start is None:
            start = (p if before is None else _edge(material, before, p, pressures), why)
        elif why is None and start is not None and before is not None:
            found.append((start[0], _edge(material, before, p, pressures), start[1]))
            start = None
        before = p
    if start is not None:
        found.append((start[0], pressures.high, start[1]))
    return found


def _edge(material: Material, low: float, high: float, pressures: Axis) -> float:
    """The pressure between two at which the melting line begins or ends."""
    known = _missing(material, low) is None
    for _ in range(_HALVINGS):
        middle = pressures.between(low, high)
        if (_missing(material, middle) is None) == known:
            low = middle
        else:
            high = middle
    return high


def _missing(material: Material, pressure_gpa: float) -> str | None:
    """Why no melting temperature is known at a pressure, None where one is."""
    try:
        melting_temperature(material, pressure_gpa)
    except (CannotSay, InputError) as reason:
        return str(reason)
    return None
