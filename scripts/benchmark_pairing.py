"""Run `pairing` over crystals whose coupling linear response has given; resumable.

    python scripts/benchmark_pairing.py FOLDER OUTPUT.csv --limit 150 --hydrides 73 --workers 2
    python scripts/benchmark_pairing.py FOLDER CHGNET.csv --forces chgnet --beside OUTPUT.csv

FOLDER holds index.csv (jid, formula, n_atoms, Tc_K, lambda_ep, omega_log_K) and poscars.tar.xz, as
collected from NIST's jarvis_leaderboard. Rows already in OUTPUT.csv are kept and skipped. First
come eight metals with linear response beside them and H3S, then the crystals of JARVIS, smallest
cells first, in an order drawn once, then the hydrides of HTSC-2025, whose Tc alone is published,
named superconductors whose measured Tc judges the theory, and last every other simple metal of the
table of elements, superconducting or not. Rows with lambda above 4 are left out: soft modes.
`--workers 2` runs two crystals at a time; the order of the
rows in the table does not depend on it.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import tarfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.errors import CannotSay, EngineError, IsotunnelError
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    DRAWN,
    METAL,
    MU_STAR,
    NAMED,
    PUBLISHED,
)

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis.pairing.result import PairingResult
    from isotunnel.studies.hydrides.structures import HydrideStructure

LARGEST_LAMBDA = 4.0
SEED = 20261129
NOT_CUBIC = 5.0
"""One of so many crystals with fewer than 24 rotations is taken, for their cost."""

HEADER = (
    "id", "formula", "atoms", "structure", "pressure_gpa", "space_group", "lambda_reference",
    "omega_log_reference_k", "tc_reference_k", "reference", "lambda", "omega_log_k", "omega_2_k",
    "tc_allen_dynes_k", "tc_eliashberg_k", "lambda_flat", "omega_log_flat_k", "tc_flat_k",
    "mu_star", "dos_per_ev_spin_atom", "dos_error_per_ev_spin_atom", "eta_by_atom", "stable",
    "supercell_cells", "isotope_exponent", "isotope_by_element", "status", "reason", "cpu_s",
    "wall_s",
)  # fmt: skip

SURVEY = (
    "survey of lambda, github kunyuan/dfpt-lambda-benchmark 69f9743e (read from papers by machine)"
)
ALEXANDRIA = (
    "jarvis_alex (JARVIS of NIST, Alexandria), github jamesconde/superconductor-vae 046cf0c"
)
LINEAR_RESPONSE = {
    "Nb": (1.24, f"linear-response LMTO, {SURVEY}"),
    "Al": (0.44, f"linear-response LMTO, {SURVEY}"),
    "Pb": (1.56, f"linear response with spin-orbit coupling (1.08 without), {SURVEY}"),
    "Ta": (0.85, f"linear-response LMTO, {SURVEY}"),
    "V": (1.18, f"linear-response LMTO, {SURVEY}"),
    "Mo": (0.49, f"linear-response LMTO, {SURVEY}"),
    "Cu": (0.132, f"linear response, {ALEXANDRIA}"),
    "Pd": (0.35, f"linear-response LMTO, {SURVEY}"),
}
"""lambda and where it is from. The tables of Savrasov and Savrasov, Phys. Rev. B 54, 16487 (1996),
on these eight metals were not at hand; the survey's values are second-hand."""

SUPERCONDUCTORS = ("MgB2", "PdH", "S-betaPo@160GPa", "CaH6", "YH6", "LaH10@250GPa")
"""Named crystals of compounds and of sulfur under pressure whose Tc is measured."""

CELLS = {"V": ("bcc", 3.024), "Mo": ("bcc", 3.147)}
"""angstrom; the other six are named crystals."""


def elements() -> Iterator[tuple[dict[str, Any], Any]]:
    """Eight metals with measured cells."""
    from ase.build import bulk

    for symbol, (coupling, source) in LINEAR_RESPONSE.items():
        row = {
            "id": f"element-{symbol}", "formula": symbol, "atoms": 1, "lambda_reference": coupling,
            "reference": source, "structure": METAL, "pressure_gpa": 0.0,
        }  # fmt: skip
        kind = CELLS.get(symbol)
        yield row, symbol if kind is None else bulk(symbol, kind[0], kind[1])


def metals() -> Iterator[tuple[dict[str, Any], Any]]:
    """The other elements with a measured Tc, or none found, and one of three simple structures.

    Those that order magnetically are left out, for they have no Tc to predict.
    """
    from isotunnel.crystal import named_crystal, named_crystals
    from isotunnel.crystal.reference_crystals import reference_crystal
    from isotunnel.engines.gpaw_pw.checks import MAGNETIC_ELEMENTS
    from isotunnel.measured import table

    named = {entry.name for entry in named_crystals()}
    symbols = dict.fromkeys(r.text("element") for r in table("elements_ambient"))
    for symbol in symbols:
        if symbol in LINEAR_RESPONSE or symbol in MAGNETIC_ELEMENTS:
            continue
        try:
            crystal = named_crystal(symbol) if symbol in named else reference_crystal(symbol)
        except CannotSay:
            continue
        row = {
            "id": f"element-{symbol}", "formula": symbol, "atoms": len(crystal),
            "structure": METAL, "pressure_gpa": 0.0,
        }  # fmt: skip
        yield row, symbol if symbol in named else crystal


def hydrides() -> Iterator[tuple[dict[str, Any], Any]]:
    """H3S at 200 GPa, whose harmonic lambda is published."""
    row = {
        "id": "hydride-H3S@200GPa", "formula": "H3S", "atoms": 4, "lambda_reference": 2.55,
        "omega_log_reference_k": 1191.0, "tc_reference_k": 249.0,
        "reference": "harmonic linear response (Errea), arXiv:1506.08751 Table S1, mu* 0.16",
        "structure": NAMED, "pressure_gpa": 200.0,
    }  # fmt: skip
    yield row, "H3S@200GPa"


def named_superconductors() -> Iterator[tuple[dict[str, Any], Any]]:
    """Named crystals with a measured Tc; where none states its pressure, GPAW's is written."""
    from isotunnel.crystal import named_crystal

    for name in SUPERCONDUCTORS:
        atoms = named_crystal(name)
        row = {
            "id": f"named-{name}", "formula": atoms.get_chemical_formula("metal", empirical=True),
            "atoms": len(atoms), "structure": NAMED, "pressure_gpa": atoms.info["pressure_gpa"],
        }  # fmt: skip
        yield row, name


def published_hydrides() -> Iterator[tuple[dict[str, Any], Any]]:
    """The predicted hydrides of HTSC-2025, smallest cells first; only their Tc is printed.

    Those of elements known for moments come last, as spin-polarised runs of one and of two cells
    cost ten times the rest.
    """
    from isotunnel.engines.gpaw_pw.checks import MAGNETIC_ELEMENTS
    from isotunnel.studies.hydrides.entries import HTSC
    from isotunnel.studies.hydrides.structures import hydride_structures

    built = [s for s in hydride_structures() if s.entry.table == HTSC]

    def cost(structure: HydrideStructure) -> tuple[bool, int, str]:
        symbols = set(structure.atoms.get_chemical_symbols())
        return bool(symbols & MAGNETIC_ELEMENTS), len(structure.atoms), structure.id

    for structure in sorted(built, key=cost):
        row = {
            "id": f"hydride-{structure.entry.short_id}", "formula": structure.entry.compound,
            "atoms": len(structure.atoms), "tc_reference_k": structure.entry.tc_predicted_k,
            "reference": "linear response, HTSC-2025 (arXiv:2506.03837)",
            "structure": PUBLISHED, "pressure_gpa": 0.0,
        }  # fmt: skip
        yield row, structure.atoms


def compounds(folder: Path, most_atoms: int) -> Iterator[tuple[dict[str, Any], Any]]:
    """The rows of the index, smallest cells first."""
    from ase.io import read

    with (folder / "index.csv").open() as stream:
        rows = [r for r in csv.DictReader(stream) if float(r["lambda_ep"]) <= LARGEST_LAMBDA]
    rows = [r for r in rows if int(r["n_atoms"]) <= most_atoms]
    random.Random(SEED).shuffle(rows)
    texts: dict[str, str] = {}
    with tarfile.open(folder / "poscars.tar.xz") as archive:
        for member in archive:
            stream_ = archive.extractfile(member)
            if stream_ is not None:
                texts[Path(member.name).stem] = stream_.read().decode()
    crystals: dict[str, Atoms] = {
        r["jid"]: read(io.StringIO(texts[r["jid"]]), format="vasp") for r in rows
    }
    for r in in_proportion(rows, crystals):
        atoms = crystals[r["jid"]]
        row = {
            "id": r["jid"], "formula": r["formula"], "atoms": int(r["n_atoms"]),
            "lambda_reference": float(r["lambda_ep"]),
            "omega_log_reference_k": float(r["omega_log_K"]), "tc_reference_k": float(r["Tc_K"]),
            "reference": "JARVIS-DFT, linear response", "structure": DRAWN, "pressure_gpa": 0.0,
        }  # fmt: skip
        yield row, atoms


def in_proportion(rows: list[dict[str, str]], crystals: dict[str, Atoms]) -> list[dict[str, str]]:
    """Elements, binaries and ternaries by their shares, each from the cheapest cells on.

    Cheap are few atoms in the displaced cell and many rotations, which spare displacements and
    k-points; of crystals neither cubic nor hexagonal a fifth of their share is taken. Those of
    elements known for moments come last: spin-polarised runs of one and of two cells, which decide
    whether there are moments, cost ten times the rest. What has no data set in GPAW is left out.
    """
    from isotunnel.crystal.formula import elements_in
    from isotunnel.engines.gpaw_pw.checks import MAGNETIC_ELEMENTS, check_datasets
    from isotunnel.engines.phonons.supercell import rotations_of

    kinds: dict[tuple[int, bool], list[tuple[bool, float, dict[str, str]]]] = {}
    for row in rows:
        atoms = crystals[row["jid"]]
        try:
            check_datasets(atoms)
        except EngineError:
            continue
        rotations = len(rotations_of(atoms))
        species = elements_in(row["formula"])
        magnetic = bool(species & MAGNETIC_ELEMENTS)
        kind = (len(species), rotations in {24, 48})
        kinds.setdefault(kind, []).append((magnetic, displaced_atoms(atoms) / rotations, row))
    placed = []
    for (_, cubic), kind_rows in kinds.items():
        kind_rows.sort(key=lambda r: r[:2])
        step = (1.0 if cubic else NOT_CUBIC) / len(kind_rows)
        placed += [((i + 0.5) * step, row) for i, (*_, row) in enumerate(kind_rows)]
    return [row for _, row in sorted(placed, key=lambda p: p[0])]


def displaced_atoms(atoms: Atoms) -> int:
    """Atoms in the cell that phonons come from."""
    from isotunnel.analysis.pairing import PairingSettings
    from isotunnel.engines.phonons.supercell import choose_supercell

    cells = _determinant(choose_supercell(atoms, PairingSettings().most_atoms))
    return len(atoms) * abs(round(cells))


def run(row: dict[str, Any], crystal: Any, forces: str) -> dict[str, Any]:
    """One row of the table; a failure is a row too."""
    from isotunnel.analysis.pairing import PairingSettings, pairing

    start, cpu = time.perf_counter(), time.process_time()
    try:
        found = pairing(crystal, settings=PairingSettings(mu_star=MU_STAR, forces=forces))
    except IsotunnelError as error:
        row |= {"status": "cannot say", "reason": " ".join(str(error).split())}
    else:
        spectrum, flat = found.spectrum, found.flat
        etas = [(m.symbol, m.scattering.hopfield_ev_per_angstrom2) for m in found.members]
        row |= {
            "lambda": found.coupling,
            "omega_log_k": None if spectrum is None else spectrum.omega_log_k,
            "omega_2_k": None if spectrum is None else spectrum.omega_2_k,
            "tc_allen_dynes_k": found.tc_allen_dynes_k,
            "tc_eliashberg_k": found.tc_eliashberg_k,
            "lambda_flat": None if flat is None else flat.coupling,
            "omega_log_flat_k": None if flat is None else flat.omega_log_k,
            "tc_flat_k": None if flat is None else flat.tc_k,
            "mu_star": found.mu_star,
            "pressure_gpa": _stated(row["pressure_gpa"], found.pressure_gpa),
            "dos_per_ev_spin_atom": found.density_per_ev_spin / len(found.members),
            "dos_error_per_ev_spin_atom": _per_atom(found),
            "eta_by_atom": " ".join(f"{s}:{e:.4g}" for s, e in etas),
            "stable": not found.unstable,
            "isotope_exponent": found.isotope_exponent,
            "isotope_by_element": " ".join(
                f"{symbol}:{value:.4g}" for symbol, value in found.isotope_exponents.items()
            ),
            "supercell_cells": abs(round(float(_determinant(found.phonons.supercell)))),
            "status": "unstable" if found.unstable else "done",
            "reason": found.unstable,
        }
    row |= {"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - start}
    return row


def _per_atom(found: PairingResult) -> float | None:
    error = found.density_error
    return None if error is None else error / len(found.members)


def _stated(pressure_gpa: float | None, computed_gpa: float) -> float:
    return computed_gpa if pressure_gpa is None else pressure_gpa


def _determinant(matrix: Any) -> float:
    import numpy as np

    return float(np.linalg.det(matrix))


def _text(value: object) -> object:
    return f"{value:.6g}" if isinstance(value, float) else "" if value is None else value


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """The whole table, or what stood there before."""
    from isotunnel.files import whole_file

    with whole_file(path) as part, part.open("w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows([_text(row.get(name)) for name in HEADER] for row in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--most-atoms", type=int, default=4)
    parser.add_argument("--limit", type=int, default=1000, help="crystals of JARVIS at most")
    parser.add_argument("--species", type=int, help="only crystals of JARVIS of so many elements")
    parser.add_argument("--hydrides", type=int, default=0, help="hydrides of HTSC-2025 at most")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--forces", default="gpaw", help="on displaced atoms: gpaw or a potential")
    parser.add_argument("--beside", type=Path, help="only crystals that this table has")
    parser.add_argument("--renew", action="store_true", help="only what stands beside the results")
    asked = parser.parse_args()
    chosen = [*[*elements()][:5], *hydrides(), *[*elements()][5:]]
    drawn = [
        (row, crystal)
        for row, crystal in compounds(asked.folder, asked.most_atoms)
        if asked.species in (None, len(set(crystal.get_chemical_symbols())))
    ][: asked.limit]
    others = [*published_hydrides()][: asked.hydrides]
    crystals = [*chosen, *drawn, *others, *named_superconductors(), *metals()]
    if asked.beside:
        with asked.beside.open() as stream:
            beside = {r["id"] for r in csv.DictReader(stream)}
        crystals = [(row, c) for row, c in crystals if row["id"] in beside]
    fresh = {row["id"]: row | {"space_group": space_group(c)} for row, c in crystals}
    place = {name: i for i, name in enumerate(fresh)}
    rows: list[dict[str, Any]] = []
    if asked.output.exists():
        with asked.output.open() as stream:
            rows = [r | _known(fresh.get(r["id"], {})) for r in csv.DictReader(stream)]
    done = {r["id"] for r in rows}
    rows.sort(key=lambda r: place.get(r["id"], len(place)))
    write(asked.output, rows)
    if asked.renew:
        return
    with ProcessPoolExecutor(asked.workers, get_context("spawn"), max_tasks_per_child=1) as pool:
        running = [
            pool.submit(run, fresh[row["id"]], c, asked.forces)
            for row, c in crystals
            if row["id"] not in done
        ]
        for future in as_completed(running):
            found = future.result()
            rows.append(found)
            rows.sort(key=lambda r: place.get(r["id"], len(place)))
            write(asked.output, rows)
            print(found["id"], found["formula"], found["status"], found.get("lambda"), flush=True)


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """Without a pressure that nobody states: the one computed stays."""
    return {k: v for k, v in row.items() if v is not None}


def space_group(crystal: Any) -> int:
    """Number of the space group of a crystal or of a name's."""
    from isotunnel.crystal import named_crystal, symmetry_of

    return symmetry_of(named_crystal(crystal) if isinstance(crystal, str) else crystal).number


if __name__ == "__main__":
    main()
