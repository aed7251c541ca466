"""Entries of a register of claims, read from TOML and checked."""

from __future__ import annotations

import tomllib
from typing import Any

from isotunnel.errors import InputError
from isotunnel.scorecard.claim import REPORTED, ROLES, SIDES, TELLING, Claim, ClaimCode, Part
from isotunnel.scorecard.verdict import Range, Rule


def read_claim(claim_id: str, text: str, code: ClaimCode | None = None) -> Claim:
    """A claim from the text of its entry and the module that computes its numbers, if any.

    Raises:
        InputError: not TOML, a field missing or unknown, or a rule that cannot judge.
    """
    try:
        entry = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"the entry of claim {claim_id} is not TOML: {error}") from error
    try:
        parts = tuple(_part(claim_id, name, p) for name, p in entry.pop("parts", {}).items())
        found = Claim(
            id=claim_id,
            statement=entry.pop("statement"),
            section=entry.pop("section"),
            decides=entry.pop("decides"),
            rival=entry.pop("rival", ""),
            tables=tuple(entry.pop("tables", ())),
            limits=entry.pop("limits", ""),
            parts=parts,
            code=code,
            not_testable=entry.pop("not_testable", ""),
        )
    except KeyError as missing:
        raise InputError(f"the entry of claim {claim_id} lacks {missing}") from missing
    if entry:
        raise InputError(f"the entry of claim {claim_id} has unknown fields: {', '.join(entry)}")
    if parts and not found.limits:
        raise InputError(f"the entry of claim {claim_id} does not state its limits")
    if found.not_testable and (parts or code is not None):
        raise InputError(
            f"the entry of claim {claim_id} says why it is not testable, and has parts or code "
            "that test it: one of the two must go"
        )
    _check_roles(found)
    return found


def _check_roles(entry: Claim) -> None:
    """Each side of a part has one by which it is judged, and what is not telling says why."""
    judging = {side for p in entry.parts if p.role != REPORTED for side in p.sides}
    for part in entry.parts:
        if part.role not in ROLES:
            raise InputError(
                f"claim {entry.id}, part {part.name}: role {part.role!r}; known: {ROLES}"
            )
        if (part.role == TELLING) == bool(part.because):
            raise InputError(
                f"claim {entry.id}, part {part.name} is {part.role}: the field `because` says why "
                "a part is not telling, and of a telling one there is nothing to say"
            )
        alone = [side for side in part.sides if side not in judging]
        if alone:
            raise InputError(
                f"claim {entry.id}: {', '.join(alone)} has only reported parts such as "
                f"{part.name}, so that nothing could judge it"
            )


def _part(claim_id: str, name: str, entry: dict[str, Any]) -> Part:
    sides = tuple(entry.pop("sides"))
    wrong = [s for s in sides if s not in SIDES]
    if wrong or not sides:
        raise InputError(f"claim {claim_id}, part {name}: sides {list(sides)}; known: {SIDES}")
    part = Part(
        name=name,
        title=entry.pop("title"),
        unit=entry.pop("unit"),
        sides=sides,
        rule=Rule(
            _range(entry.pop("supported")),
            _range(entry.pop("contradicted")),
            int(entry.pop("minimum_rows")),
        ),
        sentence=entry.pop("sentence"),
        formula=entry.pop("formula", ""),
        role=entry.pop("role", TELLING),
        because=entry.pop("because", ""),
    )
    if entry:
        raise InputError(f"claim {claim_id}, part {name}: unknown fields {', '.join(entry)}")
    return part


def _range(ends: list[float]) -> Range:
    low, high = (float(e) for e in ends)
    return Range(low, high)
