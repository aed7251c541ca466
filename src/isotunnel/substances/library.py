"""The substances of the tables, read when the first is asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from isotunnel.errors import CannotSay, InputError
from isotunnel.materials import follows, rows
from isotunnel.materials.names import Index, find, index, look_up
from isotunnel.matter.laws import (
    EosVolume,
    GapLaw,
    GapPoint,
    MeltingLine,
    TabulatedVolume,
    solid_phase,
)
from isotunnel.measured.parameter import KINDS, Fit, Kind, Parameter, printed_source
from isotunnel.substances.records import Substance
from isotunnel.theories.parameters import PARAMETERS, MaterialData, TcElsewhere
from isotunnel.theories.superconducting.alpha2f import Alpha2F, read_alpha2f
from isotunnel.units import ROOM_K

Row = dict[str, str]


def names() -> tuple[str, ...]:
    """Names of all substances, in the order of the table."""
    return tuple(row["name"] for row in _table("substances"))


def substances() -> tuple[Substance, ...]:
    """Every substance."""
    return tuple(substance(name) for name in names())


def substance(name: str) -> Substance:
    """The substance that answers to a name, see :func:`isotunnel.materials.names.find`.

    "H3S@200GPa" is H3S: what is known of a substance is known over pressure.

    Raises:
        InputError: none does; the message lists the closest names.
    """
    lists = f"known: {', '.join(names())}"
    return _build(look_up(name, _by_key(), str, "substance", lists))


def in_catalogue(name: str) -> bool:
    """Whether a substance answers to a name or alias."""
    return find(name, _by_key()) is not None


def material_data(name: str) -> tuple[MaterialData, ...]:
    """Parameters of every phase of a substance, by rising pressure.

    Raises:
        InputError: unknown substance.
    """
    return substance(name).phases


@follows
@lru_cache(maxsize=1)
def _by_key() -> Index[str]:
    known = {
        r["name"]: (r["name"], r["title"], *_split(r["aliases"])) for r in _table("substances")
    }
    return index(known, known.__getitem__, InputError, "substances")


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _table(name: str) -> tuple[Row, ...]:
    return _read(name)


@follows
@lru_cache(maxsize=8)
def _read(name: str) -> tuple[Row, ...]:
    return tuple(_rows(name))


def _rows(name: str) -> Iterator[Row]:
    from importlib.resources import files

    path = files("isotunnel.substances").joinpath(f"data/{name}.csv")
    table = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    yield from table
    yield from rows(name, table.fieldnames or ())


@follows
@lru_cache(maxsize=256)
def _build(name: str) -> Substance:
    row = next(r for r in _table("substances") if r["name"] == name)
    phase_rows = [r for r in _table("phases") if r["substance"] == name]
    phases = tuple(_material(row, phase_row) for phase_row in phase_rows)
    return Substance(
        name=name,
        title=row["title"],
        aliases=_split(row["aliases"]),
        matter=row["matter"],
        phases=_sharing_one_tc(phases),
        phase_names=tuple(r["phase"] for r in phase_rows),
        notes=_split(row["notes"]) + tuple(r["note"] for r in phase_rows if r["note"]),
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _sharing_one_tc(phases: tuple[MaterialData, ...]) -> tuple[MaterialData, ...]:
    """The phases, those but the first with a Tc handed that Tc: see ``MaterialData``."""
    first = next((p for p in phases if p.tc_k is not None and p.tc_k.value > 0), None)
    if first is None or first.tc_k is None:
        return phases
    shared = TcElsewhere(first.reference_pressure_gpa, first.tc_k)
    return tuple(p if p is first else replace(p, tc_elsewhere=shared) for p in phases)


def _parameters(row: Row, phase_row: Row) -> dict[str, Parameter]:
    """Tabulated parameters, and for those that are missing what the equation of state gives."""
    phase = phase_row["phase"]
    found = {
        r["field"]: _parameter(r)
        for r in _table("parameters")
        if (r["substance"], r["phase"]) == (row["name"], phase)
    }
    if row["matter"] and phase_row["eos"]:
        for field, parameter in _from_matter(row["matter"], phase_row):
            found.setdefault(field, parameter)
    return found


def _parameter(row: Row) -> Parameter:
    if row["field"] not in PARAMETERS:
        raise InputError(f"catalogue: unknown field in {row}")
    return Parameter(
        float(row["value"]),
        row["source"],
        _number(row["error"]),
        unit=PARAMETERS[row["field"]].unit,
        kind=_kind(row),
        grade=row["grade"],
        fit=_fit(row),
        note=row["note"],
    )


def _kind(row: Row) -> Kind:
    if row["kind"] not in KINDS:
        raise InputError(f"catalogue: wrong kind in {row}; known: {', '.join(KINDS)}")
    return cast(Kind, row["kind"])


def _fit(row: Row) -> Fit | None:
    if (row["kind"] == "fitted") != bool(row["fitted_to"] and row["fit_quantities"]):
        raise InputError(f"catalogue: a fitted number names what it was fitted to: {row}")
    if row["kind"] != "fitted":
        return None
    return Fit(
        row["fitted_to"],
        row["fit_source"],
        _split(row["fit_quantities"]),
        _split(row["fit_rows"]),
        _number(row["fit_tc_k"]),
    )


def _from_matter(material: str, phase_row: Row) -> Iterator[tuple[str, Parameter]]:
    """Volume per atom, Grueneisen parameter and Debye temperature of the equation of state."""
    solid = solid_phase(material, phase_row["eos"])
    reference = float(phase_row["reference_gpa"])
    try:
        volume = EosVolume(material, phase_row["eos"])(reference, ROOM_K)
    except (CannotSay, InputError):
        return
    where = f"isotunnel.matter, {material} ({phase_row['eos']}): "
    grade = solid.grade or "D"
    yield (
        "volume_per_atom_a3",
        Parameter(
            volume.value,
            where + solid.source,
            solid.v0_error,
            unit=PARAMETERS["volume_per_atom_a3"].unit,
            kind="derived",
            grade=grade,
            note=f"at {reference:g} GPa and {ROOM_K:g} K",
        ),
    )
    vibrations = solid.eos.vibrations
    if vibrations is None:
        return
    # A model's guess from the elastic constants alone: no measurement of heat is in it.
    guessed = solid.thermal_origin == "estimate"
    for field, value in (
        ("gamma", vibrations.gruneisen(volume.value)),
        ("gamma_q", vibrations.gruneisen_exponent(volume.value)),
        ("theta_d_k", vibrations.debye_temperature(volume.value)),
    ):
        yield (
            field,
            Parameter(
                float(value),
                where + solid.thermal_source,
                unit=PARAMETERS[field].unit,
                kind="assumed" if guessed else "derived",
                grade="D" if guessed else grade,
                note=f"thermal part: {solid.thermal_origin}",
            ),
        )


def _material(row: Row, phase_row: Row) -> MaterialData:
    name, phase = row["name"], phase_row["phase"]
    only = phase_row["only"] == "y"
    label = name if only else f"{name} ({phase})"
    fields: dict[str, Any] = dict(_parameters(row, phase_row))
    law = _gap_law(label, name, phase)
    if law is not None:
        fields["gap_law"] = law
    table = [r for r in _table("volumes") if (r["substance"], r["phase"]) == (name, phase)]
    if table:
        fields["volume"] = _tabulated_volume(label, table)
    if phase_row["spectrum"]:
        fields["spectrum"] = _spectrum_of(phase_row["spectrum"], fields["lambda_ep"])
    if row["matter"]:
        fields["melting_k"] = MeltingLine(row["matter"])
        if phase_row["eos"]:
            fields["volume"] = EosVolume(row["matter"], phase_row["eos"])
    return MaterialData(
        name=label,
        substance=name,
        phase="" if only else phase,
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


def _spectrum_of(name: str, coupling: Parameter) -> Alpha2F:
    """A spectrum with the tabulated lambda that goes with it."""
    return replace(_spectrum(name), source=printed_source(coupling), basis=coupling)


def _spectrum(name: str) -> Alpha2F:
    """A spectrum of ``data/spectra``; its README names the sources and licences."""
    from importlib.resources import as_file, files

    with as_file(files("isotunnel.substances").joinpath(f"data/spectra/{name}")) as path:
        return read_alpha2f(path)


def _gap_law(label: str, name: str, phase: str) -> GapLaw | None:
    points = tuple(
        GapPoint(
            float(r["pressure_gpa"]),
            Parameter(
                float(r["gap_ev"]),
                r["source"],
                _number(r["error_ev"]),
                unit="eV",
                kind=_kind(r),
                grade=r["grade"],
                note=r["note"],
            ),
        )
        for r in _table("gaps")
        if (r["substance"], r["phase"]) == (name, phase)
    )
    return GapLaw(label, points) if points else None
