"""Fields and surfaces as files for VESTA, Blender, ParaView: options of analyze and tunnels."""

from __future__ import annotations

import inspect
import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.groups import option
from isotunnel.cli.output.names import file_stem
from isotunnel.cli.output.places import check_writable
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.tunnels import Tunnels

FIELD_FORMS = (".cube", ".cube.gz", ".xsf", ".h5", ".hdf5")
MESH_FORMS = (".ply", ".obj", ".glb", ".gltf")


@dataclass(frozen=True)
class FieldFiles:
    """The user's choice.

    Attributes:
        fields: file for the fields, None for none; of several each has its name in it.
        surface: file for surfaces, likewise.
        levels: of the surfaces; empty for the thresholds.
        only: the field that is written, "" for all.
    """

    fields: Path | None = None
    surface: Path | None = None
    levels: tuple[float, ...] = ()
    only: str = ""

    def write(self, searched: Mapping[str, Tunnels]) -> list[Path]:
        """Write what is wanted of the searched fields, by their names; the paths.

        Raises:
            InputError: no such field, or a file cannot be written.
            FieldError: no surface at a level.
        """
        if self.only and self.only not in searched:
            raise InputError(f"--field {self.only}: there is none; there are {', '.join(searched)}")
        chosen = {self.only: searched[self.only]} if self.only else dict(searched)
        return [*self._write_fields(chosen), *self._write_surfaces(chosen)]

    def _write_fields(self, chosen: Mapping[str, Tunnels]) -> Iterator[Path]:
        from isotunnel.fields import write_field
        from isotunnel.files import folder_of

        if self.fields is None:
            return
        for name, tunnels in chosen.items():
            path = folder_of(_named(self.fields, FIELD_FORMS, [name] if len(chosen) > 1 else []))
            write_field(tunnels.field, path)
            yield path

    def _write_surfaces(self, chosen: Mapping[str, Tunnels]) -> Iterator[Path]:
        from isotunnel.fields.surface import surface_mesh
        from isotunnel.fields.writers.mesh import write_mesh
        from isotunnel.files import folder_of

        if self.surface is None:
            return
        for name, tunnels in chosen.items():
            levels = list(self._levels(tunnels))
            for label, level in levels:
                words = [name] if len(chosen) > 1 else []
                words += [label] if len(levels) > 1 else []
                mesh = surface_mesh(tunnels.field, level, tunnels.side)
                path = folder_of(_named(self.surface, MESH_FORMS, words))
                write_mesh(mesh, path, f"{name} at {level:g}")
                yield path

    def _levels(self, tunnels: Tunnels) -> Iterator[tuple[str, float]]:
        if self.levels:
            yield from ((f"{level:g}", level) for level in self.levels)
            return
        for d, level in enumerate(tunnels.thresholds.tolist(), 1):
            if math.isfinite(level):
                yield f"{d}d", level


@dataclass(frozen=True)
class FieldFilesGroup:
    """The options; an option group."""

    def parameters(self) -> list[inspect.Parameter]:
        """The single options."""
        fields, meshes = ", ".join(FIELD_FORMS), ", ".join(MESH_FORMS)
        path = Annotated[
            str | None,
            typer.Option(metavar="FILE", help=f"Write the fields, for VESTA and others: {fields}."),
        ]
        surface = Annotated[
            str | None,
            typer.Option(
                metavar="FILE",
                help=f"Write closed surfaces in angstrom, for Blender and others: {meshes}.",
            ),
        ]
        level = Annotated[
            list[float] | None,
            typer.Option(help="Of the surface; may be repeated. Default: the thresholds."),
        ]
        only = Annotated[
            str | None,
            typer.Option(metavar="NAME", help="Of several fields write this, as in elf."),
        ]
        kinds = (
            ("save_fields", path),
            ("save_surface", surface),
            ("level", level),
            ("field", only),
        )
        return [option(name, kind) for name, kind in kinds]

    def build(self, values: dict[str, Any], from_file: frozenset[str]) -> FieldFiles:  # noqa: ARG002
        """The user's choice, after a look at the places.

        Raises:
            InputError: an ending that is not written, or a place that cannot be.
        """
        fields = _checked(values["save_fields"], "--save-fields", FIELD_FORMS)
        surface = _checked(values["save_surface"], "--save-surface", MESH_FORMS)
        levels = tuple(values["level"] or ())
        if levels and surface is None:
            raise InputError("--level is the level of --save-surface, which is missing")
        if values["field"] and surface is None and fields is None:
            raise InputError("--field is for --save-fields and --save-surface, which are missing")
        if not all(map(math.isfinite, levels)):
            raise InputError("--level must be a finite number")
        return FieldFiles(fields, surface, levels, values["field"] or "")


def tell_written(paths: list[Path]) -> None:
    """Say what was written."""
    from isotunnel.cli.show import console_for_problems

    for path in paths:
        console_for_problems().print(f"wrote {path}", soft_wrap=True, markup=False)


def _checked(text: str | None, option: str, forms: tuple[str, ...]) -> Path | None:
    if text is None:
        return None
    if not text.strip() or text.startswith("-") or "\0" in text or text.endswith(os.sep):
        raise InputError(f"{option}: {text!r} is no name of a file")
    if not text.lower().endswith(forms):
        raise InputError(f"{option}: {text}: name a file that ends in {', '.join(forms)}")
    path = Path(text)
    check_writable(path, option)
    return path


def _named(path: Path, forms: tuple[str, ...], words: list[str]) -> Path:
    """The path with words before its ending."""
    ending = max((f for f in forms if path.name.lower().endswith(f)), key=len)
    stem = path.name[: -len(ending)]
    return path.with_name("-".join((stem, *map(file_stem, words))) + path.name[-len(ending) :])


FIELD_FILES = FieldFilesGroup()
NO_FIELD_FILES = FieldFiles()
