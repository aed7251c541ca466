"""The predictions that are shipped beside the slim table, so that its numbers need no fitting."""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CannotSay, InputError
from isotunnel.packed_csv import packed, unpacked
from isotunnel.studies.world.plan import MODELS, QUESTIONS
from isotunnel.studies.world.sample import sample_of
from isotunnel.studies.world.study import WorldAnswer, judge
from isotunnel.studies.world.table import WorldRow, packed_table, shipped_path, world_table

Array = NDArray[np.float64]
Found = dict[str, dict[str, Array]]
"""Predictions by question and name of the model."""


def digest_of(rows: tuple[WorldRow, ...]) -> str:
    """Of the table that predictions were made of."""
    return hashlib.sha256(gzip.decompress(packed_table(rows))).hexdigest()[:16]


def packed_predictions(found: Mapping[str, Mapping[str, Array]], digest: str) -> bytes:
    """Predictions as gzipped CSV: question, model, number of the composition, value."""
    rows = [
        (question, model, n, f"{v:.4f}")
        for question, models in found.items()
        for model, values in models.items()
        for n, v in enumerate(values)
    ]
    return packed([("table", digest, "", ""), *rows])


def predictions(digest: str, path: Path | None = None) -> Found:
    """Predictions made of the table with this digest; none where they were made of another.

    Raises:
        InputError: there is no such file, or it is not one.
    """
    chosen = path or shipped_path("predictions.csv.gz")
    with unpacked(chosen, "predictions of the world's table") as text:
        head, *rows = csv.reader(text)
        if head[:2] != ["table", digest]:
            return {}
        lists: dict[str, dict[str, list[float]]] = {}
        for question, model, _, value in rows:
            lists.setdefault(question, {}).setdefault(model, []).append(float(value))
    return {q: {m: np.array(v) for m, v in models.items()} for q, models in lists.items()}


@lru_cache(maxsize=1)
def shipped_answers() -> dict[str, WorldAnswer | str]:
    """The answer to each question out of the shipped files; a reason where there is none.

    Raises:
        InputError: the files do not belong together.
    """
    rows = world_table()
    found = predictions(digest_of(rows))
    answers: dict[str, WorldAnswer | str] = {}
    for question in QUESTIONS:
        try:
            sample = sample_of(rows, question)
        except CannotSay as error:
            answers[question] = str(error)
            continue
        made = found.get(question, {})
        short = [m.name for m in MODELS if len(made.get(m.name, ())) != len(sample.formulas)]
        if short:
            raise InputError(
                f"no predictions by {', '.join(short)}; make_world_study.py makes them"
            )
        answers[question] = judge(sample, made)
    return answers
