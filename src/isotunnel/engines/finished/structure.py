"""A calculation's output in the engines' shape, so that a crystal is described in the same way."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.finished.calculation import Calculation, Found
from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind

_QUANTITIES = (
    *("fermi_ev", "vbm_ev", "cbm_ev", "band_gap_ev", "direct_gap_ev"),
    *("dos_fermi", "dos_fermi_by_element", "energy_ev", "pressure_gpa"),
)


def electronic_structure(calculation: Calculation) -> ElectronicStructure:
    """The results in the folder, with ``sources`` naming a file for each quantity and field."""
    edges = calculation.edges
    found: dict[str, Found[object] | None] = {
        "fermi_ev": calculation.fermi_ev,
        "dos_fermi": calculation.dos_total,
        "dos_fermi_by_element": calculation.dos_by_element,
        "energy_ev": calculation.energy_ev,
        "pressure_gpa": calculation.pressure_gpa,
    }
    if edges is not None:
        levels = edges.value
        for name, level in (
            ("vbm_ev", levels.vbm_ev),
            ("cbm_ev", levels.cbm_ev),
            ("band_gap_ev", levels.gap_ev),
            ("direct_gap_ev", levels.direct_gap_ev),
        ):
            found[name] = Found(level, edges.source)
    known = {n: f for n, f in found.items() if f is not None and f.value is not None}
    fields = fields_by_key(calculation.fields)
    sources = {
        "atoms": calculation.atoms.source,
        **{name: f.source for name, f in known.items()},
        **{key: Path(field.provenance.source).name for key, field in fields.items()},
    }
    missing = {
        name: calculation.missing.get(name, f"no file of {calculation.folder} tells it")
        for name in (*_QUANTITIES, *(str(k) for k in FieldKind if k is not FieldKind.OTHER))
        if name not in known and name not in fields
    }
    return ElectronicStructure(
        atoms=calculation.atoms.value,
        engine=calculation.code,
        fields=fields,
        settings=calculation.settings,
        versions={calculation.code: calculation.version or "unknown"},
        warnings=calculation.warnings,
        cannot_say=missing,
        sources=sources,
        **{name: f.value for name, f in known.items()},  # type: ignore[arg-type]
    )


def fields_by_key(fields: tuple[Field, ...]) -> dict[str, Field]:
    """Fields by kind; with the spin part where the kind is taken; else with a number."""
    by_key: dict[str, Field] = {}
    for field in fields:
        by_key[_key(field, by_key)] = field
    return by_key


def _key(field: Field, taken: dict[str, Field]) -> str:
    kind = str(field.kind)
    if kind not in taken:
        return kind
    if field.spin != "total" and f"{kind}-{field.spin}" not in taken:
        return f"{kind}-{field.spin}"
    return next(key for n in count(2) if (key := f"{kind}-{n}") not in taken)
