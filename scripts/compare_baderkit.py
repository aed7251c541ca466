"""Ask BaderKit for its labels on the grids of ``make_electrides.py --grids FOLDER``.

    python -m venv apart && apart/bin/pip install baderkit
    apart/bin/python scripts/compare_baderkit.py FOLDER

Writes ``src/isotunnel/studies/electrides/data/baderkit.csv``. Runs in an environment of its own,
without Isotunnel: BaderKit is no dependency. Smallest grids first; rows that are there stay.
"""

from __future__ import annotations

import csv
import sys
import time
from importlib.metadata import version
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "src/isotunnel/studies/electrides/data/baderkit.csv"
HEADER = (
    *("crystal", "version", "attractors", "charge_e", "elf", "dimension", "dimensions"),
    *("seconds", "reason"),
)


def main() -> int:
    """Compare and write."""
    rows: list[list[object]] = []
    if TABLE.is_file():
        rows += list(csv.reader(TABLE.read_text("utf-8").splitlines()))[1:]
    done = {row[0] for row in rows}
    grids = sorted(Path(sys.argv[1]).glob("*/ELFCAR"), key=lambda path: path.stat().st_size)
    for place in (path.parent for path in grids if path.parent.name not in done):
        rows.append(_row(place))
        print(dict(zip(HEADER, rows[-1], strict=True)), flush=True)
        with TABLE.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([HEADER, *rows])
    return 0


def _row(place: Path) -> list[object]:
    start = time.perf_counter()
    used = version("baderkit")
    try:
        found = _labels(place)
    except Exception as error:
        # Whatever it raises is what a user of it would see.
        words = " ".join(f"{type(error).__name__}: {error}".split())
        return [place.name, used, 0, 0, "", "", "", f"{time.perf_counter() - start:.0f}", words]
    return [place.name, used, *found, f"{time.perf_counter() - start:.0f}", ""]


def _labels(place: Path) -> list[object]:
    from baderkit.elf_analysis import Badelf

    badelf = Badelf.from_vasp(
        charge_grid=place / "CHGCAR",
        reference_grid=place / "ELFCAR",
        partition_method="zero-flux",
    )
    labeler = badelf.labeler
    indices = [int(i) for i in labeler.nna_indices]
    if not indices:
        return [0, 0.0, "", "", ""]
    charges = labeler.elf_bader.basin_charges
    levels = (
        labeler.elf_bader.maxima_elf_values
        if hasattr(labeler.elf_bader, "maxima_elf_values")
        else labeler.maxima_elf_values
    )
    steps = zip(badelf.all_nna_dims or [], badelf.all_nna_dim_cutoffs or [], strict=True)
    return [
        len(indices),
        f"{sum(float(charges[i]) for i in indices):.4f}",
        f"{max(float(levels[i]) for i in indices):.4f}",
        badelf.nna_dimensionality,
        ", ".join(f"{dimension} to {level:.2f}" for dimension, level in steps),
    ]


if __name__ == "__main__":
    sys.exit(main())
