"""Electrides: electrons that belong to no atom, from a crystal or a grid file in one call."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from isotunnel.analysis.engine_settings import EngineSettings
from isotunnel.analysis.engines import EngineName, choose_engine
from isotunnel.analysis.inputs import Subject, understand
from isotunnel.crystal.cell_choice import CellChoice
from isotunnel.engines.base import Engine, Progress
from isotunnel.errors import FieldError, InputError
from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind
from isotunnel.tunnels.interstitial_results import InterstitialNetwork

if TYPE_CHECKING:
    from isotunnel.topology.graph import Connectivity


@dataclass(frozen=True, eq=False)
class Electride:
    """The interstitial electrons of a crystal.

    Attributes:
        name: of the crystal or file.
        title: the same for people.
        engine: what computed the ELF; "file" where it was read.
        network: sites, thresholds and dimension.
        no_charge: why the sites have no charge; empty where they have one.
        sources: of the crystal.
        warnings: what a user should know.
    """

    name: str
    title: str
    engine: str
    network: InterstitialNetwork
    no_charge: str
    sources: tuple[str, ...]
    warnings: tuple[str, ...]


def electride(
    crystal: Any,
    *,
    density: Any = None,
    engine: EngineName | Engine = "auto",
    engine_settings: EngineSettings | None = None,
    cell: CellChoice = "as-given",
    reach: float | None = None,
    connectivity: Connectivity = 26,
    refine: bool = True,
    progress: Progress | None = None,
    **read_options: Any,
) -> Electride:
    """Find electrons between the atoms: where, how many, and in how many dimensions they connect.

    See :func:`isotunnel.tunnels.interstitial_network` for the method and its limits.

    Args:
        crystal: as for :func:`isotunnel.analyze`; a file must hold an ELF and the atoms.
        density: for an ELF from a file: the density's file (CHGCAR, cube) or
            :class:`~isotunnel.fields.Field` on the same grid, for the charge of each site.
        engine: what computes the ELF of a crystal; the procrystal has none.
        engine_settings: of an engine called by its name, those that differ from its own.
        cell: of a crystal that is to be computed, see :func:`isotunnel.analyze`.
        reach: covalent radii within which a maximum belongs to an atom, by default 1.3.
        connectivity, refine: see :func:`~isotunnel.tunnels.find_tunnels`.
        progress: called with (message, fraction done or None).
        read_options: see :func:`~isotunnel.fields.read_fields`.

    Raises:
        InputError: the input holds no ELF, or an option cannot be used.
        FieldError: the ELF comes without atoms, or the density lies on another grid.
        CannotSay: the engine gives no ELF.
        EngineError: the engine gave no usable result.
    """
    from isotunnel.tunnels.interstitial import REACH, interstitial_network

    if reach is not None and not 0.5 <= reach <= 3.0:
        raise InputError(f"reach counts covalent radii and lies between 0.5 and 3, got {reach}")
    subject = understand(crystal, cell=cell, **read_options)
    if subject.is_read:
        elf, rho, why, name, warnings = _read(subject, density)
    else:
        if density is not None:
            raise InputError("a density is for an ELF from a file; the engine computes its own")
        elf, rho, why, name, warnings = _computed(subject, engine, engine_settings, progress)
    found = interstitial_network(
        elf, rho, reach=reach or REACH, connectivity=connectivity, refine=refine
    )
    told = (*subject.warnings, *warnings, *elf.provenance.warnings, *found.warnings)
    return Electride(
        subject.name,
        subject.title,
        name,
        found,
        why,
        subject.sources,
        (*dict.fromkeys(told), *_judgement(found)),
    )


_Fields = tuple[Field, Field | None, str, str, tuple[str, ...]]


def _read(subject: Subject, density: Any) -> _Fields:
    elf = _first(subject.fields, FieldKind.ELF)
    if elf is None:
        kinds = ", ".join(dict.fromkeys(str(f.kind) for f in subject.fields)) or "no grid"
        raise InputError(
            f"{subject.name} holds {kinds}; interstitial electrons are looked for in an ELF "
            "(ELFCAR, or a cube file with kind elf)"
        )
    rho = _density(density) or _first(subject.fields, FieldKind.DENSITY)
    if rho is None:
        return elf, None, "no density was given (--density CHGCAR)", "file", ()
    return elf, rho, "", "file", ()


def _density(density: Any) -> Field | None:
    if density is None or isinstance(density, Field):
        return density
    from isotunnel.fields import read_fields

    found = _first(read_fields(os.fspath(density)), FieldKind.DENSITY)
    if found is None:
        raise FieldError(f"{os.fspath(density)} holds no density")
    return found


def _first(fields: tuple[Field, ...], kind: FieldKind) -> Field | None:
    """The first of a kind, that of both spins before others."""
    of_kind = [f for f in fields if f.kind is kind]
    return next((f for f in of_kind if f.spin == "total"), of_kind[0] if of_kind else None)


def _computed(
    subject: Subject,
    engine: EngineName | Engine,
    settings: EngineSettings | None,
    progress: Progress | None,
) -> _Fields:
    assert subject.atoms is not None  # a subject has fields or atoms
    chosen, trouble = choose_engine(engine, subject.atoms, settings)
    structure = chosen.compute(subject.atoms, progress=progress)
    elf = structure.require_field("elf")
    rho = structure.fields.get("density")
    warnings = (*structure.warnings, *(() if trouble is None else (trouble,)))
    if rho is None or rho.shape != elf.shape:
        return elf, None, "the engine gives no density on the ELF's grid", chosen.name, warnings
    return elf, rho, "", chosen.name, warnings


def _judgement(found: InterstitialNetwork) -> tuple[str, ...]:
    """Say where the answer hangs on the convention for atomic radii."""
    if len(set(found.sites_by_reach.values())) == 1:
        return ()
    counts = ", ".join(f"{n} at {f:.2f}" for f, n in found.sites_by_reach.items())
    return (f"the number of sites depends on how far atoms reach (covalent radii): {counts}",)
