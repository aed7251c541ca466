"""Compute the lifting gaps of the benchmark crystals that the atlas does not hold.

    OMP_NUM_THREADS=1 python scripts/make_benchmark_gaps.py procrystal    all, seconds each
    OMP_NUM_THREADS=1 python scripts/make_benchmark_gaps.py gpaw          cells of up to two atoms
    python scripts/make_benchmark_gaps.py gpaw --list                     what there is to do

Reads the table ``state_benchmark`` of ``isotunnel.measured`` and writes
``src/isotunnel/studies/benchmark/data/gaps.json`` after each crystal, so that it may be stopped
and run again at any time; a crystal that is there with the same cell is not computed again. The
small cells come first, those that need a higher cutoff last. ``gpaw`` needs the ``dft`` extra.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.errors import IsotunnelError
from isotunnel.files import whole_file
from isotunnel.studies.benchmark.compute import missing, record_of

if TYPE_CHECKING:
    from ase import Atoms

OUTPUT = Path(__file__).resolve().parents[1] / "src/isotunnel/studies/benchmark/data/gaps.json"


def main() -> int:
    """Compute what is missing; 0 where nothing failed."""
    options = _options()
    todo = _todo(options)
    failed = 0
    for done, (row_id, key, atoms) in enumerate(todo, start=1):
        if options.list:
            sys.stdout.write(f"{row_id} {len(atoms)} atoms\n")
            continue
        started = time.perf_counter()
        try:
            record = record_of(atoms, options.engine)
        except IsotunnelError as error:
            record = {"engine": options.engine, "failed": str(error)}
            failed += 1
        _write(options.output, row_id, options.engine, {"key": key, **record})
        sys.stderr.write(
            f"{time.strftime('%H:%M:%S')} {done}/{len(todo)} {row_id} "
            f"{time.perf_counter() - started:.0f} s {record.get('failed', '')}\n"
        )
    return 1 if failed else 0


def _todo(options: argparse.Namespace) -> list[tuple[str, str, Atoms]]:
    largest = options.atoms if options.engine == "gpaw" else None
    there = _read(options.output)
    todo = missing(there, options.engine, largest_cell=largest, retry=options.retry)
    return [t for t in todo if not options.only or any(o in t[0] for o in options.only)]


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def _write(path: Path, row_id: str, engine: str, record: dict[str, Any]) -> None:
    """Read again first: two runs, one per engine, may go on side by side."""
    stored = _read(path)
    stored.setdefault(row_id, {})[engine] = record
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as temporary:
        temporary.write_text(_text(stored), encoding="utf-8")


def _text(stored: dict[str, Any]) -> str:
    """One line per crystal, so that a change shows as a change of its line."""
    lines = (
        f"{json.dumps(name)}: {json.dumps(stored[name], sort_keys=True, allow_nan=False)}"
        for name in sorted(stored)
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("engine", choices=["procrystal", "gpaw"])
    parser.add_argument("only", nargs="*", help="rows whose id holds one of these")
    parser.add_argument("--atoms", type=int, default=2, help="largest cell for gpaw (default: 2)")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="file to go on with")
    parser.add_argument("--list", action="store_true", help="only say what there is to do")
    parser.add_argument("--retry", action="store_true", help="try failures again")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
