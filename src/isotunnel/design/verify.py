"""Candidates put to the test by DFT: pressure of the cell, phonons, coupling and Tc.

A candidate's cell is a known crystal's, scaled; it is computed as it is, not relaxed. So its
pressure is part of the answer. Phonons are those at the zone centre where the supercell would be
too large, which :func:`~isotunnel.engines.phonons.supercell.choose_supercell` decides: a crystal
that is stable there may still be unstable elsewhere, and a real mode says nothing of decomposition.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from itertools import islice

from isotunnel.crystal.formula import elements_in
from isotunnel.csv_tables import CsvTable
from isotunnel.design.candidates import Candidate, candidates
from isotunnel.design.prototypes import prototypes
from isotunnel.design.rank import Ranked, as_cell
from isotunnel.engines.base import Progress, part_of_progress
from isotunnel.errors import CannotSay, EngineError


@dataclass(frozen=True)
class Verified:
    """What DFT says of a candidate in its scaled cell.

    Attributes:
        formula, prototype: of the candidate.
        pressure_gpa: of the cell.
        lowest_mode_mev: energy of the softest phonon at the wave vectors computed without
            interpolation; negative stands for imaginary.
        zone_centre_only: whether these are the zone centre alone.
        stable: no imaginary mode there; None where not computed.
        coupling: lambda by rigid muffin tins.
        omega_log_k: logarithmic mean frequency.
        tc_k: by Allen and Dynes.
        mu_star: it was computed with.
        reason: why something is missing; "" where nothing is.
    """

    formula: str
    prototype: str
    pressure_gpa: float | None = None
    lowest_mode_mev: float | None = None
    zone_centre_only: bool | None = None
    stable: bool | None = None
    coupling: float | None = None
    omega_log_k: float | None = None
    tc_k: float | None = None
    mu_star: float | None = None
    reason: str = ""

    @property
    def stability(self) -> str:
        """In words: stable or not, by which margin, and what was not looked at."""
        if self.stable is None or self.lowest_mode_mev is None or self.pressure_gpa is None:
            return f"unknown: {self.reason}"
        where = "at the zone centre" if self.zone_centre_only else "in a supercell"
        if self.stable:
            mode = f"no imaginary mode {where}, the softest at {self.lowest_mode_mev:.1f} meV"
        else:
            mode = f"unstable: a mode {where} is imaginary, {-self.lowest_mode_mev:.1f}i meV"
        return f"{mode}; the unrelaxed cell is under {self.pressure_gpa:.0f} GPa; no hull at hand"


def verify(
    chosen: Sequence[Ranked], most: int, progress: Progress | None = None
) -> tuple[Verified, ...]:
    """Compute the first candidates by GPAW: minutes each, kept in the cache.

    Passed over are candidates without a gap, of elements that GPAW has no data set for, and of
    elements known for magnetic moments, to which pairing by phonons does not apply.

    Args:
        chosen: candidates in the order of their rank.
        most: how many.
        progress: told of each step.

    Raises:
        MissingExtraError: GPAW or phonopy is not installed.
    """
    first = list(islice((r for r in chosen if computable(r)), most))
    crystals = _crystals({(r.formula, r.prototype) for r in first})
    found = []
    for n, one in enumerate(first):
        part = part_of_progress(progress, n / len(first), (n + 1) / len(first))
        found.append(verified(crystals[one.formula, one.prototype], _named(part, one)))
    return tuple(found)


def computable(one: Ranked) -> bool:
    """Whether :func:`verify` takes a candidate."""
    from isotunnel.engines.gpaw_pw.checks import MAGNETIC_ELEMENTS
    from isotunnel.engines.gpaw_pw.runtime import dataset_file

    elements = elements_in(one.formula)
    return (
        one.gap_ev is not None
        and not elements & MAGNETIC_ELEMENTS
        and all(dataset_file(symbol, "PBE") is not None for symbol in elements)
    )


def verified(candidate: Candidate, progress: Progress | None = None) -> Verified:
    """What pairing says of a candidate; a reason where it cannot."""
    from isotunnel.analysis.pairing import pairing

    name, kind = candidate.formula, candidate.prototype
    try:
        found = pairing(candidate.atoms.copy(), progress=progress)
    except (CannotSay, EngineError) as error:
        return Verified(name, kind, reason=" ".join(str(error).split()))
    return Verified(
        name,
        kind,
        pressure_gpa=found.pressure_gpa,
        lowest_mode_mev=1e3 * found.phonons.lowest_exact_ev,
        zone_centre_only=found.phonons.zone_centre_only,
        stable=found.stable,
        coupling=found.coupling,
        omega_log_k=found.omega_log_k,
        tc_k=found.tc_allen_dynes_k,
        mu_star=found.mu_star,
        reason=found.unstable,
    )


def _crystals(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Candidate]:
    names = set(wanted)
    kinds = {prototype for _, prototype in names}
    every = (c for p in prototypes() if p.name in kinds for c in candidates(p))
    return {(c.formula, c.prototype): c for c in every if (c.formula, c.prototype) in names}


def _named(progress: Progress | None, one: Ranked) -> Progress | None:
    if progress is None:
        return None
    return lambda message, fraction: progress(f"{one.formula}: {message}", fraction)


COLUMNS = tuple(f.name for f in fields(Verified))


def table_of(found: Sequence[Verified]) -> CsvTable:
    """As it is shipped."""
    return COLUMNS, [[as_cell(getattr(v, n)) for n in COLUMNS] for v in found]


@cache
def shipped() -> tuple[Verified, ...]:
    """What was computed beforehand, with the script that ranks."""
    text = files("isotunnel.design").joinpath("data/verified.csv").read_text("utf-8")
    return tuple(_of_cells(row) for row in csv.DictReader(io.StringIO(text)))


def _of_cells(row: Mapping[str, str]) -> Verified:
    texts = {name: row[name] for name in ("formula", "prototype", "reason")}
    flags = {n: row[n] == "True" if row[n] else None for n in ("zone_centre_only", "stable")}
    numbers = {n: float(row[n]) if row[n] else None for n in COLUMNS if n not in {*texts, *flags}}
    return Verified(**texts, **flags, **numbers)  # type: ignore[arg-type]
