"""What the fits to many metals come to: standings of the laws, and duels between theories.

A duel counts on how many metals one law has the smaller held-out error. Under "both equally good"
each metal is a coin; the two-sided binomial p-value and the Clopper-Pearson 95 % interval of the
winning share follow. Metals are taken as independent; their data share compilers and methods.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from isotunnel.evidence.statistics import share, share_p_value
from isotunnel.studies.fits.results import LawFit, MetalFits
from isotunnel.studies.fits.rho_laws import laws

BEST = "best"
"""Stands for the law of a theory with the highest likelihood on the training points of a metal."""


@dataclass(frozen=True)
class Standing:
    """One law under one split, over the metals that it could be judged on.

    Attributes:
        split, law, theory: names.
        parameters: free parameters; None for the free function.
        metals: number of metals judged.
        failed: number of metals where it could not be.
        median_held_out, worst_held_out: of the rms relative error on held-out points; None
            without metals.
        median_training: of that on training points.
        wins: metals where it has the smallest held-out error among the laws of theories with as
            many parameters (yardsticks and the free function do not take part); None for those.
        beats_yardstick: metals where it beats the polynomial in T of as many parameters; None
            for yardsticks and the free function.
    """

    split: str
    law: str
    theory: str
    parameters: int | None
    metals: int
    failed: int
    median_held_out: float | None
    worst_held_out: float | None
    median_training: float | None
    wins: int | None
    beats_yardstick: int | None


@dataclass(frozen=True)
class Duel:
    """Two laws with as many parameters, metal by metal.

    Attributes:
        split: name.
        parameters: free parameters of each.
        rival, tunnel: laws; "best" stands for the law that has the highest likelihood on the
            training points of each metal.
        metals: on which both were judged.
        rival_wins, tunnel_wins: metals with the smaller held-out error; ties count for neither.
        share: of the wins that are the rival's, with its 95 % interval; None without wins.
        p_value: two-sided, of a share of 1/2.
    """

    split: str
    parameters: int
    rival: str
    tunnel: str
    metals: int
    rival_wins: int
    tunnel_wins: int
    share: float | None
    share_low: float | None
    share_high: float | None
    p_value: float | None


def error_of(fit: LawFit | None) -> float | None:
    """The rms relative error on held-out points, None where not judged."""
    return None if fit is None or fit.held_out is None else fit.held_out.rms_relative


def standings(metals: Sequence[MetalFits], splits: Sequence[str]) -> tuple[Standing, ...]:
    """Every law under every split."""
    return tuple(_standing(metals, split, name) for split in splits for name in _names())


def _names() -> tuple[str, ...]:
    return tuple(law.name for law in laws())


def _standing(metals: Sequence[MetalFits], split: str, name: str) -> Standing:
    law = next(x for x in laws() if x.name == name)
    fits = [m.fit(name, split) for m in metals]
    judged = [f for f in fits if f is not None and f.held_out is not None]
    held = [e for f in judged if (e := error_of(f)) is not None]
    training = [f.training.rms_relative for f in judged if f.training is not None]
    rivals = _contestants(law.count)
    takes_part = name in rivals
    yardstick = next(
        (x.name for x in laws() if x.theory == "yardstick" and x.count == law.count), None
    )
    return Standing(
        split=split,
        law=name,
        theory=law.theory,
        parameters=law.count,
        metals=len(judged),
        failed=len(fits) - len(judged),
        median_held_out=median(held) if held else None,
        worst_held_out=max(held, default=None),
        median_training=median(training) if training else None,
        wins=sum(_winner(m, split, rivals) == name for m in metals) if takes_part else None,
        beats_yardstick=(
            _score(metals, split, name, yardstick)[0] if takes_part and yardstick else None
        ),
    )


def _contestants(count: int | None) -> list[str]:
    """Laws of theories with that many parameters."""
    return [
        x.name for x in laws() if count is not None and x.count == count and x.theory != "yardstick"
    ]


def _winner(metal: MetalFits, split: str, names: Iterable[str]) -> str | None:
    errors = {n: e for n in names if (e := error_of(metal.fit(n, split))) is not None}
    return min(errors, key=errors.__getitem__, default=None)


def _score(
    metals: Sequence[MetalFits], split: str, first: str, second: str
) -> tuple[int, int, int]:
    """Wins of each, and metals on which both were judged."""
    wins = [0, 0]
    both = 0
    for metal in metals:
        a, b = (error_of(_chosen(metal, split, n)) for n in (first, second))
        if a is None or b is None:
            continue
        both += 1
        if a != b:
            wins[a > b] += 1
    return wins[0], wins[1], both


def _chosen(metal: MetalFits, split: str, name: str) -> LawFit | None:
    """A law's fit; for "best THEORY COUNT" that with the highest training likelihood."""
    if not name.startswith(BEST):
        return metal.fit(name, split)
    _, theory, count = name.split()
    fits = [metal.fit(x.name, split) for x in laws() if (x.theory, str(x.count)) == (theory, count)]
    likely = {
        f.training.log_likelihood: f
        for f in fits
        if f is not None and f.training is not None and f.training.log_likelihood is not None
    }
    return likely[max(likely)] if likely else None


def compare(metals: Sequence[MetalFits], split: str, rival: str, tunnel: str, count: int) -> Duel:
    """The duel of two laws with ``count`` parameters; "best" as in ``Duel``."""
    names = {
        theory: f"{BEST} {theory} {count}" if name == BEST else name
        for theory, name in (("bloch_grueneisen", rival), ("tunnel", tunnel))
    }
    won, lost, both = _score(metals, split, names["bloch_grueneisen"], names["tunnel"])
    decided = won + lost
    value, low, high = share(won, decided) if decided else (None, None, None)
    return Duel(
        split=split,
        parameters=count,
        rival=rival,
        tunnel=tunnel,
        metals=both,
        rival_wins=won,
        tunnel_wins=lost,
        share=value,
        share_low=low,
        share_high=high,
        p_value=share_p_value(won, decided) if decided else None,
    )


def duels(metals: Sequence[MetalFits], splits: Sequence[str]) -> tuple[Duel, ...]:
    """The best of each theory, then every pair of laws, with 2 and with 3 parameters."""
    found = []
    for split in splits:
        for count in (2, 3):
            found.append(compare(metals, split, BEST, BEST, count))
            names = {
                theory: [x.name for x in laws() if (x.theory, x.count) == (theory, count)]
                for theory in ("bloch_grueneisen", "tunnel")
            }
            found += [
                compare(metals, split, rival, tunnel, count)
                for rival in names["bloch_grueneisen"]
                for tunnel in names["tunnel"]
            ]
    return tuple(found)
