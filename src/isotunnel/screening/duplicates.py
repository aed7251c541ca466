"""Which crystal came first: inputs with the same one share its values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.screening import dataset
from isotunnel.screening.fingerprint import fingerprint, same
from isotunnel.screening.one_crystal import unpacked
from isotunnel.screening.worker import Prepared


class Duplicates:
    """The crystals seen so far, by formula."""

    def __init__(self, out: Path, known: list[dataset.Known]) -> None:
        self._out = out
        # Single precision: a million ternary crystals take one gigabyte.
        self._seen: dict[str, list[tuple[str, NDArray[np.float32]]]] = defaultdict(list)
        # Fingerprints of rows on the disk are computed where one of that formula comes up.
        self._on_disk: dict[str, list[str]] = defaultdict(list)
        self._open: dict[str, list[Any]] = {}
        self._steps: dict[str, int] = {}
        for row in known:
            if row.formula and row.duplicate_of is None:
                self._on_disk[row.formula].append(row.id)
                self._steps[row.id] = row.step

    def first_of(self, own: str, prepared: Prepared) -> str | None:
        """Id of the same crystal's first input; None where this is it."""
        self._load(prepared.formula)
        seen = self._seen[prepared.formula]
        for name, other in seen:
            if same(prepared.fingerprint, other):
                return name
        seen.append((own, prepared.fingerprint.astype(np.float32)))
        self._open[own] = []
        return None

    def values_of(self, first: str, task: Any) -> dict[str, Any] | None:
        """The row of a crystal; None where it is being computed: then the task waits for it."""
        if first in self._open:
            self._open[first].append(task)
            return None
        return dataset.rows_by_id(self._out, {first: self._steps[first]})[first]

    def written(self, ids: Iterable[str], step: int) -> None:
        """Rows are on the disk now, as this step."""
        self._steps.update(dict.fromkeys(ids, step))

    def settle(self, own: str) -> list[Any]:
        """Who waited for a crystal that is done or failed now."""
        return self._open.pop(own, [])

    def _load(self, formula: str) -> None:
        names = self._on_disk.pop(formula, [])
        if not names:
            return
        rows = dataset.rows_by_id(self._out, {name: self._steps[name] for name in names})
        for name in names:
            text = rows[name].get("structure")
            if text:
                own = fingerprint(unpacked(text)).astype(np.float32)
                self._seen[formula].append((name, own))
