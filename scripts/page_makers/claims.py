"""Renew the list of claims and rules on docs/explanation/claims.md from the register.

The words of the page are written by hand; what stands between ``<!-- made: A -->`` and
``<!-- end -->`` is made from the register. It holds rules, not results.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from page_makers.markdown import escaped, renewed

if TYPE_CHECKING:
    from isotunnel.scorecard import Claim

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "claims.md"
_COUNT = re.compile(r"(<!-- count -->).*?(<!-- end -->)", re.DOTALL)


def render() -> str:
    """The whole page with the register of today."""
    from isotunnel.claims import register

    claims = register()
    judged = sum(c.computed for c in claims)
    text = renewed(PAGE, {group: partial(_group, group, claims) for group in "ABC"})
    return _COUNT.sub(rf"\g<1>{judged} of {len(claims)}\g<2>", text)


def _group(letter: str, claims: tuple[Claim, ...]) -> str:
    return "".join(_claim(c) for c in claims if c.id[0] == letter).lstrip("\n")


def _claim(claim: Claim) -> str:
    lines = [f"\n**{claim.id}. {escaped(claim.statement)}** {escaped(claim.decides)}\n"]
    if claim.not_testable:
        return f"{lines[0]}\n*Not testable:* {escaped(claim.not_testable)}\n\n"
    if not claim.computed:
        return f"{lines[0]}\n*Not yet computed.*\n\n"
    if claim.rival:
        lines.append(f"\nRival: {escaped(claim.rival)}.\n")
    lines.append(f"\nLimits: {escaped(claim.limits)}\n")
    lines.append(
        "\n| Number | Sides | Supported | Contradicted | Least rows |\n|---|---|---|---|---|\n"
    )
    lines += [_part(claim, i) for i in range(len(claim.parts))]
    return "".join(lines) + "\n"


def _part(claim: Claim, index: int) -> str:
    from isotunnel.scorecard.wording import wording

    part = claim.parts[index]
    cells = [
        part.title
        + (f" ({part.unit})" if part.unit else "")
        + (f"; {part.formula}" if part.formula else "")
        + ("" if part.role == "telling" else f"; {part.role}: {part.because}"),
        ", ".join(part.sides),
        *wording(part).ranges(part.rule),
        str(part.rule.minimum_rows),
    ]
    return f"| {' | '.join(map(escaped, cells))} |\n"
