"""The electrical state at a point of a planet, by two theories, and the conductivity there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.errors import InputError
from isotunnel.planets.anchors import VolumeAnchor, lines_for
from isotunnel.planets.composition import HYDROGEN, IRON, SILICATE, WATER
from isotunnel.planets.iron import hot_resistivity_uohm_cm, room_resistivity_uohm_cm
from isotunnel.planets.water import METALLIC_GPA
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR
from isotunnel.units import ELEMENTARY_CHARGE_C

SPACING, STANDARD = "spacing", "standard"
THEORIES = {SPACING: "tunnel theory, isochores", STANDARD: "standard theory"}

HBAR_J_S = 1.054571817e-34
_UOHM_CM_S_M = 1e8
_TERAPASCAL = 1000.0


@dataclass(frozen=True)
class PlanetState:
    """What a theory says of a point.

    Attributes:
        state: as theories call it, None where it cannot say.
        reason: why.
        conductivity_s_m: infinite in a superconductor, NaN where the theory gives none.
    """

    state: str | None
    reason: str
    conductivity_s_m: float = math.nan


def spacing_state(
    material: str,
    volume_a3: float,
    anchors: Sequence[VolumeAnchor],
    note: str = "",
    structure: str = "liquid",
) -> PlanetState:
    """The tunnel theory: spacing alone, whatever the temperature, solid or fluid.

    Args:
        material: formula of the layer.
        volume_a3: per atom; NaN where not known.
        anchors: measured transitions of the same material.
        note: why there is no volume.
        structure: "solid" or "liquid", which of two transitions counts.
    """
    if math.isnan(volume_a3):
        return PlanetState(None, note or "no volume per atom is known")
    lines = lines_for(structure, anchors)
    superconducting = lines.get("superconducting")
    if superconducting is not None and volume_a3 <= superconducting.volume_a3:
        return PlanetState(SUPERCONDUCTOR, _inside(volume_a3, superconducting), math.inf)
    if material == IRON:
        return PlanetState(METAL, "a metal at every pressure", _by_volume(volume_a3))
    conducting, seen = lines.get("conducting"), lines.get("insulating")
    if conducting is not None and volume_a3 <= conducting.volume_a3:
        return PlanetState(METAL, _inside(volume_a3, conducting))
    if seen is not None and volume_a3 >= seen.volume_a3:
        return PlanetState(INSULATOR, _inside(volume_a3, seen), 0.0)
    if conducting is not None and seen is None:
        return PlanetState(INSULATOR, _inside(volume_a3, conducting))
    return PlanetState(None, _open(material, volume_a3, conducting, seen))


def _open(
    material: str, volume_a3: float, conducting: VolumeAnchor | None, seen: VolumeAnchor | None
) -> str:
    """Why the anchors do not decide."""
    if seen is None:
        return f"no transition of {material} was measured that could be an anchor"
    denser = f"{volume_a3:.3g} angstrom^3 per atom, denser than {material} was seen to insulate"
    if conducting is None:
        return f"{denser} ({seen.volume_a3:.3g}); no metal of it was measured"
    return f"{denser} ({seen.volume_a3:.3g}), thinner than as a metal ({conducting.volume_a3:.3g})"


def standard_state(
    material: str,
    volume_a3: float,
    pressure_gpa: float,
    temperature_k: float,
    fluid_metal_gpa: float,
    ionic_s_m: float = math.nan,
) -> PlanetState:
    """The standard theory: far too hot for pairs; metals by electrons and phonons, else gaps.

    Args:
        material: formula of the layer.
        volume_a3: per atom; NaN where not known.
        pressure_gpa, temperature_k: the conditions.
        fluid_metal_gpa: where fluid hydrogen was seen to become a metal.
        ionic_s_m: conductivity of water by protons.
    """
    if material == IRON:
        return PlanetState(METAL, "phonons and disorder", _hot(volume_a3, temperature_k))
    if material == HYDROGEN:
        if pressure_gpa < fluid_metal_gpa:
            return PlanetState(INSULATOR, f"molecular below {fluid_metal_gpa:g} GPa, as measured")
        return PlanetState(METAL, "metallic fluid", minimum_metallic_s_m(volume_a3))
    if material == WATER and pressure_gpa < METALLIC_GPA:
        why = f"a gap up to {METALLIC_GPA:.0f} GPa, as computed; protons carry charge, as measured"
        return PlanetState(INSULATOR, why, ionic_s_m)
    if material == SILICATE and pressure_gpa < _TERAPASCAL:
        return PlanetState(INSULATOR, "a wide gap; few carriers by iron in it")
    return PlanetState(None, f"no gap of {material} is known at {pressure_gpa:.0f} GPa")


def minimum_metallic_s_m(volume_a3: float) -> float:
    """Conductivity of one electron per atom whose path is the distance of atoms, S/m.

    sigma = e^2 k_F^2 a / (3 pi^2 hbar), a = V^(1/3), k_F = (3 pi^2)^(1/3) / a: the rule of Ioffe
    and Regel. NaN where the volume is not known. Good to a factor of a few.
    """
    if math.isnan(volume_a3):
        return math.nan
    spacing_m = volume_a3 ** (1 / 3) * 1e-10
    share = (3 * math.pi**2) ** (2 / 3) / (3 * math.pi**2)
    return float(ELEMENTARY_CHARGE_C**2 / HBAR_J_S * share / spacing_m)


def _by_volume(volume_a3: float) -> float:
    """The volume law: the resistivity that this spacing has at room temperature."""
    try:
        return _UOHM_CM_S_M / room_resistivity_uohm_cm(volume_a3)
    except InputError:
        return math.nan


def _hot(volume_a3: float, temperature_k: float) -> float:
    try:
        return _UOHM_CM_S_M / hot_resistivity_uohm_cm(volume_a3, temperature_k)
    except InputError:
        return math.nan


def _inside(volume_a3: float, line: VolumeAnchor) -> str:
    sign = "<=" if volume_a3 <= line.volume_a3 else ">"
    return (
        f"{volume_a3:.3g} {sign} {line.volume_a3:.3g} angstrom^3 per atom, {line.boundary} there "
        f"({line.source})"
    )
