"""One call from a crystal or a grid file to tunnels, gaps, states and Tc estimates."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from isotunnel.analysis.engine_settings import EngineSettings
from isotunnel.analysis.engines import EngineName, choose_engine
from isotunnel.analysis.inputs import Subject, is_folder, understand
from isotunnel.analysis.provenance import provenance
from isotunnel.analysis.results import Analysis
from isotunnel.analysis.stated import Stated, with_stated
from isotunnel.crystal.cell_choice import CellChoice
from isotunnel.engines.base import PSEUDO_ELF, SPIN_PARTS, ElectronicStructure, Engine, Progress
from isotunnel.engines.finished.structure import fields_by_key
from isotunnel.errors import InputError
from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind
from isotunnel.tunnels.results import Tunnels

if TYPE_CHECKING:
    from isotunnel.topology.graph import Connectivity

_SAME_SHARE = 1e-3


def analyze(
    crystal: Any,
    *,
    engine: EngineName | Engine = "auto",
    engine_settings: EngineSettings | None = None,
    connectivity: Connectivity = 26,
    refine: bool = True,
    delta_c: Mapping[str, float] | None = None,
    h_dos: float | None = None,
    fermi_ev: float | None = None,
    pressure_gpa: float | None = None,
    cell: CellChoice = "as-given",
    accept_formula_mismatch: bool = False,
    progress: Progress | None = None,
    **read_options: Any,
) -> Analysis:
    """Find the electron tunnels of a crystal, grid file or finished run and what they suggest.

    Args:
        crystal: ASE Atoms, a pymatgen Structure, the name of a crystal, the path of a crystal or
            grid file, the output folder of a VASP or Quantum ESPRESSO run, a
            :class:`~isotunnel.fields.Field` or several of one crystal, or what
            :func:`~isotunnel.analysis.inputs.understand` made of one of these.
        engine: for a crystal, what computes its fields: "gpaw" (DFT), "procrystal" (superposed
            free atoms, no DFT), "auto" (GPAW where it is installed, can be imported and has a data
            set for every element, else the procrystal), or any object with the interface
            :class:`~isotunnel.engines.base.Engine`. Ignored for a grid file.
            The procrystal is always computed too, for the reading ``atomic``.
        engine_settings: of an engine called by its name, those that differ from its own.
        connectivity: 26 or 6, see :func:`~isotunnel.tunnels.find_tunnels`.
        refine: find thresholds between grid points.
        delta_c: by reading name, the gap up to which the state is conducting, at least 0 and in
            the reading's unit.
        h_dos: hydrogen's share of the projected density of states at the Fermi level, where no
            file tells it; what is stated counts before what a file tells, and is marked so.
        fermi_ev: the Fermi level on the energy zero of a potential file, likewise.
        pressure_gpa: the pressure, likewise.
        cell: of a crystal that is to be computed: "as-given" (positions as other programs show the
            same file), "primitive" (the fewest atoms) or "conventional"; the latter two in the
            standard setting. A named crystal is given in its primitive cell.
        accept_formula_mismatch: read a CIF whose atoms do not make its own formula, Z, volume or
            density, which is refused otherwise.
        progress: called with (message, fraction done or None).
        read_options: for a grid file, see :func:`~isotunnel.fields.read_fields`; for a folder, see
            :func:`~isotunnel.engines.finished.read_folder`.

    Raises:
        InputError: the input or an option cannot be used.
        MissingExtraError: the engine asked for is not installed.
        EngineError: the engine gave no usable result.
    """
    tell = progress or _silent
    check_options(connectivity, delta_c or {})
    stated = Stated(h_dos, fermi_ev, pressure_gpa)
    if fermi_ev is not None and is_folder(crystal):
        # Densities of states are read at it, where no file tells another.
        read_options["fermi_ev"] = fermi_ev
    subject = (
        crystal
        if isinstance(crystal, Subject)
        else understand(
            crystal, cell=cell, accept_formula_mismatch=accept_formula_mismatch, **read_options
        )
    )
    if subject.is_read:
        _refuse_for_what_is_read(subject.name, cell, _asked(engine_settings))
    structures = _structures(subject, engine, engine_settings, tell)
    main, *_ = structures
    structures[main] = with_stated(structures[main], stated, computed=not subject.is_read)
    settings = {
        "engine": engine if isinstance(engine, str) else engine.name,
        **({"engine_settings": asked} if (asked := _asked(engine_settings)) else {}),
        "connectivity": connectivity,
        "refine": refine,
        "delta_c": dict(delta_c or {}),
        **({"cell": subject.cell} if subject.cell else {}),
        **({"stated": stated.as_dict()} if stated.as_dict() else {}),
    }
    return _analyzed(subject, structures, settings, stated, tell)


def analyze_structure(
    structure: ElectronicStructure,
    *,
    connectivity: Connectivity = 26,
    refine: bool = True,
    delta_c: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """The same for a crystal that an engine has computed already.

    Args:
        structure: the engine's result.
        connectivity, refine, delta_c, progress: see :func:`analyze`.

    Raises:
        InputError: an option cannot be used.
    """
    tell = progress or _silent
    check_options(connectivity, delta_c or {})
    subject = understand(structure.atoms)
    structures = _with_procrystal({structure.engine: structure}, subject, tell)
    settings = {
        "engine": structure.engine,
        "connectivity": connectivity,
        "refine": refine,
        "delta_c": dict(delta_c or {}),
    }
    return _analyzed(subject, structures, settings, Stated(), tell)


def _refuse_for_what_is_read(name: str, cell: CellChoice, settings: Mapping[str, Any]) -> None:
    """Refuse what is for a crystal that is computed, rather than pass over it in silence.

    Raises:
        InputError: a cell was chosen, or a setting of an engine.
    """
    if cell != "as-given":
        raise InputError(f"--cell {cell}: the fields of {name} are read, in the cell of their file")
    if settings:
        words = ", ".join(settings)
        raise InputError(f"{words}: the fields of {name} are read; no engine runs")


def _asked(settings: EngineSettings | None) -> dict[str, Any]:
    return {} if settings is None else settings.given()


def _silent(_message: str, _fraction: float | None) -> None:
    pass


def _analyzed(
    subject: Subject,
    structures: dict[str, ElectronicStructure],
    settings: dict[str, Any],
    stated: Stated,
    tell: Progress,
) -> Analysis:
    """Tunnels of every field, then what they and the levels give."""
    from isotunnel.tunnels import find_tunnels

    connectivity, refine = settings["connectivity"], settings["refine"]
    tunnels: dict[str, dict[str, Tunnels]] = {}
    for name, structure in structures.items():
        tunnels[name] = {}
        for kind, field in _searchable(structure).items():
            tell(f"finding the tunnels of the {kind} ({name})", None)
            tunnels[name][kind] = find_tunnels(field, connectivity=connectivity, refine=refine)
    tell("reading gaps and states", None)
    return _assemble(subject, structures, tunnels, settings["delta_c"], settings, stated)


def check_options(connectivity: int, delta_c: Mapping[str, float]) -> None:
    """Refuse now what would be refused after the engine has run for minutes.

    Raises:
        InputError: an unknown connectivity or reading, or a limit that is no number of at least 0.
    """
    from isotunnel.levels import get_reading

    if connectivity not in (6, 26):
        raise InputError(f"connectivity must be 6 or 26, got {connectivity!r}")
    if not isinstance(delta_c, Mapping):
        raise InputError(f"delta_c is a mapping from reading to number, got {delta_c!r}")
    for name, limit in delta_c.items():
        get_reading(name)
        if not (isinstance(limit, int | float) and math.isfinite(limit) and limit >= 0):
            raise InputError(f"delta_c of {name} must be a number of at least 0, got {limit!r}")


def _structures(
    subject: Subject,
    engine: EngineName | Engine,
    engine_settings: EngineSettings | None,
    tell: Progress,
) -> dict[str, ElectronicStructure]:
    """Results by engine name, the one asked for first, the procrystal beside it."""
    structures: dict[str, ElectronicStructure] = {}
    if subject.finished is not None:
        structures[subject.finished.engine] = subject.finished
    elif subject.fields:
        structures["file"] = _from_file(subject)
    else:
        assert subject.atoms is not None  # a subject has fields or atoms
        chosen, trouble = choose_engine(engine, subject.atoms, engine_settings)
        computed = chosen.compute(subject.atoms, progress=tell)
        if trouble is not None:
            computed = replace(computed, warnings=(*computed.warnings, trouble))
        structures[computed.engine] = computed
    return _with_procrystal(structures, subject, tell)


def _with_procrystal(
    structures: dict[str, ElectronicStructure], subject: Subject, tell: Progress
) -> dict[str, ElectronicStructure]:
    """Beside what was asked for, the superposed free atoms; their density where one is missing."""
    if subject.atoms is not None and "procrystal" not in structures:
        from isotunnel.engines.procrystal import ProcrystalEngine

        try:
            structures["procrystal"] = ProcrystalEngine().compute(subject.atoms, progress=tell)
        except InputError:
            # A companion only: a grid file may hold atoms that no engine accepts.
            if not subject.is_read:
                raise
    return {name: _with_free_atom_levels(s, structures) for name, s in structures.items()}


def _with_free_atom_levels(
    structure: ElectronicStructure, structures: Mapping[str, ElectronicStructure]
) -> ElectronicStructure:
    """Fill in the density that bounds a free atom's valence shell, which any engine may use."""
    free_atoms = structures.get("procrystal")
    if structure.valence_density is not None or free_atoms is None:
        return structure
    return replace(structure, valence_density=free_atoms.valence_density)


def _from_file(subject: Subject) -> ElectronicStructure:
    from ase import Atoms

    atoms = subject.atoms if subject.atoms is not None else Atoms(cell=subject.fields[0].cell)
    if all(f.default_side is None for f in subject.fields):
        raise InputError(
            f"{subject.name}: cannot tell what the values are; say which kind of field it is "
            "(potential, electrostatic, density or elf) with kind=..., on the command line --kind"
        )
    fields = fields_by_key(subject.fields)
    reason = (
        f"of {subject.name} only the grids are read; analyse the crystal itself to compute this"
    )
    unknown = ("fermi_ev", "vbm_ev", "cbm_ev", "band_gap_ev", "dos_fermi", "pressure_gpa")
    return ElectronicStructure(
        atoms=atoms,
        engine="file",
        fields=fields,
        cannot_say=dict.fromkeys((*unknown, *(str(k) for k in FieldKind)), reason),
    )


def _searchable(structure: ElectronicStructure) -> dict[str, Field]:
    """The fields that tunnels are looked for in: those whose open side is known.

    Not the ELF of the pseudo density, which is for formulas only. Of a magnetic crystal computed
    here: density and ELF of both spins together, and the potential of either spin, for an electron
    keeps its own.
    """
    beside = {PSEUDO_ELF, *SPIN_PARTS} if structure.magnetism is not None else {PSEUDO_ELF}
    return {
        k: f for k, f in structure.fields.items() if f.default_side is not None and k not in beside
    }


def _assemble(
    subject: Subject,
    structures: dict[str, ElectronicStructure],
    tunnels: dict[str, dict[str, Tunnels]],
    delta_c: Mapping[str, float],
    settings: dict[str, Any],
    stated: Stated,
) -> Analysis:
    from isotunnel.levels import evaluate_all
    from isotunnel.theories.hydrides.networks import estimate_tc, hydrogen_fraction
    from isotunnel.tunnels import molecularity_index

    computed = [(s, tunnels[name]) for name, s in structures.items()]
    main = next(iter(structures.values()))
    elf = tunnels[main.engine].get("elf")
    phi = _number(elf.thresholds[2]) if elf else None
    phi_star = _number(molecularity_index(elf)) if elf else None
    pseudo = _pseudo_network(main, elf)
    h_fraction = hydrogen_fraction(subject.atoms.numbers) if subject.atoms is not None else None
    h_dos = _hydrogen_share(main) if stated.h_dos is None else stated.h_dos
    estimates = estimate_tc(phi, phi_star, h_fraction, h_dos) if h_fraction else ()
    all_electron: tuple[Any, ...] = ()
    if pseudo is not None and h_fraction:
        all_electron, estimates = estimates, estimate_tc(*pseudo, h_fraction, h_dos)
    gaps = evaluate_all(computed, delta_c=delta_c)
    return Analysis(
        name=subject.name,
        title=subject.title,
        atoms=subject.atoms,
        structures=structures,
        tunnels=tunnels,
        gaps=gaps,
        phi=phi,
        phi_error=_number(elf.thresholds_error[2]) if elf else None,
        phi_star=phi_star,
        phi_pseudo=None if pseudo is None else pseudo[0],
        phi_star_pseudo=None if pseudo is None else pseudo[1],
        tc_estimates_all_electron=all_electron,
        h_fraction=h_fraction,
        h_dos=h_dos,
        tc_estimates=estimates,
        sources=subject.sources,
        warnings=(*_warnings(subject, structures, tunnels), *_set_aside(main, stated)),
        settings=settings,
        provenance=provenance(
            main,
            tunnels[main.engine],
            gaps,
            estimates,
            h_dos_stated=stated.h_dos is not None,
            computed=not subject.is_read,
        ),
    )


def _pseudo_network(
    structure: ElectronicStructure, elf: Tunnels | None
) -> tuple[float | None, float | None] | None:
    """phi and phi* of the pseudo density's ELF; None where the engine keeps none beside the other.

    Published formulas for Tc were fitted to ELFs of pseudopotential codes, whose bottleneck may
    lie where all electrons make another ELF.
    """
    field = structure.fields.get(PSEUDO_ELF)
    if field is None or elf is None:
        return None
    from isotunnel.tunnels import find_tunnels, molecularity_index

    connectivity: Connectivity = 6 if elf.connectivity == 6 else 26
    found = find_tunnels(field, connectivity=connectivity, refine=elf.refined)
    return _number(found.thresholds[2]), _number(molecularity_index(found))


def _hydrogen_share(structure: ElectronicStructure) -> float | None:
    """Hydrogen's part of the *projected* density of states at the Fermi level."""
    by_element = structure.dos_fermi_by_element
    if not by_element or not structure.dos_fermi:
        return None
    total = sum(by_element.values())
    return by_element.get("H", 0.0) / total if total > 0 else None


def _set_aside(main: ElectronicStructure, stated: Stated) -> tuple[str, ...]:
    """Say where a stated share of hydrogen stands before one that was read or computed."""
    computed = _hydrogen_share(main)
    if stated.h_dos is None or computed is None or abs(computed - stated.h_dos) < _SAME_SHARE:
        return ()
    source = main.sources.get("dos_fermi_by_element", f"the {main.engine} engine")
    return (
        f"the hydrogen share of the DOS was stated as {stated.h_dos:.4g}; {source} has "
        f"{computed:.4g}, which was set aside",
    )


def _warnings(
    subject: Subject,
    structures: Mapping[str, ElectronicStructure],
    tunnels: Mapping[str, Mapping[str, Tunnels]],
) -> tuple[str, ...]:
    found = [*subject.warnings, *_several_elfs(next(iter(tunnels.values())))]
    for name, structure in structures.items():
        found += structure.warnings
        for kind, t in tunnels[name].items():
            found += t.field.provenance.warnings
            found += [f"{kind} ({name}): {w}" for w in t.warnings]
            found += _inside_spheres(structure, kind, t)
    return tuple(dict.fromkeys(found))


def _several_elfs(tunnels: Mapping[str, Tunnels]) -> list[str]:
    """Say which of several ELFs gave phi."""
    elfs = {k: t for k, t in tunnels.items() if t.field.kind is FieldKind.ELF}
    if len(elfs) < 2:
        return []
    values = ", ".join(f"{t.thresholds[2]:.4f} ({k}, spin {t.field.spin})" for k, t in elfs.items())
    return [
        f"{len(elfs)} ELFs were given; phi, phi* and the Tc estimates belong to the first one. "
        f"Their rank-3 thresholds: {values}"
    ]


def _inside_spheres(structure: ElectronicStructure, kind: str, tunnels: Tunnels) -> list[str]:
    """Say where a threshold is decided inside an augmentation sphere, and what that means."""
    if not structure.augmentation_radii:
        return []
    from isotunnel.engines.gpaw_pw import augmentation_warning

    places: dict[str, list[str]] = {}
    for rank, bottleneck in enumerate(tunnels.bottlenecks, start=1):
        if bottleneck is None:
            continue
        where = augmentation_warning(structure, kind, bottleneck.position_fractional)
        if where is not None:
            # Equivalent bottlenecks lie at different atoms of a kind: say it once per kind of atom.
            places.setdefault(re.sub(r"atom \d+ \((\w+), ", r"\1 (", where), []).append(str(rank))
    return [
        f"{kind}: the bottleneck of rank {', '.join(ranks)} {where}"
        for where, ranks in places.items()
    ]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
