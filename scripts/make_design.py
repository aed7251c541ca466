"""Rank every candidate of the design anew: ``src/isotunnel/design/data/ranked.csv.gz``.

    python scripts/make_design.py
    python scripts/pages.py design

About a thousand superpositions of free atoms, some minutes on one core.
"""

from __future__ import annotations

import sys
from pathlib import Path

from isotunnel.design.rank import computed, packed_ranking
from isotunnel.files import write_whole

TARGET = Path(__file__).resolve().parents[1] / "src/isotunnel/design/data/ranked.csv.gz"


def main() -> int:
    """Compute and write."""
    found = computed(lambda words, share: print(f"{share or 0:.0%} {words}", flush=True))
    write_whole(TARGET, packed_ranking(found))
    print(f"{len(found)} candidates, {sum(r.gap_ev is not None for r in found)} with a gap")
    return 0


if __name__ == "__main__":
    sys.exit(main())
