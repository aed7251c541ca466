"""The substances of the tables, read when the first is asked for."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from isotunnel.errors import CannotSay, InputError
from isotunnel.matter.laws import (
    EosVolume,
    GapLaw,
    GapPoint,
    MeltingLine,
    TabulatedVolume,
    solid_phase,
)
from isotunnel.measured.parameter import Parameter
from isotunnel.substances.records import KINDS, Entry, Substance
from isotunnel.theories.parameters import PARAMETERS, MaterialData
from isotunnel.theories.superconducting.alpha2f import Alpha2F, read_alpha2f

ROOM_K = 300.0
Row = dict[str, str]


def names() -> tuple[str, ...]:
    """Names of all substances, in the order of the table."""
    return tuple(row["name"] for row in _table("substances"))


def substances() -> tuple[Substance, ...]:
    """Every substance."""
    return tuple(substance(name) for name in names())


def substance(name: str) -> Substance:
    """The substance that answers to a name or alias, upper and lower case alike if unique.

    Raises:
        InputError: none does; the message lists the closest names.
    """
    row = _by_name().get(name.strip()) or _by_key().get(_key(name))
    if row is None:
        raise InputError(_unknown(name))
    return _build(row)


def in_catalogue(name: str) -> bool:
    """Whether a substance answers to a name or alias."""
    return name.strip() in _by_name() or _key(name) in _by_key()


def material_data(name: str) -> tuple[MaterialData, ...]:
    """Parameters of every phase of a substance, by rising pressure.

    Raises:
        InputError: unknown substance.
    """
    return substance(name).phases


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {name: name for name in names()}


@lru_cache(maxsize=1)
def _by_key() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _table("substances"):
        for alias in (row["name"], row["title"], *_split(row["aliases"])):
            if alias and found.setdefault(_key(alias), row["name"]) != row["name"]:
                raise InputError(f"the name {alias!r} stands for two substances: wrong table")
    return found


def _key(name: str) -> str:
    return "".join(name.split()).casefold()


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _unknown(name: str) -> str:
    shown = name if len(name) <= 40 else name[:37] + "..."
    close = difflib.get_close_matches(_key(shown), _by_key(), n=3, cutoff=0.5)
    known = ", ".join(names())
    hint = f"did you mean {_by_key()[close[0]]}? " if close else ""
    return f"unknown substance {shown!r}; {hint}known: {known}"


def _table(name: str) -> tuple[Row, ...]:
    return _read(name)


@lru_cache(maxsize=8)
def _read(name: str) -> tuple[Row, ...]:
    return tuple(_rows(name))


def _rows(name: str) -> Iterator[Row]:
    from importlib.resources import files

    path = files("isotunnel.substances").joinpath(f"data/{name}.csv")
    yield from csv.DictReader(path.read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=256)
def _build(name: str) -> Substance:
    row = next(r for r in _table("substances") if r["name"] == name)
    phase_rows = [r for r in _table("phases") if r["substance"] == name]
    phases: list[MaterialData] = []
    entries: list[Entry] = []
    for phase_row in phase_rows:
        mine = _entries(row, phase_row)
        entries += mine
        phases.append(_material(row, phase_row, mine))
    return Substance(
        name=name,
        title=row["title"],
        aliases=_split(row["aliases"]),
        matter=row["matter"],
        phases=tuple(phases),
        phase_names=tuple(r["phase"] for r in phase_rows),
        entries=tuple(entries),
        notes=_split(row["notes"]) + tuple(r["note"] for r in phase_rows if r["note"]),
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _entries(row: Row, phase_row: Row) -> tuple[Entry, ...]:
    """Tabulated parameters, and for those that are missing what the equation of state gives."""
    phase = phase_row["phase"]
    found = {
        r["field"]: _entry(r)
        for r in _table("parameters")
        if (r["substance"], r["phase"]) == (row["name"], phase)
    }
    if row["matter"] and phase_row["eos"]:
        for entry in _from_matter(row["matter"], phase_row):
            found.setdefault(entry.field, entry)
    return tuple(found[name] for name in PARAMETERS if name in found)


def _entry(row: Row) -> Entry:
    if row["field"] not in PARAMETERS or row["kind"] not in KINDS:
        raise InputError(f"catalogue: wrong field or kind in {row}")
    return Entry(
        phase=row["phase"],
        field=row["field"],
        value=float(row["value"]),
        error=_number(row["error"]),
        unit=PARAMETERS[row["field"]].unit,
        kind=row["kind"],
        grade=row["grade"],
        source=row["source"],
        fitted_to=row["fitted_to"],
        note=row["note"],
    )


def _from_matter(material: str, phase_row: Row) -> Iterator[Entry]:
    """Volume per atom, Grueneisen parameter and Debye temperature of the equation of state."""
    solid = solid_phase(material, phase_row["eos"])
    reference = float(phase_row["reference_gpa"])
    try:
        volume = EosVolume(material, phase_row["eos"])(reference, ROOM_K)
    except (CannotSay, InputError):
        return
    source = f"isotunnel.matter, {material} ({phase_row['eos']}): {solid.source}"
    grade = solid.grade or "D"
    thermal = f"isotunnel.matter, {material} ({phase_row['eos']}): {solid.thermal_source}"

    def entry(
        field: str, value: float, error: float | None, basis: tuple[str, str], said: str, note: str
    ) -> Entry:
        unit = PARAMETERS[field].unit
        return Entry(phase_row["phase"], field, float(value), error, unit, *basis, said, note=note)

    known = ("derived", grade)
    at = f"at {reference:g} GPa and {ROOM_K:g} K"
    yield entry("volume_per_atom_a3", volume.value, solid.v0_error, known, source, at)
    vibrations = solid.eos.vibrations
    if vibrations is not None:
        v = volume.value
        # A model's guess from the elastic constants alone: no measurement of heat is in it.
        basis = ("assumed", "D") if solid.thermal_origin == "estimate" else known
        note = f"thermal part: {solid.thermal_origin}"
        yield entry("gamma", float(vibrations.gruneisen(v)), None, basis, thermal, note)
        yield entry("gamma_q", vibrations.q, None, basis, thermal, note)
        theta = float(vibrations.debye_temperature(v))
        yield entry("theta_d_k", theta, None, basis, thermal, note)


def _material(row: Row, phase_row: Row, entries: tuple[Entry, ...]) -> MaterialData:
    name, phase = row["name"], phase_row["phase"]
    label = name if phase_row["only"] == "y" else f"{name} ({phase})"
    fields: dict[str, Any] = {e.field: _parameter(e) for e in entries}
    law = _gap_law(label, name, phase)
    if law is not None:
        fields["gap_law"] = law
    table = [r for r in _table("volumes") if (r["substance"], r["phase"]) == (name, phase)]
    if table:
        fields["volume"] = _tabulated_volume(label, table)
    if phase_row["spectrum"]:
        said = fields["lambda_ep"].source
        fields["spectrum"] = replace(_spectrum(phase_row["spectrum"]), source=said)
    if row["matter"]:
        fields["melting_k"] = MeltingLine(row["matter"])
        if phase_row["eos"]:
            fields["volume"] = EosVolume(row["matter"], phase_row["eos"])
    return MaterialData(
        name=label,
        reference_pressure_gpa=float(phase_row["reference_gpa"]),
        insulator=phase_row["insulator"],
        stable_gpa=(float(phase_row["p_min_gpa"]), _number(phase_row["p_max_gpa"]) or float("inf")),
        **fields,
    )


def _tabulated_volume(label: str, table: list[Row]) -> TabulatedVolume:
    return TabulatedVolume(
        label,
        tuple(float(r["pressure_gpa"]) for r in table),
        tuple(float(r["volume_per_atom_a3"]) for r in table),
        "; ".join(dict.fromkeys(f"{r['kind']}: {r['source']}" for r in table)),
    )


def _spectrum(name: str) -> Alpha2F:
    """A spectrum of ``data/spectra``; its README names the sources and licences."""
    from importlib.resources import as_file, files

    with as_file(files("isotunnel.substances").joinpath(f"data/spectra/{name}")) as path:
        return read_alpha2f(path)


def _parameter(entry: Entry) -> Parameter:
    fitted = f" to {entry.fitted_to}" if entry.fitted_to else ""
    return Parameter(
        entry.value, f"{entry.kind}{fitted}: {entry.source} (grade {entry.grade})", entry.error
    )


def _gap_law(label: str, name: str, phase: str) -> GapLaw | None:
    points = tuple(
        GapPoint(
            float(r["pressure_gpa"]), float(r["gap_ev"]), _number(r["error_ev"]), r["kind"],
            r["grade"], r["source"], r["note"],
        )
        for r in _table("gaps")
        if (r["substance"], r["phase"]) == (name, phase)
    )  # fmt: skip
    return GapLaw(label, points) if points else None
