"""What ``isotunnel design`` tells: the ranking, a part of it, and how good it has shown itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.design.candidates import spread_of
from isotunnel.design.judge import Judged, judge
from isotunnel.design.prototypes import Prototype, prototypes
from isotunnel.design.rank import PREDICTED_BY, STABILITY, Ranked, ranked
from isotunnel.design.verify import Verified, shipped
from isotunnel.design.verify import verify as compute
from isotunnel.engines.base import Progress
from isotunnel.errors import InputError


@dataclass(frozen=True, eq=False)
class Design:
    """Candidates and what their ranking is worth.

    Attributes:
        prototypes: structure types that were searched.
        candidates: those asked for, lowest gap first.
        searched: how many there are in all.
        spread: of the cells' volumes, root mean square of the logarithm, on known members.
        predicted_by: what the ranking rests on.
        stability: what is known of it.
        judged: the ranking of all candidates, judged.
        verified: of the candidates, those computed by DFT, now or beforehand.
    """

    prototypes: tuple[Prototype, ...]
    candidates: tuple[Ranked, ...]
    searched: int
    spread: float
    predicted_by: str
    stability: str
    judged: Judged
    verified: tuple[Verified, ...]


def design(
    names: Sequence[str] = (),
    elements: Sequence[str] = (),
    *,
    verify: int = 0,
    progress: Progress | None = None,
) -> Design:
    """Candidates of some prototypes that hold some elements.

    Args:
        names: of prototypes; all where empty.
        elements: symbols that a candidate must hold, every one of them.
        verify: compute so many of the first by DFT; 0 for those computed beforehand alone.
        progress: told of these.

    Raises:
        InputError: no such prototype or element.
        MissingExtraError: what DFT needs is not installed.
    """
    from isotunnel.crystal.formula import elements_in
    from isotunnel.design.candidates import elements as known_elements

    known = {p.name: p for p in prototypes()}
    for name in names:
        if name not in known:
            raise InputError(f"no prototype {name!r}; there are {', '.join(known)}")
    for symbol in elements:
        if symbol not in {*known_elements(), "H"}:
            raise InputError(f"no candidate holds {symbol!r}: give symbols such as La or Be")
    every = ranked()
    wanted = frozenset(elements)
    chosen = tuple(
        r for r in every if (not names or r.prototype in names) and wanted <= elements_in(r.formula)
    )
    own = {(v.formula, v.prototype): v for v in compute(chosen, verify, progress)}
    before = {(v.formula, v.prototype): v for v in shipped()}
    by_dft = before | own
    return Design(
        tuple(known[n] for n in names) or prototypes(),
        chosen,
        len(every),
        spread_of(prototypes()),
        PREDICTED_BY,
        STABILITY,
        judge(every),
        tuple(by_dft[k] for r in chosen if (k := (r.formula, r.prototype)) in by_dft),
    )
