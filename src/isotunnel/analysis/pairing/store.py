"""Keeps what was computed, piece by piece, so that an interrupted run goes on where it was."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.cache import DAMAGE, cache_key
from isotunnel.engines.magnetism import Magnetism
from isotunnel.engines.scatterers import FermiScatterers, MuffinTin
from isotunnel.files import default_cache_directory, keep_bytes

if TYPE_CHECKING:
    from ase import Atoms

PIECES_VERSION = "1"
"""Raised whenever the same settings would give other numbers."""

_ARRAYS = ("radii_bohr", "screening", "density", "density_change")


class PieceStore:
    """Relaxed cells, scatterers and forces in a directory, by what determines them.

    Args:
        directory: default: beside the engines' cache.
        fresh: look nothing up, but keep what is computed.
    """

    def __init__(self, directory: Path | None = None, *, fresh: bool = False) -> None:
        self.directory = directory or default_cache_directory() / "pairing"
        self.fresh = fresh

    def key(
        self, kind: str, atoms: Atoms, settings: Mapping[str, Any], versions: Mapping[str, str]
    ) -> str:
        """What a piece is kept under."""
        return cache_key(atoms, f"pairing {kind} {PIECES_VERSION}", settings, versions)

    def forces(self, key: str) -> NDArray[np.float64] | None:
        """Forces kept under a key, None where there are none."""
        found = self._load(key)
        return None if found is None else found.get("forces")

    def keep_forces(self, key: str, forces: NDArray[np.float64]) -> None:
        """Keep forces; nothing happens where the directory cannot be written."""
        self._keep(key, {"forces": forces})

    def scatterers(self, key: str, atoms: Atoms) -> FermiScatterers | None:
        """The scatterers kept under a key, None where there are none."""
        found = self._load(key)
        if found is None:
            return None
        try:
            return _unpack(found, atoms)
        except DAMAGE:
            return None

    def keep_scatterers(self, key: str, metal: FermiScatterers) -> None:
        """Keep scatterers."""
        self._keep(key, _pack(metal))

    def magnetism(self, key: str) -> Magnetism | None:
        """The magnetic state kept under a key, None where there is none."""
        found = self._load(key)
        try:
            return (
                None if found is None else Magnetism.of_plain(json.loads(found["meta"].tobytes()))
            )
        except DAMAGE:
            return None

    def keep_magnetism(self, key: str, magnetism: Magnetism) -> None:
        """Keep a magnetic state."""
        text = json.dumps(asdict(magnetism))
        self._keep(key, {"meta": np.frombuffer(text.encode(), dtype=np.uint8)})

    def relaxed(self, key: str, atoms: Atoms) -> Atoms | None:
        """``atoms`` in the cell and at the places kept under a key, None where there are none."""
        found = self._load(key)
        if found is None:
            return None
        moved: Atoms = atoms.copy()
        try:
            moved.set_cell(found["cell"])
            moved.set_positions(found["positions"])
        except DAMAGE:
            return None
        return moved

    def keep_relaxed(self, key: str, atoms: Atoms) -> None:
        """Keep the cell and the places of relaxed atoms."""
        self._keep(key, {"cell": atoms.cell.array, "positions": atoms.positions})

    def _path(self, key: str) -> Path:
        return self.directory / key[:2] / f"{key}.npz"

    def _load(self, key: str) -> dict[str, Any] | None:
        if self.fresh:
            return None
        try:
            with np.load(io.BytesIO(self._path(key).read_bytes()), allow_pickle=False) as archive:
                return {name: archive[name] for name in archive.files}
        except DAMAGE:
            return None

    def _keep(self, key: str, arrays: dict[str, Any]) -> None:
        stream = io.BytesIO()
        np.savez(stream, allow_pickle=False, **arrays)
        keep_bytes(self._path(key), stream.getvalue())


def _pack(metal: FermiScatterers) -> dict[str, Any]:
    plain = {
        "fermi_ev": metal.fermi_ev,
        "zero_ev": metal.zero_ev,
        "density": metal.density,
        "density_change": metal.density_change,
        "mesh": list(metal.mesh),
        "pressure_gpa": metal.pressure_gpa,
        "equivalent": list(metal.equivalent),
        "settings": dict(metal.settings),
        "versions": dict(metal.versions),
        "warnings": list(metal.warnings),
        "tins": [[t.symbol, t.atomic_number, t.radius_bohr] for t in metal.tins],
    }
    arrays: dict[str, Any] = {
        name: np.array([getattr(t, name) for t in metal.tins]) for name in _ARRAYS
    }
    arrays["forces"] = metal.forces
    arrays["meta"] = np.frombuffer(json.dumps(plain).encode(), dtype=np.uint8)
    return arrays


def _unpack(arrays: dict[str, Any], atoms: Atoms) -> FermiScatterers:
    plain = json.loads(arrays["meta"].tobytes())
    tins = tuple(
        MuffinTin(symbol, number, radius, *(arrays[name][index] for name in _ARRAYS))
        for index, (symbol, number, radius) in enumerate(plain.pop("tins"))
    )
    plain["mesh"] = tuple(plain["mesh"])
    plain["equivalent"] = tuple(plain["equivalent"])
    plain["warnings"] = tuple(plain["warnings"])
    known = {f.name for f in fields(FermiScatterers)}
    return FermiScatterers(
        atoms=atoms.copy(),
        tins=tins,
        forces=arrays["forces"],
        **{name: value for name, value in plain.items() if name in known},
    )
