"""The crystals that rigid muffin tins were run on, as shipped, and linear response beside them.

Written by ``scripts/benchmark_pairing.py`` (minutes of DFT a crystal): measured cells of metals,
crystals of JARVIS-DFT drawn once, and hydrides.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DONE = "done"
HYDRIDE_ID = "hydride-"
"""Ids of hydrides begin so."""

DRAWN, METAL, NAMED, PUBLISHED = "JARVIS-DFT", "measured cell", "named crystal", "HTSC-2025"
"""Where a structure is from: drawn from JARVIS, an element, one of the named crystals, or a
predicted hydride."""

GPAW_FORCES = "gpaw"
TABLES = {GPAW_FORCES: "benchmark.csv", "chgnet": "benchmark_chgnet.csv"}
"""Tables by what gave the forces on displaced atoms; electrons are GPAW's in both."""

MU_STAR = 0.10
"""With which every Tc of the tables was computed."""

MADE_WITH = "GPAW 26.7.0 (PBE, spin-paired), phonopy; scripts/benchmark_pairing.py"


@dataclass(frozen=True)
class BenchmarkRow:
    """One crystal of the benchmark.

    What follows from a spectrum is None where the crystal was refused or came out unstable.

    Attributes:
        id: ``element-Nb`` of a measured cell, ``hydride-...``, or the number of JARVIS.
        formula: chemical formula.
        coupling: lambda with alpha^2 as 1/omega.
        omega_log_k, omega_2_k: of its spectrum, kelvin.
        reference: lambda by linear response, None where none is known.
        status: :data:`DONE`, "unstable" or "cannot say".
        reason: why there is no spectrum.
        tc_k: by Allen and Dynes with mu* = 0.10.
        tc_eliashberg_k: of the isotropic Eliashberg equations with the same mu*.
        coupling_flat, tc_flat_k: with a constant alpha^2.
        tc_reference_k: Tc by linear response, None where none is known.
        density_per_ev_spin_atom: states at the Fermi level.
        hopfield: element and eta in eV/angstrom^2, atom by atom.
        space_group: number; None where it was not looked for.
        supercell_cells: primitive cells in the displaced one, 1 for phonons of the zone centre
            alone; None where none was displaced.
        omega_log_reference_k: of linear response, kelvin; None where it is not known.
        isotope_exponent: -d ln Tc / d ln M of all masses alike, by the Eliashberg equations.
        isotope_by_element: element and the same of its masses alone; empty where it was not
            computed.
        cpu_s: processor time; next to nothing where pieces were kept from an earlier run.
        structure: where it is from.
        pressure_gpa: of the cell as its source states it, 0 where a metal's was measured.
    """

    id: str
    formula: str
    coupling: float | None = None
    omega_log_k: float | None = None
    omega_2_k: float | None = None
    reference: float | None = None
    status: str = DONE
    reason: str = ""
    tc_k: float | None = None
    tc_eliashberg_k: float | None = None
    coupling_flat: float | None = None
    tc_flat_k: float | None = None
    tc_reference_k: float | None = None
    density_per_ev_spin_atom: float | None = None
    hopfield: tuple[tuple[str, float], ...] = ()
    space_group: int | None = None
    supercell_cells: int | None = None
    omega_log_reference_k: float | None = None
    isotope_exponent: float | None = None
    isotope_by_element: tuple[tuple[str, float], ...] = ()
    cpu_s: float = 0.0
    structure: str = DRAWN
    pressure_gpa: float = 0.0

    @property
    def is_metal(self) -> bool:
        """Whether it is an element in its measured cell."""
        return self.structure == METAL

    @property
    def is_drawn(self) -> bool:
        """Whether it was drawn from JARVIS, not chosen."""
        return self.structure == DRAWN

    @property
    def is_named(self) -> bool:
        """Whether it is a crystal that goes by its name: a metal or another named crystal."""
        return self.structure in {METAL, NAMED}


@cache
def benchmark_rows(forces: str = GPAW_FORCES) -> tuple[BenchmarkRow, ...]:
    """All crystals, in the order of the table; phonons by forces of :data:`TABLES`."""
    text = files(__package__).joinpath("data", TABLES[forces]).read_text(encoding="utf-8")
    return tuple(_row(row) for row in csv.DictReader(text.splitlines()))


def _row(row: dict[str, str]) -> BenchmarkRow:
    done = row["status"] == DONE

    def found(column: str) -> float | None:
        return _number(row[column]) if done else None

    return BenchmarkRow(
        id=row["id"],
        formula=row["formula"],
        structure=row["structure"],
        pressure_gpa=_number(row["pressure_gpa"]) or 0.0,
        coupling=found("lambda"),
        omega_log_k=found("omega_log_k"),
        omega_2_k=found("omega_2_k"),
        reference=_number(row["lambda_reference"]),
        status=row["status"],
        reason=row["reason"],
        tc_k=found("tc_allen_dynes_k"),
        tc_eliashberg_k=found("tc_eliashberg_k"),
        coupling_flat=found("lambda_flat"),
        tc_flat_k=found("tc_flat_k"),
        tc_reference_k=_number(row["tc_reference_k"]),
        density_per_ev_spin_atom=found("dos_per_ev_spin_atom"),
        hopfield=_pairs(row["eta_by_atom"]),
        space_group=int(row["space_group"]) if row["space_group"] else None,
        supercell_cells=int(row["supercell_cells"]) if row["supercell_cells"] else None,
        omega_log_reference_k=_number(row["omega_log_reference_k"]),
        isotope_exponent=found("isotope_exponent"),
        isotope_by_element=_pairs(row["isotope_by_element"]),
        cpu_s=_number(row["cpu_s"]) or 0.0,
    )


def _pairs(text: str) -> tuple[tuple[str, float], ...]:
    """Element and number, as written: "Nb:8.053 C:2.4"."""
    pairs = (part.split(":") for part in text.split())
    return tuple((symbol, float(value)) for symbol, value in pairs)


def _number(text: str) -> float | None:
    return float(text) if text else None
