"""The solid state of a named material at a pressure and temperature, in one record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.matter.invert import solid_volume
from isotunnel.matter.library import Material
from isotunnel.matter.library import material as find_material
from isotunnel.matter.phases import stable_solid

AVOGADRO_EV_TO_J_MOL = 96485.33212331001
"""1 eV per atom in J/mol: elementary charge times Avogadro's number, exact."""


@dataclass(frozen=True)
class SolidState:
    """Properties of a solid at one pressure and temperature.

    Attributes:
        material, phase: names.
        pressure_gpa, temperature_k: where.
        volume: angstrom^3 per atom.
        expansion_per_k: volumetric, 1/K.
        bulk_modulus_gpa: isothermal; bulk_modulus_s_gpa: adiabatic.
        gruneisen: gamma(V).
        debye_k: theta(V).
        heat_capacity_v, heat_capacity_p, entropy: J/(mol K) per mole of atoms; vibrations only.
        thermal_origin, grade: how far to trust it (see ``SolidPhase``).
    """

    material: str
    phase: str
    pressure_gpa: float
    temperature_k: float
    volume: float
    expansion_per_k: float
    bulk_modulus_gpa: float
    bulk_modulus_s_gpa: float
    gruneisen: float
    debye_k: float
    heat_capacity_v: float
    heat_capacity_p: float
    entropy: float
    thermal_origin: str
    grade: str


def solid_state(
    material: Material | str,
    pressure_gpa: float,
    temperature_k: float,
    *,
    phase: str | None = None,
    extrapolate: bool = False,
) -> SolidState:
    """Volume, expansion, moduli, heat capacities and entropy of a solid.

    Args:
        material: a material or its name.
        pressure_gpa, temperature_k: where.
        phase: take this solid phase instead of the stable one (melting is then not checked).
        extrapolate: also outside the fitted range of pressure.

    Raises:
        InputError: unknown name, bad numbers, outside the fitted range, no such phase.
        CannotSay: the material is not solid there.
    """
    substance = find_material(material) if isinstance(material, str) else material
    solid = (
        substance.phase(phase) if phase else stable_solid(substance, pressure_gpa, temperature_k)
    )
    eos = solid.eos
    v = solid_volume(eos, pressure_gpa, temperature_k, extrapolate=extrapolate)
    vibrations = eos.vibrations
    if vibrations is None:
        raise InputError(f"{substance.name} ({solid.name}) has no thermal data: no state from it")
    t = float(temperature_k)
    return SolidState(
        material=substance.name,
        phase=solid.name,
        pressure_gpa=float(pressure_gpa),
        temperature_k=t,
        volume=float(v),
        expansion_per_k=float(eos.expansion(v, t)),
        bulk_modulus_gpa=float(eos.bulk_modulus(v, t)),
        bulk_modulus_s_gpa=float(eos.adiabatic_bulk_modulus(v, t)),
        gruneisen=float(vibrations.gruneisen(v)),
        debye_k=float(vibrations.debye_temperature(v)),
        heat_capacity_v=float(eos.heat_capacity_v(v, t)) * AVOGADRO_EV_TO_J_MOL,
        heat_capacity_p=float(eos.heat_capacity_p(v, t)) * AVOGADRO_EV_TO_J_MOL,
        entropy=float(eos.entropy(v, t)) * AVOGADRO_EV_TO_J_MOL,
        thermal_origin=solid.thermal_origin,
        grade=solid.grade,
    )


def volume(
    material: Material | str,
    pressure_gpa: ArrayLike,
    temperature_k: ArrayLike,
    *,
    phase: str | None = None,
    extrapolate: bool = False,
) -> NDArray[np.float64]:
    """V(P,T) in angstrom^3 per atom, of the stable solid at each point or of one phase throughout.

    The isochores of a fixed ``phase`` are smooth; across a transition the volume jumps.

    Raises:
        InputError, CannotSay: as ``solid_state``, for the first point that cannot be answered.
    """
    substance = find_material(material) if isinstance(material, str) else material
    pressure, temperature = np.broadcast_arrays(
        np.asarray(pressure_gpa, dtype=float), np.asarray(temperature_k, dtype=float)
    )
    if phase is not None:
        eos = substance.phase(phase).eos
        return solid_volume(eos, pressure, temperature, extrapolate=extrapolate)
    result = np.empty(pressure.shape)
    names = np.array(
        [
            stable_solid(substance, float(p), float(t)).name
            for p, t in zip(pressure.flat, temperature.flat, strict=True)
        ],
        dtype=object,
    ).reshape(pressure.shape)
    for name in sorted(set(names.ravel().tolist())):
        here = names == name
        eos = substance.phase(name).eos
        result[here] = solid_volume(eos, pressure[here], temperature[here], extrapolate=extrapolate)
    return result
