"""A claim of the paper as the register holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from isotunnel.scorecard.verdict import Rule, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isotunnel.evidence.sources import Sources
    from isotunnel.scorecard.figure_data import FigureData
    from isotunnel.scorecard.measurement import Measurement

PAPER, RIVAL, USER = "paper", "rival", "yours"
SIDES = (PAPER, RIVAL, USER)
"""Who is judged: the paper, the standard theory beside it, and a user's own."""

TELLING, NECESSARY, REPORTED = "telling", "necessary", "reported"
ROLES = (TELLING, NECESSARY, REPORTED)
"""What a part may do: support and contradict, contradict only, or be shown beside the others."""

PACKAGED = {
    "catalogue": "isotunnel.substances",
    "matter": "isotunnel.matter",
    "h2_molecule": "isotunnel.bonding.h2",
    "h4": "isotunnel.bonding.h4_bond",
    "squeezed": "isotunnel.bonding.squeezed.library",
    "design": "isotunnel.design",
    "anisotropy_tunnels": "isotunnel.atlas.first_tunnels",
}
"""Data of claims that are neither a measured table nor the atlas, and the module that reads them:
parameters of substances, equations of state, and packed calculations."""


class ClaimCode(Protocol):
    """The module of a computed claim.

    Only ``gather`` sees the world, so that rows of a made-up world can be judged in the same way.
    """

    __name__: str

    def gather(self, sources: Sources, /) -> Any:
        """Rows from tables and atlas, with what is dropped and why."""

    def measure(self, rows: Any, /) -> Sequence[Measurement]:
        """The number of each part and side, from the rows alone."""

    def figure_data(self, rows: Any, /) -> FigureData:
        """The figure's data, from the rows alone."""


@dataclass(frozen=True)
class Part:
    """One deciding number of a claim.

    Attributes:
        name: short, unique in the claim.
        title: what the number is.
        unit: its unit, "" for a pure number.
        sides: who is judged by it; one rule for all, so that all are treated alike.
        rule: fixed beforehand.
        sentence: the result in words, with {value}, {low}, {high}, {rows}, {side} and, where the
            number is a logarithm, {factor}, {factor_low}, {factor_high}; for a difference, {size}
            without its sign and {above} or {larger} for the sign in words; {right} and
            {cases} for right and all answers; {guess} and {guess_right} for what guessing earns.
        formula: how the number is computed, where the title does not say it.
        role: "telling"; "necessary": it can contradict the claim but not support it;
            "reported": it decides nothing.
        because: why it is not telling, "" for a telling part.
    """

    name: str
    title: str
    unit: str
    sides: tuple[str, ...]
    rule: Rule
    sentence: str
    formula: str = ""
    role: str = TELLING
    because: str = ""

    @property
    def necessary(self) -> bool:
        """Whether it can contradict the claim but not support it."""
        return self.role == NECESSARY

    def judge(self, number: Measurement) -> Verdict:
        """The verdict that the rule gives on a number; undecided where there is none.

        A necessary part that is met gives no support: others predict the same.
        """
        if number.cannot_say is not None:
            return Verdict.UNDECIDED
        found = self.rule.judge(number.low, number.high, number.rows)
        met_only = found == Verdict.SUPPORTED and self.necessary
        return Verdict.NOT_TELLING if met_only else found


@dataclass(frozen=True)
class Claim:
    """One entry of the register.

    Attributes:
        id: "A4".
        statement: the claim in one sentence.
        section: heading of the paper under which it stands.
        decides: what decides it.
        rival: the standard theory on the same question, "" where there is none.
        tables: what judging it reads: measured tables, "atlas", names of ``PACKAGED``.
        limits: what the test cannot show.
        parts: deciding numbers; none where no rule is fixed yet.
        code: what computes its numbers, None where nothing does yet.
        not_testable: why no data could decide it, "" where some could.
    """

    id: str
    statement: str
    section: str
    decides: str
    rival: str
    tables: tuple[str, ...]
    limits: str
    parts: tuple[Part, ...]
    code: ClaimCode | None = None
    not_testable: str = ""

    @property
    def computed(self) -> bool:
        """Whether a rule exists and the code that computes its numbers."""
        return bool(self.parts) and self.code is not None

    @property
    def waiting(self) -> bool:
        """Whether it could be judged and nothing judges it yet."""
        return not self.computed and not self.not_testable

    @property
    def module(self) -> str:
        """Name of the module that computes its numbers, "" where there is none."""
        return "" if self.code is None else self.code.__name__

    def side_name(self, side: str) -> str:
        """How a sentence calls a side."""
        return {PAPER: "the tunnel theory", RIVAL: self.rival, USER: "your theory"}[side]

    def part(self, name: str) -> Part:
        """A part by name; KeyError where there is none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(f"claim {self.id} has no part {name!r}")
