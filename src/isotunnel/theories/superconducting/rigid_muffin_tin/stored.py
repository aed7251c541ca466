"""Couplings that were computed beforehand, by the crystal they are of.

Every crystal of the benchmark that has a spectrum is here: metals and other named crystals in
their own cells, crystals of JARVIS-DFT and predicted hydrides in theirs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from isotunnel.crystal.formula import formula_counts
from isotunnel.errors import CannotSay, InputError
from isotunnel.materials.names import Index, index, look_up
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    MADE_WITH,
    BenchmarkRow,
    benchmark_rows,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import (
    coupling_range,
)
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc

ABOUT = 0.1
"""A pressure of hundreds of GPa is stated, and computed, no better than within this share."""

Composition = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class StoredCoupling:
    """One crystal with a computed spectrum.

    Attributes:
        name: by which people ask for it.
        row: of the benchmark.
        lambda_ep: its error is half the range in which linear response's is to be expected.
        omega_log_k, omega_2_k: their errors are contained in that of lambda, with which alone Tc
            covers linear response's as often as it should (``calibration.tc_coverage``).
    """

    name: str
    row: BenchmarkRow
    lambda_ep: Parameter
    omega_log_k: Parameter
    omega_2_k: Parameter

    @property
    def pressure_gpa(self) -> float:
        """Of the cell."""
        return self.row.pressure_gpa

    def tc_k(self, mu_star: float) -> float:
        """Tc by Allen and Dynes, kelvin."""
        moments = self.omega_log_k.value, mu_star, self.omega_2_k.value
        return float(allen_dynes_tc(self.lambda_ep.value, *moments))


@cache
def stored_couplings() -> tuple[StoredCoupling, ...]:
    """All of them, in the order of the benchmark's table."""
    names = _names()
    return tuple(_stored(names[row.id], row) for row in _with_spectrum())


def stored_named(name: str) -> StoredCoupling:
    """The stored crystal that a user calls ``name``.

    Named crystals answer to all their names, whatever the case; crystals of JARVIS-DFT and
    hydrides to their formula as written, or their number: "tin" is the metal, "TiN" the nitride.

    Raises:
        InputError: there is none, or there are several; the message says what there is.
        CannotSay: it was computed and has no spectrum; the message says why.
    """
    asked = name.strip()
    if asked in _as_written():
        return _as_written()[asked]
    alike = [s for s in stored_couplings() if _composition(s.row.formula) == _composition(asked)]
    for row in () if alike else benchmark_rows():
        if row.coupling is None and asked in (row.id, row.formula, *_other_orders(row.formula)):
            raise CannotSay(f"{asked} was computed ({row.structure}) and has no Tc: {row.reason}")
    if _composition(asked) and len(alike) > 1 and not any(s.row.is_named for s in alike):
        listed = ", ".join(f"{s.name} (space group {s.row.space_group})" for s in alike)
        raise InputError(f"several stored pairing results are of {asked}: {listed}; name one")
    own = [s.name for s in _named_couplings()]
    others = len(stored_couplings()) - len(own)
    lists = (
        f"there are {', '.join(own)}, and {others} crystals of JARVIS-DFT and "
        "HTSC-2025 by their formulas"
    )
    return look_up(
        name, _named_index(), lambda s: s.name, "stored pairing result", lists, pressures="own"
    )


def stored_of(formula: str, pressure_gpa: tuple[float, float]) -> StoredCoupling | None:
    """That of a named crystal of this composition whose pressure lies between two, GPa.

    Crystals of JARVIS-DFT and predicted hydrides are not asked: a composition alone does not say
    which of its structures is meant.
    """
    wanted = _composition(formula)
    low, high = pressure_gpa
    for found in _named_couplings():
        if _composition(found.row.formula) == wanted and low <= found.pressure_gpa <= high:
            return found
    return None


def stored_like(formula: str, space_group: int, pressure_gpa: float) -> StoredCoupling | None:
    """That of any stored crystal of this composition and space group at about this pressure, GPa.

    About is within 1 GPa or ``ABOUT``. Named crystals go before relaxed ones.
    """
    wanted = _composition(formula)
    like = [
        s
        for s in stored_couplings()
        if _composition(s.row.formula) == wanted
        and s.row.space_group == space_group
        and math.isclose(s.pressure_gpa, pressure_gpa, rel_tol=ABOUT, abs_tol=1.0)
    ]
    return min(like, key=lambda s: not s.row.is_named, default=None)


def _with_spectrum() -> Iterator[BenchmarkRow]:
    return (row for row in benchmark_rows() if row.coupling is not None)


def _stored(name: str, row: BenchmarkRow) -> StoredCoupling:
    known = coupling_range()
    share = None if known is None else (known.high - known.low) / 2.0
    return StoredCoupling(
        name,
        row,
        _parameter(row.coupling, "", share),
        _parameter(row.omega_log_k, "K", None if share is None else 0.0),
        _parameter(row.omega_2_k, "K", None if share is None else 0.0),
    )


def _parameter(value: float | None, unit: str, share: float | None) -> Parameter:
    if value is None:
        raise CannotSay("a stable crystal of the benchmark has no spectrum: renew it")
    source = f"isotunnel pairing, {MADE_WITH}"
    error = None if share is None else value * share
    return Parameter(value, source, error, unit=unit, kind="calculated")


@cache
def _named_couplings() -> tuple[StoredCoupling, ...]:
    return tuple(s for s in stored_couplings() if s.row.is_named)


@cache
def _named_index() -> Index[StoredCoupling]:
    return index(_named_couplings(), _names_of, InputError, "results")


@cache
def _as_written() -> dict[str, StoredCoupling]:
    return {name: stored for stored in stored_couplings() for name in _names_of(stored)}


def _names_of(stored: StoredCoupling) -> tuple[str, ...]:
    found = [stored.name, stored.row.id]
    if stored.row.is_named and stored.pressure_gpa > 0:
        found.append(f"{stored.row.formula}@{stored.pressure_gpa:g}GPa")
    if stored.name == stored.row.formula:
        found += _other_orders(stored.row.formula)
    return tuple(dict.fromkeys(found))


def _names() -> dict[str, str]:
    """A name for every row: the formula of the only or of the named crystal of a composition."""
    alike: dict[Composition, list[BenchmarkRow]] = defaultdict(list)
    for row in _with_spectrum():
        alike[_composition(row.formula)].append(row)
    found = {}
    for rows in alike.values():
        rows = sorted(rows, key=lambda r: not r.is_named)
        plain = len(rows) == 1 or rows[0].is_named
        for place, row in enumerate(rows):
            group = f"{row.formula} ({row.space_group})"
            alone = sum(r.space_group == row.space_group for r in rows) == 1
            first = plain and place == 0
            found[row.id] = row.formula if first else group if alone else row.id
    return found


def _other_orders(formula: str) -> Iterator[str]:
    """The formula as others write it: metals first, and by Hill."""
    from ase.formula import Formula

    for style in ("metal", "hill"):
        yield Formula(formula).format(style)


@cache
def _composition(formula: str) -> Composition:
    """Elements and their shares in the smallest whole numbers; empty for what is no formula."""
    try:
        counts = formula_counts(formula)
    except InputError:
        return ()
    whole = math.gcd(*counts.values())
    # ASE reads a name such as "Nb0" as a formula of no atoms.
    return tuple(sorted((s, n // whole) for s, n in counts.items() if n))
