"""Join a screen of the CIFs of 3DSC_MP with their Tc and predict what the plan compares.

    isotunnel screen cifs_all.tar.xz -o SCREEN             (hours; goes on where it was ended)
    python scripts/make_world_study.py SCREEN 3dsc_mp_rebuilt.csv
    python scripts/pages.py world --figures

The screen may still be running: what has no row yet is "not screened yet" in the table. Models that
are already predicted from the same table are kept, so that the script may be stopped and started
again. Needs the extra ``scale``. The list of 3DSC_MP has the columns cif_file, formula, doping and
tc_k; see ``isotunnel.studies.world.table`` for its source.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from isotunnel.errors import CannotSay
from isotunnel.files import write_whole
from isotunnel.screening import ask
from isotunnel.studies.world.fit import left_out
from isotunnel.studies.world.plan import MODELS, QUESTIONS
from isotunnel.studies.world.sample import sample_of
from isotunnel.studies.world.shipped import Found, digest_of, packed_predictions, predictions
from isotunnel.studies.world.table import (
    COLUMNS,
    joined,
    packed_table,
    screen_by_name,
    world_table,
)

DATA = Path(__file__).resolve().parents[1] / "src/isotunnel/studies/world/data"


def main(arguments: list[str] | None = None) -> int:
    """Write the table and what is missing of the predictions."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("screen", type=Path, help="folder of the screen's dataset")
    parser.add_argument("list", type=Path, help="CSV of 3DSC_MP with Tc")
    parser.add_argument("--output", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    table = options.output / "world.csv.gz"
    write_whole(table, _table(options.screen, options.list))
    rows = world_table(table)  # as it is on the disk: its digits are those of whoever reads it
    digest, path = digest_of(rows), options.output / "predictions.csv.gz"
    found: Found = predictions(digest, path) if path.is_file() else {}
    for question in QUESTIONS:
        try:
            sample = sample_of(rows, question)
        except CannotSay as error:
            print(f"{question}: cannot say: {error}", flush=True)
            continue
        made = found.setdefault(question, {})
        for model in MODELS:
            if model.name not in made:
                started = time.perf_counter()
                made[model.name] = left_out(sample, model)
                write_whole(path, packed_predictions(found, digest))
                print(
                    f"{question}, {model.name}: {time.perf_counter() - started:.0f} s", flush=True
                )
    write_whole(path, packed_predictions(found, digest))
    return 0


def _table(screen: Path, listed: Path) -> bytes:
    names = ", ".join(("source", "status", "reason", *COLUMNS))
    found: dict[str, Mapping[str, Any]] = {}
    if any((screen / "crystals").glob("rows-*.parquet")):
        found = screen_by_name(ask(screen, f"select {names} from crystals").to_pylist())
    print(f"{len(found)} crystals have a row in {screen}", flush=True)
    with listed.open(encoding="utf-8", newline="") as stream:
        return packed_table(joined(csv.DictReader(stream), found))


if __name__ == "__main__":
    sys.exit(main())
