"""GPAW's .gpw files.

Density and Kohn-Sham potential are read with ASE alone, from files of classic and of new GPAW. The
electrostatic potential and the ELF are formed by GPAW itself; the ELF needs the wave functions,
which only ``mode="all"`` stores. What the GPAW installed cannot restore is left out, and said so.

All of them are pseudo fields: true outside the augmentation spheres of the atoms, smooth stand-ins
inside.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError, MissingExtraError
from isotunnel.fields.field import Field, Provenance, Spin
from isotunnel.fields.kinds import FieldKind
from isotunnel.fields.readers import guess
from isotunnel.fields.readers.gpw_file import (
    crystal_of,
    grid_array,
    guarded,
    mode_name,
    open_gpw,
)
from isotunnel.fields.readers.gpw_restored import NotRestoredError, restored
from isotunnel.fields.readers.options import ReadOptions

_PSEUDO = {
    FieldKind.DENSITY: "Pseudo density of the valence electrons: wrong inside the augmentation "
    "spheres, and it does not add up to the number of electrons.",
    FieldKind.POTENTIAL: "Pseudo potential: true only outside the augmentation spheres.",
    FieldKind.ELECTROSTATIC: "Pseudo electrostatic potential: true only outside the augmentation "
    "spheres.",
    FieldKind.ELF: "ELF of the pseudo density: differs from the all-electron ELF inside the "
    "augmentation spheres.",
}


def read_gpw(path: Path, options: ReadOptions) -> list[Field]:
    """The Kohn-Sham potential (or the kind asked for), or everything with ``options.every``.

    Raises:
        FileFormatError: damaged, or no .gpw file.
        MissingExtraError: the ELF or the electrostatic potential, without GPAW.
        InputError: an ELF from a file without wave functions; a spin part that is not there.
    """
    if options.kind is FieldKind.OTHER:
        raise InputError(f"{path}: a .gpw file holds potential, electrostatic, density and elf")
    stored = _Stored(path)
    if not options.every:
        kind = options.kind or FieldKind.POTENTIAL
        extra: tuple[str, ...] = ()
        if options.kind is None:
            extra = (
                "The Kohn-Sham potential was read; kind='elf', 'density' or 'electrostatic' "
                "reads another field of this file.",
            )
        return stored.fields(kind, options, extra)[:1]
    if options.kind is not None:
        return stored.fields(options.kind, options)
    fields = [
        *stored.fields(FieldKind.POTENTIAL, options),
        *stored.fields(FieldKind.DENSITY, options),
    ]
    try:
        fields += stored.fields(FieldKind.ELECTROSTATIC, options)
        if stored.has_wave_functions:
            fields += stored.fields(FieldKind.ELF, options)
    except (MissingExtraError, NotRestoredError) as missing:
        fields = [f.with_warnings(f"Some fields were left out: {missing}") for f in fields]
    return fields


class _Stored:
    """A .gpw file: its plain arrays, and through GPAW what must be computed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        guarded(path, self._open)

    def _open(self) -> None:
        with open_gpw(self.path) as reader:
            self.version = str(reader.get("gpaw_version", ""))
            self.atoms = crystal_of(self.path, reader)
            self.cell = np.array(self.atoms.cell)
            self.mode = mode_name(reader)
            self.has_wave_functions = "coefficients" in reader.wave_functions

    def fields(
        self, kind: FieldKind, options: ReadOptions, warnings: tuple[str, ...] = ()
    ) -> list[Field]:
        arrays: list[tuple[Spin, NDArray[Any]]] = guarded(self.path, lambda: self._arrays(kind))
        chosen = _chosen_parts(self.path, kind, arrays, options)
        if len(arrays) > 1 and options.spin is None and not options.every:
            names = " or ".join(repr(spin) for spin, _ in arrays[1:])
            warnings += (
                f"The {kind.value} has spin parts: {chosen[0][0]!r} was read, not {names}.",
            )
        provenance = Provenance(
            str(self.path), "gpw", f"GPAW {self.version}".strip(), (_PSEUDO[kind],), warnings
        )
        converted = guess.conversion(kind, options.value_unit or _NATIVE_UNIT[kind])
        return [
            Field(
                np.asarray(values * converted.factor, options.dtype),
                self.cell,
                kind,
                atoms=self.atoms,
                spin=spin,
                provenance=provenance,
            )
            for spin, values in chosen
        ]

    def _arrays(self, kind: FieldKind) -> list[tuple[Spin, NDArray[Any]]]:
        if kind is FieldKind.DENSITY:
            parts = self._stored_array("density", "density")
            if parts.shape[0] == 1:
                return [("total", parts[0])]
            if parts.shape[0] == 2:
                return [
                    ("total", parts[0] + parts[1]),
                    ("difference", parts[0] - parts[1]),
                    ("up", parts[0]),
                    ("down", parts[1]),
                ]
            return [("total", parts[0])]
        if kind is FieldKind.POTENTIAL:
            parts = self._stored_array("hamiltonian", "potential")
            if parts.shape[0] == 2:
                return [("up", parts[0]), ("down", parts[1])]
            return [("total", parts[0])]
        if kind is FieldKind.ELF and not self.has_wave_functions:
            raise InputError(
                f"{self.path}: the ELF needs the wave functions, which this file does not hold; "
                "write it with calc.write(path, mode='all')"
            )
        return [("total", self._from_gpaw(kind))]

    def _from_gpaw(self, kind: FieldKind) -> NDArray[Any]:
        with restored(self.path, f"the {kind.value} field of a .gpw file") as calculator:
            if kind is FieldKind.ELECTROSTATIC:
                return np.array(calculator.get_electrostatic_potential())
            from gpaw.elf import elf_from_dft_calculation

            return np.array(elf_from_dft_calculation(calculator.dft).data)

    def _stored_array(self, group: str, name: str) -> NDArray[Any]:
        array = grid_array(self.path, group, name)
        # Where an axis is not periodic GPAW's grid leaves its first plane out, being zero.
        pads = [(0, 0)] + [
            (0 if periodic or self.mode == "pw" else 1, 0) for periodic in self.atoms.pbc
        ]
        return np.pad(array, pads) if any(p[0] for p in pads) else array


_NATIVE_UNIT = {
    FieldKind.DENSITY: "1/angstrom^3",
    FieldKind.POTENTIAL: "eV",
    FieldKind.ELECTROSTATIC: "eV",
    FieldKind.ELF: "1",
}


def _chosen_parts(
    path: Path,
    kind: FieldKind,
    arrays: list[tuple[Spin, NDArray[Any]]],
    options: ReadOptions,
) -> list[tuple[Spin, NDArray[Any]]]:
    if options.every:
        return arrays[:2]
    if options.spin is None:
        return arrays[:1]
    chosen = [(spin, values) for spin, values in arrays if spin == options.spin]
    if not chosen:
        known = ", ".join(spin for spin, _ in arrays)
        raise InputError(f"{path}: the {kind.value} has the parts {known}, not {options.spin!r}")
    return chosen
