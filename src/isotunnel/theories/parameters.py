"""What is known of a material: measured or fitted parameters, each with error and source."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F

VolumeLaw = Callable[[float, float], "Parameter | float"]
"""V(pressure in GPa, temperature in K), in any unit: only ratios are used."""

BandGapLaw = Callable[[float, float], "Parameter | float"]
"""Band gap in eV at (pressure in GPa, temperature in K); 0 or less is a metal. Where it is not
known it raises CannotSay."""


@dataclass(frozen=True)
class Kind:
    """What a parameter is: unit, meaning, and the limit that it cannot pass.

    ``bound`` is "positive", "not negative" or "" for any number.
    """

    unit: str
    meaning: str
    bound: str = ""


PARAMETERS: dict[str, Kind] = {
    "volume_per_atom_a3": Kind("angstrom^3", "volume per atom", "positive"),
    "valence_electrons": Kind("", "conduction electrons per atom", "positive"),
    "band_gap_ev": Kind("eV", "band gap", "not negative"),
    "gamma": Kind("", "Grueneisen parameter"),
    "gamma_q": Kind("", "d ln gamma / d ln V"),
    "theta_d_k": Kind("K", "Debye temperature", "positive"),
    "theta_r_k": Kind("K", "Bloch-Grueneisen temperature", "positive"),
    "rho_reference_uohm_cm": Kind("uohm cm", "resistivity", "positive"),
    "rho_reference_temperature_k": Kind("K", "temperature of that", "positive"),
    "rho_residual_uohm_cm": Kind("uohm cm", "residual resistivity", "not negative"),
    "rho_saturation_uohm_cm": Kind("uohm cm", "saturation resistivity", "positive"),
    "amplitude_exponent": Kind("", "d ln C / d ln V of the Bloch-Grueneisen amplitude"),
    "tc_k": Kind("K", "measured critical temperature", "not negative"),
    "lambda_ep": Kind("", "electron-phonon coupling lambda", "positive"),
    "mu_star": Kind("", "Coulomb pseudopotential mu*", "not negative"),
    "omega_log_k": Kind("K", "logarithmic phonon frequency omega_log", "positive"),
    "omega_2_k": Kind("K", "mean square phonon frequency omega_2", "positive"),
    "dlneta_dlnv": Kind("", "d ln eta / d ln V of the Hopfield parameter"),
    "sommerfeld_mj_mol_k2": Kind("mJ/(mol K^2)", "Sommerfeld coefficient", "positive"),
    "hc2_slope_t_k": Kind("T/K", "-dHc2/dT at Tc", "positive"),
    "penetration_depth_nm": Kind("nm", "magnetic penetration depth", "positive"),
    "curie_temperature_k": Kind("K", "Curie temperature of a ferromagnet", "positive"),
}
"""The fields of MaterialData that hold a Parameter."""


@dataclass(frozen=True)
class TcElsewhere:
    """The measured Tc of another phase of a substance, and the pressure at which it was seen."""

    pressure_gpa: float
    tc_k: Parameter


@dataclass(frozen=True)
class MaterialData:
    """Parameters that the rival theories take; None is not known.

    All hold at one reference volume: that of ``reference_pressure_gpa``, ``volume_per_atom_a3`` at
    room temperature (``units.ROOM_K``), for the resistivity at
    ``rho_reference_temperature_k``, for superconductivity at low temperature.

    Attributes:
        name: material, as people read it.
        substance, phase: names by which tables and scans know it; without a substance, ``name``
            stands for it ("Pb", or "Pb (hcp)" with its phase), and no phase is "".
        reference_pressure_gpa: pressure at which the parameters hold.
        stable_gpa: pressures between which the phase described exists.
        volume: V(P, T) in any unit, of this phase; may return a Parameter with an error.
        melting_k: melting temperature in kelvin as a function of pressure in GPa.
        spectrum: alpha^2 F at the reference volume.
        gap_law: band gap where it is known as a function of pressure; ``band_gap_ev`` alone
            stands for all pressures of the phase.
        insulator: where the phase is seen to insulate but the size of its gap is not known, the
            sentence that says so, with its source; "" otherwise.
        tc_elsewhere: the Tc that stands for all phases of the substance in a theory of one
            measured boundary, where it belongs to another phase: it goes before ``tc_k``.

    The remaining fields are of type Parameter; their units and meanings are in ``unit(name)``
    and ``meaning(name)``.

    Raises:
        InputError: a parameter out of its possible range, or not finite.
    """

    name: str
    reference_pressure_gpa: float = 0.0
    stable_gpa: tuple[float, float] = (0.0, math.inf)
    volume: VolumeLaw | None = None
    melting_k: Callable[[float], float] | None = None
    spectrum: Alpha2F | None = None
    gap_law: BandGapLaw | None = None
    insulator: str = ""
    substance: str = ""
    phase: str = ""
    tc_elsewhere: TcElsewhere | None = None
    volume_per_atom_a3: Parameter | None = None
    valence_electrons: Parameter | None = None
    band_gap_ev: Parameter | None = None
    gamma: Parameter | None = None
    gamma_q: Parameter | None = None
    theta_d_k: Parameter | None = None
    theta_r_k: Parameter | None = None
    rho_reference_uohm_cm: Parameter | None = None
    rho_reference_temperature_k: Parameter | None = None
    rho_residual_uohm_cm: Parameter | None = None
    rho_saturation_uohm_cm: Parameter | None = None
    amplitude_exponent: Parameter | None = None
    tc_k: Parameter | None = None
    lambda_ep: Parameter | None = None
    mu_star: Parameter | None = None
    omega_log_k: Parameter | None = None
    omega_2_k: Parameter | None = None
    dlneta_dlnv: Parameter | None = None
    sommerfeld_mj_mol_k2: Parameter | None = None
    hc2_slope_t_k: Parameter | None = None
    penetration_depth_nm: Parameter | None = None
    curie_temperature_k: Parameter | None = None

    def __post_init__(self) -> None:
        low, high = self.stable_gpa
        if not low <= self.reference_pressure_gpa <= high:
            raise InputError(
                f"{self.name}: reference pressure {self.reference_pressure_gpa:g} GPa lies "
                f"outside the phase's range {low:g} to {high:g} GPa"
            )
        for name in PARAMETERS:
            parameter = getattr(self, name)
            if parameter is not None:
                self._check(name, parameter)

    @staticmethod
    def unit(name: str) -> str:
        """Unit of a parameter, "" for a pure number."""
        return PARAMETERS[name].unit

    @staticmethod
    def meaning(name: str) -> str:
        """What a parameter is, in words."""
        return PARAMETERS[name].meaning

    def without_tc(self) -> MaterialData:
        """The same without any measured Tc, for a theory that is to predict it."""
        return replace(self, tc_k=None, tc_elsewhere=None)

    def need(self, name: str) -> Parameter:
        """A parameter that is known.

        Raises:
            CannotSay: it is not, with its name.
        """
        parameter: Parameter | None = getattr(self, name)
        if parameter is None:
            raise CannotSay(f"the {self.meaning(name)} of {self.name} is not known ({name})")
        return parameter

    def gap_at(self, pressure_gpa: float, temperature_k: float) -> Parameter | None:
        """Band gap at a pressure and temperature, eV; None for a metal or where it is not known.

        Raises:
            CannotSay: the law of the gap does not cover these conditions, and the phase is not
                known to insulate.
        """
        gap = self.band_gap_ev
        if self.gap_law is not None:
            try:
                found = self.gap_law(pressure_gpa, temperature_k)
            except CannotSay:
                if self.insulator:
                    return None
                raise
            gap = found if isinstance(found, Parameter) else Parameter(found, "law of the gap")
        return gap if gap is not None and gap.value > 0 else None

    def _check(self, name: str, parameter: Parameter) -> None:
        kind = PARAMETERS[name]
        value, error = parameter.value, parameter.error
        if not math.isfinite(value):
            raise InputError(f"{self.name}: {name} = {value} is not a finite number")
        if kind.bound and (value < 0 or (kind.bound == "positive" and value == 0)):
            raise InputError(
                f"{self.name}: {name} = {value:g} {kind.unit} is impossible; it must be "
                f"{kind.bound}"
            )
        if error is not None and not (math.isfinite(error) and error >= 0):
            raise InputError(f"{self.name}: the error of {name} is {error}, which is impossible")
