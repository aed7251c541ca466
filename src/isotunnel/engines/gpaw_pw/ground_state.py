"""The self-consistent run of lowest energy among a non-magnetic and some magnetic ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from isotunnel.engines.base import Progress, part_of_progress
from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
from isotunnel.engines.gpaw_pw.checks import check_datasets
from isotunnel.engines.gpaw_pw.levels import band_levels, channel_levels, fermi_densities_by_spin
from isotunnel.engines.gpaw_pw.magnetic_starts import NON_MAGNETIC, Start, magnetic_starts
from isotunnel.engines.gpaw_pw.runtime import third_party_warnings_silenced
from isotunnel.engines.gpaw_pw.scf import BandsWanted, Converged, Mesh, run_scf
from isotunnel.engines.magnetism import (
    NEGLIGIBLE_MOMENT,
    MagneticOrder,
    MagneticStart,
    Magnetism,
    SpinChannel,
    magnetic_order,
)
from isotunnel.errors import EngineError

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.gpaw_pw.levels import Levels
    from isotunnel.engines.gpaw_pw.settings import GpawSettings

LEAST_GAIN_EV = 1e-4
"""Per atom: a magnetic state that is lower by less is not told from the non-magnetic one."""


@dataclass(frozen=True, eq=False)
class GroundState:
    """The run chosen.

    Attributes:
        converged: the calculation; spin-paired where no moment is left.
        tried: all runs, the one chosen first; empty where only a spin-paired one was made.
    """

    converged: Converged
    tried: tuple[MagneticStart, ...] = ()


def ground_state(
    atoms: Atoms,
    settings: GpawSettings,
    progress: Progress | None = None,
    *,
    mesh: Mesh | None = None,
    wanted: BandsWanted = "empty",
) -> GroundState:
    """Converge ``atoms`` without moments, and from every start that the settings ask for.

    A start whose moments vanish is the spin-paired state, and the spin-paired run is what is
    returned then: fields and levels of a non-magnetic crystal do not depend on whether spin was
    asked for. ``mesh`` and ``wanted`` are those of :func:`~isotunnel.engines.gpaw_pw.scf.run_scf`.

    Raises:
        MissingExtraError: GPAW is not installed.
        EngineError: no run converged.
    """
    starts = magnetic_starts(atoms, settings.spin)
    if not starts:
        return GroundState(run_scf(atoms, settings, progress, mesh=mesh, wanted=wanted))
    runs: list[tuple[MagneticStart, Converged | None]] = []
    # A spin-polarised step costs twice a spin-paired one.
    done, share = 0.0, 1.0 / (1.0 + 2.0 * len(starts))
    for start in (None, *starts):
        after = done + (share if start is None else 2.0 * share)
        part, done = part_of_progress(progress, done, after), after
        runs.append(_tried(atoms, settings, _named(part, start), start, mesh, wanted))
        _drop_the_higher(runs, len(atoms))
    return _chosen(runs)


def magnetic_state(
    atoms: Atoms, settings: GpawSettings, progress: Progress | None = None
) -> Magnetism:
    """The magnetic state alone, without fields; :func:`ground_state` of a crystal with starts.

    Bands far above the Fermi level, which it does not ask for, are not converged.

    Raises:
        EngineError: a setting or the crystal gives no start, or no run converged.
    """
    check_datasets(atoms, settings.xc)
    with single_blas_thread(), third_party_warnings_silenced():
        ground = ground_state(atoms, settings, progress, wanted="near")
        found = magnetism_of(ground, band_levels(ground.converged.dft))
    if found is None:
        raise EngineError("no magnetic start for this crystal; choose spin='on'")
    return found


def magnetism_of(ground: GroundState, levels: Levels) -> Magnetism | None:
    """The magnetic state; None where no moments were tried."""
    if not ground.tried:
        return None
    dft = ground.converged.dft
    if dft.ibzwfs.nspins == 1:
        zeros = (0.0,) * len(dft.setups)
        return Magnetism("non-magnetic", 0.0, zeros, (), ground.tried)
    total, by_atom = moments_of(ground.converged)
    edges = channel_levels(dft)
    densities = fermi_densities_by_spin(dft, ground.converged.kpoints, levels)
    spins: tuple[Literal["up", "down"], ...] = ("up", "down")
    channels = tuple(
        SpinChannel(spin, None, None, None, d.total)
        if e is None
        else SpinChannel(spin, e.vbm_ev, e.cbm_ev, e.gap_ev, d.total)
        for spin, e, d in zip(spins, edges, densities, strict=True)
    )
    order = magnetic_order(by_atom, total)
    return Magnetism(order, abs(total), by_atom, channels, ground.tried)


def moments_of(converged: Converged) -> tuple[float, tuple[float, ...]]:
    """Moment of the cell and, inside the spheres, of each atom; Bohr magnetons."""
    if converged.dft.ibzwfs.nspins == 1:
        return 0.0, (0.0,) * len(converged.dft.setups)
    total, by_atom = converged.dft.density.calculate_magnetic_moments()
    return float(total[2]), tuple(float(m) for m in by_atom[:, 2])


def order_of(converged: Converged) -> MagneticOrder:
    """The magnetic order of one calculation."""
    total, by_atom = moments_of(converged)
    return magnetic_order(by_atom, total)


def _named(progress: Progress | None, start: Start | None) -> Progress | None:
    if progress is None:
        return None
    name = NON_MAGNETIC if start is None else f"{start.name} start"
    return lambda message, fraction: progress(f"{message} ({name})", fraction)


def _tried(
    atoms: Atoms,
    settings: GpawSettings,
    progress: Progress | None,
    start: Start | None,
    mesh: Mesh | None,
    wanted: BandsWanted,
) -> tuple[MagneticStart, Converged | None]:
    moments = None if start is None else start.moments_mu_b
    name = NON_MAGNETIC if start is None else start.name
    begun = moments or (0.0,) * len(atoms)
    run = partial(run_scf, atoms, settings, progress, mesh=mesh, wanted=wanted)
    try:
        converged = run(moments=moments)
        if moments is not None and moments_of(converged)[0] < -NEGLIGIBLE_MOMENT:
            # Up is the spin of the majority; the state with all moments turned is the same.
            turned = tuple(-m for m in moments)
            converged = run(moments=turned)
    except EngineError as error:
        return MagneticStart(name, begun, failed=str(error)), None
    with third_party_warnings_silenced():
        energy = float(converged.calculator.get_potential_energy())
    return MagneticStart(name, begun, moments_of(converged)[1], energy), converged


def _drop_the_higher(runs: list[tuple[MagneticStart, Converged | None]], atoms: int) -> None:
    """Keep the wave functions of the run that leads alone; each takes the memory of a crystal."""
    leading = _leader(runs, atoms)
    for index, (start, _) in enumerate(runs):
        if index != leading:
            runs[index] = (start, None)


def _leader(runs: list[tuple[MagneticStart, Converged | None]], atoms: int) -> int | None:
    best: int | None = None
    for index, (start, _) in enumerate(runs):
        if start.energy_ev is None:
            continue
        if best is None:
            best = index
            continue
        leader = runs[best][0]
        assert leader.energy_ev is not None  # it converged
        moment = max(abs(m) for m in start.found_mu_b)
        spared = LEAST_GAIN_EV * atoms if leader.name == NON_MAGNETIC else 0.0
        if moment >= NEGLIGIBLE_MOMENT and start.energy_ev < leader.energy_ev - spared:
            best = index
    return best


def _chosen(runs: list[tuple[MagneticStart, Converged | None]]) -> GroundState:
    lowest = min((s.energy_ev for s, _ in runs if s.energy_ev is not None), default=None)
    best = next((c for _, c in runs if c is not None), None)
    if lowest is None or best is None:
        raise EngineError(next(s.failed for s, _ in runs if s.failed))
    first = [s for s, c in runs if c is not None]
    rest = [s for s, c in runs if c is None]
    tried = tuple(
        s if s.energy_ev is None else replace(s, energy_ev=float(np.float64(s.energy_ev) - lowest))
        for s in (*first, *rest)
    )
    return GroundState(best, tried)
