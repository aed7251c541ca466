"""Run `pairing` over crystals whose coupling linear response has given; resumable.

    python scripts/benchmark_pairing.py FOLDER OUTPUT.csv --most-atoms 4 --limit 40

FOLDER holds index.csv (jid, formula, n_atoms, Tc_K, lambda_ep, omega_log_K) and poscars.tar.xz, as
collected from NIST's jarvis_leaderboard. Rows already in OUTPUT.csv are kept and skipped. Elements
come first (measured cells of the named crystals; JARVIS's own where there are none), then the
smallest cells, binaries and ternaries in turn, in an order drawn once. Rows with lambda above 4 are
left out: soft modes.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.errors import IsotunnelError

if TYPE_CHECKING:
    from ase import Atoms

LARGEST_LAMBDA = 4.0
SEED = 20261129

HEADER = (
    "id", "formula", "atoms", "structure", "lambda_reference", "omega_log_reference_k",
    "tc_reference_k", "reference", "lambda", "omega_log_k", "omega_2_k", "tc_allen_dynes_k",
    "tc_eliashberg_k", "lambda_flat", "omega_log_flat_k", "tc_flat_k", "mu_star",
    "dos_per_ev_spin_atom", "dos_error", "eta_by_atom", "eta_error", "stable", "supercell_cells",
    "status", "reason", "cpu_s", "wall_s",
)  # fmt: skip

SAVRASOV = "S. Y. Savrasov and D. Y. Savrasov, Phys. Rev. B 54, 16487 (1996)"
LINEAR_RESPONSE = {
    # lambda of linear response for the eight metals of that paper.
    "Nb": 1.26, "Al": 0.44, "Pb": 1.68, "Ta": 0.86, "V": 1.19, "Mo": 0.42, "Cu": 0.14, "Pd": 0.35,
}  # fmt: skip
CELLS = {"V": ("bcc", 3.024), "Mo": ("bcc", 3.147)}
"""angstrom; the other six are named crystals."""


def elements() -> Iterator[tuple[dict[str, Any], Any]]:
    """The metals of Savrasov and Savrasov, with measured cells."""
    from ase.build import bulk

    for symbol, coupling in LINEAR_RESPONSE.items():
        row = {
            "id": f"element-{symbol}", "formula": symbol, "atoms": 1, "lambda_reference": coupling,
            "reference": SAVRASOV, "structure": "measured cell",
        }  # fmt: skip
        kind = CELLS.get(symbol)
        yield row, symbol if kind is None else bulk(symbol, kind[0], kind[1])


def compounds(folder: Path, most_atoms: int) -> Iterator[tuple[dict[str, Any], Any]]:
    """The rows of the index, smallest cells first."""
    from ase.io import read

    with (folder / "index.csv").open() as stream:
        rows = [r for r in csv.DictReader(stream) if float(r["lambda_ep"]) <= LARGEST_LAMBDA]
    rows = [r for r in rows if int(r["n_atoms"]) <= most_atoms]
    random.Random(SEED).shuffle(rows)
    rows.sort(key=lambda r: int(r["n_atoms"]))
    texts: dict[str, str] = {}
    with tarfile.open(folder / "poscars.tar.xz") as archive:
        for member in archive:
            stream_ = archive.extractfile(member)
            if stream_ is not None:
                texts[Path(member.name).stem] = stream_.read().decode()
    for r in rows:
        atoms: Atoms = read(io.StringIO(texts[r["jid"]]), format="vasp")
        row = {
            "id": r["jid"], "formula": r["formula"], "atoms": int(r["n_atoms"]),
            "lambda_reference": float(r["lambda_ep"]),
            "omega_log_reference_k": float(r["omega_log_K"]), "tc_reference_k": float(r["Tc_K"]),
            "reference": "JARVIS-DFT, linear response", "structure": "JARVIS-DFT",
        }  # fmt: skip
        yield row, atoms


def run(row: dict[str, Any], crystal: Any) -> dict[str, Any]:
    """One row of the table; a failure is a row too."""
    from isotunnel.analysis.pairing import PairingSettings, pairing

    start, cpu = time.perf_counter(), time.process_time()
    try:
        found = pairing(crystal, settings=PairingSettings(mu_star=0.1))
    except IsotunnelError as error:
        row |= {"status": "cannot say", "reason": " ".join(str(error).split())}
    else:
        spectrum, flat = found.spectrum, found.flat_spectrum
        etas = [(m.symbol, m.scattering.hopfield_ev_per_angstrom2) for m in found.members]
        errors = [m.scattering.mesh_error for m in found.members]
        row |= {
            "lambda": found.coupling,
            "omega_log_k": None if spectrum is None else spectrum.omega_log_k,
            "omega_2_k": None if spectrum is None else spectrum.omega_2_k,
            "tc_allen_dynes_k": found.tc_allen_dynes_k,
            "tc_eliashberg_k": found.tc_eliashberg_k,
            "lambda_flat": None if flat is None else flat.coupling,
            "omega_log_flat_k": None if flat is None else flat.omega_log_k,
            "tc_flat_k": found.tc_flat_k,
            "mu_star": found.mu_star,
            "dos_per_ev_spin_atom": found.density_per_ev_spin / len(found.members),
            "dos_error": found.density_error,
            "eta_by_atom": " ".join(f"{s}:{e:.4g}" for s, e in etas),
            "eta_error": " ".join("?" if e is None else f"{e:.3g}" for e in errors),
            "stable": not found.unstable,
            "supercell_cells": abs(round(float(_determinant(found.phonons.supercell)))),
            "status": "unstable" if found.unstable else "done",
            "reason": found.unstable,
        }
    row |= {"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - start}
    return row


def _determinant(matrix: Any) -> float:
    import numpy as np

    return float(np.linalg.det(matrix))


def _text(value: object) -> object:
    return f"{value:.6g}" if isinstance(value, float) else "" if value is None else value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--most-atoms", type=int, default=4)
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--only", nargs="*", help="ids")
    asked = parser.parse_args()
    done: set[str] = set()
    if asked.output.exists():
        with asked.output.open() as stream:
            done = {r["id"] for r in csv.DictReader(stream)}
    else:
        asked.output.write_text(",".join(HEADER) + "\n")
    crystals = [*elements(), *compounds(asked.folder, asked.most_atoms)][: asked.limit]
    for row, crystal in crystals:
        if row["id"] in done or (asked.only and row["id"] not in asked.only):
            continue
        found = run(row, crystal)
        with asked.output.open("a") as stream:
            csv.writer(stream, lineterminator="\n").writerow(
                [_text(found.get(name)) for name in HEADER]
            )
        print(found["id"], found["formula"], found["status"], found.get("lambda"), flush=True)


if __name__ == "__main__":
    main()
