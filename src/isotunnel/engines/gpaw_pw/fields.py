"""The four fields of a converged calculation, labelled with what they are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from isotunnel.engines.base import PSEUDO_ELF
from isotunnel.engines.gpaw_pw.augmentation import reconstruct
from isotunnel.engines.gpaw_pw.elf import electron_localization
from isotunnel.engines.gpaw_pw.potentials import smooth_potentials, true_potentials
from isotunnel.engines.gpaw_pw.settings import GpawSettings, Part
from isotunnel.engines.gpaw_pw.waves import SmoothDensities, smooth_densities
from isotunnel.errors import EngineError
from isotunnel.fields.field import Field, Provenance
from isotunnel.fields.kinds import FieldKind
from isotunnel.units import BOHR_ANGSTROM

if TYPE_CHECKING:
    from ase import Atoms
    from numpy.typing import NDArray

_PART_NOTES: dict[str, str] = {
    "all-electron": (
        "valence and frozen core, PAW partial waves put back inside the augmentation spheres"
    ),
    "valence": "valence electrons alone, PAW partial waves put back inside the spheres",
    "pseudo": "smooth valence functions alone: inside the augmentation spheres not the true ones",
}

_POTENTIAL_NOTES: dict[str, str] = {
    "all-electron": (
        "true electrostatic potential inside the augmentation spheres up to l = 2, nuclei smeared "
        "by 0.02 angstrom; exchange and correlation there from the spherically averaged density"
    ),
    "pseudo": "GPAW's smooth potential: the true one only outside the augmentation spheres",
}


def field_shape(dft: Any, spacing: float) -> tuple[int, int, int]:
    """Multiple of GPAW's own grid with neighbours at most ``spacing`` angstrom apart.

    A multiple keeps the grid compatible with the crystal's symmetry; it is at least 2, for the
    products of wave functions to be representable.
    """
    grid = dft.density.nt_sR.desc
    lengths = np.linalg.norm(grid.cell_cv, axis=1) * BOHR_ANGSTROM
    coarse = float((lengths / grid.size_c).max())
    factor = max(2, math.ceil(coarse / spacing - 1e-9))
    n1, n2, n3 = (int(n) * factor for n in grid.size_c)
    return n1, n2, n3


def compute_fields(
    dft: Any, atoms: Atoms, settings: GpawSettings, version: str
) -> dict[str, Field]:
    """Potential, electrostatic potential, density and ELF on one grid.

    Raises:
        EngineError: an all-electron ELF is wanted and a data set holds no core kinetic energy.
    """
    shape = field_shape(dft, settings.grid_spacing)
    smooth = smooth_densities(dft, shape)
    parts: dict[Part, SmoothDensities] = {"pseudo": smooth}
    for part in {settings.elf, settings.density} - {"pseudo"}:
        _require_core_data(dft, settings)
        parts[part] = reconstruct(dft, smooth, core=part == "all-electron")
    wanted = parts[settings.elf]
    elf = electron_localization(wanted.density, (wanted.gradient**2).sum(axis=0), wanted.kinetic)
    make = true_potentials if settings.potential == "all-electron" else smooth_potentials
    potentials = make(dft, shape)
    density = parts[settings.density].density / BOHR_ANGSTROM**3
    elf_note = f"ELF of the {settings.elf} density: {_PART_NOTES[settings.elf]}"
    density_note = f"{settings.density} density: {_PART_NOTES[settings.density]}"
    potential_note = _POTENTIAL_NOTES[settings.potential]
    values = {
        FieldKind.POTENTIAL: (potentials.effective, potential_note),
        FieldKind.ELECTROSTATIC: (potentials.electrostatic, potential_note),
        FieldKind.DENSITY: (density, density_note),
        FieldKind.ELF: (elf, elf_note),
    }
    own = atoms.copy()

    def made(kind: FieldKind, array: NDArray[np.float64], note: str) -> Field:
        provenance = Provenance("gpaw", version, "GPAW", notes=(note,))
        return Field(array, own.cell.array, kind, atoms=own, provenance=provenance)

    fields = {str(kind): made(kind, array, note) for kind, (array, note) in values.items()}
    if settings.elf != "pseudo" and has_pseudo_elf(atoms):
        gradients = (smooth.gradient**2).sum(axis=0)
        pseudo = electron_localization(smooth.density, gradients, smooth.kinetic)
        note = f"ELF of the pseudo density: {_PART_NOTES['pseudo']}"
        fields[PSEUDO_ELF] = made(FieldKind.ELF, pseudo, note)
    return fields


def has_pseudo_elf(atoms: Atoms) -> bool:
    """Whether the ELF of the pseudo density is kept too: of crystals with hydrogen."""
    return bool((atoms.numbers == 1).any())


def _require_core_data(dft: Any, settings: GpawSettings) -> None:
    if settings.elf != "all-electron":
        return
    lacking = sorted({s.symbol for s in dft.setups if s.Nc > 0 and s.data.tauc_g is None})
    if lacking:
        raise EngineError(
            f"the PAW data sets of {', '.join(lacking)} hold no core kinetic energy density, which "
            "the all-electron ELF needs; choose elf='valence'"
        )
