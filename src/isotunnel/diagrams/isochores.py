"""Lines of equal volume in the pressure-temperature plane.

If spacing alone decides, every electrical boundary of one crystal is such a line, V(P,T) = V*. Its
slope is dP/dT = beta K_T, beta the volume expansion and K_T the isothermal bulk modulus.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from isotunnel.diagrams.axes import HIGHEST_PRESSURE_GPA
from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.parameters import VolumeLaw

_ENOUGH = 1e-10


@dataclass(frozen=True)
class Isochore:
    """V(P,T) = volume, with the lines of volume -+ its error beside it.

    Attributes:
        volume: in the unit of the law.
        temperature_k: where it was looked for and found.
        pressure_gpa: P at each temperature.
        low_gpa, high_gpa: P for the volume plus and minus its error; None where not found.
    """

    volume: float
    temperature_k: tuple[float, ...]
    pressure_gpa: tuple[float, ...]
    low_gpa: tuple[float | None, ...]
    high_gpa: tuple[float | None, ...]


def isochore(
    law: VolumeLaw,
    volume: Parameter,
    temperatures: Sequence[float],
    pressures: tuple[float, float] = (0.0, HIGHEST_PRESSURE_GPA),
) -> Isochore:
    """The isochore of a volume law; temperatures at which it leaves the pressures are left out.

    Raises:
        CannotSay: the volume is met at none of the temperatures.
    """
    points = []
    for t in temperatures:
        try:
            middle = pressure_of_volume(law, volume.value, t, pressures)
        except CannotSay:
            continue
        error = volume.error
        sides: list[float | None] = [None, None]
        for n, sign in enumerate((1.0, -1.0)):
            if error:
                try:
                    wanted = volume.value + sign * error
                    sides[n] = pressure_of_volume(law, wanted, t, pressures)
                except CannotSay:
                    continue
        points.append((t, middle, *sides))
    if not points:
        raise CannotSay(
            f"a volume of {volume.value:.5g} is met nowhere between {pressures[0]:g} and "
            f"{pressures[1]:g} GPa at these temperatures"
        )
    t_found, p_found, low, high = zip(*points, strict=True)
    return Isochore(volume.value, t_found, p_found, low, high)


def pressure_of_volume(
    law: VolumeLaw, volume: float, temperature_k: float, pressures: tuple[float, float]
) -> float:
    """The pressure at which a crystal has a volume at a temperature, by Brent's method.

    Raises:
        CannotSay: it lies outside ``pressures``, or outside what the law covers.
    """
    from scipy.optimize import brentq

    value = _value(law)
    low, high = pressures

    def excess(p: float) -> float:
        return value(p, temperature_k) / volume - 1

    try:
        first, last = excess(low), excess(high)
        if not first >= 0 >= last:
            raise CannotSay(
                f"the volume {volume:.5g} lies outside {low:g} to {high:g} GPa at "
                f"{temperature_k:g} K"
            )
        return float(brentq(excess, low, high, xtol=_ENOUGH, rtol=1e-13))
    except InputError as refusal:
        raise CannotSay(str(refusal)) from None


def slope_k_per_gpa(
    law: VolumeLaw, pressure_gpa: float, temperature_k: float, step: float = 1e-4
) -> float:
    """dT/dP of the isochore through a point, 1 / (beta K_T), by central differences.

    Raises:
        CannotSay: the law does not reach round the point, or the crystal does not expand.
    """
    value = _value(law)
    dp = step * max(pressure_gpa, 1.0)
    dt = step * max(temperature_k, 100.0)
    low_p, low_t = max(pressure_gpa - dp, 0.0), max(temperature_k - dt, 0.0)
    try:
        by_p = value(pressure_gpa + dp, temperature_k) - value(low_p, temperature_k)
        by_t = value(pressure_gpa, temperature_k + dt) - value(pressure_gpa, low_t)
    except InputError as refusal:
        raise CannotSay(str(refusal)) from None
    if not by_t > 0:
        raise CannotSay("without thermal expansion the isochore has no slope")
    return -(by_p / (pressure_gpa + dp - low_p)) / (by_t / (temperature_k + dt - low_t))


def _value(law: VolumeLaw) -> Callable[[float, float], float]:
    def volume(pressure_gpa: float, temperature_k: float) -> float:
        found = law(pressure_gpa, temperature_k)
        return found.value if isinstance(found, Parameter) else float(found)

    return volume
