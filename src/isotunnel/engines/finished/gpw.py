"""What a .gpw file knows beside its grids: Fermi level, band edges, states, energy, pressure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.finished.bands import (
    BandEdges,
    BandMesh,
    band_edges,
    fermi_dos,
    mesh_order,
)
from isotunnel.engines.gpaw_pw.augmentation import augmentation_radius
from isotunnel.engines.gpaw_pw.levels import bound_projectors
from isotunnel.errors import FileFormatError, IsotunnelError
from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind
from isotunnel.fields.readers.gpw_file import crystal_of, guarded, mode_name, open_gpw
from isotunnel.fields.readers.gpw_restored import restored
from isotunnel.units import BOHR_ANGSTROM, EV_PER_ANGSTROM3_GPA

_LARGEST_EV = 1e6
_SPLIT_EV = 1e-3


@dataclass(frozen=True, eq=False)
class _Stored:
    """The numbers of the file, as they stand there."""

    atoms: Any
    version: str
    tag: str
    mode: str
    parameters: Mapping[str, Any]
    mesh: BandMesh
    split_ev: float
    energy_ev: float | None
    stress: NDArray[np.float64] | None
    projections: NDArray[Any] | None


@dataclass(frozen=True)
class _Setups:
    """What the PAW data sets add: sphere radii, and the projectors of valence states by element."""

    radii: tuple[float, ...] = ()
    columns: Mapping[str, tuple[int, ...]] | None = None
    count: int = 0
    reason: str = ""


def read_gpw_calculation(path: Path, fields: Mapping[str, Field]) -> ElectronicStructure:
    """A finished GPAW calculation with the fields read from the same file.

    Levels, energy and stress are read with ASE alone, from files of classic and of new GPAW; they
    share the energy zero of the potentials. Band edges are those of the stored k-points. The
    projected density of states and the sphere radii need GPAW and data sets that it can restore.

    Args:
        path: the .gpw file.
        fields: by kind, as :func:`~isotunnel.fields.read_fields` gave them.

    Raises:
        FileFormatError: the file is damaged.
    """
    stored = guarded(path, lambda: _read(path))
    edges = band_edges(stored.mesh)
    setups = _setups(path)
    cannot = _reasons(path, fields, stored, edges, setups)
    weights = _element_weights(stored, setups)
    dos = fermi_dos(stored.mesh, edges, weights)
    if dos is None:
        cannot["dos_fermi"] = f"the k-points of {path.name} are no regular mesh"
    by_element = None
    if dos is not None and weights is not None and setups.columns is not None:
        by_element = {e: float(x) for e, x in zip(setups.columns, dos[1:], strict=True)}
    else:
        cannot["dos_fermi_by_element"] = setups.reason or "the file holds no projections"
    warnings = []
    if stored.split_ev > _SPLIT_EV:
        warnings.append(
            f"{path.name}: the magnetic moment was fixed, so that the spins have Fermi levels "
            f"{stored.split_ev:.3f} eV apart; the higher one was taken"
        )
    return ElectronicStructure(
        atoms=stored.atoms,
        engine="file",
        fields=fields,
        fermi_ev=edges.fermi_ev,
        vbm_ev=edges.vbm_ev,
        cbm_ev=edges.cbm_ev,
        band_gap_ev=edges.gap_ev,
        direct_gap_ev=edges.direct_gap_ev,
        dos_fermi=None if dos is None else float(dos[0]),
        dos_fermi_by_element=by_element,
        energy_ev=stored.energy_ev,
        pressure_gpa=_pressure(stored.stress),
        augmentation_radii=setups.radii,
        settings=_settings(path, stored),
        versions={"gpaw": stored.version},
        warnings=tuple(warnings),
        cannot_say=cannot,
    )


def _read(path: Path) -> _Stored:
    with open_gpw(path) as reader:
        states = reader.wave_functions
        energies = _numbers(path, "eigenvalues", states.eigenvalues)
        occupations = _numbers(path, "occupations", states.occupations)
        mixed = energies.ndim == 2
        energies, occupations = (a[None] if mixed else a for a in (energies, occupations))
        kpts = states.kpts
        weights = _numbers(path, "weights", kpts.weights)
        bz2ibz = np.asarray(kpts.bz2ibz, dtype=np.int64)
        bzkpts = _numbers(path, "bzkpts", kpts.bzkpts)
        if (
            energies.ndim != 3
            or energies.shape != occupations.shape
            or energies.size == 0
            or energies.shape[1] != len(weights)
            or bzkpts.shape != (len(bz2ibz), 3)
            or not ((bz2ibz >= 0) & (bz2ibz < len(weights))).all()
        ):
            raise FileFormatError(f"{path}: a damaged .gpw file: its eigenvalues do not fit")
        per_state = 1 if mixed or len(energies) == 2 else 2
        fermi = _fermi_levels(path, reader)
        results = reader.results.asdict()
        stress = results.get("stress")
        mesh = BandMesh(
            energies,
            float(fermi.max()),
            tuple(per_state * np.einsum("skn,k->s", occupations, weights / weights.sum())),
            per_state,
            mesh_order(bzkpts, bz2ibz),
        )
        return _Stored(
            atoms=crystal_of(path, reader),
            version=str(reader.get("gpaw_version", "")),
            tag=reader.get_tag(),
            mode=mode_name(reader),
            parameters=reader.parameters.asdict(),
            mesh=mesh,
            split_ev=float(np.ptp(fermi)),
            energy_ev=_energy(results),
            stress=None if stress is None else _numbers(path, "stress", stress),
            projections=_projections(path, states),
        )


def _fermi_levels(path: Path, reader: Any) -> NDArray[np.float64]:
    """One level, or one per spin; files of GPAW before 20.10 have them elsewhere."""
    if "fermi_levels" in reader.wave_functions:
        return _numbers(path, "fermi_levels", reader.wave_functions.fermi_levels)
    old = reader.occupations
    middle, split = float(old.fermilevel), float(old.get("split", 0.0) or 0.0)
    levels = [middle - split / 2, middle + split / 2] if split else [middle]
    return _numbers(path, "fermilevel", levels)


def _projections(path: Path, states: Any) -> NDArray[Any] | None:
    if "projections" not in states:
        return None
    projections = np.asarray(states.projections)
    _numbers(path, "projections", np.abs(projections))
    return projections


def _numbers(path: Path, name: str, array: Any) -> NDArray[np.float64]:
    numbers = np.asarray(array, dtype=np.float64)
    if numbers.size == 0 or not (np.abs(numbers) < _LARGEST_EV).all():
        raise FileFormatError(f"{path}: a damaged .gpw file: {name} holds no sane numbers")
    return numbers


def _energy(results: Mapping[str, Any]) -> float | None:
    energy = results.get("energy")
    return float(energy) if energy is not None and np.isfinite(float(energy)) else None


def _pressure(stress: NDArray[np.float64] | None) -> float | None:
    """Minus a third of the trace; Voigt order xx, yy, zz, ... or a 3 x 3 tensor."""
    if stress is None or stress.size not in (6, 9):
        return None
    diagonal = stress.reshape(-1)[:3] if stress.size == 6 else np.diag(stress.reshape(3, 3))
    return float(-diagonal.mean() * EV_PER_ANGSTROM3_GPA)


def _setups(path: Path) -> _Setups:
    """Sphere radii and projectors of valence states, or the reason why they are not known."""
    try:
        with restored(path, "the data sets of a .gpw file") as calculator:
            return _data_of(calculator.dft.setups)
    except IsotunnelError as missing:
        return _Setups(reason=str(missing))


def _data_of(setups: Any) -> _Setups:
    columns: dict[str, list[int]] = {}
    first = 0
    for setup in setups:
        own = [first + i for i in bound_projectors(setup)]
        columns.setdefault(str(setup.symbol), []).extend(own)
        first += int(setup.ni)
    radii = tuple(augmentation_radius(setup) * BOHR_ANGSTROM for setup in setups)
    return _Setups(radii, {e: tuple(columns[e]) for e in sorted(columns)}, first)


def _element_weights(stored: _Stored, setups: _Setups) -> NDArray[np.float64] | None:
    """Sum of |<p|psi>|^2 over each element's valence projectors, shape (elements, S, K, N)."""
    p = stored.projections
    if setups.columns is None or p is None or p.shape[-1] != setups.count:
        return None
    strength = np.abs(p) ** 2
    if strength.ndim == 4 and stored.mesh.energies_ev.shape[0] == 1 and strength.shape[2] == 2:
        # Noncollinear: (K, N, 2, I), both spinor components count.
        mixed = strength.shape[:2] == stored.mesh.energies_ev.shape[1:]
        strength = strength.sum(axis=2)[None] if mixed else strength
    if strength.shape[:3] != stored.mesh.energies_ev.shape:
        return None
    return np.array([strength[..., list(own)].sum(axis=-1) for own in setups.columns.values()])


def _reasons(
    path: Path,
    fields: Mapping[str, Field],
    stored: _Stored,
    edges: BandEdges,
    setups: _Setups,
) -> dict[str, str]:
    """Why a quantity is not there, by its name."""
    reasons = {str(k): f"{path.name} does not hold it" for k in FieldKind if str(k) not in fields}
    if setups.reason:
        reasons["electrostatic"] = setups.reason
    reasons["elf"] = f"{path.name} holds no wave functions; write it with mode='all'"
    reasons["pressure_gpa"] = (
        f"{path.name} holds no stress; call calc.get_stress() before calc.write()"
    )
    if edges.reason:
        reasons |= dict.fromkeys(("vbm_ev", "cbm_ev", "band_gap_ev"), edges.reason)
    given = {
        *fields,
        *(() if stored.stress is None else ("pressure_gpa",)),
        *(() if edges.vbm_ev is None else ("vbm_ev",)),
    }
    free_atoms = "free atoms are the procrystal engine's"
    reasons |= {"atomic_level_ev": free_atoms, "valence_density": free_atoms}
    return {name: why for name, why in reasons.items() if name not in given}


def _settings(path: Path, stored: _Stored) -> dict[str, Any]:
    pseudo = dict.fromkeys(("potential", "density", "elf"), "pseudo")
    whole = stored.mesh.whole_zone
    return {
        "file": path.name,
        "calculation": "GPAW, read from a .gpw file",
        "mode": stored.mode,
        **pseudo,
        "xc": _plain(stored.parameters.get("xc")),
        "kpoints": None if whole is None else list(whole.shape),
        "bands": int(stored.mesh.energies_ev.shape[2]),
        "spins": int(stored.mesh.energies_ev.shape[0]),
        "electrons": sum(stored.mesh.electrons or ()),
        "dos_method": "linear tetrahedra, no broadening",
    }


def _plain(value: Any) -> Any:
    return value.get("name", str(value)) if isinstance(value, dict) else value
