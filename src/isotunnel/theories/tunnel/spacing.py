"""The spacing of a material at pressure and temperature: V(P, T) in angstrom^3 per atom.

From the material's own equation of state; from that of :mod:`isotunnel.matter` where the material
brings none; from the scan itself (the volumes that DFT relaxed to, heat neglected) where neither
has one. The source of each volume says which.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter, printed_source
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.tunnel.names import phase_of
from isotunnel.units import ROOM_K

if TYPE_CHECKING:
    from isotunnel.atlas import Scan
    from isotunnel.matter import SolidEos

HIGHEST_K = 2000.0
"""Where a search for a temperature ends if neither melting nor the equation of state ends it."""

_BISECTIONS = 40
_SCAN_T = 65


class Spacing(Protocol):
    """V(P, T), and its inverse along an isobar; hashable, as answers are kept."""

    def __hash__(self) -> int: ...

    def volume(self, pressure_gpa: float, temperature_k: float) -> Parameter:
        """Angstrom^3 per atom.

        Raises:
            CannotSay: outside the range known.
        """

    def shifts(self, pressure_gpa: float) -> tuple[float, ...]:
        """How far V moves with each error of what it rests on, with signs; empty where unknown.

        Those of one material at two pressures belong together, one by one.
        """

    def temperature(self, pressure_gpa: float, volume: float, highest_k: float) -> float | None:
        """Lowest T at which the crystal has expanded to a volume.

        0 where it is that large already, None where it is not up to ``highest_k``.
        """


@dataclass(frozen=True)
class EosSpacing:
    """From a :class:`~isotunnel.matter.SolidEos`, with the error that the material states."""

    eos: SolidEos
    source: str
    law: Callable[[float, float], Parameter | float] | None = None

    def volume(self, pressure_gpa: float, temperature_k: float) -> Parameter:
        """See :class:`Spacing`."""
        return Parameter(
            _eos_volume(self.eos, pressure_gpa, temperature_k),
            self.source,
            self._error(pressure_gpa),
        )

    def shifts(self, pressure_gpa: float) -> tuple[float, ...]:
        """See :class:`Spacing`; at room temperature."""
        from isotunnel.matter.laws import EosVolume

        if not isinstance(self.law, EosVolume):
            error = self._error(pressure_gpa)
            return () if error is None else (error,)
        try:
            return self.law.shifts(pressure_gpa, ROOM_K)
        except (CannotSay, InputError):
            return ()

    def temperature(self, pressure_gpa: float, volume: float, highest_k: float) -> float | None:
        """See :class:`Spacing`. Along an isochore P rises with T, so no inversion is needed."""
        top = min(highest_k, self.eos.t_max_k)
        if self.eos.vibrations is None:
            return 0.0 if self.volume(pressure_gpa, 0.0).value >= volume else None
        grid = np.linspace(0.0, top, _SCAN_T)
        excess = np.asarray(self.eos.pressure(volume, grid), dtype=float) - pressure_gpa
        # P(V, T) above P: the crystal would push the volume apart, so it is larger than V.
        if excess[0] >= 0:
            return 0.0
        reached = np.flatnonzero(excess >= 0)
        if reached.size == 0:
            return None
        i = int(reached[0])
        return _bisect(
            lambda t: float(self.eos.pressure(volume, t)) - pressure_gpa,
            float(grid[i - 1]),
            float(grid[i]),
        )

    def _error(self, pressure_gpa: float) -> float | None:
        # Computed with derivatives of the equation of state, and so slow: once per pressure.
        if self.law is None:
            return None
        try:
            given = self.law(pressure_gpa, ROOM_K)
        except (CannotSay, InputError):
            return None
        return given.error if isinstance(given, Parameter) else None


@dataclass(frozen=True)
class LawSpacing:
    """From a volume law in any unit, scaled to the volume per atom at the reference.

    A law that gives plain numbers is taken as exact, one that gives parameters by their errors;
    where one of the errors is unknown, so is that of the volume.
    """

    material: MaterialData
    law: Callable[[float, float], Parameter | float]

    def volume(self, pressure_gpa: float, temperature_k: float) -> Parameter:
        """See :class:`Spacing`."""
        value, source, terms = self._terms(pressure_gpa, temperature_k)
        known = [t for t in terms if t is not None]
        stated = len(known) == len(terms)
        return Parameter(value, source, math.hypot(*known) if stated else None)

    def shifts(self, pressure_gpa: float) -> tuple[float, ...]:
        """See :class:`Spacing`; at room temperature."""
        try:
            terms = self._terms(pressure_gpa, ROOM_K)[2]
        except CannotSay:
            return ()
        known = tuple(t for t in terms if t is not None)
        return known if len(known) == len(terms) else ()

    def _terms(
        self, pressure_gpa: float, temperature_k: float
    ) -> tuple[float, str, tuple[float | None, float | None]]:
        """Volume, source, and its errors from the reference volume and from the law."""
        start = self.material.need("volume_per_atom_a3")
        try:
            here = self._raw(pressure_gpa, temperature_k)
            there = self._raw(self.material.reference_pressure_gpa, ROOM_K)
        except InputError as refusal:
            raise CannotSay(str(refusal)) from None
        ratio = here.value / there.value if there.value else math.nan
        if not (math.isfinite(ratio) and ratio > 0):
            raise CannotSay(f"the equation of state of {self.material.name} gives no volume here")
        terms = (
            None if start.error is None else start.error * ratio,
            None if here.error is None else here.error / there.value * start.value,
        )
        return start.value * ratio, here.source, terms

    def temperature(self, pressure_gpa: float, volume: float, highest_k: float) -> float | None:
        """See :class:`Spacing`; V is taken to rise with T."""

        def excess(t: float) -> float:
            return self.volume(pressure_gpa, t).value - volume

        if excess(0.0) >= 0:
            return 0.0
        if excess(highest_k) < 0:
            return None
        return _bisect(excess, 0.0, highest_k)

    def _raw(self, pressure_gpa: float, temperature_k: float) -> Parameter:
        given = self.law(pressure_gpa, temperature_k)
        if isinstance(given, Parameter):
            return given
        return Parameter(float(given), f"equation of state of {self.material.name}", 0.0)


@dataclass(frozen=True)
class FixedSpacing:
    """One volume at one pressure; heat neglected."""

    pressure_gpa: float
    known: Parameter
    name: str

    def volume(self, pressure_gpa: float, temperature_k: float) -> Parameter:
        """See :class:`Spacing`."""
        del temperature_k
        if pressure_gpa != self.pressure_gpa:
            raise CannotSay(
                f"no equation of state of {self.name} is known, so its volume at "
                f"{pressure_gpa:g} GPa is not"
            )
        known = printed_source(self.known)
        source = f"{known}; thermal expansion neglected (no equation of state)"
        return Parameter(self.known.value, source, self.known.error)

    def shifts(self, pressure_gpa: float) -> tuple[float, ...]:
        """See :class:`Spacing`."""
        del pressure_gpa
        return () if self.known.error is None else (self.known.error,)

    def temperature(self, pressure_gpa: float, volume: float, highest_k: float) -> float | None:
        """See :class:`Spacing`."""
        del highest_k
        return 0.0 if self.volume(pressure_gpa, 0.0).value >= volume else None


@dataclass(frozen=True, eq=False)
class ScanSpacing:
    """The volumes that DFT relaxed to, monotone between the points; heat neglected."""

    scan: Scan

    def volume(self, pressure_gpa: float, temperature_k: float) -> Parameter:
        """See :class:`Spacing`."""
        del temperature_k
        pressures = np.asarray(self.scan.asked)
        low, high = float(pressures[0]), float(pressures[-1])
        if self.scan.over != "pressure_gpa" or pressures.size < 2:
            raise CannotSay(f"the scan of {self.scan.name} does not run over pressure")
        if not low <= pressure_gpa <= high:
            raise CannotSay(
                f"no equation of state of {self.scan.name} is known, and its scan runs from "
                f"{low:g} to {high:g} GPa, not to {pressure_gpa:g} GPa"
            )
        spline = _scan_volume(self.scan)
        return Parameter(
            float(np.exp(spline(pressure_gpa))),
            f"DFT volume of the scan of {self.scan.name}; zero-point motion and thermal expansion "
            "neglected (no equation of state)",
        )

    def shifts(self, pressure_gpa: float) -> tuple[float, ...]:
        """See :class:`Spacing`; DFT states none."""
        del pressure_gpa
        return ()

    def temperature(self, pressure_gpa: float, volume: float, highest_k: float) -> float | None:
        """See :class:`Spacing`."""
        del highest_k
        return 0.0 if self.volume(pressure_gpa, 0.0).value >= volume else None


@lru_cache(maxsize=512)
def spacing_of(material: MaterialData, scan: Scan | None = None) -> Spacing:
    """How the volume of a material is known, the best way there is.

    Raises:
        CannotSay: no way.
    """
    if material.volume is not None:
        eos, source = _eos_of_law(material.volume)
        if eos is not None:
            return EosSpacing(eos, source, material.volume)
        if material.volume_per_atom_a3 is not None:
            return LawSpacing(material, material.volume)
    substance, phase = phase_of(material)
    solid = _from_matter(substance, phase)
    if solid is not None:
        source = f"equation of state of {substance} ({solid.name}): {solid.source}"
        return EosSpacing(solid.eos, source)
    if material.volume_per_atom_a3 is not None and scan is None:
        return FixedSpacing(
            material.reference_pressure_gpa, material.volume_per_atom_a3, material.name
        )
    if scan is not None:
        return ScanSpacing(scan)
    raise CannotSay(
        f"no equation of state of {material.name} is known, so its volume is not (volume)"
    )


def highest_temperature(material: MaterialData, pressure_gpa: float) -> tuple[float, str]:
    """Where a search along an isobar ends, and why: melting, else a round limit."""
    if material.melting_k is not None:
        try:
            melting = float(material.melting_k(pressure_gpa))
        except (CannotSay, InputError):
            melting = math.nan
        if math.isfinite(melting) and melting > 0:
            return melting, f"melting at {melting:.4g} K"
    return HIGHEST_K, f"{HIGHEST_K:g} K, the end of the search"


@lru_cache(maxsize=1 << 14)
def _eos_volume(eos: SolidEos, pressure_gpa: float, temperature_k: float) -> float:
    from isotunnel.matter import solid_volume

    try:
        return float(solid_volume(eos, pressure_gpa, temperature_k))
    except InputError as refusal:
        raise CannotSay(str(refusal)) from None


@lru_cache(maxsize=64)
def _scan_volume(scan: Scan) -> Any:
    from scipy.interpolate import PchipInterpolator

    return PchipInterpolator(scan.asked, np.log(scan.volumes_a3))


def _eos_of_law(law: Any) -> tuple[SolidEos | None, str]:
    """The equation of state behind a law of the catalogue."""
    from isotunnel.matter.laws import EosVolume, solid_phase

    if not isinstance(law, EosVolume):
        return None, ""
    solid = solid_phase(law.material, law.phase)
    return solid.eos, f"equation of state of {law.material} ({law.phase}): {solid.source}"


def _from_matter(substance: str, phase: str) -> Any:
    """The solid phase of that name, the first one without a name, None where there is none."""
    from isotunnel.matter import material as find_material

    try:
        found = find_material(substance)
    except InputError:
        return None
    for solid in found.phases:
        if not phase or solid.name.casefold() == phase.casefold():
            return solid
    return None


def _bisect(excess: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if excess(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
