"""Judge claims by the data.

Each computed claim has a module of its name (``a4`` of A4) with three functions:

    gather(sources) -> rows         takes what it needs from tables and atlas, says what it drops
    measure(rows) -> numbers        ((side, Measurement), ...), from the rows alone
    picture(rows) -> Picture        the figure, from the rows alone

Only ``gather`` sees the world, so that rows of a made-up world can be judged in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from isotunnel.evidence.claims.entry import Claim
from isotunnel.evidence.claims.registry import claim, register
from isotunnel.evidence.claims.result import ClaimResult, judged, not_computed
from isotunnel.evidence.claims.sources import Sources


def judge(claim_id: str, sources: Sources | None = None) -> ClaimResult:
    """One claim with numbers, verdicts and figure.

    Raises:
        InputError: no such claim, or a number that does not fit the register.
    """
    return judge_rows(claim(claim_id), None, sources or Sources())


def judge_all(
    sources: Sources | None = None, claims: Sequence[Claim] | None = None
) -> Iterator[ClaimResult]:
    """All claims, in order; those not computed yet are counted as such."""
    given = sources or Sources()
    for entry in register() if claims is None else claims:
        yield judge_rows(entry, None, given)


def judge_rows(entry: Claim, rows: Any, sources: Sources | None = None) -> ClaimResult:
    """A claim judged on given rows, or on those that its module gathers from ``sources``."""
    if not entry.computed:
        return not_computed(entry)
    module = import_module(entry.module)
    if rows is None:
        rows = module.gather(sources or Sources())
    return judged(entry, module.measure(rows), module.picture(rows))
