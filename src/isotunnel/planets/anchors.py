"""Volumes per atom at which measured (or predicted) transitions lie: the isochores of planets.

The tunnel theory lets the spacing alone decide. Each boundary of a material goes through one
transition of the same material, wherever that was seen, and holds for its fluid as well: the same
isochore.
"""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.errors import CannotSay
from isotunnel.measured.parameter import Kind
from isotunnel.measured.rows import Tables
from isotunnel.planets.composition import HYDROGEN, IRON, SILICATE, SILICATE_AMU
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
        source: where it was published, and how the volume was found.
    """

    boundary: str
    volume_a3: float
    tc_k: float | None
    kind: Kind
    source: str


def anchors(material: str, tables: Tables) -> tuple[VolumeAnchor, ...]:
    """The boundaries that something fixes; none where nothing was measured."""
    makers = {IRON: _iron, HYDROGEN: _hydrogen, SILICATE: _silicate}
    return makers[material](tables) if material in makers else ()


def solid_volume_a3(substance: str, phase: str, pressure_gpa: float, temperature_k: float) -> float:
    """Volume per atom by an equation of state of ``isotunnel.matter``, beyond its data if need be.

    Raises:
        InputError: no such substance or phase.
    """
    from isotunnel.matter import material, solid_volume

    eos = material(substance).phase(phase).eos
    return float(solid_volume(eos, pressure_gpa, temperature_k, extrapolate=True))


def _iron(tables: Tables) -> tuple[VolumeAnchor, ...]:
    for row in tables("elements_pressure").where(element="Fe"):
        onset, tc = row.number("onset_pressure_gpa"), row.number("tc_max_k")
        volume = solid_volume_a3("Fe", "hcp", onset, tc)
        how = f"onset at {onset:g} GPa: {row.source}; volume of hcp iron, Dewaele et al. (2006)"
        return (VolumeAnchor("superconducting", volume, tc, "measured", how),)
    return ()


def _hydrogen(tables: Tables) -> tuple[VolumeAnchor, ...]:
    found = []
    rows = tables("hydrogen").rows
    eos = "volume of solid hydrogen, Loubeyre et al. (1996), beyond its 109 GPa"
    for row in rows:
        if row["category"] == "metallization" and row["kind"] == "claimed" and row["pressure_gpa"]:
            volume = solid_volume_a3("H2", "I", row.number("pressure_gpa"), ROOM_K)
            found.append(
                VolumeAnchor("conducting", volume, None, "measured", f"{row.source}; {eos}")
            )
            break
    for row in rows:
        if row["category"] == "superconductivity" and row["pressure_gpa"] and row["value"]:
            volume = solid_volume_a3("H2", "I", row.number("pressure_gpa"), ROOM_K)
            tc, how = row.number("value"), f"{row.source}; {eos}"
            found.append(VolumeAnchor("superconducting", volume, tc, "calculated", how))
            break
    return tuple(found)


def _silicate(tables: Tables) -> tuple[VolumeAnchor, ...]:
    """The densest silicate that was seen to be no metal."""
    dense = []
    for row in tables("planets_conductivity").where(material=SILICATE, state="insulator"):
        try:
            dense.append((row.number("density_g_cm3"), row))
        except CannotSay:
            continue
    if not dense:
        return ()
    density, row = max(dense, key=lambda pair: pair[0])
    volume = SILICATE_AMU * AMU_PER_ANGSTROM3_G_CM3 / density
    return (VolumeAnchor("insulating", volume, None, "measured", row.source),)
