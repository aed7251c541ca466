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
import sys
import time
from pathlib import Path

from isotunnel.files import default_cache_directory, whole_file
from isotunnel.scan.store import ScanStore
from isotunnel.studies.hydrides.queue import in_turn, key_of, limited_record
from isotunnel.studies.hydrides.structures import (
    HydrideStructure,
    hydride_structures,
    hydrides_not_built,
)
from isotunnel.studies.hydrides.table_files import table_files

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src/isotunnel/studies/hydrides/data"
COPY = ROOT / "docs/data/hydride_networking_values.csv"


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
        outcome = limited_record(structure, options.limit)
        store.store(keys[structure.id], outcome)
        sys.stderr.write(
            f"{time.strftime('%H:%M:%S')} {done}/{len(todo)} {structure.id} "
            f"{time.perf_counter() - started:.0f} s {outcome.get('reason', '')}\n"
        )
        if done % 10 == 0 and not options.keep_files:
            write(structures, keys, store)
    return 0 if options.keep_files else write(structures, keys, store)


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
    table, description = table_files(structures, hydrides_not_built(), records, failures)
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
    return in_turn(todo)


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
