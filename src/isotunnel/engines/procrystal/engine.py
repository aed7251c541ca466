"""The ``procrystal`` engine: superposed free atoms behind the interface of all engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from isotunnel.engines.base import ElectronicStructure, Progress
from isotunnel.engines.procrystal.grid import check_shape, choose_shape
from isotunnel.engines.procrystal.tables import (
    DEFAULT_FUNCTIONAL,
    Functional,
    free_atom,
    table_metadata,
)
from isotunnel.engines.procrystal.treatment import (
    DEFAULT_XC,
    NOTES,
    XcTreatment,
    check_xc,
)
from isotunnel.fields.field import Field, Provenance
from isotunnel.fields.kinds import FieldKind

if TYPE_CHECKING:
    from ase import Atoms

_NO_BANDS = (
    "superposed free atoms have no crystal orbitals and no bands; use the gpaw engine for this"
)
_CANNOT_SAY = {
    "elf": "the ELF needs the crystal's orbitals, and superposed free atoms have none; "
    "use the gpaw engine for this",
    "fermi_ev": _NO_BANDS,
    "vbm_ev": _NO_BANDS,
    "cbm_ev": _NO_BANDS,
    "band_gap_ev": _NO_BANDS,
    "direct_gap_ev": _NO_BANDS,
    "dos_fermi": _NO_BANDS,
    "dos_fermi_by_element": _NO_BANDS,
    "energy_ev": "superposed free atoms have no kinetic energy of the crystal; "
    "use the gpaw engine for this",
    "magnetism": "superposed free atoms are spin-paired; use the gpaw engine for this",
    "pressure_gpa": "superposed free atoms have no energy to differentiate; "
    "use the gpaw engine for this",
}


@dataclass(frozen=True)
class ProcrystalEngine:
    """Fields of superposed, neutral, spherical, spin-paired free atoms. No DFT at run time.

    "density" and "electrostatic" are the sums of the free atoms' densities and of their nuclear
    plus Hartree potentials; energies in eV from the free atom's vacuum. "potential" is, with

    * xc = "summed_density" (default), "electrostatic" plus the local-density v_xc of "density":
      the construction of Mattheiss, Phys. Rev. 133, A1399 (1964), with the exchange and correlation
      of the LDA atoms (Perdew and Wang 1992) in place of Slater's exchange. The atoms' Coulomb
      potentials add up because they are linear in the charge; v_xc is not.
    * xc = "superposed", the sum of the free atoms' Kohn-Sham potentials. v_xc goes as n^(1/3), so
      its tails pile up over dozens of neighbours: in sodium (LDA) the three-dimensional tunnels
      open at -45 eV instead of -8 eV. Compare this potential only with its own
      ``atomic_level_ev``, which is shifted by the same tails.

    There is no charge transfer and no self-consistency. ``atomic_level_ev`` is the highest of the
    atoms' first-order levels (see ``levels.atomic_levels``) in the same potential; it is not
    orthogonalised to the neighbours' cores and lies too low in dense crystals.

    Nearer than 0.01 angstrom to a nucleus an atom's functions keep the value they have at that
    distance, so grid points on a nucleus stay finite.

    Attributes:
        functional: of the free atoms, "LDA" or "PBE". The default is LDA because v_xc of the summed
            density is local: with LDA atoms a lone atom keeps exactly its own potential. "PBE" with
            "summed_density" is refused; PBE's v_xc of a sum would need the sum's second
            derivatives, and mixing the two breaks the limit of free atoms.
        xc: "summed_density" or "superposed".
        spacing_angstrom: largest distance between grid points along a lattice vector.
        shape: grid points along each lattice vector; overrides the spacing.
    """

    functional: Functional = DEFAULT_FUNCTIONAL
    xc: XcTreatment = DEFAULT_XC
    spacing_angstrom: float = 0.1
    shape: tuple[int, int, int] | None = None
    name: str = "procrystal"

    def compute(self, atoms: Atoms, *, progress: Progress | None = None) -> ElectronicStructure:
        """Superpose the free atoms of ``atoms`` as given.

        The cell is treated as periodic along all three vectors; where ``atoms.pbc`` says
        otherwise, a warning in the result tells so.

        Raises:
            CrystalError: an impossible crystal (see ``check_crystal``), or an element that is not
                in the table.
            EngineError: an unknown functional or xc, or "summed_density" with PBE.
            FieldError: an impossible spacing or shape.
        """
        from isotunnel.engines.procrystal.checks import check, check_memory
        from isotunnel.engines.procrystal.levels import atomic_levels
        from isotunnel.engines.procrystal.superpose import superpose

        tell = progress or (lambda _message, _fraction: None)
        check_xc(self.functional, self.xc)
        warnings = check(atoms)
        atoms = atoms.copy()
        shape = (
            check_shape(self.shape)
            if self.shape is not None
            else choose_shape(atoms.cell.array, self.spacing_angstrom)
        )
        check_memory(shape, float(atoms.get_volume()))
        tell("shifting the atomic levels", 0.0)
        levels = atomic_levels(atoms, self.functional, self.xc)
        tell(f"superposing {len(atoms)} free atoms on {shape[0]}x{shape[1]}x{shape[2]} points", 0.2)
        values = superpose(atoms, shape, self.functional, self.xc)
        tell("done", 1.0)
        metadata = table_metadata()
        provenance = Provenance(
            source=self.name,
            format=f"free-atom table of {metadata['made_on']}",
            program=f"GPAW {metadata['versions']['gpaw']} (free atoms)",
            notes=(
                f"superposed free {self.functional} atoms, vacuum at 0 eV",
                NOTES[self.xc],
            ),
            warnings=warnings,
        )
        fields: dict[str, Field] = {
            quantity: Field(
                array, atoms.cell.array, FieldKind(quantity), atoms=atoms, provenance=provenance
            )
            for quantity, array in values.items()
        }
        return ElectronicStructure(
            atoms=atoms,
            engine=self.name,
            fields=fields,
            atomic_level_ev=float(levels.max()),
            valence_density=min(
                free_atom(int(z), self.functional).valence_density for z in np.unique(atoms.numbers)
            ),
            settings=self._settings(shape, levels.tolist()),
            versions={f"free atoms: {k}": v for k, v in metadata["versions"].items()},
            warnings=warnings,
            cannot_say=_CANNOT_SAY,
        )

    def _settings(self, shape: tuple[int, int, int], levels: list[float]) -> dict[str, Any]:
        from isotunnel.engines.procrystal.radial import NUCLEUS_CAP

        return {
            "functional": self.functional,
            "xc": self.xc,
            "spacing_angstrom": None if self.shape is not None else self.spacing_angstrom,
            "shape": shape,
            "nucleus_cap_angstrom": NUCLEUS_CAP,
            "free_atom_table": table_metadata()["made_on"],
            "atomic_levels_ev": levels,
        }
