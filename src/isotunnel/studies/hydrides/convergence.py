"""How far the hydride table's values are from those of finer settings, on a small sample."""

from __future__ import annotations

from collections.abc import Iterator

from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings
from isotunnel.studies.hydrides.compute import record_of
from isotunnel.studies.hydrides.entries import hydride_entries
from isotunnel.studies.hydrides.structures import build

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


def convergence_rows(name: str) -> Iterator[dict[str, object]]:
    """Each quantity of a hydride of the sample at the table's settings and at each finer one.

    Raises:
        IsotunnelError: the engine has no result.
    """
    entry = next(e for e in hydride_entries() if e.short_id == name)
    structure = build(entry)
    plain = GpawSettings()
    coarse = record_of(structure, GpawEngine(plain))
    for finer in FINER:
        settings = _finer(finer, plain, structure.atoms.get_chemical_symbols())
        fine = record_of(structure, GpawEngine(settings))
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
