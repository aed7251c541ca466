"""Compute the table of networking values of hydrides that ``isotunnel.studies.hydrides`` ships.

    python scripts/make_hydride_table.py                  all that is missing; run again to go on
    python scripts/make_hydride_table.py S01 X2YH6        ids or families
    python scripts/make_hydride_table.py --list           what there is to do
    python scripts/make_hydride_table.py --pack           only write the files from what is there
    python scripts/make_hydride_table.py --keep-files     compute, but leave the files as they are

Every hydride is kept in the cache as soon as it is computed, so the script may be stopped at any
time. A failure is kept with its reason; ``--retry`` tries failures again. The cheapest of each
family come first.
Written at the start, at the end and after every ten: ``data/networking_values.csv`` and
``data/networking_values.json`` in the package, and a copy of the CSV for people who do not install
us in ``docs/data/hydride_networking_values.csv``. Needs the ``dft`` extra.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from isotunnel.crystal import symmetry_of
from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings
from isotunnel.errors import IsotunnelError
from isotunnel.files import default_cache_directory, whole_file
from isotunnel.scan.store import ScanStore, digest_of
from isotunnel.studies.hydrides.compute import RECORD_VERSION, Record, record_of
from isotunnel.studies.hydrides.pack import pack
from isotunnel.studies.hydrides.structures import (
    HydrideStructure,
    hydride_structures,
    hydrides_not_built,
)

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src/isotunnel/studies/hydrides/data"
COPY = ROOT / "docs/data/hydride_networking_values.csv"
SETTINGS = GpawSettings()
"""The engine's defaults."""


def main() -> int:
    """Compute what is missing; 0 where nothing is left to do."""
    options = _options()
    store = ScanStore(default_cache_directory() / "hydrides")
    structures = hydride_structures()
    keys = {s.id: key_of(s) for s in structures}
    if not (options.list or options.keep_files):
        write(structures, keys, store)
    todo = _todo(structures, keys, store, options)
    if options.list or options.pack:
        for structure in todo:
            sys.stdout.write(f"{structure.id:45s} {len(structure.atoms):3d} atoms\n")
        return 0
    for done, structure in enumerate(todo, start=1):
        started = time.perf_counter()
        outcome = _limited(structure, options.limit)
        store.store(keys[structure.id], outcome)
        sys.stderr.write(
            f"{time.strftime('%H:%M:%S')} {done}/{len(todo)} {structure.id} "
            f"{time.perf_counter() - started:.0f} s {outcome.get('reason', '')}\n"
        )
        if done % 10 == 0 and not options.keep_files:
            write(structures, keys, store)
    return 0 if options.keep_files else write(structures, keys, store)


def key_of(structure: HydrideStructure) -> str:
    """What a hydride's record is kept under: the crystal and the settings."""
    atoms = structure.atoms
    return digest_of(
        {
            "record": RECORD_VERSION,
            "id": structure.id,
            "numbers": atoms.numbers.tolist(),
            # Adding zero turns -0.0 into 0.0.
            "cell": (atoms.cell.array.round(6) + 0.0).tolist(),
            "positions": (atoms.get_scaled_positions().round(6) % 1.0 + 0.0).tolist(),
            "settings": SETTINGS.as_dict(),
        }
    )


def write(structures: tuple[HydrideStructure, ...], keys: dict[str, str], store: ScanStore) -> int:
    """Pack what is there; the number of crystals without a result."""
    records, failures = {}, {}
    for structure in structures:
        found = store.load(keys[structure.id])
        if found is None:
            continue
        if "reason" in found:
            failures[structure.id] = (found["status"], found["reason"])
        else:
            records[structure.id] = found
    table, description = pack(structures, hydrides_not_built(), records, failures)
    for path, text in (
        (DATA / "networking_values.csv", table),
        (DATA / "networking_values.json", description),
        (COPY, table),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
    return len(structures) - len(records)


def _todo(
    structures: tuple[HydrideStructure, ...],
    keys: dict[str, str],
    store: ScanStore,
    options: argparse.Namespace,
) -> list[HydrideStructure]:
    todo = []
    for structure in structures:
        entry = structure.entry
        if options.only and not {entry.short_id, entry.family, entry.id} & set(options.only):
            continue
        found = store.load(keys[structure.id])
        if found is None or (options.retry and "reason" in found):
            todo.append(structure)
    return _in_turn(todo)


def _in_turn(structures: list[HydrideStructure]) -> list[HydrideStructure]:
    """The cheapest of every family, then the second cheapest, ...: a partial table is no one's."""
    places: dict[str, int] = {}
    order = []
    for structure in sorted(structures, key=_cost):
        family = structure.entry.family
        places[family] = places.get(family, -1) + 1
        order.append((places[family], len(order), structure))
    return [structure for *_, structure in sorted(order, key=lambda o: o[:2])]


def _cost(structure: HydrideStructure) -> float:
    """Rough: plane waves times k-points that symmetry leaves, and as much again as five of them."""
    atoms = structure.atoms
    cutoff = SETTINGS.cutoff_ev(atoms.get_chemical_symbols())
    lengths = 2 * math.pi * np.linalg.norm(atoms.cell.reciprocal().array, axis=1)
    points = np.prod(np.ceil(lengths / SETTINGS.kpoint_spacing))
    left = points / symmetry_of(atoms).operations
    return float(atoms.get_volume() * cutoff**1.5 * (left + 5))


def _limited(structure: HydrideStructure, limit_s: float) -> Record:
    """The record, or why there is none, within a wall time."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(structure, sender))
    process.start()
    sender.close()
    try:
        if not receiver.poll(limit_s):
            return {"status": "left out", "reason": f"stopped after {limit_s:g} s"}
        result: Record = receiver.recv()
        return result
    except EOFError:
        return {"status": "failed", "reason": "the calculation died"}
    finally:
        process.join(5)
        if process.is_alive():
            process.kill()
        process.join()


def _child(structure: HydrideStructure, sender: Any) -> None:
    import warnings

    warnings.simplefilter("ignore")
    try:
        sender.send(record_of(structure, GpawEngine(SETTINGS)))
    except IsotunnelError as error:
        sender.send({"status": "failed", "reason": str(error)})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("only", nargs="*", help="ids or families; default: all")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds per hydride")
    parser.add_argument("--retry", action="store_true", help="try again what has no result")
    parser.add_argument("--list", action="store_true", help="only say what there is to do")
    parser.add_argument("--keep-files", action="store_true", help="compute, but do not pack")
    parser.add_argument("--pack", action="store_true", help="only write the files")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
