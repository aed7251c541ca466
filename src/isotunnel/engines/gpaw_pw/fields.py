"""The fields of a converged calculation, labelled with what they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from isotunnel.engines.base import PSEUDO_ELF
from isotunnel.engines.gpaw_pw.augmentation import reconstruct
from isotunnel.engines.gpaw_pw.elf import electron_localization, spin_localization
from isotunnel.engines.gpaw_pw.potentials import smooth_potentials, true_potentials
from isotunnel.engines.gpaw_pw.settings import GpawSettings, Part
from isotunnel.engines.gpaw_pw.waves import SmoothDensities, smooth_densities
from isotunnel.errors import EngineError
from isotunnel.fields.field import Field, Provenance, Spin
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
    """Potential, electrostatic potential, density and ELF on one grid; also by spin.

    Of a spin-polarised calculation "potential" is that of spin up. The density is the sum of both
    spins, the ELF that of both together (Kohout and Savin), and the fields of one spin stand beside
    them, see :class:`~isotunnel.engines.base.ElectronicStructure`.

    Raises:
        EngineError: an all-electron ELF is wanted and a data set holds no core kinetic energy.
    """
    shape = field_shape(dft, settings.grid_spacing)
    parts = _parts(dft, settings, shape)
    make = true_potentials if settings.potential == "all-electron" else smooth_potentials
    potentials = make(dft, shape)
    densities = [part.density / BOHR_ANGSTROM**3 for part in parts[settings.density]]
    elfs = parts[settings.elf]
    named = _Maker(atoms, settings, version)
    spins: tuple[Spin, ...] = ("up", "down") if len(densities) == 2 else ("total",)
    fields = {
        "potential": named.field(FieldKind.POTENTIAL, potentials.by_spin[0], spins[0]),
        "electrostatic": named.field(FieldKind.ELECTROSTATIC, potentials.electrostatic),
        "density": named.field(FieldKind.DENSITY, np.sum(densities, axis=0)),
        "elf": named.field(FieldKind.ELF, _localization(elfs)),
    }
    if len(spins) == 2:
        fields["potential-down"] = named.field(FieldKind.POTENTIAL, potentials.by_spin[1], "down")
        for index, spin in enumerate(spins):
            elf = _localization_of_one(elfs[index])
            fields[f"density-{spin}"] = named.field(FieldKind.DENSITY, densities[index], spin)
            fields[f"elf-{spin}"] = named.field(FieldKind.ELF, elf, spin)
    if settings.elf != "pseudo" and has_pseudo_elf(atoms):
        note = f"ELF of the pseudo density: {_PART_NOTES['pseudo']}"
        pseudo = _localization(parts["pseudo"])
        fields[PSEUDO_ELF] = named.field(FieldKind.ELF, pseudo, note=note)
    return fields


def _parts(
    dft: Any, settings: GpawSettings, shape: tuple[int, int, int]
) -> dict[Part, list[SmoothDensities]]:
    """Densities of every kind wanted, one per spin (one for both if spin-paired)."""
    spins: tuple[int | None, ...] = (None,) if dft.ibzwfs.nspins == 1 else (0, 1)
    smooth = [smooth_densities(dft, shape, spin) for spin in spins]
    parts: dict[Part, list[SmoothDensities]] = {"pseudo": smooth}
    for part in {settings.elf, settings.density} - {"pseudo"}:
        _require_core_data(dft, settings)
        parts[part] = [
            reconstruct(dft, s, core=part == "all-electron", spin=spin)
            for s, spin in zip(smooth, spins, strict=True)
        ]
    return parts


class _Maker:
    """Makes labelled fields of one calculation's arrays."""

    def __init__(self, atoms: Atoms, settings: GpawSettings, version: str) -> None:
        self.atoms = atoms.copy()
        self.version = version
        potential = _POTENTIAL_NOTES[settings.potential]
        self.notes = {
            FieldKind.POTENTIAL: potential,
            FieldKind.ELECTROSTATIC: potential,
            FieldKind.DENSITY: f"{settings.density} density: {_PART_NOTES[settings.density]}",
            FieldKind.ELF: f"ELF of the {settings.elf} density: {_PART_NOTES[settings.elf]}",
        }

    def field(
        self, kind: FieldKind, array: NDArray[np.float64], spin: Spin = "total", note: str = ""
    ) -> Field:
        said = [note or self.notes[kind]]
        if spin != "total":
            said.append(f"of spin {spin}")
        provenance = Provenance("gpaw", self.version, "GPAW", notes=tuple(said))
        return Field(
            array, self.atoms.cell.array, kind, atoms=self.atoms, spin=spin, provenance=provenance
        )


def _localization(spins: Sequence[SmoothDensities]) -> NDArray[np.float64]:
    """The ELF of all electrons, given as both spins or together."""
    if len(spins) == 1:
        both = spins[0]
        return electron_localization(both.density, (both.gradient**2).sum(axis=0), both.kinetic)
    return spin_localization(
        [s.density for s in spins],
        [(s.gradient**2).sum(axis=0) for s in spins],
        [s.kinetic for s in spins],
    )


def _localization_of_one(spin: SmoothDensities) -> NDArray[np.float64]:
    squared = (spin.gradient**2).sum(axis=0)
    return spin_localization([spin.density], [squared], [spin.kinetic])


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
