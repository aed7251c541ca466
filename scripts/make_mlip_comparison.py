"""Compare CHGNet's pressures with GPAW's at the cells of the atlas.

    python scripts/make_mlip_comparison.py
    python scripts/pages.py mlip

Writes ``src/isotunnel/engines/mlip/data/chgnet.csv``. Needs the extra ``mlip``; no DFT is run. What
counts as near enough stands in ``isotunnel.engines.mlip.plan``.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from isotunnel.atlas import names
from isotunnel.engines.mlip import open_potential
from isotunnel.engines.mlip.compared import COLUMNS, cells_of, compare, reach_of
from isotunnel.files import write_whole

DATA = Path(__file__).resolve().parents[1] / "src/isotunnel/engines/mlip/data"


def main() -> int:
    """Compute and write."""
    engine = open_potential("chgnet")
    print(engine.versions)
    found = []
    for name in names():
        points = compare(engine, name)
        found += points
        reach = reach_of(points)
        shown = "none" if reach is None else f"{reach:.0f} GPa"
        print(f"{name}: {sum(p.met for p in points)} of {len(points)}, reach {shown}", flush=True)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *cells_of(found)])
    write_whole(DATA / f"{engine.name}.csv", out.getvalue().encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
