"""What the search for candidates is worth, as numbers of a claim: the rule is the search's own.

See :mod:`isotunnel.design.plan`, which was written before a candidate was ranked.
"""

from __future__ import annotations

from isotunnel.design.judge import NO_HELP, Area, Judged, Made
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.measurement import Measurement, Values

TABLE = "design"
AREA = "area under the receiver's curve, interval by redrawing prototypes"
_PARTS = {
    ("found", True): "search",
    ("found", False): "search_over_all",
    ("told apart", False): "search_failures",
}


def search_measurements(found: Judged) -> tuple[Measurement, ...]:
    """Areas of successes against all others and against failures, and the share among the first."""
    by_name = {(a.name, a.within): a for a in found.areas}
    areas = tuple(_of_area(name, by_name[key], found) for key, name in _PARTS.items())
    return (*areas, _of_first(found))


def _rows(found: Judged, successes_alone: bool) -> tuple[RowUsed, ...]:
    return tuple(
        RowUsed(TABLE, _key(m), m.formula, m.source)
        for m, _ in found.made
        if m.success or not successes_alone
    )


def _lost(found: Judged) -> tuple[RowDropped, ...]:
    why = "the filters of the search lose it"
    return tuple(RowDropped(TABLE, _key(m), m.formula, why) for m in found.lost)


def _key(made: Made) -> str:
    return f"{made.prototype}:{made.formula}"


def _places(found: Judged) -> Values:
    return tuple(
        (m.formula, {"Tc (K)": m.tc_k, f"place of {found.candidates}": place})
        for m, place in found.made
    )


def _of_area(part: str, area: Area, found: Judged) -> Measurement:
    """The area; none where composition alone does as well, which the plan calls no help."""
    dropped = _lost(found)
    if area.tunnel is None or area.composition is None:
        return Measurement.refused(part, PAPER, "no pair of candidates to compare", dropped)
    if area.tunnel[1] > 0.5 and area.verdict == NO_HELP:
        areas = f"{area.tunnel[0]:.2f}, but composition only has {area.composition[0]:.2f}"
        reason = f"the area is {areas}: no help is shown"
        return Measurement.refused(part, PAPER, reason, dropped)
    used = _rows(found, successes_alone=area.name == "found")
    count = min(area.successes, area.others)
    how = f"{AREA}; by composition only {area.composition[0]:.2f}, a random order 0.50"
    return Measurement(
        part, PAPER, *area.tunnel, used, dropped, count, method=how, values=_places(found)
    )


def _of_first(found: Judged) -> Measurement:
    """Successes among the most that the plan counts, less what chance gives."""
    dropped = _lost(found)
    if not found.candidates:
        return Measurement.refused("search_first", PAPER, "no candidate", dropped)
    values = tuple(
        (
            f"first {count}",
            {"by tunnel gap": tunnel, "by composition only": composition, "by chance": chance},
        )
        for count, tunnel, composition, chance in found.precision
    )
    _, tunnel, _, chance = found.precision[-1]
    gain = tunnel - chance
    return Measurement(
        "search_first", PAPER, gain, gain, gain, _rows(found, successes_alone=True), dropped,
        method="share among the first, less the share among all", values=values,
    )  # fmt: skip
