"""Analyses beside each other: the same quantities of each, and their fields at one level."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from isotunnel.analysis.results import Analysis
from isotunnel.errors import CannotSay, InputError
from isotunnel.fields.kinds import FieldKind, Side
from isotunnel.tunnels.results import Tunnels

OF_ONE_ZERO = (FieldKind.ELF, FieldKind.DENSITY)
"""Kinds whose values mean the same in every crystal; a potential has a zero of its own in each."""

_KINDS = ("elf", "density", "potential", "electrostatic", "other")
_RANKS = ("1D", "2D", "3D")


@dataclass(frozen=True)
class Quantity:
    """What is compared.

    Attributes:
        group: "crystal", "thresholds", "lifting gaps", "states" or "critical temperature".
        name: in words, "ELF, 3D" say.
        unit: "1" for pure numbers, "" for words.
    """

    group: str
    name: str
    unit: str


@dataclass(frozen=True)
class Entry:
    """A quantity of one crystal.

    Attributes:
        value: None where there is none.
        error: of the grid, or None where unknown.
        words: a state, or why there is no value.
    """

    value: float | None = None
    error: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Line:
    """One quantity of every crystal, in their order."""

    quantity: Quantity
    entries: tuple[Entry, ...]

    @property
    def difference(self) -> float | None:
        """The last value minus the first; None where one is missing."""
        first, last = self.entries[0].value, self.entries[-1].value
        return None if first is None or last is None else last - first


@dataclass(frozen=True, eq=False)
class SharedLevel:
    """The same field of every crystal, cut at the same level.

    Attributes:
        kind: of the field.
        unit: of the level.
        level: see ``meaning``.
        meaning: where the level comes from, in words.
        tunnels: of the field, one per crystal.
    """

    kind: FieldKind
    unit: str
    level: float
    meaning: str
    tunnels: tuple[Tunnels, ...]

    @property
    def side(self) -> Side:
        """Which region is open."""
        return self.tunnels[0].side

    @property
    def ranks(self) -> tuple[int, ...]:
        """In how many dimensions one network spans each crystal at the level."""
        return tuple(t.rank_at(self.level) for t in self.tunnels)

    @property
    def of_one_zero(self) -> bool:
        """Whether the same level means the same in each; see ``OF_ONE_ZERO``."""
        return self.kind in OF_ONE_ZERO


@dataclass(frozen=True, eq=False)
class Comparison:
    """Analyses side by side; see :func:`compare_analyses`.

    Attributes:
        analyses: in the order given.
        names: one each, no two alike.
        lines: every quantity that at least one of them has.
        shared: their fields at one level; None where they have no field of one kind.
        remarks: what a user should know of the comparison itself.
    """

    analyses: tuple[Analysis, ...]
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    shared: SharedLevel | None
    remarks: tuple[str, ...] = ()

    def line(self, group: str, name: str) -> Line:
        """One of the lines.

        Raises:
            InputError: there is none of that name.
        """
        for line in self.lines:
            if (line.quantity.group, line.quantity.name) == (group, name):
                return line
        known = ", ".join(x.quantity.name for x in self.lines if x.quantity.group == group)
        raise InputError(f"no {name!r} is compared in {group!r}; there: {known or 'nothing'}")

    @cached_property
    def groups(self) -> dict[str, tuple[Line, ...]]:
        """Lines by group, in order."""
        found: dict[str, tuple[Line, ...]] = {}
        for line in self.lines:
            found[line.quantity.group] = (*found.get(line.quantity.group, ()), line)
        return found

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON. Keys: ``isotunnel.schemas.comparison``."""
        from isotunnel.schemas import document
        from isotunnel.schemas.comparison import Comparison as Shape

        return document(Shape, self)


def compare_analyses(
    analyses: Sequence[Analysis], *, kind: str | None = None, level: float | None = None
) -> Comparison:
    """Put analyses side by side.

    Args:
        analyses: at least two.
        kind: which field to cut at one level: "elf", "density", ...; default: the first of
            ``_KINDS`` that all of them have.
        level: where, in the field's unit; default: the first crystal's highest threshold.

    Raises:
        InputError: fewer than two, or a field that one of them lacks.
    """
    if len(analyses) < 2:
        raise InputError("a comparison needs two crystals, or one at two pressures")
    tables = [dict(quantities_of(a)) for a in analyses]
    absent = Entry(words="not computed")
    order = _merged([list(t) for t in tables])
    lines = [Line(q, tuple(t.get(q, absent) for t in tables)) for q in order]
    return Comparison(
        tuple(analyses),
        names_of(analyses),
        tuple(line for line in lines if _tells(line)),
        _shared(analyses, kind, level),
        tuple(_remarks(analyses)),
    )


def quantities_of(analysis: Analysis) -> Iterator[tuple[Quantity, Entry]]:
    """Every number and state of an analysis that can stand beside that of another."""
    yield from _of_crystal(analysis)
    main = analysis.structure.engine
    for kind, tunnels in analysis.tunnels[main].items():
        for rank, words in enumerate(_RANKS):
            value = float(tunnels.thresholds[rank])
            entry = _entry(value, float(tunnels.thresholds_error[rank]), "never reached")
            yield Quantity("thresholds", f"{_field(kind)}, {words}", tunnels.field.unit), entry
    for gap in analysis.gaps:
        why = gap.cannot_say or "no tunnel below the escape level"
        for rank, words in enumerate(_RANKS):
            entry = _entry(float(gap.gaps[rank]), float(gap.errors[rank]), why)
            yield Quantity("lifting gaps", f"{gap.reading}, {words}", gap.unit), entry
    for gap in analysis.gaps:
        words = gap.cannot_say or str(gap.state)
        yield Quantity("states", gap.reading, ""), Entry(words=words)
    yield from _of_tc(analysis)


def names_of(analyses: Sequence[Analysis]) -> tuple[str, ...]:
    """A name for each, with its pressure or number where two would be alike."""
    plain = [a.name for a in analyses]
    with_pressure = [
        f"{a.name} at {p:.4g} GPa" if (p := _pressure(a)) is not None else a.name for a in analyses
    ]
    for names in (plain, with_pressure):
        if len(set(names)) == len(names):
            return tuple(names)
    counts = Counter(plain)
    return tuple(f"{n} ({i})" if counts[n] > 1 else n for i, n in enumerate(plain, start=1))


def _of_crystal(analysis: Analysis) -> Iterator[tuple[Quantity, Entry]]:
    main, crystal = analysis.structure, analysis.crystal
    if crystal is not None:
        yield Quantity("crystal", "formula", ""), Entry(words=crystal["formula"])
        volume = crystal["volume_angstrom3"] / max(1, len(crystal["symbols"]))
        yield Quantity("crystal", "volume per atom", "Å³"), Entry(volume)
    for name, unit, value in (
        ("pressure", "GPa", _pressure(analysis)),
        ("band gap", "eV", main.band_gap_ev),
        ("DOS at the Fermi level", "1/eV per cell", main.dos_fermi),
        ("hydrogen's share of the DOS", "1", analysis.h_dos),
    ):
        if value is not None:
            yield Quantity("crystal", name, unit), _entry(value, None, "")


def _of_tc(analysis: Analysis) -> Iterator[tuple[Quantity, Entry]]:
    for name, value in (
        ("phi", analysis.phi),
        ("phi*", analysis.phi_star),
        ("phi of the pseudo density", analysis.phi_pseudo),
    ):
        if value is not None and analysis.tc_estimates:
            error = analysis.phi_error if name == "phi" else None
            yield Quantity("critical temperature", name, "1"), _entry(value, error, "")
    for estimate in analysis.tc_estimates:
        if estimate.status == "current":
            entry = _entry(estimate.tc_k, estimate.error_k, estimate.cannot_say or "")
            yield Quantity("critical temperature", f"Tc by {estimate.id}", "K"), entry
    pairing = analysis.pairing
    if pairing is not None:
        for name, tc in (
            ("Allen-Dynes", pairing.tc_allen_dynes_k),
            ("Eliashberg", pairing.tc_eliashberg_k),
        ):
            entry = _entry(tc, None, pairing.unstable or "not computed")
            yield Quantity("critical temperature", f"Tc by rigid muffin tins, {name}", "K"), entry


def _pressure(analysis: Analysis) -> float | None:
    """Of the engine, else the one that the cell belongs to."""
    computed = analysis.structure.pressure_gpa
    if computed is not None or analysis.atoms is None:
        return computed
    return analysis.atoms.info.get("pressure_gpa")


def _entry(value: float | None, error: float | None, words: str) -> Entry:
    if value is None or not math.isfinite(value):
        return Entry(words=words)
    return Entry(value, error if error is not None and math.isfinite(error) else None)


def _field(kind: str) -> str:
    return "ELF" + kind[3:] if kind.startswith("elf") else kind


def _merged(orders: Sequence[Sequence[Quantity]]) -> list[Quantity]:
    """All quantities, group by group, in the order in which the crystals have them."""
    every = dict.fromkeys(q for order in orders for q in order)
    groups = dict.fromkeys(
        ("crystal", "thresholds", "lifting gaps", "states", "critical temperature")
    )
    return [q for group in groups for q in every if q.group == group]


def _shared(
    analyses: Sequence[Analysis], kind: str | None, level: float | None
) -> SharedLevel | None:
    fields = [dict(_fields(a)) for a in analyses]
    common = [k for k in _KINDS if all(k in f for f in fields)]
    if kind is not None and kind not in common:
        there = f"there are {', '.join(common)}" if common else "there is no common one"
        raise InputError(f"not every crystal has a {kind} to be cut at one level; {there}")
    if not common:
        if level is not None:
            raise InputError("the crystals have no field of one kind to be cut at a level")
        return None
    tunnels = tuple(f[kind or common[0]] for f in fields)
    first = tunnels[0]
    try:
        at, meaning = (level, "as given") if level is not None else _usual_level(analyses, tunnels)
    except CannotSay:
        return None
    return SharedLevel(first.field.kind, first.field.unit, at, meaning, tunnels)


def _fields(analysis: Analysis) -> Iterator[tuple[str, Tunnels]]:
    """Fields of the main engine by kind, the first of several spins."""
    seen: set[str] = set()
    for tunnels in analysis.tunnels[analysis.structure.engine].values():
        kind = str(tunnels.field.kind)
        if kind not in seen:
            seen.add(kind)
            yield kind, tunnels


def _usual_level(analyses: Sequence[Analysis], tunnels: Sequence[Tunnels]) -> tuple[float, str]:
    """The highest threshold that the first crystal reaches, else that of the next."""
    for name, one in zip(names_of(analyses), tunnels, strict=True):
        for rank in (2, 1, 0):
            if math.isfinite(one.thresholds[rank]):
                return float(one.thresholds[rank]), f"the {_RANKS[rank]} threshold of {name}"
    raise CannotSay("no crystal has a tunnel in this field")


def _tells(line: Line) -> bool:
    """Why a reading is silent stands with its state, not with each of its gaps too."""
    return line.quantity.group != "lifting gaps" or any(e.value is not None for e in line.entries)


def _remarks(analyses: Sequence[Analysis]) -> Iterator[str]:
    engines = dict.fromkeys(a.structure.engine for a in analyses)
    if len(engines) > 1:
        yield (
            f"the fields are of different engines ({', '.join(engines)}): part of a difference "
            "may be theirs"
        )
    kinds = [set(dict(_fields(a))) for a in analyses]
    if len({frozenset(k) for k in kinds}) > 1 and all(kinds):
        yield "not every crystal has the same fields"
