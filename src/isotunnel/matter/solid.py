"""A solid at any volume and temperature: isotherm plus Mie-Grueneisen-Debye thermal pressure.

::

    F(V,T) = E_iso(V) + F_vib(V,T) - F_vib(V,T_ref)
    P(V,T) = P_iso(V) + gamma(V)/V [U_vib(V,T) - U_vib(V,T_ref)]

and, where a source prints them, electronic and anharmonic terms (``power_terms``) in F alike.
Where the isotherm is the *static* lattice (no vibrations in it: a DFT E(V), or data corrected for
zero-point motion) the T_ref terms are absent and the zero-point pressure enters by itself.
Everything else follows by differentiation, so that the thermodynamic identities hold exactly::

    dP/dT|_V = gamma C_V / V,   alpha = gamma C_V / (V K_T),   C_P = C_V (1 + alpha gamma T),
    K_S = K_T (1 + alpha gamma T)

with gamma = V (dP/dT)_V / C_V, which is gamma(V) where there is nothing but the lattice. Left out
elsewhere: electrons, magnetism, anharmonicity beyond gamma(V), vacancies. So C_V stays below 3 k
and alpha is too small near melting, in transition metals at high temperature, and near a magnetic
transition. Reference: O. L. Anderson, Equations of State of Solids (1995), chapters 1 to 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.matter import debye
from isotunnel.matter.isotherm import Isotherm
from isotunnel.matter.power_terms import PowerTerm
from isotunnel.matter.vibrations import Vibrations
from isotunnel.units import EV_PER_ANGSTROM3_GPA

Array = NDArray[np.float64]
HIGHEST_PRESSURE_GPA = 1000.0
"""Where extrapolation ends too."""


@dataclass(frozen=True)
class SolidEos:
    """Equation of state of one solid phase; volumes are per atom.

    Attributes:
        isotherm: P(V) at ``t_ref_k``.
        vibrations: the Debye solid, or None where no thermal data exist (then only ``t_ref_k``
            can be asked for).
        t_ref_k: temperature of the isotherm, or None for a static lattice.
        p_min_gpa, p_max_gpa: range of the data that the isotherm was fitted to.
        t_max_k: highest temperature the thermal part answers for.
        terms: electronic and anharmonic terms; none without ``vibrations``.
    """

    isotherm: Isotherm
    vibrations: Vibrations | None = None
    t_ref_k: float | None = 300.0
    p_min_gpa: float = 0.0
    p_max_gpa: float = HIGHEST_PRESSURE_GPA
    t_max_k: float = np.inf
    terms: tuple[PowerTerm, ...] = ()

    def pressure(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """P(V,T) in GPa. No range is checked but the temperature's sign."""
        return self.isotherm.pressure(volume) + self._thermal(volume, temperature_k)[0]

    def static_pressure(self, volume: ArrayLike) -> Array:
        """P(V) in GPa of the lattice at rest, without zero-point motion: what DFT computes.

        The isotherm less the pressure of its own vibrations; the isotherm itself where it is static
        or nothing is known of vibrations.
        """
        isotherm = self.isotherm.pressure(volume)
        if self.vibrations is None or self.t_ref_k is None:
            return isotherm
        return isotherm - self._vibrational(volume, np.asarray(self.t_ref_k))[0]

    def bulk_modulus(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """Isothermal K_T = -V dP/dV|_T in GPa."""
        return self.isotherm.bulk_modulus(volume) + self._thermal(volume, temperature_k)[1]

    def pressure_and_modulus(
        self, volume: ArrayLike, temperature_k: ArrayLike
    ) -> tuple[Array, Array]:
        """P and K_T in GPa at once, for half the work."""
        pressure, modulus = self._thermal(volume, temperature_k)
        isotherm = self.isotherm
        return isotherm.pressure(volume) + pressure, isotherm.bulk_modulus(volume) + modulus

    def free_energy(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """Helmholtz F(V,T) in eV per atom, counted from F(V0, T_ref) (static: from E(V0))."""
        energy = self.isotherm.energy(volume)
        if self.vibrations is None:
            self._only_reference(temperature_k)
            return energy
        temperature = self._checked(temperature_k)
        theta = self.vibrations.debye_temperature(volume)
        hot = debye.vibrational_free_energy(theta, temperature)
        if self.t_ref_k is not None:
            hot = hot - debye.vibrational_free_energy(theta, self.t_ref_k)
            for term in self.terms:
                energy = energy - term.free_energy(volume, self.t_ref_k)
        for term in self.terms:
            energy = energy + term.free_energy(volume, temperature)
        return energy + self.vibrations.particles_per_atom * hot

    def entropy(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """S in eV/K per atom: vibrations, and what terms there are."""
        vibrations, temperature = self._needed(), self._checked(temperature_k)
        theta = vibrations.debye_temperature(volume)
        entropy = vibrations.particles_per_atom * debye.vibrational_entropy(theta, temperature)
        for term in self.terms:
            entropy = entropy + term.heat_capacity(volume, temperature)
        return entropy

    def heat_capacity_v(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """C_V in eV/K per atom: vibrations, and what terms there are."""
        capacity = self._lattice_heat(volume, temperature_k)
        for term in self.terms:
            capacity = capacity + term.heat_capacity(volume, temperature_k)
        return capacity

    def _lattice_heat(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        vibrations = self._needed()
        theta = vibrations.debye_temperature(volume)
        return vibrations.particles_per_atom * debye.heat_capacity(
            theta, self._checked(temperature_k)
        )

    def heat_capacity_p(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """C_P = C_V (1 + alpha gamma T) in eV/K per atom."""
        return self.heat_capacity_v(volume, temperature_k) * self._adiabatic(volume, temperature_k)

    def thermal_pressure_slope(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """dP/dT at constant volume, gamma C_V / V, in GPa/K."""
        v = np.asarray(volume, dtype=float)
        slope: Array = self._needed().gruneisen(v) * self._lattice_heat(v, temperature_k)
        for term in self.terms:
            slope = slope + term.exponent * term.heat_capacity(v, temperature_k)
        result: Array = slope / v * EV_PER_ANGSTROM3_GPA
        return result

    def expansion(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """Volumetric thermal expansion alpha = (1/V) dV/dT|_P in 1/K (three times the linear)."""
        slope = self.thermal_pressure_slope(volume, temperature_k)
        result: Array = slope / self.bulk_modulus(volume, temperature_k)
        return result

    def adiabatic_bulk_modulus(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """K_S = K_T (1 + alpha gamma T) in GPa."""
        modulus = self.bulk_modulus(volume, temperature_k)
        return modulus * self._adiabatic(volume, temperature_k)

    def _adiabatic(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        # alpha gamma T = alpha V (dP/dT) T / C_V; at rest there is no heat, and no difference.
        v, t = np.asarray(volume, dtype=float), np.asarray(temperature_k, dtype=float)
        capacity = self.heat_capacity_v(v, t)
        work = self.expansion(v, t) * self.thermal_pressure_slope(v, t) * v * t
        cold = capacity <= 0.0
        gain = work / EV_PER_ANGSTROM3_GPA / np.where(cold, 1.0, capacity)
        result: Array = 1.0 + np.where(cold, 0.0, gain)
        return result

    def _thermal(self, volume: ArrayLike, temperature_k: ArrayLike) -> tuple[Array, Array]:
        """What heat adds to the isotherm's pressure and bulk modulus, GPa."""
        if self.vibrations is None:
            self._only_reference(temperature_k)
            return np.zeros(()), np.zeros(())
        hot = self._vibrational(volume, self._checked(temperature_k))
        if self.t_ref_k is None:
            return hot
        reference = self._vibrational(volume, np.asarray(self.t_ref_k))
        return hot[0] - reference[0], hot[1] - reference[1]

    def _vibrational(self, volume: ArrayLike, temperature_k: Array) -> tuple[Array, Array]:
        """P = gamma U / V, and -V dP/dV = P (1 - q) + gamma^2 (U - T C_V) / V; terms added.

        q is d ln gamma / d ln V at the volume.
        """
        vibrations = self._needed()
        v = np.asarray(volume, dtype=float)
        gamma = vibrations.gruneisen(v)
        theta = vibrations.debye_temperature(v)
        energy, heat = debye.energy_and_heat(theta, temperature_k)
        unit = vibrations.particles_per_atom * EV_PER_ANGSTROM3_GPA / v
        pressure = unit * gamma * energy
        change = 1.0 - vibrations.gruneisen_exponent(v)
        stiffness = pressure * change + unit * gamma**2 * (energy - heat)
        for term in self.terms:
            pressure = pressure + term.pressure(v, temperature_k)
            stiffness = stiffness + term.bulk_modulus(v, temperature_k)
        return pressure, stiffness

    def _needed(self) -> Vibrations:
        if self.vibrations is None:
            raise InputError(
                "this solid has no Debye temperature and Grueneisen parameter in the tables, so "
                "no thermal property: only its isotherm can be asked for"
            )
        return self.vibrations

    def _only_reference(self, temperature_k: ArrayLike) -> None:
        asked = self._checked(temperature_k)
        reference = 0.0 if self.t_ref_k is None else self.t_ref_k
        if np.any(np.abs(asked - reference) > 10.0):
            raise InputError(
                f"no thermal data for this solid: ask for its isotherm at {reference:g} K"
            )

    @staticmethod
    def _checked(temperature_k: ArrayLike) -> Array:
        temperature = np.asarray(temperature_k, dtype=float)
        if not np.all(np.isfinite(temperature)):
            raise InputError("the temperature must be a finite number of kelvin")
        if np.any(temperature < 0):
            raise InputError(
                f"temperature {float(temperature.min()):g} K is negative: give kelvin, not Celsius"
            )
        return temperature
