"""The page of the scorecard: what is compared, totals, and every claim in a row that opens."""

from __future__ import annotations

from isotunnel.report.figures.claim.printed import printed
from isotunnel.report.page.layout import document
from isotunnel.report.page.parts import definitions, explanation, section, table
from isotunnel.report.page.scorecard_claim import badge, claim_row
from isotunnel.report.text import esc
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

_SCRIPT = """<script>
(() => {
  const rows = [...document.querySelectorAll("details.claim")];
  const button = document.getElementById("open-all");
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = rows.some((row) => !row.open);
    rows.forEach((row) => { row.open = open; });
    button.textContent = open ? "Close all claims" : "Open all claims";
  });
  const show = () => {
    const row = document.getElementById(location.hash.slice(1));
    if (row && row.matches("details.claim")) { row.open = true; row.scrollIntoView(); }
  };
  addEventListener("hashchange", show);
  show();
})();
</script>
"""


def scorecard_page(card: Scorecard) -> str:
    """The HTML text, with every figure inside."""
    groups = [_group(card, letter, title) for letter, title in GROUPS.items()]
    body = [
        _head(card),
        section("totals", "Totals", _totals(card)),
        section("how", "How a verdict comes about", _how(card)),
        '<p><button type="button" id="open-all" hidden>Open all claims</button></p>',
        *groups,
        section("made", "How this page was made", _made(card)),
    ]
    return document("Scorecard of the tunnel theory", "".join(body), _SCRIPT, "scorecard.css")


def side_name(card: Scorecard, side: str) -> str:
    """How a heading calls a side."""
    return {PAPER: "Tunnel theory", RIVAL: "Standard theory", USER: card.theory or "Your theory"}[
        side
    ]


def _head(card: Scorecard) -> str:
    count, computed = len(card.results), len(card.computed)
    own = (
        f"<p>Beside them stands a theory of your own, <b>{esc(card.theory)}</b>, judged by the "
        "same rules wherever a claim puts a question that every theory can answer.</p>"
        if card.theory
        else ""
    )
    return (
        "<header><h1>Scorecard of the tunnel theory</h1>"
        f"<p class='lead'>{_count(count, 'claim')} of one paper, each judged against measured "
        f"data by a rule; {computed} computed so far</p>"
        "<p>Why does copper conduct, and why do some materials lose all resistance in the cold? "
        "J. Z. Liu's paper <i>Is There a Sea of Free Electrons in Metals?</i> (2024, on "
        "Zenodo 2025) says that metals hold no sea of free electrons. Electrons pass through "
        "<b>tunnels</b>: connected paths from atom to atom on which they need no extra energy. "
        "Where they must first be lifted into a tunnel, there is resistance; where they need not, "
        "the material superconducts. All depends on how close the atoms are, so that pressure "
        "and cooling act alike.</p>"
        "<p>The <b>standard theory</b> says otherwise. Electrons are waves that extend through "
        "the whole crystal; trembling atoms scatter them, which is resistance, and can bind them "
        "in pairs, which is superconductivity. Of its many forms each claim meets the one that "
        "answers the same question; it is called the rival here.</p>"
        f"{own}"
        "<p>This page takes the claims one by one and puts both theories to the same test, with "
        "the same data. It sums nothing up to one grade: a claim about helium does not weigh "
        "against one about copper.</p></header>"
    )


def _totals(card: Scorecard) -> str:
    rows = []
    for verdict in Verdict:
        counts = [card.totals[side][verdict] for side in card.sides]
        if not any(counts):
            continue
        cells = [
            f"<b>{n}</b> <span class='ids'>{_links(card, side, verdict)}</span>"
            for side, n in zip(card.sides, counts, strict=True)
        ]
        rows.append([badge(verdict), *cells])
    rows.append(["all claims", *(f"<b>{sum(card.totals[s].values())}</b>" for s in card.sides)])
    heads = ["verdict", *(esc(side_name(card, side)) for side in card.sides)]
    totals = f"<div class='totals'>{table(heads, rows)}</div>"
    return f"{_bars(card)}{totals}{_shared(card)}{_chance(card)}"


def _chance(card: Scorecard) -> str:
    """How many verdicts on parts would be wrong by chance."""
    found = card.chance
    if not found.decided:
        return ""
    weak = ", ".join(f"{claim} ({part}, {side})" for claim, part, side, _ in found.weak)
    rest = f" Not firm at 5&nbsp;%: {esc(weak)}." if weak else ""
    rate = "" if found.rate is None else f"{found.rate:.1%}"
    return (
        f"<p class='hint'>Of the numbers behind these claims {found.judged} were judged by a rule. "
        f"{found.tested} of them were judged by a 95&nbsp;% interval, which puts "
        f"{found.decided} into a range; were all true values at the borders, "
        f"{found.expected:.2g} would be there by chance, and the false discovery rate of the "
        f"{found.decided} is at most {rate} (Benjamini and Hochberg, among all {found.tested})."
        f"{rest} Of {found.without} more, which lie in a range by a spread of measurements or an "
        "exact count, no chance can be computed.</p>"
    )


def _shared(card: Scorecard) -> str:
    """That two claims rest on one set of contests, where the page holds both."""
    if not {"B4", "B6"} <= {r.claim.id for r in card.computed}:
        return ""
    return (
        "<p class='hint'>Not all claims are independent evidence: B6 and the second number of B4 "
        "judge the same fits of resistivity.</p>"
    )


def _bars(card: Scorecard) -> str:
    """One bar per side, as wide as its claims; the table below says the same in words."""
    bars = []
    for side in card.sides:
        pieces = "".join(
            f"<span class='piece {_class(v)}' style='flex-grow:{n}'>{n}</span>"
            for v, n in card.totals[side].items()
            if n
        )
        name = esc(side_name(card, side))
        bars.append(f"<div class='bar' aria-hidden='true'><b>{name}</b><div>{pieces}</div></div>")
    return "".join(bars)


def _links(card: Scorecard, side: str, verdict: Verdict) -> str:
    ids = [r.claim.id for r in card.results if r.verdicts[side] == verdict]
    return " ".join(f'<a href="#{i}">{i}</a>' for i in ids)


def _how(card: Scorecard) -> str:
    level = card.settings.get("confidence_level", 0.95)
    meanings = definitions(
        (badge(v), esc(words)) for v, words in MEANINGS.items() if _occurs(card, v)
    )
    return (
        "<ol>"
        "<li>Each claim is turned into one or a few <b>numbers</b> that measured data can give, "
        "such as the share of metals whose resistance changes as a theory predicts. A number that "
        "is a logarithm is shown as the factor it stands for.</li>"
        "<li>A <b>rule</b> in the register of claims states which values support the claim, "
        "which contradict it, and how many independent rows of data are needed at least. Where "
        "two theories answer the same question, one rule holds for both.</li>"
        f"<li>The program computes the number with its <b>interval</b> ({level:.0%} confidence) "
        "from the tables, and the rule gives the verdict. Nobody types it. Where only a few "
        "measurements of one quantity exist, no confidence can be computed; the interval then runs "
        "from the smallest to the largest and is called their <b>range</b>.</li>"
        "<li>Parts of a claim that agree give its verdict; parts that disagree make it mixed. A "
        "part that others predict too, or that anybody would guess, is <b>necessary</b>: it can "
        "contradict a side, not support it.</li>"
        "<li>A verdict rests on all rows that its side can answer. Where two sides answer "
        "different rows, their verdicts should not be compared; the numbers <b>on the rows that "
        "both answer</b> should, and stand beside them.</li>"
        "</ol>"
        f"{meanings}"
        + explanation(
            "Were the rules changed after the numbers were seen?",
            "They were written before the numbers. These are the exceptions, all made for all "
            "sides alike. Rules on shares first asked for at least 75 to 90 % to support a claim. "
            "After the numbers of A4, A8, A9 and B4 had been seen, they were loosened to 60 or "
            "70 %, because no sample of the size at hand could have met 90 % with a 95 % "
            "interval, whichever theory was right. Nor is the number of B11 the first one: the "
            "share of all states was replaced, under the same rule, by the mean over the kinds "
            "of state, because saying metal always would have earned 94 %.",
            "A review with fresh eyes, when all numbers were known, changed more. "
            "The metals at room temperature and pressure, most of the points of B11, are a "
            "part of their own now, which can contradict a side but not support it; the other "
            "points kept the rule. Sides judged on different rows are compared on the rows that "
            "both answer as well, though no verdict rests on that. "
            "Isotope exponents (B8) count as sums over all sites of a compound. One author's "
            "curve is one row, and one row no longer decides, save on one named molecule or "
            "substance (C1 to C3, A7's ceiling). What is met in part by construction supports "
            "nothing (C2's normal fraction). Couplings measured on the superconductor itself "
            "predict nothing (A7). An element has one vote (A5, B1). Metals are set apart alike "
            "in B7 and C10, and B18 is compared once more without the metals that the rival "
            "only assumes. By these B1 went from mixed to supported, and B8 from mixed to "
            "undecided for the rival; isotope exponents of ten more elements, looked up then, "
            "brought B8 from contradicted to mixed for the paper. A predicted Tc of zero counts "
            "as a miss (A7), and an exact law as exact (B4, B6); neither occurs yet.",
            "A second review asked whether each test is fair to both sides. Claims that rest on a "
            "reading of the theory are judged under all of them (A5, B1, B9), the paper's side of "
            "B18 may choose bands, and what both theories predict is necessary, not telling (B1, "
            "B2, C2's flow, the share of B15). More pairs of computed and measured Tc (A7), metals "
            "counted without a name (A4), other ways of counting (A8, A9), predicted exponents "
            "(B8), ceramics (C10). By these the paper went from undecided to mixed in A4 and to "
            "contradicted in A7, from contradicted to mixed in A5 and B18, from supported to "
            "necessary in B1 and B2, from mixed to contradicted in B8 and to undecided in B7 and "
            "B9; the rival from supported to mixed in A5, with more couplings from mixed to "
            "undecided in A7, and it earns B1 and B2 as well.",
        )
        + explanation(
            "What does this page not show?",
            "A verdict is about one statement, tested in one way, on the rows that could be "
            "found in public sources. Each claim lists its limits and the rows it left out. "
            "A claim that is supported does not make the theory right, and one that is "
            "contradicted may have been meant in another way; the test says how it was read.",
        )
    )


def _occurs(card: Scorecard, verdict: Verdict) -> bool:
    return any(card.totals[side][verdict] for side in card.sides)


def _group(card: Scorecard, letter: str, title: str) -> str:
    results = [r for r in card.results if r.claim.id.startswith(letter)]
    if not results:
        return ""
    rows = "".join(claim_row(r, card.sides, side_name(card, USER)) for r in results)
    return section(f"group-{letter}", f"{letter}. {esc(title)}", rows)


def _made(card: Scorecard) -> str:
    pairs = [(esc(name), esc(value)) for name, value in card.versions.items()]
    pairs += [(esc(name.replace("_", " ")), esc(value)) for name, value in card.settings.items()]
    return (
        "<p>Everything on it comes from the tables of measured facts and the atlas of computed "
        "crystals inside the package; nothing was fetched. <code>isotunnel scorecard --html "
        "FILE</code> makes it anew, <code>isotunnel data TABLE</code> prints a table with its "
        "sources, <code>isotunnel atlas NAME</code> a scan.</p>" + definitions(pairs)
    )


def _class(verdict: Verdict) -> str:
    return "v-" + verdict.name.lower().replace("_", "-")


def _count(number: int, name: str) -> str:
    return printed(f"{number} {name}" if number == 1 else f"{number} {name}s")
