"""Drude's theory of metals: a gas of free electrons that bump into the atoms."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from isotunnel.errors import InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import TheoryAnswer
from isotunnel.theories.calibration import PutIn, given_to_normal
from isotunnel.theories.normal.normal_state import answer_normal, exactly
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.units import ELEMENTARY_CHARGE_C

DRUDE_1900 = Reference("P. Drude, Ann. Phys. 306, 566 (1900)", doi="10.1002/andp.19003060312")

ELECTRON_MASS_KG = 9.1093837139e-31
BOLTZMANN_J_K = 1.380649e-23


def thermal_speed_m_s(temperature_k: float) -> float:
    """(3 k T / m)^(1/2): the speed that Drude's classical gas has.

    Raises:
        InputError: a negative temperature.
    """
    if not (math.isfinite(temperature_k) and temperature_k >= 0):
        raise InputError(f"temperature {temperature_k:g} K must be zero or positive")
    return math.sqrt(3 * BOLTZMANN_J_K * temperature_k / ELECTRON_MASS_KG)


def drude_resistivity(density_a3: float, path_a: float, temperature_k: float) -> float:
    """rho = m v / (n e^2 l) in uohm cm: n electrons per angstrom^3, mean free path l, angstrom.

    With tau = l / v and the thermal speed v, so rho ~ T^(1/2).

    Raises:
        InputError: density or path not positive, or a negative temperature.
    """
    for name, value in (("electron density", density_a3), ("mean free path", path_a)):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{name} {value:g} must be positive")
    momentum = ELECTRON_MASS_KG * thermal_speed_m_s(temperature_k)
    ohm_m = momentum / (density_a3 * 1e30 * ELEMENTARY_CHARGE_C**2 * path_a * 1e-10)
    return ohm_m * 1e8


def drude_path_a(rho_uohm_cm: float, density_a3: float, temperature_k: float) -> float:
    """Mean free path, angstrom, that a measured resistivity demands."""
    return drude_resistivity(density_a3, 1.0, temperature_k) / rho_uohm_cm


@dataclass(frozen=True)
class Drude:
    """Drude's electron gas, as he had it.

    rho = m v / (n e^2 l): n the conduction electrons per volume, v the classical thermal speed, l
    the mean free path. l is found from a measured resistivity where there is one; without one it
    is the distance of neighbouring atoms, V_atom^(1/3), which was Drude's idea. It scales with
    that distance: rho ~ T^(1/2) V^(2/3).

    References: Drude (1900); compare Ashcroft and Mermin, Solid State Physics (1976), chapter 1.
    """

    name: str = "drude"
    title: str = "Drude"
    references: tuple[Reference, ...] = (DRUDE_1900,)
    assumptions: ClassVar[str] = (
        "Assumes: all valence electrons free, a Maxwell gas, collisions with every atom. "
        "Breaks: the measured rho ~ T (and T^5), the heat capacity of electrons, paths of "
        "hundreds of angstroms, which only quantum mechanics allows; positive Hall "
        "coefficients; insulators (it cannot tell them from metals, and takes a band gap as "
        "given); superconductivity; liquids. Without the number of conduction electrons per "
        "atom (d metals) it makes no prediction."
    )
    no_superconductivity: str = "free classical electrons never superconduct"

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``."""
        return answer_normal(self, material, pressure_gpa, temperature_k)

    def put_in(self, material: MaterialData) -> tuple[PutIn, ...]:
        """Electrical facts that the theory was given."""
        return given_to_normal(material)

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """Electrons per atom, volume per atom, and one measured resistivity where known."""
        found = {
            "valence_electrons": material.need("valence_electrons"),
            "volume_per_atom_a3": material.need("volume_per_atom_a3"),
        }
        rho, at = material.rho_reference_uohm_cm, material.rho_reference_temperature_k
        if rho is not None and at is not None:
            found |= {"rho_reference_uohm_cm": rho, "rho_reference_temperature_k": exactly(at)}
        return found

    def rho(self, values: Mapping[str, float], temperature_k: float) -> float:
        """Resistivity, uohm cm, at the volume in ``values``."""
        volume = values["volume_per_atom_a3"]
        density = values["valence_electrons"] / volume
        path = volume ** (1 / 3)
        if "rho_reference_uohm_cm" in values:
            path = drude_path_a(
                values["rho_reference_uohm_cm"], density, values["rho_reference_temperature_k"]
            )
        ratio = values["volume_ratio"]
        return drude_resistivity(density / ratio, path * ratio ** (1 / 3), temperature_k)

    def notes(self, material: MaterialData) -> tuple[str, ...]:
        """Whether the mean free path was fitted."""
        if material.rho_reference_uohm_cm is None:
            return ("no measured resistivity: the mean free path is the distance of atoms",)
        return ("the mean free path is calibrated on one measured resistivity",)
