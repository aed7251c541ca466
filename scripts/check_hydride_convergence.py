"""How far the hydride table's values are from those of finer settings, on a small sample.

    python scripts/check_hydride_convergence.py           the whole sample
    python scripts/check_hydride_convergence.py S01 S08   some

Writes ``convergence.csv`` beside the table, after every hydride: the value of each quantity at the
table's settings and at each finer one. Results are kept in the engine's cache, so the script may be
stopped and run again. Needs the ``dft`` extra.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from isotunnel.files import whole_file
from isotunnel.studies.hydrides.convergence import SAMPLE, convergence_rows

OUTPUT = Path(__file__).resolve().parents[1] / "src/isotunnel/studies/hydrides/data/convergence.csv"
COLUMNS = ("id", "compound", "finer", "quantity", "table", "fine")


def main() -> int:
    """Compute, compare, write after every hydride."""
    rows: list[dict[str, object]] = []
    for name in sys.argv[1:] or SAMPLE:
        sys.stderr.write(f"{name}\n")
        rows += convergence_rows(name)
        _write(rows)
    return 0


def _write(rows: list[dict[str, object]]) -> None:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    with whole_file(OUTPUT) as temporary:
        temporary.write_text(stream.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
