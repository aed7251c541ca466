"""Wall time of whole pairing calculations, electrons and phonons by GPAW, nothing kept beforehand.

    python benchmarks/bench_pairing.py [CRYSTAL ...] [--workers N]

Without names: zinc, H3S at 200 GPa and LaH10 at 250 GPa, each beside the time that it may take on
two cores. A name is that of a crystal (`isotunnel crystals`), an element (its cell at room
temperature) or a file. Pieces go into a folder of their own that is empty at first, so that no
earlier run helps. One run each, for it takes minutes: on a machine that others use it says little.
Extra ``dft``.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
from ase import Atoms
from ase.data import chemical_symbols

from isotunnel.analysis.pairing import PairingResult, pairing
from isotunnel.analysis.pairing.store import PieceStore
from isotunnel.crystal.named import find_named
from isotunnel.crystal.reference_crystals import reference_crystal
from isotunnel.errors import CannotSay, EngineError
from isotunnel.processors import usable_cores

LIMITS_S = {"Zn": 120.0, "H3S@200GPa": 300.0, "LaH10@250GPa": 1200.0}
"""Wall time that a crystal may take on two cores."""

HEAD = f"{'crystal':16} {'atoms':>5} {'displaced':>9} {'cores':>5} {'wall/s':>8} {'limit/s':>8}"


def crystal_of(name: str) -> Atoms | str:
    """What :func:`pairing` is handed; elements that are no named crystal as ASE tabulates them."""
    if name in chemical_symbols and find_named(name) is None:
        return reference_crystal(name)
    return name


def timed(name: str, workers: int) -> tuple[PairingResult, float]:
    """The result with an empty store, and its wall time in seconds."""
    crystal = crystal_of(name)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        result = pairing(crystal, store=PieceStore(Path(folder)), workers=workers)
        return result, time.perf_counter() - start


def line(name: str, workers: int) -> str:
    """A row of the table; where there is no result, the reason."""
    try:
        result, seconds = timed(name, workers)
    except (CannotSay, EngineError) as error:
        return f"{name:16} no result: {error}"
    supercell = result.phonons.supercell
    atoms = len(result.atoms)
    displaced = atoms * abs(round(float(np.linalg.det(supercell))))
    limit = LIMITS_S.get(name)
    words = "" if limit is None else f" {limit:8.0f} {'met' if seconds <= limit else 'not met'}"
    return f"{name:16} {atoms:5} {displaced:9} {workers:5} {seconds:8.1f}{words}"


def main() -> None:
    """Time the crystals asked for, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("crystals", nargs="*", help="names or files; default: those with a limit")
    parser.add_argument("--workers", type=int, default=usable_cores())
    options = parser.parse_args()
    print(HEAD, flush=True)
    for name in options.crystals or LIMITS_S:
        print(line(name, options.workers), flush=True)


# Workers are spawned and read this file again.
if __name__ == "__main__":
    main()
