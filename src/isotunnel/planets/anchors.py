"""Volumes per atom at which measured (or predicted) transitions lie: the isochores of planets.

The tunnel theory lets the spacing alone decide. Each boundary of a material is the isochore through
one transition of the same material. The rule for fluids: the isochore through what was seen in the
fluid, where something was; else the same isochore as in the solid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.errors import CannotSay
from isotunnel.matter import material
from isotunnel.measured.parameter import Kind
from isotunnel.measured.rows import Row, Tables
from isotunnel.planets.composition import (
    HYDROGEN,
    IRON,
    SILICATE,
    SILICATE_AMU,
    WATER,
    WATER_AMU,
)
from isotunnel.planets.hydrogen import fluid_hydrogen
from isotunnel.units import AMU_PER_ANGSTROM3_G_CM3, ROOM_K


@dataclass(frozen=True)
class VolumeAnchor:
    """A boundary of a material.

    Attributes:
        boundary: "superconducting" or "conducting" (smaller volumes are so), or "insulating"
            (seen not to conduct as a metal at this volume; larger ones are taken to be so too).
        volume_a3: per atom.
        tc_k: critical temperature there, of a superconducting one.
        kind: of the transition: measured or calculated.
        structure: "solid" or "liquid": in which it was seen, or calculated.
        source: where it was published, and how the volume was found.
    """

    boundary: str
    volume_a3: float
    tc_k: float | None
    kind: Kind
    structure: str
    source: str


def anchors(substance: str, tables: Tables) -> tuple[VolumeAnchor, ...]:
    """The boundaries that something fixes; none where nothing was measured."""
    makers = {IRON: _iron, HYDROGEN: _hydrogen, SILICATE: _silicate, WATER: _water}
    return makers[substance](tables) if substance in makers else ()


def lines_for(structure: str, found: Sequence[VolumeAnchor]) -> dict[str, VolumeAnchor]:
    """By boundary: the transition seen in the same structure, else the other."""
    lines: dict[str, VolumeAnchor] = {}
    for anchor in found:
        if anchor.boundary not in lines or anchor.structure == structure:
            lines[anchor.boundary] = anchor
    return lines


def solid_volume_a3(substance: str, phase: str, pressure_gpa: float, temperature_k: float) -> float:
    """Volume per atom by an equation of state of ``isotunnel.matter``, beyond its data if need be.

    Raises:
        InputError: no such substance or phase.
    """
    from isotunnel.matter import solid_volume

    eos = material(substance).phase(phase).eos
    return float(solid_volume(eos, pressure_gpa, temperature_k, extrapolate=True))


def _iron(tables: Tables) -> tuple[VolumeAnchor, ...]:
    for row in tables("elements_pressure").where(element="Fe"):
        onset, tc = row.number("onset_pressure_gpa"), row.number("tc_max_k")
        volume = solid_volume_a3("Fe", "hcp", onset, tc)
        how = f"onset at {onset:g} GPa: {row.source}; volume of hcp iron, Dewaele et al. (2006)"
        return (VolumeAnchor("superconducting", volume, tc, "measured", "solid", how),)
    return ()


def _hydrogen(tables: Tables) -> tuple[VolumeAnchor, ...]:
    rows = tables("hydrogen").rows
    eos = "volume of solid hydrogen, Loubeyre et al. (1996), beyond its 109 GPa"
    found = [*_fluid_metal(tables)]
    for row in rows:
        if row["category"] == "metallization" and row["kind"] == "claimed" and row["pressure_gpa"]:
            volume = solid_volume_a3("H2", "I", row.number("pressure_gpa"), ROOM_K)
            how = f"{row.source}; {eos}"
            found.append(VolumeAnchor("conducting", volume, None, "measured", "solid", how))
            break
    for row in rows:
        if row["category"] == "superconductivity" and row["pressure_gpa"] and row["value"]:
            volume = solid_volume_a3("H2", "I", row.number("pressure_gpa"), ROOM_K)
            tc, how = row.number("value"), f"{row.source}; {eos}"
            found.append(VolumeAnchor("superconducting", volume, tc, "calculated", "solid", how))
            break
    return tuple(found)


def _fluid_metal(tables: Tables) -> tuple[VolumeAnchor, ...]:
    """Where fluid hydrogen was seen to become a metal, at the lowest pressure with a temperature.

    The volume is that of the equation of state that gives the planets' hydrogen its volume, so
    that its error falls out; the density printed with the experiment is a fifth lower.
    """
    seen = []
    for row in tables("planets_conductivity").where(material=HYDROGEN, state="metal"):
        try:
            seen.append((row.number("pressure_gpa"), row.number("temperature_k"), row))
        except CannotSay:
            continue
    if not seen:
        return ()
    pressure, temperature, row = min(seen, key=lambda one: one[0])
    try:
        volume = fluid_hydrogen(tables).volume_a3(pressure, temperature)
    except CannotSay:
        return ()
    how = f"{row.source}; volume of fluid hydrogen at {pressure:g} GPa, {temperature:.0f} K"
    return (VolumeAnchor("conducting", volume, None, "measured", "liquid", how),)


def _silicate(tables: Tables) -> tuple[VolumeAnchor, ...]:
    """The densest silicate that was seen to be no metal."""
    dense = _with_density(tables, SILICATE, "insulator")
    if not dense:
        return ()
    density, row = max(dense, key=lambda pair: pair[0])
    volume = SILICATE_AMU * AMU_PER_ANGSTROM3_G_CM3 / density
    structure = row.text("structure")
    return (VolumeAnchor("insulating", volume, None, "measured", structure, row.source),)


def _water(tables: Tables) -> tuple[VolumeAnchor, ...]:
    """The thinnest water seen to reflect as a metal, and ice at the end of its measured volumes."""
    found = []
    metal = _with_density(tables, WATER, "metal")
    if metal:
        density, row = min(metal, key=lambda pair: pair[0])
        volume = WATER_AMU * AMU_PER_ANGSTROM3_G_CM3 / density
        found.append(VolumeAnchor("conducting", volume, None, "measured", "liquid", row.source))
    ice = material("H2O").phase("dense ice")
    top = ice.eos.p_max_gpa
    volume = solid_volume_a3("H2O", "dense ice", top, ROOM_K)
    how = f"ice at {top:g} GPa, no metal; volume: {ice.source}"
    found.append(VolumeAnchor("insulating", volume, None, "measured", "solid", how))
    return tuple(found)


def _with_density(tables: Tables, name: str, state: str) -> list[tuple[float, Row]]:
    found = []
    for row in tables("planets_conductivity").where(material=name, state=state):
        try:
            found.append((row.number("density_g_cm3"), row))
        except CannotSay:
            continue
    return found
