"""Throughput of a screen: crystals per second, and processor time for each.

Run with ``python benchmarks/bench_screening.py [INPUT ...]``. INPUT may also stand in
``ISOTUNNEL_SCREEN_INPUT`` (a folder or archive of crystals) with a list of file names in
``ISOTUNNEL_SCREEN_LIST``; without either, the sample that comes with the package is screened.
Procrystal, 0.2 angstrom, refinement on. The target is 10 crystals per second on two cores.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from isotunnel.screening import inputs_of, sample_path, screen

TARGET_PER_S = 10.0


def chosen(given: list[str], folder: Path) -> list[Path]:
    """The inputs; where there is a list of names, just those, as files in ``folder``."""
    listed = os.environ.get("ISOTUNNEL_SCREEN_LIST")
    given = given or [p for p in [os.environ.get("ISOTUNNEL_SCREEN_INPUT")] if p]
    if not given:
        return [sample_path()]
    if not listed:
        return [Path(p) for p in given]
    wanted = set(Path(listed).read_text("utf-8").split())
    folder.mkdir()
    for found in inputs_of(given):
        name = found.source.rpartition("/")[2]
        if name in wanted:
            (folder / name).write_bytes(found.payload)
    return [folder]


def main() -> None:
    """Screen with one worker and with two."""
    with tempfile.TemporaryDirectory() as scratch:
        inputs = chosen(sys.argv[1:], Path(scratch, "inputs"))
        rates = {}
        for workers in (1, 2):
            outcome = screen(inputs, Path(scratch, f"out{workers}"), workers=workers)
            rates[workers] = outcome.computed / outcome.wall_s
            print(
                f"{workers} workers: {outcome.computed} crystals in {outcome.wall_s:.1f} s, "
                f"{rates[workers]:.2f} per second, {outcome.cpu_s / outcome.computed:.3f} s of "
                f"processor each; {sum(outcome.failed.values())} failed"
            )
        print(f"two workers against one: {rates[2] / rates[1]:.2f} times (target 1.8)")
        print(f"target {TARGET_PER_S:g} per second on two cores: ", end="")
        print("met" if rates[2] >= TARGET_PER_S else "not met")


if __name__ == "__main__":
    main()
