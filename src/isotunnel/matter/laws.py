"""Volume, melting temperature and band gap of a phase as functions, from tables."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.matter.invert import solid_volume
from isotunnel.matter.library import SolidPhase
from isotunnel.matter.library import material as find_material
from isotunnel.matter.phases import melting_temperature
from isotunnel.measured.parameter import Parameter, printed_source

STEP = 1e-3
"""Relative step of the finite differences of the volume's error."""


@dataclass(frozen=True)
class EosVolume:
    """V(P, T) of one solid phase, angstrom^3 per atom, with the error of its equation of state.

    The error is that of V / V(P = 0), from the standard errors of K0 and K0' where published: the
    error of V0 drops out of every ratio, and theories use ratios only. Correlation of K0 and K0' is
    not published and neglected, which makes the error too large.
    """

    material: str
    phase: str
    errors: bool = True

    def __call__(self, pressure_gpa: float, temperature_k: float) -> Parameter:
        """The volume; without ``errors`` none is worked out, which is five times quicker.

        Raises:
            InputError: outside the fitted range of pressure or temperature.
        """
        where = float(pressure_gpa), float(temperature_k)
        return _volume(self.material, self.phase, *where, self.errors)

    def shifts(self, pressure_gpa: float, temperature_k: float) -> tuple[float, ...]:
        """How far V moves with the standard errors of K0 and of K0', with its sign, angstrom^3.

        For differences of volumes, in which most of the error cancels. Empty where no error was
        published.

        Raises:
            InputError: outside the fitted range of pressure or temperature.
        """
        return _shifts(self.material, self.phase, float(pressure_gpa), float(temperature_k))


@lru_cache(maxsize=1 << 14)
def _volume(
    material: str, phase: str, pressure_gpa: float, temperature_k: float, errors: bool
) -> Parameter:
    solid = solid_phase(material, phase)
    here = float(solid_volume(solid.eos, pressure_gpa, temperature_k))
    source = f"equation of state of {material} ({phase}): {solid.source}"
    moved = _shifts(material, phase, pressure_gpa, temperature_k) if errors else ()
    return Parameter(here, source, math.hypot(*moved) if moved else None)


@lru_cache(maxsize=1 << 14)
def _shifts(
    material: str, phase: str, pressure_gpa: float, temperature_k: float
) -> tuple[float, ...]:
    solid = solid_phase(material, phase)
    terms = [
        ("k0_gpa", solid.k0_error_gpa),
        ("k0_prime", solid.k0_prime_error),
    ]
    known = [(name, error) for name, error in terms if error]
    if not known:
        return ()
    here = float(solid_volume(solid.eos, pressure_gpa, temperature_k))
    bare = float(solid_volume(solid.eos, 0.0, temperature_k, extrapolate=True))
    found = []
    for name, error in known:
        isotherm = solid.eos.isotherm
        step = STEP * getattr(isotherm, name)
        eos = replace(
            solid.eos, isotherm=replace(isotherm, **{name: getattr(isotherm, name) + step})
        )
        moved = float(solid_volume(eos, pressure_gpa, temperature_k, extrapolate=True))
        moved_bare = float(solid_volume(eos, 0.0, temperature_k, extrapolate=True))
        found.append((moved / moved_bare - here / bare) / step * error * bare)
    return tuple(found)


@dataclass(frozen=True)
class TabulatedVolume:
    """V(P) through tabulated points, angstrom^3 per atom: straight lines of ln V against ln P.

    Thermal expansion is neglected. For phases without an equation of state in ``isotunnel.matter``.
    """

    name: str
    pressures_gpa: tuple[float, ...]
    volumes_a3: tuple[float, ...]
    source: str

    def __call__(self, pressure_gpa: float, _temperature_k: float) -> Parameter:
        """The volume.

        Raises:
            InputError: outside the tabulated pressures.
        """
        low, high = self.pressures_gpa[0], self.pressures_gpa[-1]
        if not low <= pressure_gpa <= high:
            raise InputError(
                f"the volume of {self.name} is tabulated from {low:g} to {high:g} GPa, not at "
                f"{pressure_gpa:g} GPa"
            )
        found = np.interp(
            math.log(pressure_gpa), np.log(self.pressures_gpa), np.log(self.volumes_a3)
        )
        return Parameter(math.exp(float(found)), self.source)


def solid_phase(material: str, phase: str) -> SolidPhase:
    """The solid phase of ``isotunnel.matter``."""
    return find_material(material).phase(phase)


@dataclass(frozen=True)
class MeltingLine:
    """Melting temperature in kelvin as a function of pressure in GPa.

    Raises:
        CannotSay: nothing is tabulated.
    """

    material: str

    def __call__(self, pressure_gpa: float) -> float:
        """The melting temperature."""
        return melting_temperature(self.material, pressure_gpa).temperature_k


@dataclass(frozen=True)
class GapPoint:
    """A band gap at one pressure, in eV."""

    pressure_gpa: float
    gap_ev: Parameter


@dataclass(frozen=True)
class GapLaw:
    """Band gap in eV through tabulated points, straight lines between them.

    Outside the tabulated pressures the gap is not known. Its change with temperature is neglected.

    Attributes:
        name: of the phase.
        points: by rising pressure.
    """

    name: str
    points: tuple[GapPoint, ...]

    def __post_init__(self) -> None:
        pressures = [p.pressure_gpa for p in self.points]
        if not pressures or pressures != sorted(set(pressures)):
            raise InputError(f"{self.name}: band gaps must be sorted by pressure, each once")

    def __call__(self, pressure_gpa: float, _temperature_k: float) -> Parameter:
        """The gap at a pressure.

        Raises:
            CannotSay: outside the tabulated pressures.
        """
        first, last = self.points[0], self.points[-1]
        if not first.pressure_gpa <= pressure_gpa <= last.pressure_gpa:
            raise CannotSay(
                f"the band gap of {self.name} is tabulated from {first.pressure_gpa:g} to "
                f"{last.pressure_gpa:g} GPa, not at {pressure_gpa:g} GPa"
            )
        if len(self.points) == 1:
            return first.gap_ev
        index = max(i for i, p in enumerate(self.points[:-1]) if p.pressure_gpa <= pressure_gpa)
        low, high = self.points[index], self.points[index + 1]
        share = (pressure_gpa - low.pressure_gpa) / (high.pressure_gpa - low.pressure_gpa)
        return _between(low.gap_ev, high.gap_ev, share)


def _between(low: Parameter, high: Parameter, share: float) -> Parameter:
    """The straight line from one gap to the next; what it rests on is both."""
    value = low.value + share * (high.value - low.value)
    error = None
    if low.error is not None and high.error is not None:
        error = math.hypot((1 - share) * low.error, share * high.error)
    if share == 0 or low.source == high.source:
        return replace(low, value=value, error=error)
    source = f"between {printed_source(low)} and {printed_source(high)}"
    return Parameter(value, source, error, unit=low.unit)
