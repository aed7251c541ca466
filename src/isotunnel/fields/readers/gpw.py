"""GPAW's .gpw files.

Density and Kohn-Sham potential are read with ASE alone. The electrostatic potential and the ELF are
formed by GPAW itself; the ELF needs the wave functions, which only ``mode="all"`` stores.

All of them are pseudo fields: true outside the augmentation spheres of the atoms, smooth stand-ins
inside.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import FileFormatError, InputError, MissingExtraError
from isotunnel.fields.field import Field, Provenance, Spin
from isotunnel.fields.kinds import FieldKind
from isotunnel.fields.readers import guess
from isotunnel.fields.readers.options import ReadOptions
from isotunnel.fields.readers.source import refuse_if_too_large

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
    except MissingExtraError as missing:
        fields = [f.with_warnings(f"Some fields were left out: {missing}") for f in fields]
    return fields


class _Stored:
    """An open .gpw file: its plain arrays, and through GPAW what must be computed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._guarded(self._open)

    def _open(self) -> None:
        from ase.io import ulm
        from ase.io.trajectory import read_atoms

        # ASE leaves a file open that it cannot read, so it is opened and closed here.
        with self.path.open("rb") as file:
            reader = ulm.Reader(file)
            if reader.get_tag() != "gpaw":
                raise FileFormatError(
                    f"{self.path}: an ULM file of {reader.get_tag()!r}, not of GPAW"
                )
            self.version = str(reader.get("gpaw_version", ""))
            self.atoms = read_atoms(reader.atoms)
            self.cell = np.array(self.atoms.cell)
            self.mode = _mode_name(reader)
            self.has_wave_functions = "coefficients" in reader.wave_functions

    def fields(
        self, kind: FieldKind, options: ReadOptions, warnings: tuple[str, ...] = ()
    ) -> list[Field]:
        arrays: list[tuple[Spin, NDArray[Any]]] = self._guarded(lambda: self._arrays(kind))
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
        calculator = self._calculator(kind)
        if kind is FieldKind.ELECTROSTATIC:
            return [("total", np.asarray(calculator.get_electrostatic_potential()))]
        if not self.has_wave_functions:
            raise InputError(
                f"{self.path}: the ELF needs the wave functions, which this file does not hold; "
                "write it with calc.write(path, mode='all')"
            )
        from gpaw.elf import elf_from_dft_calculation

        return [("total", np.array(elf_from_dft_calculation(calculator.dft).data))]

    def _stored_array(self, group: str, name: str) -> NDArray[Any]:
        from ase.io import ulm

        with self.path.open("rb") as file:
            stored = getattr(ulm.Reader(file), group).proxy(name)
            shape = tuple(int(n) for n in stored.shape)
            if len(shape) != 4 or min(shape) < 1 or shape[0] not in (1, 2, 4):
                raise FileFormatError(
                    f"{self.path}: {group}.{name} has shape {shape}, expected (spins, n1, n2, n3)"
                )
            values = shape[0] * shape[1] * shape[2] * shape[3]
            there = self.path.stat().st_size - int(stored.offset)
            if stored.offset < 0 or values * stored.dtype.itemsize > there:
                raise FileFormatError(
                    f"{self.path}: {group}.{name} of shape {shape} needs "
                    f"{values * stored.dtype.itemsize} bytes, but only {max(there, 0)} are there: "
                    "the file is cut short or damaged"
                )
            refuse_if_too_large(self.path, values, stored.dtype.itemsize)
            array = np.asarray(stored.read())
        # Where an axis is not periodic GPAW's grid leaves its first plane out, being zero.
        pads = [(0, 0)] + [
            (0 if periodic or self.mode == "pw" else 1, 0) for periodic in self.atoms.pbc
        ]
        return np.pad(array, pads) if any(p[0] for p in pads) else array

    def _calculator(self, kind: FieldKind) -> Any:
        try:
            from gpaw import GPAW
        except ImportError:
            raise MissingExtraError(
                "GPAW", "dft", f"the {kind.value} field of a .gpw file"
            ) from None
        return GPAW(str(self.path), txt=None)

    def _guarded(self, work: Callable[[], Any]) -> Any:
        """Run third-party reading code; whatever it stumbles over is the file's fault."""
        try:
            return work()
        except (FileFormatError, InputError, MissingExtraError, FileNotFoundError):
            raise
        except PermissionError:
            raise
        except Exception as problem:
            raise FileFormatError(
                f"{self.path}: a damaged .gpw file "
                f"({type(problem).__name__}: {' '.join(str(problem).split())[:120]})"
            ) from problem


_NATIVE_UNIT = {
    FieldKind.DENSITY: "1/angstrom^3",
    FieldKind.POTENTIAL: "eV",
    FieldKind.ELECTROSTATIC: "eV",
    FieldKind.ELF: "1",
}


def _mode_name(reader: Any) -> str:
    mode = reader.parameters.asdict().get("mode", "")
    return str(mode.get("name", "")) if isinstance(mode, dict) else str(mode)


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
