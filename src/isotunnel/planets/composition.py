"""What the layers of planets are made of, as far as the models of their interiors say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.errors import InputError

HYDROGEN_AMU, HELIUM_AMU, IRON_AMU = 1.008, 4.002602, 55.845
SILICATE_AMU = (24.305 + 28.085 + 3 * 15.999) / 5
"""MgSiO3 per atom; Mg2SiO4 has 20.1 as well, so the upper mantle needs no layer of its own."""
WATER_AMU = (2 * HYDROGEN_AMU + 15.999) / 3

IRON, SILICATE, HYDROGEN, WATER = "Fe", "MgSiO3", "H", "H2O"


def mean_mass_amu(helium_mass_fraction: float) -> float:
    """Mean mass of the atoms of a mixture of hydrogen and helium, 1 / (X/1.008 + Y/4.003).

    Raises:
        InputError: not a fraction.
    """
    y = helium_mass_fraction
    if not 0 <= y <= 1:
        raise InputError(f"helium mass fraction {y:g} must lie between 0 and 1")
    return 1 / ((1 - y) / HYDROGEN_AMU + y / HELIUM_AMU)


@dataclass(frozen=True)
class Shell:
    """A layer.

    Attributes:
        name: as people call it.
        material: formula of what it is made of, mostly.
        structure: "solid" or "liquid"; a dense fluid counts as liquid.
        inside_km: its outer radius; infinite for the outermost.
        mean_mass_amu: mass per atom, None where the model's composition is not stated.
        note: what is assumed, or why there is no mass.
    """

    name: str
    material: str
    structure: str
    inside_km: float
    mean_mass_amu: float | None
    note: str = ""


_MIXED = "heavy elements of a share that is not printed; hydrogen has its own volume (additive)"
_LEAST = "heavy elements; outside the table of hydrogen the volume per atom is at least this"
_ICE = "as pure water; hydrogen mixed into it would make the volume per atom smaller, rock larger"

SHELLS: dict[str, tuple[Shell, ...]] = {
    "Earth": (
        Shell("mantle", SILICATE, "solid", float("inf"), SILICATE_AMU, "as MgSiO3; some MgO"),
        Shell("outer core", IRON, "liquid", 3480.0, IRON_AMU, "as pure iron"),
        Shell("inner core", IRON, "solid", 1221.5, IRON_AMU, "as pure iron"),
    ),
    "Jupiter": (
        Shell("outer envelope", HYDROGEN, "liquid", float("inf"), mean_mass_amu(0.238)),
        Shell(
            "inner envelope", HYDROGEN, "liquid", 56600.0, mean_mass_amu(0.270),
            "helium as in the planet's mean",
        ),
        Shell("enriched interior", HYDROGEN, "liquid", 28700.0, None, _MIXED),
        Shell("core of rock", SILICATE, "liquid", 4040.0, SILICATE_AMU, "as MgSiO3"),
    ),
    "Saturn": (
        Shell("outer envelope", HYDROGEN, "liquid", float("inf"), mean_mass_amu(0.14)),
        Shell("inner envelope", HYDROGEN, "liquid", 27850.0, None, _MIXED),
        Shell("dilute core", HYDROGEN, "liquid", 10360.0, None, _MIXED),
    ),
    "Uranus": (
        Shell("outer envelope", HYDROGEN, "liquid", float("inf"), HYDROGEN_AMU, _LEAST),
        Shell("water-rich envelope", WATER, "liquid", 19217.0, WATER_AMU, _ICE),
        Shell("core of rock", SILICATE, "liquid", 3773.8, SILICATE_AMU, "as MgSiO3"),
    ),
    "Neptune": (
        Shell("outer envelope", HYDROGEN, "liquid", float("inf"), HYDROGEN_AMU, _LEAST),
        Shell("water-rich envelope", WATER, "liquid", 14914.45, WATER_AMU, _ICE),
        Shell("core of rock", SILICATE, "liquid", 3633.6, SILICATE_AMU, "as MgSiO3"),
    ),
}  # fmt: skip
"""From the surface inwards. Radii: PREM; Nettelmann et al. (2021) and (2013), their jumps of the
density and, in Jupiter, 2000 GPa."""

PLANETS = tuple(SHELLS)


def shell_at(shells: Sequence[Shell], radius_km: float, *, above: bool = False) -> Shell:
    """The layer at a radius; ``above`` says which side of a boundary is meant there."""
    inner = shells[0]
    for shell in shells[1:]:
        if radius_km < shell.inside_km or (radius_km == shell.inside_km and not above):
            inner = shell
    return inner
