"""How far the hydride table's values are from those of finer settings, on a small sample.

    python scripts/check_hydride_convergence.py           the whole sample
    python scripts/check_hydride_convergence.py S01 S08   some

Writes ``convergence.csv`` beside the table, after every hydride: the value of each quantity at the
table's settings and at each finer one. Results are kept in the engine's cache, so the script may be
stopped and run again. Needs the ``dft`` extra.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings
from isotunnel.files import whole_file
from isotunnel.studies.hydrides.compute import Record, record_of
from isotunnel.studies.hydrides.entries import hydride_entries
from isotunnel.studies.hydrides.structures import build

OUTPUT = Path(__file__).resolve().parents[1] / "src/isotunnel/studies/hydrides/data/convergence.csv"
SAMPLE = ("S01", "S08", "S16", "MXH3-AlHgH3", "MXH3-SrH3Au")
"""Cheap ones of unlike kinds: sulphur, calcium, palladium; s-p and 5d metals; with and without
pressure."""

QUANTITIES = (
    *("phi", "phi_star", "h_dos", "pressure_gpa", "gap_ks_3d_ev"),
    *("threshold_gpaw_density_3d_per_angstrom3", "bottleneck_elf_distance_angstrom"),
    *("tc_f2_k", "tc_sr4_k", "tc_sr5_k"),
)
CUTOFF_FACTOR = 1.4
FINER = ("cutoff", "k-points", "grid")


def main() -> int:
    """Compute, compare, write after every hydride."""
    rows: list[dict[str, object]] = []
    for name in sys.argv[1:] or SAMPLE:
        rows += _rows(name)
        _write(rows)
    return 0


def _write(rows: list[dict[str, object]]) -> None:
    stream = io.StringIO()
    writer = csv.DictWriter(
        stream, ["id", "compound", "finer", "quantity", "table", "fine"], lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    with whole_file(OUTPUT) as temporary:
        temporary.write_text(stream.getvalue(), encoding="utf-8")


def _rows(name: str) -> Iterator[dict[str, object]]:
    entry = next(e for e in hydride_entries() if e.short_id == name)
    structure = build(entry)
    plain = GpawSettings()
    coarse = record_of(structure, GpawEngine(plain))
    for finer in FINER:
        settings = _finer(finer, plain, structure.atoms.get_chemical_symbols())
        fine = record_of(structure, GpawEngine(settings))
        sys.stderr.write(f"{name}, finer {finer}: phi {_phi(coarse)} -> {_phi(fine)}\n")
        for quantity in QUANTITIES:
            yield {
                "id": entry.id,
                "compound": entry.compound,
                "finer": finer,
                "quantity": quantity,
                "table": coarse["values"][quantity],
                "fine": fine["values"][quantity],
            }


def _finer(what: str, plain: GpawSettings, symbols: list[str]) -> GpawSettings:
    cutoff = plain.cutoff_ev(symbols)
    if what == "cutoff":
        return GpawSettings(ecut_ev=CUTOFF_FACTOR * cutoff)
    if what == "grid":
        return GpawSettings(grid_spacing=plain.grid_spacing * 2 / 3)
    return GpawSettings(kpoint_spacing=plain.kpoint_spacing * 2 / 3)


def _phi(record: Record) -> str:
    return f"{record['values']['phi']:.4f}"


if __name__ == "__main__":
    sys.exit(main())
