"""What a pairing calculation found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from isotunnel.theories.superconducting.rigid_muffin_tin.theory import NAME

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.magnetism import Magnetism
    from isotunnel.engines.phonons.spectrum import PhononSpectrum
    from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
    from isotunnel.theories.superconducting.rigid_muffin_tin.couplings import AtomScattering


@dataclass(frozen=True)
class PairedAtom:
    """One atom's part in the coupling.

    Attributes:
        symbol: element.
        scattering: radius, phase shifts, densities and Hopfield parameter.
        force_constant_ev_per_angstrom2: M / <omega^-2>; None in an unstable crystal.
        coupling: lambda_j; None in an unstable crystal.
    """

    symbol: str
    scattering: AtomScattering
    force_constant_ev_per_angstrom2: float | None
    coupling: float | None

    @property
    def channels(self) -> dict[str, float]:
        """Parts of the Hopfield parameter by channel, eV/angstrom^2."""
        return {c.name: c.hopfield_ev_per_angstrom2 for c in self.scattering.channels}


@dataclass(frozen=True)
class PairingRange:
    """Where linear response's lambda, and Tc with it, are to be expected.

    Learnt from the crystals of the benchmark, and true of crystals like them; the error of the
    phonons' frequencies, of mu* and of linear response itself is not in it.

    Attributes:
        lambda_low, lambda_high: of the coupling.
        tc_low_k, tc_high_k: by Allen and Dynes with these, all else kept; of a hydride, where
            linear response's lay among predicted hydrides.
        crystals: that the range of lambda was learnt from.
        tc_hydrides: that the range of Tc was learnt from; None where it follows from lambda's.
        share: of crystals that are to lie in it.
    """

    lambda_low: float
    lambda_high: float
    tc_low_k: float
    tc_high_k: float
    crystals: int
    tc_hydrides: int | None
    share: float


@dataclass(frozen=True)
class FlatCoupling:
    """What follows from the same Hopfield parameters with a constant alpha^2 for each atom.

    Attributes:
        coupling: lambda.
        omega_log_k: logarithmic mean frequency, kelvin.
        tc_k: by Allen and Dynes.
    """

    coupling: float
    omega_log_k: float
    tc_k: float


@dataclass(frozen=True, eq=False)
class PairingResult:
    """Coupling and Tc of one crystal by rigid muffin tins; nothing measured was put in but mu*.

    Attributes:
        name: of the crystal.
        atoms: the crystal as computed.
        pressure_gpa: of its cell.
        density_per_ev_spin: states per eV, spin and cell at the Fermi level.
        density_error: by which a mesh of every second k-point differs.
        members: per atom its part.
        phonons: their spectrum.
        spectrum: alpha^2 F of independent atoms; None in an unstable crystal.
        flat: the same eta with a constant alpha^2 for each atom; None in an unstable crystal.
        mu_star: Coulomb pseudopotential.
        mu_star_source: where it is from.
        tc_allen_dynes_k: with f1 and f2; None in an unstable crystal.
        tc_eliashberg_k: of the isotropic equations; None in an unstable crystal.
        range: of lambda and Tc, learnt from the benchmark; None in an unstable crystal, or while
            the benchmark is too small.
        isotope_exponent: -d ln Tc / d ln M of all masses alike; None without a Tc.
        isotope_exponents: the same of each element's masses alone; empty without a Tc.
        unstable: why there is no Tc, "" where there is.
        magnetism: the non-magnetic state, with the magnetic ones that were tried; None where no
            element is known for moments, or where no look was wanted.
        warnings: what a user should know.
        settings: what determines the numbers.
        versions: of programs and data sets.
        seconds: wall time of what was computed now, 0 from the cache.
    """

    name: str
    atoms: Atoms
    pressure_gpa: float
    density_per_ev_spin: float
    density_error: float | None
    members: tuple[PairedAtom, ...]
    phonons: PhononSpectrum
    spectrum: Alpha2F | None
    flat: FlatCoupling | None
    mu_star: float
    mu_star_source: str
    tc_allen_dynes_k: float | None
    tc_eliashberg_k: float | None
    isotope_exponent: float | None
    unstable: str
    warnings: tuple[str, ...]
    settings: dict[str, Any]
    versions: dict[str, str]
    seconds: float
    magnetism: Magnetism | None = None
    range: PairingRange | None = None
    isotope_exponents: Mapping[str, float] = field(default_factory=dict)

    @property
    def coupling(self) -> float | None:
        """lambda."""
        return None if self.spectrum is None else self.spectrum.coupling

    @property
    def theory(self) -> str:
        """Name under which diagrams and claims know it."""
        return NAME

    @property
    def omega_log_k(self) -> float | None:
        """Logarithmic mean frequency, kelvin."""
        return None if self.spectrum is None else self.spectrum.omega_log_k

    @property
    def omega_2_k(self) -> float | None:
        """Root mean square frequency, kelvin."""
        return None if self.spectrum is None else self.spectrum.omega_2_k

    @property
    def stable(self) -> bool:
        """Whether no mode is imaginary."""
        return not self.unstable

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        from isotunnel.schemas import Pairing, document

        return document(Pairing, self)
