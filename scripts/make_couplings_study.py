"""Join a screen of JARVIS's crystals with their couplings, and fit what composition says.

    isotunnel screen poscars.tar.xz -o SCREEN
    python scripts/make_couplings_study.py SCREEN index.csv
    python scripts/pages.py couplings

Needs the extra ``scale``. The list has the columns jid, formula, lambda_ep, omega_log_K and Tc_K;
see ``isotunnel.studies.couplings.table`` for its source.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from isotunnel.files import write_whole
from isotunnel.screening import ask
from isotunnel.studies.couplings.shipped import digest_of, packed_left_out
from isotunnel.studies.couplings.study import left_out, usable
from isotunnel.studies.couplings.table import SCREENED, couplings_table, joined, packed_table

DATA = Path(__file__).resolve().parents[1] / "src/isotunnel/studies/couplings/data"


def main(arguments: list[str] | None = None) -> int:
    """Write the table and the fits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("screen", type=Path, help="folder of the screen's dataset")
    parser.add_argument("list", type=Path, help="CSV of JARVIS with couplings")
    parser.add_argument("--output", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    names = ", ".join(("source", "status", "reason", "duplicate_of", *SCREENED))
    screened = ask(options.screen, f"select {names} from crystals").to_pylist()
    table = options.output / "couplings.csv.gz"
    with options.list.open(encoding="utf-8", newline="") as stream:
        write_whole(table, packed_table(joined(csv.DictReader(stream), screened)))
    rows = couplings_table(table)  # as it is on the disk: its digits are those of whoever reads it
    kept, dropped = usable(rows)
    print(f"{len(screened)} crystals have a row; {len(kept)} are used; not used: {dropped}")
    write_whole(
        options.output / "left_out.csv.gz", packed_left_out(left_out(kept), digest_of(rows))
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
