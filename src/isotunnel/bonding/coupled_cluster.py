"""Closed-shell molecules by coupled clusters, CCSD and CCSD(T)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from isotunnel.bonding.quantum_chemistry import Atom, molecule
from isotunnel.errors import EngineError

ENERGY_TOLERANCE = 1e-11
"""Hartree; bonds of helium are of the order of 1e-5, of three atoms 1e-7."""


@dataclass(frozen=True)
class Energies:
    """Total energies in hartree: Hartree-Fock, CCSD, CCSD(T)."""

    hf: float
    ccsd: float
    ccsd_t: float

    def less(self, other: Energies, times: float = 1.0) -> Energies:
        """These less a multiple of others."""
        return Energies(
            self.hf - times * other.hf,
            self.ccsd - times * other.ccsd,
            self.ccsd_t - times * other.ccsd_t,
        )


def coupled_cluster(
    atoms: Sequence[Atom], basis: str | Mapping[str, Any], *, triples: bool = True
) -> Energies:
    """Energies of a molecule in its singlet state.

    CCSD is exact in its basis for two electrons, and then there are no triples.

    Raises:
        MissingExtraError: PySCF is not installed.
        InputError: two nuclei nearer than 0.3 angstrom.
        EngineError: no convergence.
    """
    field, cluster = converged(atoms, basis)
    triple = float(cluster.ccsd_t()) if triples else 0.0
    total = float(cluster.e_tot)
    return Energies(float(field.e_tot), total, total + triple)


def converged(atoms: Sequence[Atom], basis: str | Mapping[str, Any]) -> tuple[Any, Any]:
    """PySCF's Hartree-Fock and CCSD objects; raises as :func:`coupled_cluster`."""
    field = hartree_fock(molecule(atoms, basis))
    cluster = import_module("pyscf.cc").CCSD(field)
    cluster.conv_tol, cluster.conv_tol_normt, cluster.max_cycle = ENERGY_TOLERANCE, 1e-8, 200
    cluster.kernel()
    if not cluster.converged:
        raise EngineError("CCSD did not converge; try another distance or basis")
    return field, cluster


def hartree_fock(mol: Any) -> Any:
    """PySCF's restricted Hartree-Fock object of a molecule, converged.

    Raises:
        EngineError: no convergence.
    """
    field = import_module("pyscf.scf").RHF(mol)
    field.conv_tol, field.max_cycle = 1e-12, 300
    field.kernel()
    if not field.converged:
        raise EngineError("Hartree-Fock did not converge; try another distance or basis")
    return field
