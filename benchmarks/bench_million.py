"""What a screen costs beside the crystals themselves: 10,000, 100,000 and a million rows.

Run with ``python benchmarks/bench_million.py [MOST]``. The workers are made up: they answer at once
with random values, one input in ten is a crystal that came before. What is left is what the driver
does for each crystal: order, duplicates, files and their merging; then what restarting and asking
take. Linear means: as many microseconds a crystal at a million as at ten thousand.
"""

from __future__ import annotations

import gc
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from isotunnel.screening import dataset
from isotunnel.screening.columns import all_columns
from isotunnel.screening.one_crystal import CrystalInput
from isotunnel.screening.questions import ask
from isotunnel.screening.settings import Settings
from isotunnel.screening.work import Work
from isotunnel.screening.worker import Prepared

FORMULAS = 40
"""Crystals of one formula, for each of which all others are looked at."""
REPEATED = 10


class Answer:
    """A future that is done."""

    status = "finished"

    def __init__(self, value: Any) -> None:
        self.value = value

    def result(self) -> Any:
        return self.value

    def release(self) -> None:
        return None

    def add_done_callback(self, call: Callable[[Any], None]) -> None:
        call(self)


class Cluster:
    """Workers that know every answer."""

    status = "running"

    def __init__(self) -> None:
        self.random = np.random.default_rng(0)
        self.numbers = [c.name for c in all_columns() if c.kind == "number"]

    def scheduler_info(self, **_: Any) -> dict[str, Any]:
        return {"workers": {"a": {}, "b": {}}}

    def subscribe_topic(self, *_: Any) -> None:
        return None

    def submit(self, _function: Any, given: Any, *rest: Any, **_: Any) -> Answer:
        if isinstance(given, CrystalInput):
            return Answer(prepared(int(given.payload)))
        values = dict(zip(self.numbers, self.random.random(len(self.numbers)), strict=True))
        return Answer({**values, "structure": rest[0].decode(), "cpu_s": 0.0})


@contextmanager
def made_up_cluster(*_: Any) -> Iterator[Cluster]:
    yield Cluster()


def prepared(number: int) -> Prepared:
    """A made-up ternary crystal; every tenth is the one before it."""
    own = number - 1 if number % REPEATED == REPEATED - 1 else number
    fingerprint = np.full((9, 24), 2.0 + own * 1e-2)
    return Prepared(b'{"made": "up"}', (), f"X{own // FORMULAS}", fingerprint, 0.0)


def inputs(count: int) -> Iterator[CrystalInput]:
    for number in range(count):
        yield CrystalInput(f"{number}.cif", str(number).encode(), True)


def run(count: int, out: Path) -> None:
    """Screen ``count`` made-up crystals, and ask."""
    (out / "crystals").mkdir(parents=True)
    dataset.write_about(out, Settings().values(), ["made up"])
    work = Work(out, Settings(), 600.0, lambda _m, _f: None)
    begun = time.process_time()
    with (
        patch("isotunnel.screening.work.client_of", made_up_cluster),
        patch("isotunnel.screening.work.make_ready"),
    ):
        work.run(inputs(count), None, None, "auto", expected=lambda: count)
    screened = time.process_time() - begun
    begun = time.process_time()
    dataset.merge_all(out)
    merged = time.process_time() - begun
    begun = time.perf_counter()
    rows = len(dataset.known_rows(out))
    known = time.perf_counter() - begun
    begun = time.perf_counter()
    found = ask(out, "phi > 0.5 order by phi desc limit 20")
    asked = time.perf_counter() - begun
    size = sum(p.path.stat().st_size for p in dataset.parts_of(out)) / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(
        f"{count:8d} crystals: {1e6 * screened / count:5.0f} us of processor each, merging "
        f"{1e6 * merged / count:4.0f} us; restart reads {rows} rows in {known:.2f} s, a question "
        f"takes {asked:.2f} s ({len(found)} rows); {size:.0f} MB on the disk, at most {memory:.0f} "
        "MB of memory"
    )


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for count in (10_000, 100_000, 1_000_000):
        if count <= most:
            with tempfile.TemporaryDirectory() as scratch:
                run(count, Path(scratch, "out"))
            gc.collect()


if __name__ == "__main__":
    main()
