"""The columns of the dataset: names with units, types, meanings. All rows have all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from isotunnel.analysis.descriptors import suffix
from isotunnel.analysis.pairing.columns import COLUMNS

Kind = Literal["text", "number", "count", "flag"]

FIELDS = {
    "procrystal": ("electrostatic", "density", "potential"),
    "gpaw": ("potential", "electrostatic", "density", "elf"),
}
"""Fields whose tunnels are searched, by engine."""
UNITS = {"electrostatic": "eV", "potential": "eV", "density": "1/angstrom^3", "elf": "1"}
"""Of the fields."""
_OF = {1: "one direction", 2: "a plane", 3: "three dimensions"}


@dataclass(frozen=True)
class ScreenColumn:
    """A column.

    Attributes:
        name: with its unit at the end where it has one.
        kind: "text", "number", "count" (a whole number) or "flag".
        unit: "" for texts, "1" for numbers without a unit.
        meaning: in words.
        quantity: of a reading "gap", "valence_level"; of a field "threshold", "bottleneck",
            "networks", "segments"; "" for others.
        of: the reading or field.
        engine: of the field.
        is_error: whether it is the error of another column.
    """

    name: str
    kind: Kind
    unit: str
    meaning: str
    quantity: str = ""
    of: str = ""
    engine: str = ""
    is_error: bool = False


_FIRST: tuple[tuple[str, Kind, str, str], ...] = (
    ("id", "text", "", "of the input: a digest of its name and content"),
    ("source", "text", "", "name of the input: file, member of an archive, record"),
    ("status", "text", "", "done or failed"),
    ("reason", "text", "", "code of the failure; null where done"),
    ("message", "text", "", "the failure in words; null where done"),
    ("duplicate_of", "text", "", "id of the input with the same crystal whose values stand here"),
    ("formula", "text", "", "reduced formula, elements in alphabetical order"),
    ("elements", "text", "", "elements, joined by hyphens"),
    ("n_atoms", "count", "1", "atoms of the cell"),
    ("n_elements", "count", "1", "different elements"),
    ("rank", "count", "1", "dimensions open below the escape level, by rank_reading"),
    ("rank_reading", "text", "", "first reading that has an answer for this crystal"),
    ("space_group", "text", "", "space group found"),
    ("space_group_number", "count", "1", "its number"),
    ("point_group", "text", "", "its point group"),
    ("symmetry_operations", "count", "1", "operations of the cell as given"),
    ("volume_angstrom3", "number", "angstrom^3", "volume of the cell"),
    ("volume_per_atom_angstrom3", "number", "angstrom^3", "volume per atom"),
    ("mass_density_g_cm3", "number", "g/cm^3", "mass density"),
    ("packing_covalent", "number", "1", "spheres of covalent radii (Cordero 2008) over the cell"),
    ("a_angstrom", "number", "angstrom", "edge a of the cell"),
    ("b_angstrom", "number", "angstrom", "edge b of the cell"),
    ("c_angstrom", "number", "angstrom", "edge c of the cell"),
    ("alpha_deg", "number", "degree", "angle alpha of the cell"),
    ("beta_deg", "number", "degree", "angle beta of the cell"),
    ("gamma_deg", "number", "degree", "angle gamma of the cell"),
    ("pressure_gpa", "number", "GPa", "pressure of this cell, computed"),
    ("energy_ev", "number", "eV", "total energy per cell"),
    ("enthalpy_ev", "number", "eV", "E + P V per cell"),
    ("fermi_ev", "number", "eV", "Fermi level"),
    ("vbm_ev", "number", "eV", "valence-band maximum"),
    ("cbm_ev", "number", "eV", "conduction-band minimum"),
    ("band_gap_ev", "number", "eV", "Kohn-Sham band gap, 0 in a metal"),
    ("direct_gap_ev", "number", "eV", "smallest direct Kohn-Sham gap"),
    ("dos_fermi_per_ev_cell", "number", "1/eV/cell", "states at the Fermi level, both spins"),
    ("kpoints", "text", "", "k-point mesh"),
    ("phi", "number", "1", "networking value"),
    ("phi_error", "number", "1", "grid error of phi"),
    ("phi_star", "number", "1", "molecularity index"),
    ("h_fraction", "number", "1", "hydrogen atoms over all atoms"),
    ("h_dos", "number", "1", "hydrogen's share of the projected states at the Fermi level"),
)  # fmt: skip
_PAIRING: tuple[tuple[str, Kind, str, str], ...] = (
    *((c.name, "number", c.unit, c.meaning) for c in COLUMNS),
    ("cannot_say_pairing", "text", "", "why there is no Tc of pairing"),
)
_LAST: tuple[tuple[str, Kind, str, str], ...] = (
    ("warnings", "text", "", "what a user should know, one remark a line"),
    ("structure", "text", "", "JSON: cell (angstrom), numbers, fractional positions"),
    ("engine", "text", "", "engine asked for"),
    ("spacing_angstrom", "number", "angstrom", "grid spacing; null where the engine has its own"),
    ("connectivity", "count", "1", "which voxels touch: 26 or 6"),
    ("refine", "flag", "", "whether thresholds were found between grid points"),
    ("kpoint_spacing_per_angstrom", "number", "1/angstrom", "asked for; null: GPAW's own, 0.3"),
    ("cutoff_ev", "number", "eV", "plane-wave cutoff asked for; null: GPAW's own"),
    ("xc", "text", "", "exchange and correlation asked for; null: PBE, of GPAW"),
    ("spin", "text", "", "whether magnetic states are tried; null: auto, of GPAW"),
    ("pairing", "flag", "", "whether coupling and Tc were asked for"),
    ("versions", "text", "", "versions of Isotunnel, of what it rests on and of the engine, JSON"),
    ("cpu_s", "number", "s", "processor time that the crystal took"),
    ("finished_utc", "text", "", "when, ISO 8601"),
)  # fmt: skip


@cache
def all_columns() -> tuple[ScreenColumn, ...]:
    """Every column, in the order of the dataset."""
    parts = (_FIRST, _PAIRING, _LAST)
    first, paired, last = (tuple(ScreenColumn(*c) for c in part) for part in parts)
    return (*first, *paired, *_of_formulas(), *_of_readings(), *_of_fields(), *last)


def _of_formulas() -> Iterator[ScreenColumn]:
    from isotunnel.theories.hydrides.networks import estimate_tc

    for t in estimate_tc(0.5, 0.5, 0.5, 0.5):
        name = "".join(c if c.isalnum() else "_" for c in t.id).lower()
        yield ScreenColumn(f"tc_{name}_k", "number", "K", f"Tc by formula {t.id}: {t.formula}")


def _of_readings() -> Iterator[ScreenColumn]:
    from isotunnel.levels import readings

    for r in readings():
        end = suffix(r.unit)
        for d in (1, 2, 3):
            words = f"lifting gap of reading {r.name} for {_OF[d]}"
            error = f"grid error of that, {_OF[d]}"
            stem, of = f"gap_{r.name}_{d}d", ("gap", r.name)
            yield ScreenColumn(f"{stem}{end}", "number", r.unit, words, *of)
            yield ScreenColumn(f"{stem}_error{end}", "number", r.unit, error, *of, is_error=True)
        level = f"valence level of {r.name}"
        name = f"valence_level_{r.name}{end}"
        yield ScreenColumn(name, "number", r.unit, level, "valence_level", r.name)
        yield ScreenColumn(f"state_{r.name}", "text", "", f"state by reading {r.name}")
        words = f"dimensions open below the escape level, by {r.name}"
        yield ScreenColumn(f"rank_{r.name}", "count", "1", words)
        yield ScreenColumn(f"cannot_say_{r.name}", "text", "", f"why {r.name} has no answer")


def _of_fields() -> Iterator[ScreenColumn]:
    for engine, kinds in FIELDS.items():
        for kind in kinds:
            for name, form, unit, meaning, quantity in _of_field(f"{engine}_{kind}", UNITS[kind]):
                error = quantity == "error"
                yield ScreenColumn(name, form, unit, meaning, quantity, kind, engine, error)


def _of_field(stem: str, unit: str) -> Iterator[tuple[str, Kind, str, str, str]]:
    end, what = suffix(unit), stem.replace("_", " ")
    per = f"angstrom^2/({unit})" if unit != "1" else "angstrom^2"
    for d in (1, 2, 3):
        where = f"of the {what} for {_OF[d]}"
        level = f"level at which tunnels open {where}"
        yield f"threshold_{stem}_{d}d{end}", "number", unit, level, "threshold"
        error = f"its grid error {where}"
        yield f"threshold_{stem}_{d}d_error{end}", "number", unit, error, "error"
        vectors = f"lattice vectors of the tunnels {where}"
        yield f"directions_{stem}_{d}d", "text", "", vectors, "directions"
        networks = f"separate networks per cell {where}"
        yield f"networks_{stem}_{d}d", "count", "1", networks, "networks"
        beside = f"atoms beside the bottleneck {where}"
        yield f"bottleneck_{stem}_{d}d_between", "text", "", beside, "bottleneck"
        yield (
            f"bottleneck_{stem}_{d}d_radius_angstrom",
            "number",
            "angstrom",
            f"distance from the bottleneck to the nearest nucleus {where}",
            "bottleneck",
        )
        yield (
            f"bottleneck_{stem}_{d}d_slope_angstrom2",
            "number",
            per,
            f"growth of the opening's area with the level, in units of the field {where}",
            "bottleneck",
        )
    segments = f"dead ends with several atoms of the {what}"
    yield f"segments_{stem}", "count", "1", segments, "segments"


def arrow_schema() -> Any:
    """The columns as pyarrow has them, units and meanings in their metadata.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    from isotunnel.screening.packages import need

    need("pyarrow", "a screen's dataset")
    import pyarrow as pa

    types = {"text": pa.string(), "number": pa.float64(), "count": pa.int32(), "flag": pa.bool_()}
    return pa.schema(
        [
            pa.field(c.name, types[c.kind], metadata={"unit": c.unit, "meaning": c.meaning})
            for c in all_columns()
        ]
    )
