"""Fit every law to every metal under every split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured import table
from isotunnel.measured.rows import Tables
from isotunnel.studies.fits.fit import fit_law
from isotunnel.studies.fits.points import SPLITS, Points, training_mask
from isotunnel.studies.fits.results import LawFit, MetalFits
from isotunnel.studies.fits.rho_laws import laws
from isotunnel.studies.fits.select import metals as tabulated
from isotunnel.studies.fits.select import select
from isotunnel.studies.fits.solve import Law
from isotunnel.studies.fits.summary import Duel, Standing, duels, standings

FEWEST_PRESSURES = 5


@dataclass(frozen=True)
class Skipped:
    """A metal that was not fitted, and why."""

    metal: str
    reason: str


@dataclass(frozen=True, eq=False)
class FitsResult:
    """Fits to all metals, and what they come to.

    Attributes:
        noise: "relative" or "absolute".
        splits: names.
        metals: one entry each, by symbol.
        skipped: metals without enough rows, with the reason.
        standings: each law over the metals that it could be judged on.
        duels: Bloch-Grueneisen against each tunnel law with as many parameters.
        pressure: why no R(P) is fitted, one sentence.
    """

    noise: str
    splits: tuple[str, ...]
    metals: tuple[MetalFits, ...]
    skipped: tuple[Skipped, ...]
    standings: tuple[Standing, ...]
    duels: tuple[Duel, ...]
    pressure: str

    @property
    def laws(self) -> tuple[Law, ...]:
        """Every law that was fitted."""
        return laws()

    @property
    def split_meanings(self) -> dict[str, str]:
        """What each split is, by name."""
        return {name: SPLITS[name] for name in self.splits}

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON. Keys: ``isotunnel.schemas.fits``."""
        from isotunnel.schemas import document
        from isotunnel.schemas.fits import Fits as Shape

        return document(Shape, self)


def fit_points(
    points: Points, splits: Sequence[str] = tuple(SPLITS), noise: str = "relative"
) -> tuple[LawFit, ...]:
    """Every law under each split, for measured or made-up points of one metal.

    Raises:
        InputError: an unknown split or noise model.
    """
    masks = {split: training_mask(points.temperature_k, split) for split in splits}
    return tuple(
        fit_law(law, points, mask, split, noise) for split, mask in masks.items() for law in laws()
    )


def fit_metals(
    metals: Sequence[str] = (),
    splits: Sequence[str] = tuple(SPLITS),
    noise: str = "relative",
    source: Tables = table,
) -> FitsResult:
    """Fit every law to the tabulated resistivities of metals, of all with enough rows by default.

    Args:
        metals: symbols; none stands for all.
        splits: names.
        noise: "relative" or "absolute".
        source: gives a measured table by name; a made-up one puts the fits to a made-up world.

    Raises:
        InputError: an unknown metal, split or noise model.
        CannotSay: none of the metals asked for has enough rows; with one metal, its reason.
    """
    fitted: list[MetalFits] = []
    skipped: list[Skipped] = []
    for metal in metals or tabulated(source):
        try:
            found = select(metal, source=source)
        except CannotSay as reason:
            skipped.append(Skipped(metal, str(reason)))
            continue
        if any(m.metal == found.metal for m in fitted):
            raise InputError(f"{found.metal} is given twice")
        fitted.append(
            MetalFits(
                metal=found.metal,
                phase=found.phase,
                points=found.points,
                theta_source=found.theta_source,
                used=found.used,
                dropped=found.dropped,
                fits=fit_points(found.points, splits, noise),
                remarks=found.remarks,
            )
        )
    if not fitted:
        raise CannotSay("; ".join(s.reason for s in skipped))
    every = tuple(fitted)
    return FitsResult(
        noise=noise,
        splits=tuple(splits),
        metals=every,
        skipped=tuple(skipped),
        standings=standings(every, splits),
        duels=duels(every, splits),
        pressure=_pressure(),
    )


def _pressure() -> str:
    """Whether any resistance was tabulated at enough pressures to fit a law to half of them."""
    counts: dict[str, int] = {}
    for row in table("resistance_vs_pressure").rows:
        if row["kind"] == "value" and row["r_over_r0"] is not None:
            name = row.text("material")
            counts[name] = counts.get(name, 0) + 1
    most = max(counts.values(), default=0)
    if most >= FEWEST_PRESSURES:
        return f"R(P) is tabulated at up to {most} pressures; no law is fitted to it yet"
    return (
        f"R(P) cannot be fitted: no substance has measured resistances at more than {most} "
        f"pressure{'s' * (most != 1)} in the table, {FEWEST_PRESSURES} are needed"
    )
