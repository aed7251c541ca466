"""Small crystals for screens, and made-up rows."""

from __future__ import annotations

from pathlib import Path

from ase import Atoms
from ase.build import bulk
from ase.io import write

CRYSTALS: dict[str, Atoms] = {
    "Cu": bulk("Cu", "fcc", a=3.61),
    "Na": bulk("Na", "bcc", a=4.23),
    "NaCl": bulk("NaCl", "rocksalt", a=5.64),
    "Si": bulk("Si", "diamond", a=5.43),
}


def folder_of_crystals(folder: Path) -> Path:
    """CIF files of all of them, a second cell of NaCl, a file that is no CIF."""
    folder.mkdir()
    for name, atoms in CRYSTALS.items():
        write(folder / f"{name}.cif", atoms)
    write(folder / "NaCl-cubic.cif", bulk("NaCl", "rocksalt", a=5.64, cubic=True))
    (folder / "broken.cif").write_text("no CIF at all\n")
    return folder


def made_up_row(number: int, **more: object) -> dict[str, object]:
    """A row with little in it."""
    values = {"id": f"{number:020d}", "source": f"{number}.cif", "status": "done", "phi": 0.5}
    return {**values, **more}
