"""Compute the Kohn-Sham gap of xenon in its hexagonal phase at the atlas's volumes.

    OMP_NUM_THREADS=1 nice -n 5 python scripts/make_xenon_hcp.py

Writes ``src/isotunnel/studies/trends/data/xenon_hcp.json``; see ``isotunnel.studies.trends.xenon``.
Needs the ``dft`` extra. About ten minutes on one core.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from isotunnel.files import whole_file
from isotunnel.studies.trends.xenon import xenon_series

TARGET = Path(__file__).resolve().parent.parent / "src/isotunnel/studies/trends/data/xenon_hcp.json"


def main() -> int:
    """Write the file."""
    text = json.dumps(xenon_series(lambda point: print(point, flush=True)), indent=1) + "\n"
    with whole_file(TARGET) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
