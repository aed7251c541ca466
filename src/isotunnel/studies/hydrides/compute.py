"""One hydride computed: the values that go into the table, with units, meanings and reasons."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from isotunnel.plain import plain
from isotunnel.schemas.shape import document
from isotunnel.schemas.tunnels import Bottleneck
from isotunnel.studies.hydrides.structures import HydrideStructure

if TYPE_CHECKING:
    from isotunnel.analysis import Analysis
    from isotunnel.engines.base import Engine

RECORD_VERSION = 1
"""Raised whenever a record would come out otherwise for the same crystal and engine."""

DIGITS = 8
"""Significant digits kept: more than any of the numbers deserves, few enough to be stable."""

_LEFT_OUT = re.compile(
    r"volume_ratio|enthalpy_ev|[abc]_angstrom|(alpha|beta|gamma)_deg|vbm_ev|cbm_ev|direct_gap_ev"
    r"|.*_[12]d_error.*|threshold_procrystal_.*_[12]d.*|space_group"
)
"""Columns of a scan that this table does without."""

_BOTTLENECKS = ("elf", "potential")
Record = dict[str, Any]


def record_of(structure: HydrideStructure, engine: Engine) -> Record:
    """Compute a hydride.

    Returns:
        plain values: ``values`` by column, ``columns`` (name, unit, meaning), ``reasons`` of the
        missing ones, ``warnings``, ``settings`` and ``versions`` of the engine, ``seconds`` (None
        where the engine had the result in its cache).

    Raises:
        IsotunnelError: the engine has no result.
    """
    from isotunnel.analysis import analyze
    from isotunnel.analysis.descriptors import descriptors_of

    messages: list[str] = []
    started = time.perf_counter()
    analysis = analyze(
        structure.atoms, engine=engine, progress=lambda message, _: messages.append(message)
    )
    # A result out of the engine's cache has no wall time of its own.
    cached = any("taken from the cache" in message for message in messages)
    seconds = None if cached else time.perf_counter() - started
    entries = descriptors_of(analysis, float(structure.atoms.get_volume()))
    found = analysis.as_dict()
    return assemble(
        structure,
        columns=plain([e.column for e in entries]),
        values={e.column.name: e.value for e in entries},
        reasons={e.column.name: e.reason for e in entries if e.reason},
        bottlenecks=_bottlenecks(analysis),
        found=found,
        seconds=seconds,
    )


def assemble(
    structure: HydrideStructure,
    *,
    columns: Sequence[Mapping[str, Any]],
    values: Mapping[str, Any],
    reasons: Mapping[str, str],
    bottlenecks: Mapping[str, Mapping[str, Any]],
    found: Mapping[str, Any],
    seconds: float | None,
) -> Record:
    """Put a record together from the line of a scan and the analysis as a dictionary."""
    kept = [dict(c) for c in columns if not _LEFT_OUT.fullmatch(c["name"])]
    names = [c["name"] for c in kept]
    record: Record = {
        "id": structure.id,
        "record": RECORD_VERSION,
        "columns": kept,
        "values": {n: _rounded(values[n]) for n in names},
        "reasons": {n: reasons[n] for n in names if n in reasons},
        "warnings": [*structure.remarks, *found["warnings"]],
        "settings": found["engine_settings"][found["engine"]],
        "versions": found["versions"],
        "seconds": None if seconds is None else round(seconds, 1),
    }
    for kind in _BOTTLENECKS:
        for column, value in _bottleneck_cells(kind, bottlenecks.get(kind)):
            record["columns"].append(column)
            record["values"][column["name"]] = value
            if value is None:
                record["reasons"][column["name"]] = "the network never spans three dimensions"
    return record


def _bottlenecks(analysis: Analysis) -> dict[str, dict[str, Any]]:
    """The rank-3 bottlenecks, each with the element in whose augmentation sphere it lies."""
    from isotunnel.engines.gpaw_pw import inside_augmentation

    main = analysis.structure
    result = {}
    for kind in _BOTTLENECKS:
        tunnels = analysis.tunnels[main.engine].get(kind)
        bottleneck = tunnels.bottlenecks[2] if tunnels else None
        if bottleneck is not None:
            atom = inside_augmentation(main, bottleneck.position_fractional)
            sphere = "" if atom is None else str(main.atoms.symbols[atom])
            result[kind] = {**document(Bottleneck, bottleneck), "sphere": sphere}
    return result


def _bottleneck_cells(
    kind: str, bottleneck: Mapping[str, Any] | None
) -> list[tuple[dict[str, str], Any]]:
    """Where the rank-3 network of a field closes, and how fast it opens beyond."""
    between: Any = None
    distance: Any = None
    slope: Any = None
    sphere: Any = None
    if bottleneck is not None:
        atoms = bottleneck["between"]
        between = "-".join(sorted(a["symbol"] for a in atoms))
        distance = _rounded(atoms[0]["distance_angstrom"]) if atoms else None
        slope = _rounded(bottleneck["cross_section_slope_angstrom2"])
        sphere = bottleneck["sphere"] or "none"
    where = f"of the {kind} where its network closes in three dimensions"
    unit = "angstrom^2" if kind == "elf" else "angstrom^2/eV"
    end = "angstrom2" if kind == "elf" else "angstrom2_per_ev"
    return [
        (_column(f"bottleneck_{kind}_between", "", f"atoms beside the pass {where}"), between),
        (
            _column(
                f"bottleneck_{kind}_distance_angstrom",
                "angstrom",
                f"distance from the pass {where} to the nearest atom",
            ),
            distance,
        ),
        (
            _column(
                f"bottleneck_{kind}_slope_{end}",
                unit,
                f"area of the opening per unit of the field beyond the pass {where}",
            ),
            slope,
        ),
        (
            _column(
                f"bottleneck_{kind}_sphere",
                "",
                f"element in whose augmentation sphere the pass {where} lies, or none",
            ),
            sphere,
        ),
    ]


def _column(name: str, unit: str, meaning: str) -> dict[str, str]:
    return {"name": name, "unit": unit, "meaning": meaning}


def _rounded(value: Any) -> Any:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value
