"""Judge a claim by the data: gather rows, measure, compare with the rule fixed beforehand."""

from __future__ import annotations

from typing import Any

from isotunnel.evidence.sources import Sources
from isotunnel.scorecard.claim import Claim
from isotunnel.scorecard.result import ClaimResult, judged, without_numbers


def judge_rows(entry: Claim, rows: Any, sources: Sources | None = None) -> ClaimResult:
    """A claim judged on given rows, or on those that its module gathers from ``sources``.

    Raises:
        InputError: a number that does not fit the register.
    """
    code = entry.code
    if not entry.parts or code is None:
        return without_numbers(entry)
    if rows is None:
        rows = code.gather(sources or Sources())
    reading = getattr(rows, "reading", "")
    return judged(entry, code.measure(rows), code.figure_data(rows), reading)
