"""Join a screen of JARVIS's crystals with their couplings, and fit what composition says.

    isotunnel screen poscars.tar.xz -o SCREEN
    python scripts/make_couplings_study.py SCREEN index.csv
    isotunnel screen SMALLEST/ --engine gpaw --spin off -o DFT
    python scripts/make_couplings_study.py DFT index.csv --dft
    python scripts/pages.py couplings

Needs the extra ``scale``. The list has the columns jid, formula, lambda_ep, omega_log_K and Tc_K;
see ``isotunnel.studies.couplings.table`` for its source. SMALLEST holds the POSCARs with the fewest
atoms, of equal ones in an order drawn once. With ``--dft`` rows of an earlier table that the screen
does not hold are kept, so that a run may go on on another machine.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from isotunnel.files import write_whole
from isotunnel.screening import ask
from isotunnel.studies.couplings.plan import DFT, PROCRYSTAL
from isotunnel.studies.couplings.shipped import digest_of, packed_left_out
from isotunnel.studies.couplings.study import left_out, usable
from isotunnel.studies.couplings.table import (
    NOT_YET,
    Coupled,
    couplings_table,
    joined,
    packed_table,
)

DATA = Path(__file__).resolve().parents[1] / "src/isotunnel/studies/couplings/data"


def main(arguments: list[str] | None = None) -> int:
    """Write the table and the fits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("screen", type=Path, help="folder of the screen's dataset")
    parser.add_argument("list", type=Path, help="CSV of JARVIS with couplings")
    parser.add_argument("--output", type=Path, default=DATA)
    parser.add_argument("--dft", action="store_true", help="the screen was one by GPAW")
    options = parser.parse_args(arguments)
    what = DFT if options.dft else PROCRYSTAL
    names = ", ".join(("source", "status", "reason", "duplicate_of", *what.columns))
    screened = ask(options.screen, f"select {names} from crystals").to_pylist()
    table = options.output / what.table
    with options.list.open(encoding="utf-8", newline="") as stream:
        found = joined(csv.DictReader(stream), screened, what)
    if options.dft:
        found = with_earlier(found, table)
    write_whole(table, packed_table(found, what))
    rows = couplings_table(table, what)  # as it is on the disk, with the digits that are read
    kept, dropped = usable(rows)
    print(f"{len(screened)} crystals have a row; {len(kept)} are used; not used: {dropped}")
    said = left_out(kept, what)
    write_whole(options.output / what.fits, packed_left_out(said, digest_of(rows, what), what))
    return 0


def with_earlier(rows: list[Coupled], table: Path) -> list[Coupled]:
    """Rows without a screen as an earlier table has them; those that were never screened left out.

    Few crystals are computed by DFT; a table of the others would say nothing.
    """
    earlier = {r.id: r for r in couplings_table(table, DFT)} if table.exists() else {}
    known = [r if r.status != NOT_YET else earlier.get(r.id, r) for r in rows]
    return [r for r in known if r.status != NOT_YET]


if __name__ == "__main__":
    sys.exit(main())
