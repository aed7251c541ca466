"""Compute the molecules that ``isotunnel bond`` shows: h2, h4, he2, he3.

    OMP_NUM_THREADS=1 nice -n 15 python scripts/make_bonds.py h4

Writes ``src/isotunnel/bonding/data/bond_NAME.json`` after every point and takes up where it was
stopped: points that the file holds are not computed again. Needs the ``bonding`` extra. On one
core: h2 three minutes, h4 twenty, he2 twenty, he3 five.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from isotunnel.bonding.plans import PLANS, Plan
from isotunnel.bonding.quantum_chemistry import versions
from isotunnel.files import write_whole

FOLDER = Path(__file__).resolve().parent.parent / "src/isotunnel/bonding/data"


def main(arguments: list[str] | None = None) -> int:
    """Compute what is missing of the molecules named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="+", choices=list(PLANS))
    for name in parser.parse_args(arguments).names:
        fill(name, PLANS[name], FOLDER / f"bond_{name}.json")
    return 0


def fill(name: str, plan: Plan, target: Path) -> None:
    """Add to a file what of a plan it lacks, and drop what the plan does not name."""
    there = json.loads(target.read_text("utf-8"))["points"] if target.exists() else []
    wanted = list(plan.points())
    kept = {key(w): p for w in wanted for p in there if w.items() <= p.items()}
    for point in wanted:
        if key(point) in kept:
            continue
        start = time.process_time()
        kept[key(point)] = plan.compute(point)
        print(f"{name} {point} {time.process_time() - start:.1f} s", flush=True)
        write(name, plan, [kept[key(w)] for w in wanted if key(w) in kept], target)


def key(point: dict[str, Any]) -> str:
    """What tells points apart."""
    return json.dumps(point, sort_keys=True)


def write(name: str, plan: Plan, points: list[dict[str, Any]], target: Path) -> None:
    """The file as far as it is computed."""
    head = {"schema": "isotunnel.bond_points/1", "name": name, "title": plan.title}
    lines = ",\n  ".join(json.dumps(p) for p in points)
    start = json.dumps({**head, "settings": plan.settings, "versions": versions()}, indent=1)[:-2]
    write_whole(target, f'{start},\n "points": [\n  {lines}\n ]\n}}\n')


if __name__ == "__main__":
    sys.exit(main())
