"""The substances of the tables: what is known of their solids, melting, boiling and transitions.

The tables are CSV files in ``data/``; they are read when the first name is looked up, never on
import. ``data/raw`` holds the published numbers that ``scripts/make_matter_tables.py`` derives them
from. Volumes are in angstrom^3 per atom throughout.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from isotunnel.errors import InputError
from isotunnel.materials import follows, rows
from isotunnel.materials.names import Index, index, look_up
from isotunnel.matter.isotherm import Isotherm
from isotunnel.matter.melting import MeltingCurve
from isotunnel.matter.power_terms import PowerTerm
from isotunnel.matter.solid import SolidEos
from isotunnel.matter.vibrations import Vibrations

Row = dict[str, str]


@dataclass(frozen=True)
class SolidPhase:
    """One solid phase with an equation of state.

    Attributes:
        name: as the transitions call it ("hcp", "I", "B2", ...).
        structure: structure type.
        eos: its equation of state, range included.
        v0_error, k0_error_gpa, k0_prime_error: standard errors as published, or None.
        thermal_origin: "fitted", "expansion", "published", "carried" or "estimate": see
            ``scripts/make_matter_tables.py``.
        source, doi: of the isotherm.
        thermal_source: of the thermal part.
        grade: A (fitted data, curated copy) to D (quoted unopened, or estimated).
        note: what a user should know.
    """

    name: str
    structure: str
    eos: SolidEos
    v0_error: float | None
    k0_error_gpa: float | None
    k0_prime_error: float | None
    thermal_origin: str
    source: str
    doi: str
    thermal_source: str
    grade: str
    note: str


@dataclass(frozen=True)
class Transition:
    """A boundary between two solids, entered with rising pressure or rising temperature.

    "pressure": P >= p0 + slope (T - t0), slope in GPa/K. "temperature": T >= t0 + slope P, slope in
    K/GPa. Only tabulated slopes are used; without one the boundary is vertical or horizontal.
    """

    from_phase: str
    to_phase: str
    variable: str
    p0_gpa: float
    t0_k: float
    slope: float
    uncertainty: float | None
    source: str
    doi: str
    grade: str
    note: str

    def crossed(self, pressure_gpa: float, temperature_k: float) -> bool:
        """True on the side of ``to_phase``."""
        if self.variable == "pressure":
            return pressure_gpa >= self.pressure_at(temperature_k)
        return temperature_k >= self.t0_k + self.slope * pressure_gpa

    def pressure_at(self, temperature_k: float) -> float:
        """Pressure of the boundary in GPa at a temperature (for drawing); "pressure" only."""
        return self.p0_gpa + self.slope * (temperature_k - self.t0_k)


@dataclass(frozen=True)
class Material:
    """A substance.

    Attributes:
        name: what ``material`` answers to.
        formula: chemical formula.
        title: in words, "" where the formula suffices.
        mass_u: mean atomic mass.
        phases: solids with an equation of state; the first is that of room pressure, if any is.
        transitions: solid-solid boundaries, in the order in which they are tried.
        melting: branches of the measured melting curve, by pressure; empty where none is tabulated.
        melting_k, boiling_k: at one atmosphere, None where unknown or none exists.
        critical_k, critical_gpa: critical point, None where unknown.
        vaporisation_kj_mol: enthalpy of vaporisation at the boiling point, per mole of atoms as the
            handbook counts (the gas particle), None where unknown.
        fluid: CoolProp's name, "" where it has none.
        source, grade: of the fluid data.
    """

    name: str
    formula: str
    title: str
    mass_u: float
    phases: tuple[SolidPhase, ...]
    transitions: tuple[Transition, ...]
    melting: tuple[MeltingCurve, ...]
    melting_k: float | None
    boiling_k: float | None
    critical_k: float | None
    critical_gpa: float | None
    vaporisation_kj_mol: float | None
    fluid: str
    source: str
    grade: str

    def __hash__(self) -> int:
        """By name: equal materials have equal names, and hashing every number would be slow."""
        return hash(self.name)

    def phase(self, name: str) -> SolidPhase:
        """The solid phase of that name.

        Raises:
            InputError: the tables have no equation of state for it; the message lists the others.
        """
        for phase in self.phases:
            if phase.name == name:
                return phase
        known = ", ".join(p.name for p in self.phases)
        raise InputError(
            f"{self.name}: no equation of state for the phase {name!r}; tabulated: {known}"
        )


def materials() -> tuple[Material, ...]:
    """Every substance of the tables, by name."""
    return _library()[0]


def material(name: str) -> Material:
    """The substance that answers to a name or formula (upper and lower case alike if unique).

    Raises:
        InputError: none does; the message lists the closest names.
    """
    lists = "isotunnel.matter.materials() lists all"
    return look_up(name, _library()[1], lambda m: m.name, "material", lists)


@follows
@lru_cache(maxsize=1)
def _library() -> tuple[tuple[Material, ...], Index[Material]]:
    tables = {n: list(_rows(n)) for n in ("solids", "melting", "transitions", "materials")}
    entries = tuple(
        sorted((_entry(row, tables) for row in tables["materials"]), key=lambda m: m.name)
    )
    return entries, index(entries, lambda m: (m.name, m.formula, m.title), InputError, "materials")


def _rows(name: str) -> Iterator[Row]:
    from importlib.resources import files

    path = files("isotunnel.matter").joinpath(f"data/{name}.csv")
    # No field holds a line break, so splitting lines is safe.
    table = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    yield from table
    yield from rows(name, table.fieldnames or ())


def _number(text: str) -> float | None:
    return float(text) if text else None


def _entry(row: Row, tables: dict[str, list[Row]]) -> Material:
    name = row["material"]
    mine = {key: [r for r in rows if r["material"] == name] for key, rows in tables.items()}
    return Material(
        name=name,
        formula=row["formula"],
        title=row["title"],
        mass_u=float(row["mass_u"]),
        phases=tuple(_phase(r) for r in mine["solids"]),
        transitions=tuple(_transition(r) for r in mine["transitions"]),
        melting=tuple(_curve(r) for r in mine["melting"]),
        melting_k=_number(row["melting_k"]),
        boiling_k=_number(row["boiling_k"]),
        critical_k=_number(row["critical_k"]),
        critical_gpa=_number(row["critical_gpa"]),
        vaporisation_kj_mol=_number(row["vaporisation_kj_mol"]),
        fluid=row["fluid"],
        source=row["source"],
        grade=row["grade"],
    )


def _phase(row: Row) -> SolidPhase:
    eos = SolidEos(
        isotherm=Isotherm(
            row["form"],
            float(row["v0_angstrom3"]),
            float(row["k0_gpa"]),
            float(row["k0_prime"]),
        ),
        vibrations=Vibrations(
            float(row["theta0_k"]),
            float(row["gamma0"]),
            float(row["q"]),
            float(row["thermal_v0_angstrom3"]),
            float(row["particles_per_atom"]),
            float(row["gamma_inf"] or 0.0),
        ),
        t_ref_k=None if row["t_ref_k"] == "static" else float(row["t_ref_k"]),
        p_min_gpa=float(row["p_min_gpa"]),
        p_max_gpa=float(row["p_max_gpa"]),
        t_max_k=_number(row["t_max_k"]) or float("inf"),
        terms=tuple(_terms(row)),
    )
    return SolidPhase(
        name=row["phase"],
        structure=row["structure"],
        eos=eos,
        v0_error=_number(row["v0_error"]),
        k0_error_gpa=_number(row["k0_error"]),
        k0_prime_error=_number(row["k0_prime_error"]),
        thermal_origin=row["thermal_origin"],
        source=row["source"],
        doi=row["doi"],
        thermal_source=row["thermal_source"],
        grade=row["grade"],
        note=row["note"],
    )


def _terms(row: Row) -> Iterator[PowerTerm]:
    for kind in ("electronic", "anharmonic"):
        coefficient = _number(row[f"{kind}_per_k"])
        if coefficient is not None:
            exponent = float(row[f"{kind}_exponent"])
            yield PowerTerm(kind, coefficient, exponent, float(row["thermal_v0_angstrom3"]))


def _transition(row: Row) -> Transition:
    return Transition(
        from_phase=row["from_phase"],
        to_phase=row["to_phase"],
        variable=row["variable"],
        p0_gpa=float(row["p0_gpa"]),
        t0_k=float(row["t0_k"]),
        slope=_number(row["slope"]) or 0.0,
        uncertainty=_number(row["uncertainty"]),
        source=row["source"],
        doi=row["doi"],
        grade=row["grade"],
        note=row["note"],
    )


def _curve(row: Row) -> MeltingCurve:
    return MeltingCurve(
        form=row["form"],
        t0_k=float(row["t0_k"]),
        p0_gpa=float(row["p0_gpa"]),
        a_gpa=float(row["a_gpa"]),
        b=_number(row["b"]) or 0.0,
        c=float(row["c"]),
        p_min_gpa=float(row["p_min_gpa"]),
        p_max_gpa=float(row["p_max_gpa"]),
        source=row["source"],
        doi=row["doi"],
        grade=row["grade"],
        note=row["note"],
    )
