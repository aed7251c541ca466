"""Resistivity of hexagonal iron from its volume per atom, and from volume and heat."""

from __future__ import annotations

from isotunnel.errors import InputError
from isotunnel.theories.normal.bloch_grueneisen import in_parallel, phonon_resistivity
from isotunnel.units import ROOM_K

V0_A3 = 11.214
"""Zero-pressure volume of hcp iron, extrapolated: Dewaele et al. (2006) PRL 97, 215504."""

SOURCE = (
    "Gomi et al. (2013) Phys. Earth Planet. Inter. 224, 88, equation 9, as coded in "
    "StratifiedCore (github MarineLasbleis, 73c48f9): measured at room temperature to 100 GPa"
)
_RHO_UOHM_CM, _TOP, _POWER = 0.526, 1.24, -3.21
_DEBYE_K, _GRUENEISEN = 417.0, 1.52
_SATURATION_UOHM_CM = 168.0


def room_resistivity_uohm_cm(volume_a3: float) -> float:
    """rho(V) at 300 K in microohm cm: 0.526 (1.24 - V/V0)^(-3.21).

    Fitted to measurements between V/V0 = 0.7 and 0.93 or so, carried on beyond.

    Raises:
        InputError: V/V0 outside 0.4 to 1.1.
    """
    ratio = volume_a3 / V0_A3
    if not 0.4 <= ratio <= 1.1:
        raise InputError(f"V/V0 = {ratio:.3g} of hcp iron lies outside 0.4 to 1.1")
    return float(_RHO_UOHM_CM * (_TOP - ratio) ** _POWER)


def hot_resistivity_uohm_cm(volume_a3: float, temperature_k: float) -> float:
    """rho(V, T): Bloch and Grueneisen's law through rho(V, 300 K), saturating in parallel.

    theta = 417 K (V0/V)^1.52, saturation 168 microohm cm (V/V0)^(1/3). Nothing of it is fitted to
    hot iron; melting is neglected.
    """
    cold = room_resistivity_uohm_cm(volume_a3)
    ratio = volume_a3 / V0_A3
    theta = _DEBYE_K * ratio**-_GRUENEISEN
    hot, room = (float(phonon_resistivity(t, theta, 1.0)) for t in (temperature_k, ROOM_K))
    return float(in_parallel(cold * hot / room, _SATURATION_UOHM_CM * ratio ** (1 / 3)))
