"""Compare what Isotunnel, gemmi and pymatgen read from folders of CIFs.

For each CIF under the folders given: formula of the cell, number of atoms, shortest distance
between two atoms, by the three programs. A file counts as agreeing where all that read it say the
same; files that Isotunnel refuses are counted by reason. Nothing of the files is kept but numbers.

    python scripts/compare_cif_readers.py FOLDER... --table table.csv

Needs the extra ``pymatgen``.
"""

from __future__ import annotations

import argparse
import csv
import re
import signal
import sys
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DISTANCE_SLACK_ANGSTROM = 0.02
PATIENCE_S = 20


@dataclass(frozen=True)
class Reading:
    """What one program read: formula and number of atoms in the cell, shortest distance."""

    formula: str
    atoms: int
    shortest: float

    def same(self, other: Reading) -> bool:
        """Equal formulas and numbers; distances to within rounding of special positions."""
        return (
            self.formula == other.formula
            and self.atoms == other.atoms
            and abs(self.shortest - other.shortest) < DISTANCE_SLACK_ANGSTROM
        )


def by_isotunnel(path: Path) -> Reading:
    """Isotunnel's reading; its refusals are raised."""
    from isotunnel.crystal import as_atoms

    atoms = as_atoms(path)
    return _reading(atoms.get_chemical_symbols(), atoms.cell.array, atoms.get_scaled_positions())


def by_gemmi(path: Path) -> Reading:
    """Gemmi's, from the first block with atom sites."""
    import gemmi

    for block in gemmi.cif.read(str(path)):
        small = gemmi.make_small_structure_from_block(block)
        if small.sites:
            break
    sites = small.get_all_unit_cell_sites()
    if any(site.occ < 0.995 for site in sites):
        raise ValueError("partial occupancy")
    symbols = ["H" if s.element.name == "D" else s.element.name for s in sites]
    matrix = np.array(small.cell.orth.mat.tolist()).T
    return _reading(symbols, matrix, np.array([s.fract.tolist() for s in sites]))


def by_pymatgen(path: Path) -> Reading:
    """Pymatgen's first structure, in the cell of the file."""
    from pymatgen.io.cif import CifParser

    structure = CifParser(path, occupancy_tolerance=1.005).parse_structures(primitive=False)[0]
    if not structure.is_ordered:
        raise ValueError("partial occupancy")
    symbols = [site.specie.symbol for site in structure]
    symbols = ["H" if s in ("D", "T") else s for s in symbols]
    return _reading(symbols, structure.lattice.matrix, structure.frac_coords)


def _reading(symbols: list[str], lattice: object, fractional: object) -> Reading:
    counts = Counter(symbols)
    formula = " ".join(f"{name}{counts[name]}" for name in sorted(counts))
    return Reading(formula, len(symbols), _shortest(np.asarray(lattice), np.asarray(fractional)))


def _shortest(lattice: np.ndarray, fractional: np.ndarray) -> float:
    from ase.geometry import minkowski_reduce
    from ase.neighborlist import primitive_neighbor_list

    cell, _ = minkowski_reduce(lattice)
    positions = (fractional % 1.0) @ lattice
    shortest = float(np.linalg.norm(cell, axis=1).min())
    cutoff = min(shortest, 1.2)
    while True:
        found = primitive_neighbor_list("d", (True,) * 3, cell, positions, cutoff)
        if len(found):
            return float(found.min())
        if cutoff >= shortest:
            return shortest
        cutoff = min(2 * cutoff, shortest * 1.0001)


def attempt(reader: object, path: Path) -> tuple[Reading | None, str]:
    """A reading, or why there is none."""
    signal.alarm(PATIENCE_S)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return reader(path), ""  # type: ignore[operator]
        except Exception as error:  # three programs, each with exceptions of its own
            return None, f"{type(error).__name__}: {' '.join(str(error).split())}"
        finally:
            signal.alarm(0)


def _too_slow(_number: int, _frame: object) -> None:
    raise TimeoutError(f"took longer than {PATIENCE_S} s")


def reason_kind(text: str) -> str:
    """A refusal of Isotunnel without the names and numbers in it."""
    for pattern, kind in (
        ("partially occupied", "partially occupied sites"),
        (
            "is not the crystal that it states",
            "atoms do not make the formula, Z, volume or density",
        ),
        ("not a CIF that can be read", "not CIF syntax"),
        ("holds \\d+ crystals", "several crystals in one file"),
        ("no crystal in this CIF", "no atom sites"),
        ("Cartesian coordinates only", "Cartesian coordinates only"),
        ("is no number", "a coordinate, occupancy or cell parameter is missing"),
        ("no complete cell", "no cell"),
        ("may be .* which make different", "space group ambiguous"),
        ("modulated", "modulated structure"),
        ("angstrom apart", "atoms on top of each other"),
        ("unknown element|names no element|may mean", "element not told"),
        ("no symmetry|no table knows|does not fit|not a group|no symmetry operation", "symmetry"),
        ("the limit", "beyond a limit"),
    ):
        if re.search(pattern, text):
            return kind
    return "other"


def _table_row(path: Path) -> dict[str, object]:
    row: dict[str, object] = {"file": path.name, "folder": path.parent.name}
    readers = {"isotunnel": by_isotunnel, "gemmi": by_gemmi, "pymatgen": by_pymatgen}
    found = {}
    for name, reader in readers.items():
        found[name], reason = attempt(reader, path)
        reading = found[name]
        row[name] = f"{reading.formula}; {reading.shortest:.4f}" if reading else ""
        row[f"{name}_refusal"] = reason[:300]
    ours = found["isotunnel"]
    others = [found[name] for name in ("gemmi", "pymatgen") if found[name] is not None]
    if ours is None:
        row["result"] = "refused: " + reason_kind(str(row["isotunnel_refusal"]))
    elif not others:
        row["result"] = "read by Isotunnel alone"
    elif all(ours.same(other) for other in others):
        row["result"] = f"agrees with {len(others)}"
    else:
        row["result"] = "differs"
    return row


def main() -> None:
    """Write the table, print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--table", type=Path, default=Path("cif_readers.csv"))
    arguments = parser.parse_args()
    signal.signal(signal.SIGALRM, _too_slow)
    counts: Counter[tuple[str, str]] = Counter()
    with arguments.table.open("w", newline="") as stream:
        writer = None
        for folder in arguments.folders:
            paths = sorted(p for p in folder.rglob("*") if re.search(r"\.m?cif$", p.name.lower()))
            for done, path in enumerate(paths, start=1):
                row = _table_row(path)
                if writer is None:
                    writer = csv.DictWriter(stream, list(row))
                    writer.writeheader()
                writer.writerow(row)
                counts[folder.name, str(row["result"])] += 1
                if done % 100 == 0:
                    print(f"{folder.name}: {done} of {len(paths)}", file=sys.stderr)
    for (folder, result), count in sorted(counts.items()):
        print(f"{folder}\t{result}\t{count}")


if __name__ == "__main__":
    main()
