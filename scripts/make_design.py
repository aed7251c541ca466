"""Rank every candidate of the design anew: ``src/isotunnel/design/data/ranked.csv.gz``.

    python scripts/make_design.py
    python scripts/make_design.py --verify 1      the first of each prototype by DFT: verified.csv
    python scripts/pages.py design

About a thousand superpositions of free atoms, some minutes on one core; DFT minutes a candidate.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from isotunnel.csv_tables import csv_text
from isotunnel.design.prototypes import prototypes
from isotunnel.design.rank import computed, packed_ranking, ranked
from isotunnel.design.verify import Verified, table_of, verify
from isotunnel.files import write_whole

MOST_ATOMS = 12

TARGET = Path(__file__).resolve().parents[1] / "src/isotunnel/design/data/ranked.csv.gz"


def first_of_each(most: int, names: list[str]) -> list[Verified]:
    """The first candidates of each prototype of up to ``MOST_ATOMS`` atoms, by DFT."""
    found: list[Verified] = []
    for prototype in prototypes():
        wanted = not names or prototype.name in names
        if wanted and len(prototype.members[0].atoms) <= MOST_ATOMS:
            chosen = [r for r in ranked() if r.prototype == prototype.name]
            found += verify(chosen, most, lambda words, _share: print(words, flush=True))
    return found


def main() -> int:
    """Compute and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prototypes", nargs="*", help="to verify in; all by default")
    parser.add_argument("--verify", type=int, default=0, help="so many of each prototype by DFT")
    asked = parser.parse_args()
    if asked.verify:
        found = first_of_each(asked.verify, asked.prototypes)
        write_whole(TARGET.with_name("verified.csv"), csv_text(*table_of(found)))
        return 0
    ranking = computed(lambda words, share: print(f"{share or 0:.0%} {words}", flush=True))
    write_whole(TARGET, packed_ranking(ranking))
    print(f"{len(ranking)} candidates, {sum(r.gap_ev is not None for r in ranking)} with a gap")
    return 0


if __name__ == "__main__":
    sys.exit(main())
