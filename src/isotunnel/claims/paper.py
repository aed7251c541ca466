"""The register of the paper's 38 claims, and judging them on the tables and the atlas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from isotunnel.claims import (
    a1,
    a2,
    a3,
    a4,
    a5,
    a6,
    a7,
    a8,
    a9,
    b1,
    b2,
    b3,
    b4,
    b5,
    b6,
    b7,
    b8,
    b9,
    b10,
    b11,
    b12,
    b13,
    b14,
    b15,
    b16,
    b17,
    b18,
    c1,
    c2,
    c3,
    c4,
    c5,
    c6,
    c7,
    c8,
    c9,
    c10,
    c11,
)
from isotunnel.errors import InputError
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard.claim import Claim, ClaimCode
from isotunnel.scorecard.judging import judge_rows
from isotunnel.scorecard.registry import read_claim
from isotunnel.scorecard.result import ClaimResult
from isotunnel.scorecard.scoring import Progress, Scorecard, judge_claims

COMPUTED: tuple[ClaimCode, ...] = (
    a1,
    a2,
    a3,
    a4,
    a5,
    a6,
    a7,
    a8,
    a9,
    b1,
    b2,
    b3,
    b4,
    b5,
    b6,
    b7,
    b8,
    b9,
    b10,
    b11,
    b12,
    b13,
    b14,
    b15,
    b16,
    b17,
    b18,
    c1,
    c2,
    c3,
    c4,
    c5,
    c6,
    c7,
    c8,
    c9,
    c10,
    c11,
)
"""Modules of the claims that are computed; the others are counted as not computed yet."""


@cache
def register() -> tuple[Claim, ...]:
    """All claims, in order of their ids.

    Raises:
        InputError: an entry that is not well formed; the message names it.
    """
    code = {module.__name__.rpartition(".")[2]: module for module in COMPUTED}
    entries = {
        e.name.removesuffix(".toml"): e.read_text("utf-8")
        for e in files("isotunnel.claims").iterdir()
        if e.name.endswith(".toml")
    }
    return tuple(
        read_claim(name.upper(), entries[name], code.get(name))
        for name in sorted(entries, key=lambda name: (name[0], int(name[1:])))
    )


def claim(claim_id: str) -> Claim:
    """The claim of an id, upper or lower case.

    Raises:
        InputError: no such claim; the message lists near ones.
    """
    known = {c.id: c for c in register()}
    wanted = claim_id.strip().upper()
    if wanted not in known:
        near = get_close_matches(wanted, known, cutoff=0.4) or list(known)
        raise InputError(f"unknown claim {claim_id!r}; there are, for instance, {', '.join(near)}")
    return known[wanted]


def judge(claim_id: str, sources: Sources | None = None) -> ClaimResult:
    """One claim with numbers, verdicts and figure.

    Raises:
        InputError: no such claim, or a number that does not fit the register.
    """
    return judge_rows(claim(claim_id), None, sources)


def judge_all(
    sources: Sources | None = None, claims: Sequence[Claim] | None = None
) -> Iterator[ClaimResult]:
    """All claims, in order; those not computed yet are counted as such."""
    given = sources or Sources()
    for entry in register() if claims is None else claims:
        yield judge_rows(entry, None, given)


def scorecard(
    sources: Sources | None = None,
    claims: Sequence[Claim] | None = None,
    progress: Progress | None = None,
) -> Scorecard:
    """Judge claims, all by default; see :func:`~isotunnel.scorecard.judge_claims`."""
    return judge_claims(register() if claims is None else claims, sources, progress)
