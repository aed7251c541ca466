"""The page of the scorecard: what is compared, totals, and every claim in a row that opens."""

from __future__ import annotations

from isotunnel.report.page.layout import document
from isotunnel.report.page.scorecard_claim import Row, claim_row
from isotunnel.report.page.settings import settings_in_words
from isotunnel.report.page.templates import fill
from isotunnel.scorecard.claim import PAPER, RIVAL, USER
from isotunnel.scorecard.scoring import Scorecard
from isotunnel.scorecard.verdict import Verdict

GROUPS = {
    "A": "Against the sea of electrons, Drude and BCS",
    "B": "Tunnels, resistance and superconductivity",
    "C": "The compression bond",
}

MEANINGS = {
    Verdict.SUPPORTED: "The whole interval of the number lies where the statement puts it.",
    Verdict.CONTRADICTED: "The whole interval lies where the statement cannot be right.",
    Verdict.MIXED: "The interval lies, at least in part, between the two ranges; or the numbers "
    "of one claim disagree.",
    Verdict.NOT_TELLING: "What the statement predicts is found, but others predict it too: without "
    "it the statement would be wrong, by it alone it is not made right.",
    Verdict.UNDECIDED: "The data cannot tell: too few rows, or an interval that reaches from one "
    "range into the other.",
    Verdict.NOT_TESTABLE: "No data could decide it, for the reason given.",
    Verdict.NOT_COMPUTED: "The claim is in the register, the program that judges it is not "
    "written. It counts for nobody.",
    Verdict.NO_STATEMENT: "The claim asks nothing of this side.",
}

# Claims that judge the same fits.
_DEPENDENT = {"B4", "B6"}


def scorecard_page(card: Scorecard) -> str:
    """The HTML text, with every figure inside."""
    rate = card.chance.rate
    body = fill(
        "scorecard.html",
        card=card,
        count=_count(len(card.results), "claim"),
        names={side: side_name(card, side) for side in card.sides},
        totals=_totals(card),
        shared={r.claim.id for r in card.computed} >= _DEPENDENT,
        false_discovery_rate="" if rate is None else f"{rate:.1%}",
        level=f"{card.settings.get('confidence_level', 0.95):.0%}",
        meanings={v: meaning for v, meaning in MEANINGS.items() if _occurs(card, v)},
        groups=[group for group in _groups(card) if group[2]],
        made=[*card.versions.items(), *settings_in_words(card.settings)],
    )
    script = fill("scorecard_script.html")
    return document("Scorecard of the tunnel theory", body, script, "scorecard.css")


def side_name(card: Scorecard, side: str) -> str:
    """How a heading calls a side."""
    return {PAPER: "Tunnel theory", RIVAL: "Standard theory", USER: card.theory or "Your theory"}[
        side
    ]


def _totals(card: Scorecard) -> dict[Verdict, list[list[str]]]:
    """Claims by verdict and side, for every verdict that occurs."""
    return {
        verdict: [_claims_with(card, side, verdict) for side in card.sides]
        for verdict in Verdict
        if _occurs(card, verdict)
    }


def _claims_with(card: Scorecard, side: str, verdict: Verdict) -> list[str]:
    return [r.claim.id for r in card.results if r.verdicts[side] == verdict]


def _occurs(card: Scorecard, verdict: Verdict) -> bool:
    return any(card.totals[side][verdict] for side in card.sides)


def _groups(card: Scorecard) -> list[tuple[str, str, list[Row]]]:
    """Letter, title and claims of each group."""
    return [(letter, title, _claims_of(card, letter)) for letter, title in GROUPS.items()]


def _claims_of(card: Scorecard, letter: str) -> list[Row]:
    own = side_name(card, USER)
    return [claim_row(r, card.sides, own) for r in card.results if r.claim.id.startswith(letter)]


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
