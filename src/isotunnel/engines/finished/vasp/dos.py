"""A VASP run's densities of states at the Fermi level, from the best file that has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.engines.finished.calculation import Found
from isotunnel.engines.finished.crystals import check_same
from isotunnel.engines.finished.files import find_file, float_or_none
from isotunnel.engines.finished.vasp.doscar import read_doscar
from isotunnel.engines.finished.vasp.procar import read_procar
from isotunnel.engines.finished.vasp.vasprun import Vasprun, read_vasprun
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from ase import Atoms

DEFAULT_WIDTH_EV = 0.2
"""Width of the Gaussians for a PROCAR where the run's SIGMA is not known: VASP's own default."""


@dataclass(frozen=True)
class Projected:
    """Densities of states at the Fermi level, or why there are none."""

    total: Found[float] | None = None
    by_element: Found[Mapping[str, float]] | None = None
    warnings: tuple[str, ...] = ()
    no_total: str = "no vasprun.xml or DOSCAR in the folder"
    no_projections: str = ""


_NO_PROJECTIONS = (
    "no projected densities of states (vasprun.xml or DOSCAR of a run with LORBIT = 10 or 11) and "
    "no PROCAR: the hydrogen share is unknown; give --h-dos"
)


def projected(
    place: Path,
    atoms: Atoms,
    settings: Mapping[str, str],
    fermi: Found[float] | None,
    vasprun: tuple[str, Vasprun] | None,
    *,
    apart: bool,
) -> Projected:
    """Densities of states at the Fermi level: vasprun.xml, else DOSCAR, else PROCAR.

    Args:
        place: a folder, or a DOSCAR.
        atoms: the crystal whose atoms the projections must belong to.
        settings: the run's parameters.
        fermi: the level at which a PROCAR is taken; the other files have their own.
        vasprun: name and content where it has been read already.
        apart: ``place`` is not the run's own folder, so that its name belongs to the sources.

    Raises:
        InputError: ``place`` is of another crystal, or holds nothing of the kind.
    """
    folder, doscar = _places(place)
    warnings: tuple[str, ...] = ()
    if apart and folder is not None and (path := find_file(folder, "vasprun.xml")):
        vasprun = (_name(path, apart), read_vasprun(path))
        if (other := vasprun[1].atoms) is not None:
            warnings = tuple(check_same(str(folder), ("the run", atoms), (vasprun[0], other)))
    best = Projected(no_projections=_NO_PROJECTIONS, warnings=warnings)
    if vasprun is not None:
        best = _of_vasprun(vasprun, atoms, best)
    if best.by_element is None and doscar is not None:
        best = _of_doscar(doscar, _name(doscar, apart), atoms, settings, best)
    if best.by_element is None and folder is not None:
        best = _of_procar(folder, apart, atoms, settings, fermi, best)
    return best


def _places(place: Path) -> tuple[Path | None, Path | None]:
    if place.is_dir():
        return place, find_file(place, "DOSCAR")
    if not place.is_file():
        raise InputError(f"{place}: no such file or folder")
    return None, place


def _by_element(atoms: Atoms, by_ion: Sequence[float], source: str) -> Found[Mapping[str, float]]:
    symbols = atoms.get_chemical_symbols()
    if len(symbols) != len(by_ion):
        raise InputError(
            f"{source}: projected densities of {len(by_ion)} atoms for a crystal of {len(symbols)}"
        )
    sums: dict[str, float] = dict.fromkeys(symbols, 0.0)
    for symbol, value in zip(symbols, by_ion, strict=True):
        sums[symbol] += float(value)
    return Found(sums, source)


def _of_vasprun(vasprun: tuple[str, Vasprun], atoms: Atoms, so_far: Projected) -> Projected:
    name, run = vasprun
    by_element = None
    if run.dos_total is not None and run.dos_by_ion:
        by_element = _by_element(atoms, run.dos_by_ion, name)
    total = None if run.dos_total is None else Found(run.dos_total, name)
    reason = f"{name} has no density of states at the Fermi level"
    if run.dos_window_ev is not None and run.fermi_ev is not None and total is None:
        low, high = run.dos_window_ev
        reason = (
            f"{name} tabulates the density of states from {low:.3f} to {high:.3f} eV only, the "
            f"Fermi level is {run.fermi_ev:.3f} eV"
        )
    return Projected(total, by_element, so_far.warnings, reason, so_far.no_projections)


def _name(path: Path, apart: bool) -> str:
    return f"{path.parent.name}/{path.name}" if apart else path.name


def _of_doscar(
    path: Path, name: str, atoms: Atoms, settings: Mapping[str, str], so_far: Projected
) -> Projected:
    found = read_doscar(path, noncollinear=noncollinear(settings))
    if found.n_ions != len(atoms):
        raise InputError(
            f"{path}: densities of states of {found.n_ions} atoms for a crystal of {len(atoms)}"
        )
    if found.total is None:
        low, high = found.window_ev
        reason = (
            f"{path.name} tabulates from {low:.3f} to {high:.3f} eV only, its Fermi level is "
            f"{found.fermi_ev:.3f} eV"
        )
        return Projected(so_far.total, None, so_far.warnings, reason, so_far.no_projections)
    if found.by_ion is None:
        total = so_far.total or Found(found.total, name)
        return Projected(total, None, so_far.warnings, "", so_far.no_projections)
    # Total and parts belong together: both of the one file.
    return Projected(
        Found(found.total, name), _by_element(atoms, found.by_ion, name), so_far.warnings
    )


def _of_procar(
    folder: Path,
    apart: bool,
    atoms: Atoms,
    settings: Mapping[str, str],
    fermi: Found[float] | None,
    so_far: Projected,
) -> Projected:
    path = find_file(folder, "PROCAR")
    if path is None:
        return so_far
    if fermi is None:
        reason = f"{path.name} needs the Fermi level, which no file tells; give --h-dos"
        return Projected(so_far.total, None, so_far.warnings, so_far.no_total, reason)
    width = float_or_none(settings.get("SIGMA", "")) or DEFAULT_WIDTH_EV
    sums = read_procar(path, fermi.value, width)
    if noncollinear(settings):
        sums = 0.5 * sums
    source = f"{_name(path, apart)} with Gaussians of {width:g} eV"
    if sums.sum() <= 0:
        reason = f"no state of {path.name} lies near the Fermi level"
        return Projected(so_far.total, None, so_far.warnings, so_far.no_total, reason)
    by_element = _by_element(atoms, sums.tolist(), source)
    # Without a DOS file the projections are all that is known of the total.
    total = so_far.total or Found(float(sums.sum()), f"{source}, projected part only")
    return Projected(total, by_element, so_far.warnings)


def noncollinear(settings: Mapping[str, str]) -> bool:
    """Whether the run's states have spin vectors."""
    flags = (settings.get(name, "F") for name in ("LNONCOLLINEAR", "LSORBIT"))
    return any(flag.strip(" .").upper().startswith("T") for flag in flags)
