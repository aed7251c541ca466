"""What a pairing calculation found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ase import Atoms

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

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        own = self.scattering
        return {
            "symbol": self.symbol,
            "hopfield_ev_per_angstrom2": own.hopfield_ev_per_angstrom2,
            "hopfield_mesh_error_ev_per_angstrom2": own.mesh_error,
            "lambda": self.coupling,
            "force_constant_ev_per_angstrom2": self.force_constant_ev_per_angstrom2,
            "radius_bohr": own.radius_bohr,
            "phase_shifts": list(own.phase_shifts),
            "dos_per_ev_spin": list(own.densities),
            "channels": {c.name: c.hopfield_ev_per_angstrom2 for c in own.channels},
        }


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
        spectrum: alpha^2 F; None in an unstable crystal.
        mu_star: Coulomb pseudopotential.
        mu_star_source: where it is from.
        tc_allen_dynes_k: with f1 and f2; None in an unstable crystal.
        tc_eliashberg_k: of the isotropic equations; None in an unstable crystal.
        unstable: why there is no Tc, "" where there is.
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
    mu_star: float
    mu_star_source: str
    tc_allen_dynes_k: float | None
    tc_eliashberg_k: float | None
    unstable: str
    warnings: tuple[str, ...]
    settings: dict[str, Any]
    versions: dict[str, str]
    seconds: float

    @property
    def coupling(self) -> float | None:
        """lambda."""
        return None if self.spectrum is None else self.spectrum.coupling

    @property
    def supercell(self) -> NDArray[np.int64]:
        """In which atoms were displaced; rows in the crystal's vectors."""
        return self.phonons.supercell

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        spectrum = self.spectrum
        return {
            "name": self.name,
            "theory": "rigid-muffin-tin+allen_dynes",
            "pressure_gpa": self.pressure_gpa,
            "stable": not self.unstable,
            "cannot_say": self.unstable or None,
            "lambda": self.coupling,
            "omega_log_k": None if spectrum is None else spectrum.omega_log_k,
            "omega_2_k": None if spectrum is None else spectrum.omega_2_k,
            "mu_star": self.mu_star,
            "mu_star_source": self.mu_star_source,
            "tc_allen_dynes_k": self.tc_allen_dynes_k,
            "tc_eliashberg_k": self.tc_eliashberg_k,
            "dos_fermi_per_ev_spin": self.density_per_ev_spin,
            "dos_fermi_error_per_ev_spin": self.density_error,
            "atoms": [member.as_dict() for member in self.members],
            "phonons": {
                "highest_mev": 1000.0 * self.phonons.highest_ev,
                "lowest_exact_mev": 1000.0 * float(self.phonons.exact_energies_ev.min(initial=0.0)),
                "supercell": self.supercell.tolist(),
                "zone_centre_only": self.phonons.zone_centre_only,
            },
            "alpha2f": None
            if spectrum is None
            else {
                "frequency_mev": (1000.0 * spectrum.frequency_ev).tolist(),
                "values": spectrum.values.tolist(),
            },
            "warnings": list(self.warnings),
            "settings": self.settings,
            "versions": self.versions,
            "seconds": self.seconds,
        }
