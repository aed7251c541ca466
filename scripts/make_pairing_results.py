"""Write the stored results of rigid muffin tins from a benchmark's table.

    python scripts/make_pairing_results.py docs/data/pairing_benchmark.csv

Keeps the elements that are substances of the catalogue and came out stable.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from isotunnel.substances import in_catalogue

TABLE = Path("src/isotunnel/theories/superconducting/rigid_muffin_tin/data/results.csv")
HEADER = ("material", "pressure_gpa", "lambda_ep", "omega_log_k", "omega_2_k", "made_with")
MADE_WITH = "GPAW 26.7.0 (PBE, spin-paired), phonopy; scripts/benchmark_pairing.py"


def main() -> None:
    with Path(sys.argv[1]).open() as stream:
        rows = [r for r in csv.DictReader(stream) if r["id"].startswith("element-")]
    with TABLE.open("w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        for r in rows:
            if r["status"] == "done" and in_catalogue(r["formula"]):
                values = (r["lambda"], r["omega_log_k"], r["omega_2_k"])
                writer.writerow((r["formula"], 0, *values, MADE_WITH))


if __name__ == "__main__":
    main()
