r"""Strains and displacements that keep a crystal's symmetry.

With the operations :math:`\{R|t\}` of the crystal, G in number, a symmetric strain is left alone by
:math:`\epsilon \to \frac1G\sum R\,\epsilon\,R^T` and a symmetric displacement by
:math:`u_a \to \frac1G\sum R\,u_{R^{-1}a}`. Both maps are projectors; their eigenvectors of
eigenvalue 1 are the degrees of freedom that relax. A cubic crystal with all atoms on special
positions has one, the volume.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from isotunnel.crystal.symmetry import (
    SYMPREC_ANGSTROM,
    call_spglib,
    cartesian_rotations,
    symmetry_of,
)

if TYPE_CHECKING:
    from ase import Atoms


@dataclass(frozen=True, eq=False)
class SymmetricCoordinates:
    """The degrees of freedom of a crystal that keep its space group.

    Attributes:
        strains: shape (s, 3, 3), symmetric matrices, orthonormal under the sum of products.
        displacements: shape (d, atoms, 3), Cartesian, orthonormal, without a common shift.
        space_group_number: of the crystal.
    """

    strains: NDArray[np.float64]
    displacements: NDArray[np.float64]
    space_group_number: int

    @classmethod
    def of(cls, atoms: Atoms, symprec: float = SYMPREC_ANGSTROM) -> SymmetricCoordinates:
        """Find them.

        Raises:
            CrystalError: spglib finds no space group.
        """
        cell = atoms.cell.array
        scaled = atoms.get_scaled_positions()
        data = call_spglib("get_symmetry_dataset", (cell, scaled, atoms.numbers), symprec=symprec)
        rotations = cartesian_rotations(cell, data.rotations)
        images = [
            _images(w, t, scaled, cell)
            for w, t in zip(data.rotations, data.translations, strict=True)
        ]
        return cls(
            _symmetric_strains(rotations),
            _symmetric_displacements(rotations, images, len(atoms)),
            symmetry_of(atoms, symprec).number,
        )

    def __len__(self) -> int:
        return len(self.strains) + len(self.displacements)

    @property
    def traces(self) -> NDArray[np.float64]:
        """Change of ln V per unit of each coordinate."""
        return np.concatenate(
            [np.trace(self.strains, axis1=1, axis2=2), np.zeros(len(self.displacements))]
        )

    def gradient(
        self, virial: NDArray[np.float64], forces: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Slope of the enthalpy along each coordinate.

        Args:
            virial: V (stress + pressure), eV, shape (3, 3).
            forces: eV/angstrom, shape (atoms, 3).
        """
        return np.concatenate(
            [
                np.einsum("kij,ij->k", self.strains, virial),
                -np.einsum("kai,ai->k", self.displacements, forces),
            ]
        )

    def moved(self, atoms: Atoms, step: NDArray[np.float64]) -> Atoms:
        """A copy strained by exp(strain), atoms along with it, and then displaced."""
        n = len(self.strains)
        strain = np.einsum("k,kij->ij", step[:n], self.strains)
        result: Atoms = atoms.copy()
        result.set_cell(atoms.cell.array @ expm(strain), scale_atoms=True)
        result.positions += np.einsum("k,kai->ai", step[n:], self.displacements)
        return result


def _images(
    rotation: NDArray[np.intc],
    translation: NDArray[np.float64],
    scaled: NDArray[np.float64],
    cell: NDArray[np.float64],
) -> NDArray[np.intp]:
    """For each atom the index of the atom that an operation takes it to."""
    moved = scaled @ rotation.T + translation
    difference = moved[:, None, :] - scaled[None, :, :]
    difference -= np.rint(difference)
    distance = np.linalg.norm(difference @ cell, axis=2)
    return np.asarray(distance.argmin(axis=1))


def _symmetric_strains(rotations: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    basis = []
    for i in range(3):
        for j in range(i, 3):
            unit = np.zeros((3, 3))
            unit[i, j] = unit[j, i] = 1.0 if i == j else np.sqrt(0.5)
            basis.append(unit)
    averaged = [sum(r @ b @ r.T for r in rotations) / len(rotations) for b in basis]
    projector = np.array([[np.sum(a * b) for b in basis] for a in averaged])
    return np.asarray(np.einsum("kb,bij->kij", _kept(projector), np.array(basis)))


def _symmetric_displacements(
    rotations: list[NDArray[np.float64]], images: list[NDArray[np.intp]], atoms: int
) -> NDArray[np.float64]:
    projector = np.zeros((atoms, 3, atoms, 3))
    for rotation, image in zip(rotations, images, strict=True):
        for source, target in enumerate(image):
            projector[target, :, source, :] += rotation
    projector /= len(rotations)
    shift = np.kron(np.full((atoms, atoms), 1.0 / atoms), np.eye(3))
    flat = projector.reshape(3 * atoms, 3 * atoms)
    flat = flat - shift @ flat
    return np.asarray(_kept(flat).reshape(-1, atoms, 3))


def _kept(projector: NDArray[np.float64]) -> NDArray[np.float64]:
    """Orthonormal rows that span what a projector keeps, the same for equal projectors."""
    values, vectors = np.linalg.eigh(0.5 * (projector + projector.T))
    kept = vectors[:, values > 0.5]
    # The span is unique, its basis is not: fix it by elimination, so that neighbours agree.
    if kept.shape[1] == 0:
        return np.zeros((0, len(projector)))
    from scipy.linalg import qr

    span = kept @ kept.T
    q, _, _ = qr(span, pivoting=True)
    return np.array(q[:, : kept.shape[1]].T)
