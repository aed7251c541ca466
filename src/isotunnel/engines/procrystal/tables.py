"""The shipped table of free atoms, read on first use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CrystalError, EngineError

Functional = Literal["LDA", "PBE"]
FUNCTIONALS: tuple[str, ...] = get_args(Functional)
DEFAULT_FUNCTIONAL: Functional = "LDA"
"""Only a local functional has a potential at a point that follows from the density there alone, so
only with LDA atoms do the atoms and the v_xc of their summed density agree."""
_COLUMNS = ("ln_density", "r_electrostatic", "r_potential", "homo_u", "valence_radial")


@dataclass(frozen=True, eq=False)
class FreeAtom:
    """A neutral, spherical, spin-paired, scalar-relativistic Kohn-Sham atom.

    Arrays are float64 (tabulated to float32 precision), shape (points,), read-only, on ``radii``.
    The energy zero is the vacuum.

    Attributes:
        atomic_number: Z.
        symbol: chemical symbol.
        functional: "LDA" (Perdew-Wang 1992) or "PBE".
        radii: logarithmic grid, angstrom.
        ln_density: ln of the electron density n(r) in 1/angstrom^3; integrates to Z.
        r_electrostatic: r times (nuclear + Hartree) potential energy of an electron,
            eV angstrom; -Z e^2 at the nucleus, 0 outside the atom.
        r_potential: r times Kohn-Sham potential, eV angstrom. In PBE v_xc goes as 1/r at the
            nucleus, so this does not start at -Z e^2. Below 1e-9 electrons/bohr^3 v_xc is
            continued as n^(1/3), its limit in both functionals, because the functional itself
            turns to rounding noise there.
        homo_u: u(r) = r R(r) of the highest occupied orbital, angstrom^(-1/2); u^2 integrates
            to 1, the orbital's spherical density is u^2/(4 pi r^2).
        valence_radial: 4 pi r^2 times the density of the valence shell, 1/angstrom; integrates to
            ``valence_electrons``.
        homo: label of the highest occupied orbital, such as "4s".
        homo_ev: its eigenvalue, eV.
        energy_ev: total energy, eV.
        valence_electrons: electrons in the valence shell: those outside the preceding noble-gas
            core, without closed d10 and f14 subshells that lie under outer s or p electrons (so
            1 in Cu, 2 in Zn and Yb, 10 in Pd, 8 in Fe, 2 in He).
        valence_subshells: the subshells counted, such as "3d 4s".
        valence_radius: radius that holds 95 % of the valence shell's charge, angstrom.
        valence_density: total density there, 1/angstrom^3.
        levels: occupied levels (n, l, occupation, eigenvalue in eV), lowest first.
    """

    atomic_number: int
    symbol: str
    functional: Functional
    radii: NDArray[np.float64]
    ln_density: NDArray[np.float64]
    r_electrostatic: NDArray[np.float64]
    r_potential: NDArray[np.float64]
    homo_u: NDArray[np.float64]
    valence_radial: NDArray[np.float64]
    homo: str
    homo_ev: float
    energy_ev: float
    valence_electrons: float
    valence_subshells: str
    valence_radius: float
    valence_density: float
    levels: tuple[tuple[int, int, float, float], ...]


def free_atom(atomic_number: int, functional: Functional = DEFAULT_FUNCTIONAL) -> FreeAtom:
    """The tabulated free atom.

    Raises:
        CrystalError: the element is not in the table.
        EngineError: an unknown functional.
    """
    if functional not in FUNCTIONALS:
        raise EngineError(
            f"no free atoms for functional {functional!r}; choose {' or '.join(FUNCTIONALS)}"
        )
    if atomic_number not in _rows():
        raise CrystalError(
            f"no free atom with atomic number {atomic_number}; the table holds Z = "
            f"{min(_rows())} to {max(_rows())}: use another engine for this element"
        )
    return _free_atom(int(atomic_number), functional)


def tabulated_numbers() -> tuple[int, ...]:
    """Atomic numbers in the table, ascending."""
    return tuple(_rows())


def table_metadata() -> Mapping[str, Any]:
    """How, when and with which program versions the table was made."""
    return MappingProxyType(json.loads(str(_file()["metadata"])))


@cache
def _file() -> dict[str, NDArray[Any]]:
    path = files("isotunnel.engines.procrystal") / "data" / "free_atoms.npz"
    with path.open("rb") as stream, np.load(stream) as arrays:
        return {name: arrays[name] for name in arrays.files}


@cache
def _rows() -> dict[int, int]:
    return {int(z): row for row, z in enumerate(_file()["atomic_numbers"])}


@cache
def _scalars(functional: str) -> list[dict[str, Any]]:
    scalars: list[dict[str, Any]] = json.loads(str(_file()[f"{functional}_scalars"]))
    return scalars


@cache
def _free_atom(atomic_number: int, functional: Functional) -> FreeAtom:
    from ase.data import chemical_symbols

    row = _rows()[atomic_number]
    columns: dict[str, Any] = {
        name: _read_only(values)
        for name, values in zip(_COLUMNS, _file()[functional][row], strict=True)
    }
    scalars = dict(_scalars(functional)[row])
    levels = tuple((int(n), int(ell), float(f), float(e)) for n, ell, f, e in scalars.pop("levels"))
    return FreeAtom(
        atomic_number=atomic_number,
        symbol=str(chemical_symbols[atomic_number]),
        functional=functional,
        radii=_read_only(_file()["radii"]),
        levels=levels,
        **columns,
        **scalars,
    )


def _read_only(values: NDArray[Any]) -> NDArray[np.float64]:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array
