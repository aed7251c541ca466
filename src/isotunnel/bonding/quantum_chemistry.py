"""Molecules of a few electrons, exact in a basis of Gaussian orbitals (extra ``bonding``).

PySCF gives the integrals and the solvers. Energies are electronic plus nuclear repulsion, in
hartree, nuclei at rest, without relativity. A basis is never complete: what that costs is said by
each laboratory. Nothing here is for molecules of more than some ten electrons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import EngineError, InputError, MissingExtraError

Array = NDArray[np.float64]

LEAST_ANGSTROM = 0.3
"""Nuclei nearer than this are refused: the bases hold no functions for what their shells become."""
FCI_TOLERANCE = 1e-10


@dataclass(frozen=True)
class Atom:
    """An atom, or only its basis functions.

    Attributes:
        symbol: of the element, or a name in the basis given for it.
        place: Cartesian, angstrom.
        ghost: whether only the functions are there, without nucleus and electrons.
    """

    symbol: str
    place: tuple[float, float, float]
    ghost: bool = False


def checked_distance(distance_angstrom: float) -> float:
    """The distance.

    Raises:
        InputError: below 0.3 angstrom, or no number.
    """
    if not (LEAST_ANGSTROM <= distance_angstrom < 100):
        raise InputError(
            f"a distance of {distance_angstrom:g} angstrom: the calculation means something from "
            f"{LEAST_ANGSTROM:g} to 100 angstrom"
        )
    return distance_angstrom


def pyscf_module() -> Any:
    """The package.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import pyscf
        from pyscf.scf import hf
    except ImportError:
        raise MissingExtraError("PySCF", "bonding", "computing a molecule") from None
    # Nothing is begun again from a checkpoint, and PySCF leaves these files open.
    hf.MUTE_CHKFILE = True
    return pyscf


def versions() -> dict[str, str]:
    """Of what computes."""
    return {"pyscf": str(pyscf_module().__version__), "numpy": np.__version__}


def molecule(
    atoms: Sequence[Atom],
    basis: str | Mapping[str, Any],
    *,
    unpaired: int = 0,
    symmetry: bool = False,
) -> Any:
    """A PySCF molecule.

    Raises:
        MissingExtraError: PySCF is not installed.
        InputError: two nuclei nearer than 0.3 angstrom.
    """
    from importlib import import_module

    pyscf_module()
    gto = import_module("pyscf.gto")
    nuclei = np.array([a.place for a in atoms if not a.ghost])
    apart = np.linalg.norm(nuclei[:, None] - nuclei[None], axis=-1)
    if len(nuclei) > 1:
        checked_distance(float(apart[np.triu_indices(len(nuclei), 1)].min()))
    listed = [(f"ghost-{a.symbol}" if a.ghost else a.symbol, a.place) for a in atoms]
    return gto.M(
        atom=listed,
        basis=basis if isinstance(basis, str) else dict(basis),
        unit="angstrom",
        spin=unpaired,
        symmetry=symmetry,
        verbose=0,
    )


@dataclass(frozen=True)
class States:
    """The lowest states by spin, each rising, in hartree.

    Attributes:
        singlets, triplets: of shape (n,).
        quintet: the lowest one; infinite where there are too few electrons.
    """

    singlets: Array
    triplets: Array
    quintet: float


def full_ci(atoms: Sequence[Atom], basis: str, *, symmetric_roots: int = 1) -> States:
    """Lowest singlets and triplets by full configuration interaction.

    One state in every irreducible representation of the Abelian group that PySCF takes for the
    molecule, which are solved each by itself: degenerate partners that belong to different ones are
    found independently of each other. Triplets are states of one more electron up than half and one
    fewer down, which no singlet is among; singlets are symmetric in the spins, which no triplet is.
    Quintets are in both; they are found by themselves, and only what lies below them is kept.

    Args:
        atoms, basis: the molecule.
        symmetric_roots: singlets in the totally symmetric representation, which holds both partners
            of the tetrahedron's twofold state.

    Raises:
        MissingExtraError: PySCF is not installed.
        InputError: two nuclei too near.
        EngineError: no convergence, or no state below the lowest quintet.
    """
    solve, half = _solver(atoms, basis)
    quintet = min(solve.lowest((half + 2, half - 2))) if half > 1 else np.inf
    found = (
        np.sort(solve.lowest((half, half), symmetric_roots)),
        np.sort(solve.lowest((half + 1, half - 1))),
    )
    singlets, triplets = (f[f < quintet - 1e-6] for f in found)
    if not (singlets.size and triplets.size):
        raise EngineError("no state of the spin asked for lies below the lowest of higher spin")
    return States(singlets, triplets, float(quintet))


def symmetric_singlet(atoms: Sequence[Atom], basis: str) -> float:
    """The lowest totally symmetric singlet by full configuration interaction, hartree.

    Raises:
        As :func:`full_ci`.
    """
    solve, half = _solver(atoms, basis)
    return solve.first((half, half))


def _solver(atoms: Sequence[Atom], basis: str) -> tuple[_Solver, int]:
    """The Hamiltonian in orbitals of a triplet, by restricted open-shell Hartree-Fock.

    They keep the symmetry of a molecule whose singlet has none; in a full configuration interaction
    they decide the speed only. Also half the number of electrons.
    """
    from importlib import import_module

    scf, ao2mo = import_module("pyscf.scf"), import_module("pyscf.ao2mo")
    mol = molecule(atoms, basis, unpaired=2, symmetry=True)
    field = scf.ROHF(mol).run()
    orbitals = field.mo_coeff
    h1 = orbitals.T @ field.get_hcore() @ orbitals
    h2 = ao2mo.kernel(mol, orbitals)
    return _Solver(mol, h1, h2, orbitals.orbsym), mol.nelectron // 2


@dataclass(frozen=True)
class _Solver:
    """The Hamiltonian in orbitals of known symmetry."""

    mol: Any
    h1: Array
    h2: Array
    orbital_symmetry: Any

    def first(self, electrons: tuple[int, int]) -> float:
        """The lowest energy of the totally symmetric representation (hartree)."""
        return self._in(self._irreps()[0], electrons, 1)[0]

    def lowest(self, electrons: tuple[int, int], symmetric_roots: int = 1) -> list[float]:
        """Energies, one per representation (hartree)."""
        found: list[float] = []
        for i, irrep in enumerate(self._irreps()):
            symmetric = i == 0
            found += self._in(irrep, electrons, symmetric_roots if symmetric else 1)
        return found

    def _irreps(self) -> list[str]:
        """All of the group, the totally symmetric one first.

        Those of single orbitals, which the molecule lists, are fewer in a small basis; of linear
        molecules they are all that is asked for.
        """
        from importlib import import_module

        known = import_module("pyscf.symm.param").IRREP_ID_TABLE.get(self.mol.groupname)
        names = self.mol.irrep_name if known is None or "oo" in self.mol.groupname else known
        return [str(name) for name in names]

    def _in(self, irrep: str, electrons: tuple[int, int], roots: int) -> list[float]:
        from importlib import import_module

        fci = import_module("pyscf.fci")
        kind = fci.direct_spin0_symm if electrons[0] == electrons[1] else fci.direct_spin1_symm
        one = kind.FCI(self.mol)
        one.wfnsym, one.nroots, one.conv_tol, one.max_cycle = irrep, roots, FCI_TOLERANCE, 200
        try:
            energies, _ = one.kernel(
                self.h1,
                self.h2,
                len(self.h1),
                electrons,
                ecore=self.mol.energy_nuc(),
                orbsym=self.orbital_symmetry,
            )
        except import_module("pyscf.lib.exceptions").WfnSymmetryError:
            # A small basis has no state of this symmetry and spin.
            return []
        if not np.all(one.converged):
            raise EngineError(f"full configuration interaction did not converge in {irrep}")
        return [float(e) for e in np.atleast_1d(energies)]
