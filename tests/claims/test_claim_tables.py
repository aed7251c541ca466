"""Each claim names the tables that judging it reads, and no other."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

from isotunnel import measured
from isotunnel.claims import register
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard.claim import PACKAGED, Claim
from isotunnel.scorecard.judging import judge_rows
from isotunnel.studies.benchmark import rivals
from isotunnel.substances import library

COMPUTED = [c for c in register() if c.computed]


def _recording(seen: set[str]) -> Sources:
    """The real data; every table and scan that is asked for is noted."""
    real = Sources()

    def table(name: str) -> Any:
        seen.add(name)
        return real.table(name)

    def scan(name: str) -> Any:
        seen.add("atlas")
        return real.scan(name)

    return Sources(table=table, scan=scan, scans=real.scans)


@pytest.mark.parametrize("entry", COMPUTED, ids=lambda c: c.id)
def test_the_register_names_the_tables_that_are_read(
    entry: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[str] = set()
    build = library._build

    def noted(name: str) -> Any:
        seen.add("catalogue")
        return build(name)

    rivals.known_substance.cache_clear()
    monkeypatch.setattr(library, "_build", noted)
    result = judge_rows(entry, None, _recording(seen))
    # Fits and packed calculations do not come through Sources: their rows say where they are from.
    rows = {row.table for number in result.numbers for row in (*number.used, *number.dropped)}
    assert set(entry.tables) == seen | rows
    assert len(set(entry.tables)) == len(entry.tables)


@pytest.mark.parametrize("entry", COMPUTED, ids=lambda c: c.id)
def test_each_table_can_be_found(entry: Claim) -> None:
    for name in entry.tables:
        if name in PACKAGED:
            assert find_spec(PACKAGED[name])
        elif name != "atlas":
            assert len(measured.table(name))
