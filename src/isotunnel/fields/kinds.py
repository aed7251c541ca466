"""What a field can be, and what follows from that: its unit and its natural filtration side."""

from __future__ import annotations

from enum import StrEnum


class FieldKind(StrEnum):
    """Physical meaning of the values of a :class:`~isotunnel.fields.field.Field`."""

    POTENTIAL = "potential"
    """Kohn-Sham effective potential felt by an electron, eV."""
    ELECTROSTATIC = "electrostatic"
    """Hartree plus ionic potential energy of an electron, eV."""
    DENSITY = "density"
    """Electron number density, 1/angstrom^3."""
    ELF = "elf"
    """Electron localization function, dimensionless in [0, 1]."""
    OTHER = "other"
    """Anything else; the caller must say which side percolates."""


class Side(StrEnum):
    """Which region is open to an electron at a level."""

    BELOW = "below"
    """Sublevel sets {f <= level}: where a classical electron of that energy may be."""
    ABOVE = "above"
    """Superlevel sets {f >= level}: where the density or localization is at least that."""


UNITS: dict[FieldKind, str] = {
    FieldKind.POTENTIAL: "eV",
    FieldKind.ELECTROSTATIC: "eV",
    FieldKind.DENSITY: "1/angstrom^3",
    FieldKind.ELF: "1",
    FieldKind.OTHER: "1",
}
"""The unit in which each kind is stored inside Isotunnel."""

DEFAULT_SIDES: dict[FieldKind, Side] = {
    FieldKind.POTENTIAL: Side.BELOW,
    FieldKind.ELECTROSTATIC: Side.BELOW,
    FieldKind.DENSITY: Side.ABOVE,
    FieldKind.ELF: Side.ABOVE,
}
"""The side that percolates by default; ``OTHER`` has none."""
