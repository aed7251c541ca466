"""Compute the hydrogen molecule of claim B2: its level and the pass between its atoms.

    OMP_NUM_THREADS=1 nice -n 5 python scripts/make_h2_molecule.py

Writes ``src/isotunnel/bonding/data/h2_molecule.json``: a series over distances, and the bond length
in other boxes and with other cutoffs; see ``isotunnel.bonding.h2_series``. Needs the ``dft`` extra.
About five minutes on one core.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from isotunnel.bonding.h2_series import h2_series
from isotunnel.files import whole_file

TARGET = Path(__file__).resolve().parent.parent / "src/isotunnel/bonding/data/h2_molecule.json"


def main() -> int:
    """Write the file."""
    text = json.dumps(h2_series(lambda point: print(point, flush=True)), indent=1) + "\n"
    with whole_file(TARGET) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
