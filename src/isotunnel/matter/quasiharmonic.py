"""A thermal equation of state from E(V) alone: the quasi-harmonic Debye model.

Where nothing thermal is measured, the static energy gives the bulk modulus, the bulk modulus the
speed of sound, and that the Debye temperature::

    theta = (hbar/k) (6 pi^2 V^(1/2))^(1/3) f(nu) (K/M)^(1/2)
    f(nu) = {3 / [2 (2/3 (1+nu)/(1-2nu))^(3/2) + (1/3 (1+nu)/(1-nu))^(3/2)]}^(1/3)

with V and M per atom and Poisson's ratio nu, taken constant (0.25, a Cauchy solid, unless given;
f = 0.859). The Grueneisen parameter at V0 follows from K0'::

    slater              K0'/2 - 1/6     nu independent of volume, as f(nu) above assumes
    dugdale-macdonald   K0'/2 - 1/2
    vashchenko-zubarev  K0'/2 - 5/6

Reference: M. A. Blanco, E. Francisco, V. Luana, Comput. Phys. Commun. 158, 57 (2004). Limits: one
isotropic Debye spectrum stands for all modes, optical ones too; theta is good to 10 to 20 per cent
in metals, worse in molecular crystals and where C44 is soft (lead, alkali metals); gamma to 30.
"""

from __future__ import annotations

from dataclasses import replace
from math import pi

from isotunnel.errors import InputError
from isotunnel.matter.fit import EosFit
from isotunnel.matter.isotherm import Isotherm
from isotunnel.matter.solid import SolidEos
from isotunnel.matter.vibrations import Vibrations

HBAR_J_S = 1.054571817e-34
BOLTZMANN_J_K = 1.380649e-23
ATOMIC_MASS_KG = 1.66053906892e-27
GAMMA_SHIFTS = {"slater": 1 / 6, "dugdale-macdonald": 1 / 2, "vashchenko-zubarev": 5 / 6}


def poisson_factor(poisson: float) -> float:
    """f(nu) above: mean sound speed over (K/rho)^(1/2). f(0.25) = 0.859.

    Raises:
        InputError: nu outside -1 < nu < 0.5.
    """
    if not -1.0 < poisson < 0.5:
        raise InputError(f"Poisson's ratio {poisson:g} must lie between -1 and 0.5")
    shear = (2.0 / 3.0 * (1.0 + poisson) / (1.0 - 2.0 * poisson)) ** 1.5
    long = (1.0 / 3.0 * (1.0 + poisson) / (1.0 - poisson)) ** 1.5
    return float((3.0 / (2.0 * shear + long)) ** (1.0 / 3.0))


def debye_from_bulk_modulus(
    bulk_modulus_gpa: float, volume: float, mass_u: float, poisson: float = 0.25
) -> float:
    """Debye temperature in K from the bulk modulus.

    Args:
        bulk_modulus_gpa: K.
        volume: angstrom^3 per atom.
        mass_u: mean mass per atom in atomic mass units.
        poisson: Poisson's ratio.

    Raises:
        InputError: a quantity that is not positive.
    """
    for name, value in (("bulk modulus", bulk_modulus_gpa), ("volume", volume), ("mass", mass_u)):
        if not value > 0:
            raise InputError(f"{name} {value:g} must be positive to give a Debye temperature")
    cell = volume * 1e-30
    stiffness = bulk_modulus_gpa * 1e9 / (mass_u * ATOMIC_MASS_KG)
    wave = (6.0 * pi**2 * cell**0.5) ** (1.0 / 3.0)
    return float(HBAR_J_S / BOLTZMANN_J_K * wave * poisson_factor(poisson) * stiffness**0.5)


def gruneisen_from_isotherm(k0_prime: float, law: str = "slater") -> float:
    """Grueneisen parameter at V0 from K0'.

    Raises:
        InputError: an unknown law, or a K0' so small that gamma is not positive.
    """
    if law not in GAMMA_SHIFTS:
        raise InputError(f"unknown law {law!r} for gamma: choose one of {', '.join(GAMMA_SHIFTS)}")
    gamma = k0_prime / 2.0 - GAMMA_SHIFTS[law]
    if gamma <= 0:
        raise InputError(f"K0' = {k0_prime:g} gives gamma = {gamma:.3g}: no thermal model from it")
    return gamma


def quasiharmonic_solid(
    fit: EosFit | Isotherm,
    mass_u: float,
    *,
    poisson: float = 0.25,
    law: str = "slater",
    q: float = 1.0,
) -> SolidEos:
    """A thermal equation of state from a static isotherm and nothing else.

    The isotherm must be static (DFT energies or pressures without vibrations), so the zero-point
    pressure is added. q = 1 (gamma proportional to V) is the common default where none is known.

    Args:
        fit: a fit of E(V) or P(V); its pressure range becomes that of the solid. A bare isotherm
            gets a range up to its K0.
        mass_u: mean mass per atom.
        poisson, law, q: see the module.
    """
    isotherm = fit.isotherm if isinstance(fit, EosFit) else fit
    theta = debye_from_bulk_modulus(isotherm.k0_gpa, isotherm.v0, mass_u, poisson)
    gamma = gruneisen_from_isotherm(isotherm.k0_prime, law)
    solid = SolidEos(
        isotherm=isotherm,
        vibrations=Vibrations(theta, gamma, q, isotherm.v0),
        t_ref_k=None,
        p_min_gpa=0.0,
        p_max_gpa=isotherm.k0_gpa,
    )
    if isinstance(fit, EosFit):
        low, high = fit.pressure_range_gpa
        solid = replace(solid, p_min_gpa=max(low, 0.0), p_max_gpa=max(high, 0.0))
    return solid
