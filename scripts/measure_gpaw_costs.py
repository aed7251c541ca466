"""Measure what GPAW runs cost, for the estimate before a run: python scripts/measure_gpaw_costs.py

One process per crystal, no cache. A row per run goes into
``src/isotunnel/engines/gpaw_pw/data/costs.csv``: sizes that are known before the run, then
processor seconds and peak memory. Crystals that are in the file already are passed over, so it goes
on after an interruption. A busy machine needs up to half as many processor seconds again.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

TABLE = Path(__file__).parent.parent / "src/isotunnel/engines/gpaw_pw/data/costs.csv"
HEADER = (
    *("crystal", "atoms", "valence_electrons", "kpoints", "bands", "plane_waves"),
    *("wave_points", "field_points", "scf_steps", "processor_s", "peak_mb"),
)
RUNS = (
    *(
        "Na",
        "Al",
        "Si",
        "NaCl",
        "H3S@200GPa",
        "MgO",
        "Cu",
        "Pb",
        "Xe",
        "graphite",
        "LaH10@250GPa",
        "CaH6",
    ),
    *("Al:1,1,2", "Si:1,1,2", "NaCl:1,1,2", "Na:2,2,2", "Al:1,2,2", "Si:1,2,2", "H3S@200GPa:1,1,2"),
    *("NaCl:1,2,2", "He:2,2,2", "Na:2,2,3", "Si:2,2,2", "Al:2,2,3", "box:O2:5", "box:H2:8"),
)


def crystal_of(text: str):
    """A named crystal, one repeated ("Al:1,1,2"), or a molecule in a box ("box:O2:5", angstrom)."""
    from isotunnel import as_atoms

    if text.startswith("box:"):
        from ase.build import molecule

        _, name, edge = text.split(":")
        atoms = molecule(name)
        atoms.set_initial_magnetic_moments(None)
        atoms.set_cell([float(edge)] * 3)
        atoms.center()
        atoms.pbc = True
        return atoms
    name, _, times = text.partition(":")
    atoms = as_atoms(name)
    return atoms.repeat(tuple(map(int, times.split(",")))) if times else atoms


def measure(text: str) -> dict[str, object]:
    from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings
    from isotunnel.engines.gpaw_pw.cost import sizes_of
    from isotunnel.engines.gpaw_pw.runtime import import_gpaw

    atoms = crystal_of(text)
    sizes = sizes_of(atoms, GpawSettings())
    import_gpaw()
    started = time.process_time()
    structure = GpawEngine(cache=False).compute(atoms)
    spent = time.process_time() - started
    return {
        "crystal": text,
        "atoms": len(atoms),
        **{name: getattr(sizes, name) for name in HEADER[2:8]},
        "scf_steps": structure.settings["scf_steps"],
        "processor_s": round(spent, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        print(json.dumps(measure(sys.argv[2])))
        return
    TABLE.parent.mkdir(exist_ok=True)
    known = set()
    if TABLE.exists():
        with TABLE.open() as stream:
            known = {row["crystal"] for row in csv.DictReader(stream)}
    for text in RUNS:
        if text in known:
            continue
        done = subprocess.run(
            [sys.executable, __file__, "--one", text],
            capture_output=True,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        if done.returncode:
            print(f"{text}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            continue
        row = json.loads(done.stdout.splitlines()[-1])
        new = not TABLE.exists()
        with TABLE.open("a", newline="") as stream:
            writer = csv.DictWriter(stream, HEADER, lineterminator="\n")
            if new:
                writer.writeheader()
            writer.writerow(row)
        print(row, file=sys.stderr)


if __name__ == "__main__":
    main()
