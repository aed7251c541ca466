"""Compute squeezed crystals with GPAW: the results that ``isotunnel squeeze`` shows.

    OMP_NUM_THREADS=1 nice -n 19 python scripts/make_squeezed.py              all (hours)
    OMP_NUM_THREADS=1 nice -n 19 python scripts/make_squeezed.py He-hcp W-bcc   some
    OMP_NUM_THREADS=1 nice -n 19 python scripts/make_squeezed.py --hydrogen H2-C2c  its phases
    OMP_NUM_THREADS=1 nice -n 19 python scripts/make_squeezed.py --bonds       iron and cementite
    python scripts/make_squeezed.py --frozen                                   undeformed clouds
    python scripts/make_squeezed.py --list                                     what is there

Points already in ``src/isotunnel/bonding/squeezed/data/NAME.json`` are kept, so that the script may
be stopped and started again. Needs the ``dft`` extra; ``--frozen`` needs ``bonding`` instead.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from isotunnel.bonding.squeezed.between import bonds_between
from isotunnel.bonding.squeezed.frozen import CLOSED_SHELLS, frozen_energy
from isotunnel.bonding.squeezed.hydrogen_plan import PHASES, cells, hydrogen_settings
from isotunnel.bonding.squeezed.plan import APART, APART_A3, SQUEEZES, Squeeze, squeeze
from isotunnel.bonding.squeezed.series import squeezed_point
from isotunnel.crystal import named_crystal
from isotunnel.engines.gpaw_pw import GpawSettings
from isotunnel.files import whole_file

DATA = Path(__file__).resolve().parents[1] / "src/isotunnel/bonding/squeezed/data"
SCHEMA = "isotunnel.squeezed/1"


def main() -> int:
    """Compute what is missing of the crystals asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--frozen", action="store_true")
    parser.add_argument("--hydrogen", action="store_true")
    parser.add_argument("--bonds", action="store_true")
    parser.add_argument("--output", type=Path, default=DATA)
    options = parser.parse_args()
    named = [] if options.hydrogen else options.names
    chosen = [squeeze(n) for n in named] or list(SQUEEZES)
    if options.frozen:
        return _undeformed(options.output)
    if options.bonds:
        return _bonds(options.output)
    if options.hydrogen:
        return _hydrogen(options.names, options.output)
    for plan in chosen:
        if options.list:
            print(plan.name, [p["label"] for p in _known(plan, options.output)["points"]])
            continue
        try:
            _complete(plan, options.output)
        except Exception as error:  # one crystal that fails must not keep the others waiting
            print(f"{plan.name}: {type(error).__name__}: {error}", flush=True)
    return 0


def _complete(plan: Squeeze, folder: Path) -> None:
    document = _known(plan, folder)
    there = {p["label"] for p in document["points"]}
    wanted = [(f"{p:g} GPa", p, plan.volume_a3(p)) for p in plan.pressures_gpa]
    if plan.family == "rare gas":
        wanted.append((APART, 0.0, APART_A3))
    for label, pressure, volume in wanted:
        if label in there:
            continue
        started = time.perf_counter()
        plane = label != APART and pressure in (plan.pressures_gpa[0], plan.pressures_gpa[-1])
        point, made = squeezed_point(plan.crystal(volume), plan.settings(), plane=plane)
        measured = None if label == APART else pressure
        document["points"].append({"label": label, "measured_gpa": measured, **point})
        document |= made
        _write(document, folder / f"{plan.name}.json")
        print(f"{plan.name} {label}: {time.perf_counter() - started:.0f} s", flush=True)


def _hydrogen(names: list[str], folder: Path) -> int:
    """Hydrogen through its phases; a structure is relaxed anew where it is not complete."""
    for phase in PHASES:
        if names and phase.name not in names:
            continue
        path = folder / f"{phase.name}.json"
        known: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        kept = {p["asked_gpa"]: p for p in known.get("points", [])}
        if {*phase.pressures_gpa, *phase.relaxed_gpa} <= set(kept):
            continue
        document = {"schema": SCHEMA, "name": phase.name, "symbol": "H", "title": phase.title}
        document |= {"family": "hydrogen", "molecular": phase.molecular, "points": []}
        for pressure, atoms in cells(phase):
            if pressure in kept:
                continue
            started = time.perf_counter()
            point, made = squeezed_point(
                atoms, hydrogen_settings(), elf=True, molecular=phase.molecular
            )
            kept[pressure] = {"asked_gpa": pressure, "label": f"{pressure:g} GPa", **point}
            document |= made | {"points": [kept[p] for p in sorted(kept)]}
            _write(document, path)
            print(f"{phase.name} {pressure}: {time.perf_counter() - started:.0f} s", flush=True)
    return 0


def _bonds(folder: Path) -> int:
    """What stands between the atoms of iron and cementite, spin-polarised."""
    path = folder / "bonds.json"
    document = json.loads(path.read_text("utf-8")) if path.exists() else {"schema": SCHEMA}
    crystals = document.setdefault("crystals", [])
    for name, farthest in (("Fe", 2.9), ("cementite", 2.75)):
        if name in {c["name"] for c in crystals}:
            continue
        atoms = named_crystal(name)
        moments = [2.2 if s == "Fe" else 0.0 for s in atoms.get_chemical_symbols()]
        settings = GpawSettings(
            ecut_ev=500.0, kpoint_spacing=0.55, grid_spacing=0.09, density_tolerance=1e-4
        )
        found = bonds_between(atoms, settings, moments, farthest)
        kept = ("ecut_ev", "kpoint_spacing", "smearing_ev", "grid_spacing", "density_tolerance")
        given = settings.as_dict()
        found["settings"] = {k: given[k] for k in kept} | {"xc": "PBE"}
        crystals.append({"name": name, **found})
        _write(document, path)
        print(f"{name}: {found['moment_mu_b']} Bohr magnetons per atom", flush=True)
    return 0


def _undeformed(folder: Path) -> int:
    """Energies of undeformed clouds at the volumes of the rare gases."""
    path = folder / "frozen.json"
    document = json.loads(path.read_text("utf-8")) if path.exists() else {"schema": SCHEMA}
    points = document.setdefault("points", [])
    there = {(p["symbol"], p["volume_a3"]) for p in points}
    for plan in SQUEEZES:
        if plan.symbol not in CLOSED_SHELLS:
            continue
        for pressure in reversed(plan.pressures_gpa):
            volume = round(plan.volume_a3(pressure), 6)
            if (plan.symbol, volume) in there:
                continue
            there.add((plan.symbol, volume))
            found = frozen_energy(plan.symbol, volume)
            energy = round(found.energy_ev, 6)
            points.append({"symbol": plan.symbol, "volume_a3": volume, "energy_ev": energy})
            document |= {"basis": found.basis, "mesh": found.mesh, "pyscf": found.version}
            _write(document, path)
            print(f"{plan.symbol} {volume}: {energy} eV", flush=True)
    return 0


def _known(plan: Squeeze, folder: Path) -> dict[str, Any]:
    path = folder / f"{plan.name}.json"
    if path.exists():
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return found
    names = ("name", "symbol", "structure", "family")
    return {"schema": SCHEMA, **{n: getattr(plan, n) for n in names}, "points": []}


def _write(document: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with whole_file(path) as temporary:
        temporary.write_text(json.dumps(document, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
