"""One small valid file of every text form we read, for the fuzz and bad-input tests."""

from __future__ import annotations

import gzip

import numpy as np
from grid_texts import (
    SKEW_CELL,
    atoms_in,
    cube_text,
    grid_text,
    occupancies_text,
    per_atom_text,
    poscar_text,
    smooth_values,
    vasp_block,
    xsf_text,
)

ATOMS = atoms_in(SKEW_CELL)
VALUES = smooth_values((3, 4, 5))
HEAD = poscar_text(SKEW_CELL, ATOMS)


def _orbitals() -> str:
    text = cube_text(np.stack([VALUES, VALUES**2], axis=3), SKEW_CELL, ATOMS)
    lines = text.splitlines()
    lines[2] = lines[2].replace("    2 ", "   -2 ", 1)
    lines[2] = " ".join(lines[2].split()[:4])
    lines.insert(8, "2 7 8")
    return "\n".join(lines) + "\n"


TEXTS: dict[str, str] = {
    "elf.cube": cube_text(VALUES, SKEW_CELL, ATOMS),
    "density_angstrom.cube": cube_text(VALUES, SKEW_CELL, ATOMS, unit="angstrom"),
    "orbitals.cube": _orbitals(),
    "CHGCAR": HEAD + vasp_block(VALUES * 75) + occupancies_text(2),
    "CHGCAR_spin": HEAD
    + vasp_block(VALUES * 75)
    + occupancies_text(2)
    + per_atom_text(2)
    + vasp_block(VALUES[::-1] * 20)
    + occupancies_text(2),
    "ELFCAR": HEAD + vasp_block(VALUES) + vasp_block(VALUES[::-1]),
    "elf.xsf": xsf_text(VALUES, SKEW_CELL, ATOMS),
    "two_elf.xsf": xsf_text(VALUES, SKEW_CELL, ATOMS) + grid_text(VALUES + 1, SKEW_CELL),
}

FILES: dict[str, bytes] = {name: text.encode() for name, text in TEXTS.items()}
FILES["elf.cube.gz"] = gzip.compress(FILES["elf.cube"], mtime=0)
