"""Make the small grid files under tests/data with GPAW and ASE.

Run from the repository's root, GPAW installed (extra "dft"):

    OMP_NUM_THREADS=1 python scripts/make_test_grids.py

The calculations are coarse on purpose: the files test readers, not physics. Every file is written
by GPAW or ASE, none by Isotunnel.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from ase import Atoms
from ase.calculators.vasp import VaspChargeDensity
from ase.io.cube import write_cube
from ase.io.xsf import write_xsf
from ase.units import Bohr, Ry
from gpaw import GPAW, PW
from gpaw.elf import elf_from_dft_calculation

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"


def h3s() -> Atoms:
    """Im-3m H3S, primitive cell, a = 2.984 angstrom."""
    a = 2.984
    cell = a / 2 * np.array([[-1, 1, 1], [1, -1, 1], [1, 1, -1]])
    cubic = a / 2 * np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
    return Atoms("SH3", positions=cubic, cell=cell, pbc=True)


def computed(atoms: Atoms, points: int, cutoff_ev: float, **settings: object) -> GPAW:
    atoms.calc = GPAW(
        mode=PW(cutoff_ev),
        xc="PBE",
        gpts=(points,) * 3,
        txt=None,
        convergence={"density": 1e-3, "energy": 1e-2, "eigenstates": 1e-5},
        **settings,
    )
    atoms.get_potential_energy()
    return atoms.calc


def compress(path: Path) -> None:
    # No name and no time inside, so that a second run makes the same bytes.
    packed = gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
    path.with_name(path.name + ".gz").write_bytes(packed)
    path.unlink()


def main() -> None:
    DATA.mkdir(parents=True, exist_ok=True)
    atoms = h3s()
    calc = computed(
        atoms,
        points=14,
        cutoff_ev=220,
        kpts=(3, 3, 3),
        occupations={"name": "fermi-dirac", "width": 0.2},
    )
    density = calc.get_pseudo_density()
    potential = calc.get_effective_potential()
    elf = elf_from_dft_calculation(calc.dft).data
    with (DATA / "h3s_density.cube").open("w") as file:
        write_cube(file, atoms, density * Bohr**3, comment="H3S pseudo electron density, GPAW")
    with (DATA / "h3s_elf.cube").open("w") as file:
        write_cube(file, atoms, elf, comment="H3S ELF of the pseudo density, GPAW")
    with (DATA / "h3s_potential.cube").open("w") as file:
        write_cube(
            file, atoms, potential / Ry, origin=(0.5, 0.25, 0.0), comment="H3S Kohn-Sham potential"
        )
    with (DATA / "h3s_elf.xsf").open("w") as file:
        # ASE's XSF keeps the repeated planes only if they are put in by hand.
        padded = np.pad(elf, ((0, 1),) * 3, mode="wrap")
        write_xsf(file, [atoms], padded, origin=np.zeros(3), span_vectors=np.array(atoms.cell))
    grid = VaspChargeDensity(filename=None)
    grid.atoms, grid.chg = [atoms], [density]
    grid.write(str(DATA / "CHGCAR_h3s"), format="chgcar")
    for name in (
        "h3s_density.cube",
        "h3s_elf.cube",
        "h3s_potential.cube",
        "h3s_elf.xsf",
        "CHGCAR_h3s",
    ):
        compress(DATA / name)
    calc.write(str(DATA / "h3s.gpw"), precision="single")

    hydrogen = Atoms("H", cell=[2.6, 2.6, 2.6], pbc=True, magmoms=[0.5])
    calc = computed(
        hydrogen,
        points=10,
        cutoff_ev=200,
        kpts=(1, 1, 1),
        spinpol=True,
        occupations={"name": "fermi-dirac", "width": 0.1, "fixmagmom": True},
    )
    calc.write(str(DATA / "h_spin_all.gpw"), mode="all", precision="single")
    up, down = calc.get_pseudo_density(0), calc.get_pseudo_density(1)
    grid = VaspChargeDensity(filename=None)
    grid.atoms, grid.chg, grid.chgdiff = [hydrogen], [up + down], [up - down]
    grid.write(str(DATA / "CHGCAR_h_spin"), format="chgcar")


if __name__ == "__main__":
    main()
