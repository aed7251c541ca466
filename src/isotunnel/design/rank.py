"""The ranking: what the tunnel theory's gap says of each candidate, and how sure that is."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from isotunnel.crystal.formula import elements_in
from isotunnel.design.candidates import Candidate, candidates, spread_of
from isotunnel.design.plan import SPACING_ANGSTROM, SPREAD_SHOWN
from isotunnel.design.prototypes import prototypes
from isotunnel.engines.base import Progress
from isotunnel.engines.mlip.families import family_of
from isotunnel.packed_csv import packed, unpacked

PREDICTED_BY = "superposed free atoms: gap of the reading atomic in three dimensions"
STABILITY = (
    "unknown where DFT was not asked: no hull, and machine-learned energies are not believed"
)
COLUMNS = (
    *("formula", "prototype", "cell_of", "pressure_gpa", "volume_ratio", "beyond_size", "known"),
    *("gap_ev", "gap_error_ev", "gap_denser_ev", "gap_wider_ev", "mass_ratio", "reason"),
)


@dataclass(frozen=True)
class Ranked:
    """A candidate with what is said of it.

    Attributes:
        formula, prototype, cell_of, pressure_gpa, volume_ratio, beyond_size, known: as of
            :class:`~isotunnel.design.candidates.Candidate`.
        gap_ev: of the reading atomic in three dimensions; None where there is none.
        gap_error_ev: its grid error.
        gap_denser_ev, gap_wider_ev: at the volume divided and multiplied by exp(spread); None
            where not computed.
        mass_ratio: mass of the other atoms over that of the hydrogen; None without hydrogen.
        reason: why there is no gap; "" where there is.
    """

    formula: str
    prototype: str
    cell_of: str
    pressure_gpa: float | None
    volume_ratio: float
    beyond_size: float
    known: bool
    gap_ev: float | None
    gap_error_ev: float | None
    gap_denser_ev: float | None
    gap_wider_ev: float | None
    mass_ratio: float | None
    reason: str

    @property
    def predicted(self) -> str:
        """What the tunnel theory says, and whether the cell's spread leaves that open."""
        gaps = [g for g in (self.gap_ev, self.gap_denser_ev, self.gap_wider_ev) if g is not None]
        if self.gap_ev is None:
            return f"cannot say: {self.reason}"
        sides = {g <= 0 for g in gaps}
        words = "superconducts" if self.gap_ev <= 0 else "does not superconduct"
        if self.gap_denser_ev is None and self.gap_wider_ev is None:
            return f"{words} in this cell; other volumes not computed"
        return words if len(sides) == 1 else f"{words}, but not at every volume within the spread"

    @property
    def stability(self) -> str:
        """What is known of it, and why machine-learned energies do not say more."""
        return f"unknown before DFT is asked; no hull; {_of_energies(family_of(self.elements))}"

    @property
    def elements(self) -> tuple[str, ...]:
        """Of the formula."""
        return tuple(sorted(elements_in(self.formula)))

    @property
    def outside(self) -> str:
        """How far it lies outside what is known: sizes, cell, and whether it is a known member."""
        sizes = f"an element {self.beyond_size:.0%} beyond known sizes" if self.beyond_size else ""
        words = sizes or "elements within known sizes"
        if self.known:
            return f"a known member; {words}"
        cell = self.cell_of.rpartition(":")[2]
        return f"{words}; cell of {cell} at {self.volume_ratio:.2f} times its volume"


@cache
def _of_energies(family: str) -> str:
    """Whether machine-learned energies are believed of a family, by the rule for pressures.

    See :mod:`isotunnel.engines.mlip.plan`: what a potential does not know of pressures of a family
    it is not asked for energies of.
    """
    from isotunnel.engines.mlip.compared import compared
    from isotunnel.engines.mlip.trust import by_family

    if family == "hydride":
        return "machine-learned energies are off for hydrides"
    trust = by_family(compared(), family)
    if trust.reach_gpa is None:
        return f"machine-learned energies are not believed here ({trust.reason})"
    return f"machine-learned energies would be believed ({trust.reason}), but there is no hull"


def order(found: Iterable[Ranked]) -> list[Ranked]:
    """By the rule: lowest gap first, those without one last."""
    return sorted(found, key=_place)


def _place(r: Ranked) -> tuple[bool, float, str]:
    return r.gap_ev is None, r.gap_ev or 0.0, r.formula


def computed(progress: Progress | None = None) -> list[Ranked]:
    """Rank every candidate of every prototype: some hundred superpositions of free atoms.

    The gaps at other volumes follow for the first :data:`~isotunnel.design.plan.SPREAD_SHOWN`.
    """
    tell = progress or (lambda _message, _fraction: None)
    every = {(c.formula, c.prototype, c.elements): c for p in prototypes() for c in candidates(p)}
    spread = spread_of(prototypes())
    found: list[tuple[Ranked, Candidate]] = []
    for n, candidate in enumerate(every.values()):
        tell(f"{candidate.formula} ({candidate.prototype})", n / len(every))
        found.append((_ranked(candidate), candidate))
    found.sort(key=lambda pair: _place(pair[0]))
    for n, (one, candidate) in enumerate(found[:SPREAD_SHOWN]):
        tell(f"{candidate.formula} at other volumes", n / SPREAD_SHOWN)
        denser, wider = (_gap(candidate, s)[0] for s in (-spread, spread))
        found[n] = replace(one, gap_denser_ev=denser, gap_wider_ev=wider), candidate
    return [one for one, _ in found]


def _ranked(candidate: Candidate) -> Ranked:
    gap, error, reason = _gap(candidate, 0.0)
    return Ranked(
        candidate.formula,
        candidate.prototype,
        candidate.cell_of,
        candidate.pressure_gpa,
        candidate.volume_ratio,
        candidate.beyond_size,
        candidate.known,
        gap,
        error,
        None,
        None,
        mass_ratio(candidate),
        reason,
    )


def _gap(candidate: Candidate, stretch: float) -> tuple[float | None, float | None, str]:
    """Gap, grid error, and why there is none, at the volume times exp(stretch)."""
    from isotunnel.errors import IsotunnelError
    from isotunnel.screening import Settings
    from isotunnel.screening.one_crystal import packed
    from isotunnel.screening.worker import compute

    atoms = candidate.atoms.copy()
    atoms.set_cell(atoms.cell.array * math.exp(stretch / 3), scale_atoms=True)
    try:
        values = compute(packed(atoms), Settings(spacing_angstrom=SPACING_ANGSTROM))
    except IsotunnelError as error:
        return None, None, " ".join(str(error).split())
    gap = values.get("gap_atomic_3d_ev")
    return gap, values.get("gap_atomic_3d_error_ev"), "" if gap is not None else "no 3D tunnel"


def mass_ratio(candidate: Candidate) -> float | None:
    """Mass of the other atoms over that of the hydrogen."""
    masses = candidate.atoms.get_masses()
    hydrogen = candidate.atoms.numbers == 1
    if not hydrogen.any():
        return None
    return float(masses[~hydrogen].sum() / masses[hydrogen].sum())


def packed_ranking(found: Sequence[Ranked]) -> bytes:
    """As gzipped CSV; the same ranking gives the same bytes."""
    return packed([COLUMNS, *([as_cell(getattr(r, n)) for n in COLUMNS] for r in found)])


def as_cell(value: Any) -> str:
    """A value as the shipped tables have it; nothing for None, six digits."""
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


@cache
def ranked(path: Path | None = None) -> tuple[Ranked, ...]:
    """The ranking that comes with the package, computed beforehand.

    Raises:
        InputError: the file is damaged.
    """
    source = path or Path(str(files("isotunnel.design").joinpath("data/ranked.csv.gz")))
    with unpacked(source, "ranking of candidates") as text:
        return tuple(_of_cells(row) for row in csv.DictReader(text))


def _of_cells(row: Mapping[str, str]) -> Ranked:
    texts = {n: row[n] for n in ("formula", "prototype", "cell_of", "reason")}
    numbers = {
        n: float(row[n]) if row[n] else None
        for n in COLUMNS
        if n not in texts and n not in ("known", "volume_ratio", "beyond_size")
    }
    sure = {n: float(row[n]) for n in ("volume_ratio", "beyond_size")}
    return Ranked(**texts, **numbers, **sure, known=row["known"] == "True")  # type: ignore[arg-type]
