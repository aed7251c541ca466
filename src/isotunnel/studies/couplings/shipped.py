"""What is shipped beside the slim table, so that its numbers need no fitting."""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError
from isotunnel.packed_csv import packed, unpacked
from isotunnel.studies.couplings.plan import DFT, PROCRYSTAL, QUANTITIES, Screened
from isotunnel.studies.couplings.study import Pairing, pairings, usable
from isotunnel.studies.couplings.table import (
    Coupled,
    couplings_table,
    packed_table,
    shipped_path,
)

Array = NDArray[np.float64]


def digest_of(rows: Sequence[Coupled], what: Screened = PROCRYSTAL) -> str:
    """Of the table that a fit was made to."""
    return hashlib.sha256(gzip.decompress(packed_table(rows, what))).hexdigest()[:16]


def packed_left_out(said: Mapping[str, Array], digest: str, what: Screened = PROCRYSTAL) -> bytes:
    """What :func:`isotunnel.studies.couplings.study.left_out` found, as gzipped CSV."""
    names = (*QUANTITIES, *what.descriptors)
    rows = zip(*(said[n] for n in names), strict=True)
    cells = (["" if np.isnan(v) else f"{v:.5f}" for v in values] for values in rows)
    return packed([("table", digest), names, *cells])


def shipped_left_out(
    digest: str, path: Path | None = None, what: Screened = PROCRYSTAL
) -> dict[str, Array]:
    """The same from the file.

    Raises:
        InputError: there is no such file, or it was made of another table.
    """
    chosen = path or shipped_path(what.fits)
    with unpacked(chosen, "fits of the couplings") as text:
        head, names, *rows = csv.reader(text)
        if head != ["table", digest]:
            raise InputError(
                f"{chosen} was made of another table; make_couplings_study.py makes it anew"
            )
        values = np.array([[float(c) if c else np.nan for c in row] for row in rows])
        return {name: values[:, n] for n, name in enumerate(names)}


@lru_cache(maxsize=2)
def _shipped(table: str) -> tuple[Pairing, ...]:
    what = DFT if table == DFT.table else PROCRYSTAL
    rows = couplings_table(what=what)
    said = shipped_left_out(digest_of(rows, what), what=what)
    return tuple(pairings(usable(rows)[0], said, what))


def shipped_pairings(what: Screened = PROCRYSTAL) -> tuple[Pairing, ...]:
    """Every pair of descriptor and quantity out of the shipped files.

    Raises:
        InputError: the files do not belong together.
    """
    return _shipped(what.table)
