"""The self-consistent calculation: GPAW in plane-wave mode with PBE."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from isotunnel.engines.gpaw_pw.runtime import import_gpaw, third_party_warnings_silenced
from isotunnel.errors import EngineError

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.base import Progress
    from isotunnel.engines.gpaw_pw.settings import GpawSettings

Mesh = tuple[int, int, int]

UNCONVERGED_BANDS = 3
"""Topmost bands that are carried along to speed up the others, and not converged themselves."""

SYMMETRY_TOLERANCES = (None, 1e-5, 1e-4)
"""Tried in turn; None is GPAW's own, at which a cell of eight digits may keep half of a group."""

OCCUPIED_RESIDUAL = 1e-6
"""Squared residual of occupied states, eV^2 per electron, where only forces are wanted."""

NEAR_FERMI_EV = 0.5
"""Bands up to this far above the Fermi level, or the lowest empty state, are near it."""

BandsWanted = Literal["empty", "near", "occupied"]
"""Which bands are brought to convergence.

``empty``: all but the topmost, a few empty ones among them. ``near``: those below the Fermi level
and near it: the highest empty ones can take most of the steps (K2InAgH6: 66 steps, 11 without
them; eigenvalues agree within 0.01 meV, pressures within 0.0001 GPa). ``occupied``: enough for
forces.
"""

FORCE_SOLVER = {"name": "davidson", "niter": 2}
"""Davidson's: forces of 0.18 eV/angstrom in Li2GaCuH6 agree within 0.0001 with those by GPAW's
conjugate gradients, in four fifths of the time."""


class _NoGroupError(EngineError):
    """The rotations that GPAW finds do not close."""


class _TooFewBandsError(EngineError):
    """At some k-point even the topmost band is near the Fermi level."""


@dataclass(frozen=True, eq=False)
class Converged:
    """A converged calculation.

    Attributes:
        calculator: GPAW's ASE calculator, which owns wave functions and density.
        kpoints: size of the k-point mesh.
        iterations: self-consistency steps taken.
        log: GPAW's own log.
    """

    calculator: Any
    kpoints: tuple[int, int, int]
    iterations: int
    log: str

    @property
    def dft(self) -> Any:
        """GPAW's calculation object: density, potential, wave functions, setups."""
        return self.calculator.dft


def kpoint_mesh(atoms: Atoms, spacing: float) -> tuple[int, int, int]:
    """Smallest mesh whose neighbours are at most ``spacing`` (1/angstrom, with 2 pi) apart."""
    reciprocal = 2.0 * np.pi * np.linalg.norm(np.linalg.inv(atoms.cell.array), axis=0)
    # Lengths that symmetry makes equal must not be split by rounding.
    n1, n2, n3 = (max(1, math.ceil(b / spacing - 1e-6)) for b in reciprocal)
    return n1, n2, n3


def run_scf(
    atoms: Atoms,
    settings: GpawSettings,
    progress: Progress | None = None,
    *,
    mesh: Mesh | None = None,
    wanted: BandsWanted = "empty",
    moments: Sequence[float] | None = None,
) -> Converged:
    """Converge density and wave functions of ``atoms``.

    Args:
        atoms: the crystal.
        settings: see :class:`GpawSettings`.
        progress: called at each step.
        mesh: k-points, if not those of ``settings.kpoint_spacing``.
        wanted: bands to converge, see :data:`BandsWanted`; where there are too few for ``near`` all
            but the topmost are.
        moments: per atom, Bohr magnetons, to start a spin-polarised run from; None for a
            spin-paired one.

    Raises:
        MissingExtraError: GPAW is not installed.
        EngineError: no convergence within ``settings.max_iterations``, or GPAW gave up.
    """
    import_gpaw()
    with third_party_warnings_silenced():
        from gpaw.new.ase_interface import GPAW

        mesh = mesh or kpoint_mesh(atoms, settings.kpoint_spacing)
        symbols = atoms.get_chemical_symbols()
        for tolerance in SYMMETRY_TOLERANCES:
            log = io.StringIO()
            calculator = GPAW(
                mode={"name": "pw", "ecut": settings.cutoff_ev(symbols)},
                xc=settings.xc,
                kpts={"size": mesh, "gamma": True},
                occupations={"name": "fermi-dirac", "width": settings.smearing_ev},
                convergence=_convergence(settings, wanted),
                eigensolver=FORCE_SOLVER if wanted == "occupied" else None,
                # Negative means that many empty ones: for a gap at least one must be converged.
                nbands=-(UNCONVERGED_BANDS + 2 + len(atoms) // 2),
                maxiter=settings.max_iterations,
                spinpol=moments is not None,
                symmetry={} if tolerance is None else {"tolerance": tolerance},
                txt=log,
            )
            try:
                near = wanted == "near"
                steps = _converge(calculator, atoms, settings, progress, moments, near=near)
            except _NoGroupError:
                continue
            except _TooFewBandsError:
                return run_scf(atoms, settings, progress, mesh=mesh, moments=moments)
            break
        else:
            raise EngineError(
                f"GPAW finds rotations of {atoms.get_chemical_formula()} that are no group, up to "
                f"{SYMMETRY_TOLERANCES[-1]:g} of a cell's length: give its cell with more digits"
            )
    return Converged(calculator, mesh, steps, log.getvalue())


def _convergence(settings: GpawSettings, wanted: BandsWanted) -> dict[str, Any]:
    if wanted == "occupied":
        return {
            "density": settings.density_tolerance,
            "bands": "occupied",
            "eigenstates": OCCUPIED_RESIDUAL,
        }
    near = f"CBM+{NEAR_FERMI_EV}"
    bands = near if wanted == "near" else -UNCONVERGED_BANDS
    return {"density": settings.density_tolerance, "bands": bands}


def continue_scf(
    converged: Converged, atoms: Atoms, settings: GpawSettings, progress: Progress | None = None
) -> Converged:
    """Converge a strained or displaced crystal from the wave functions of ``converged``.

    The k-point mesh stays, the plane waves are those of the new cell. ``converged`` is used up: its
    calculator now belongs to the result.

    Raises:
        EngineError: see :func:`run_scf`.
    """
    with third_party_warnings_silenced():
        # The order decides which symmetries hold; GPAW takes the sizes from the density.
        polarised = converged.dft.ibzwfs.nspins == 2
        moments = converged.calculator.get_magnetic_moments() if polarised else None
        steps = _converge(converged.calculator, atoms, settings, progress, moments)
    return replace(converged, iterations=steps)


def _converge(
    calculator: Any,
    atoms: Atoms,
    settings: GpawSettings,
    progress: Progress | None,
    moments: Sequence[float] | None = None,
    *,
    near: bool = False,
) -> int:
    """Run to self-consistency; the number of steps. ``near``: too few bands for it end the run."""
    gpaw = import_gpaw()
    from gpaw.new import symmetry

    own = atoms.copy()
    own.pbc = True
    own.set_initial_magnetic_moments(np.zeros(len(own)) if moments is None else moments)
    changes: list[float] = []
    try:
        # Where bands near the Fermi level are wanted and there are too few, GPAW gives them
        # infinite weights, and divides by those.
        with np.errstate(invalid="ignore" if near else None):
            for step in calculator.iconverge(own):
                changes.append(_density_change(step))
                if near and len(changes) > 1 and not math.isfinite(step.wfs.eigensolver.error):
                    raise _TooFewBandsError(
                        f"even the topmost band of {own.get_chemical_formula()} is near the Fermi "
                        "level"
                    )
                _report(progress, len(changes), changes, settings)
    except gpaw.ConvergenceError:
        raise EngineError(
            f"GPAW did not converge {own.get_chemical_formula()} in {len(changes)} steps: "
            f"{_what_moves(changes, settings.density_tolerance)}; raise max_iterations or "
            "smearing_ev"
        ) from None
    except symmetry.SymmetryAnalysisBug as error:
        raise _NoGroupError(
            f"GPAW finds rotations of {own.get_chemical_formula()} that are no group: {error}"
        ) from None
    except np.linalg.LinAlgError as error:
        raise EngineError(
            f"GPAW gave up on {own.get_chemical_formula()} after {len(changes)} steps: {error}"
        ) from None
    return len(changes)


def _what_moves(changes: Sequence[float], limit: float) -> str:
    """What keeps a run from ending, in words: density, or wave functions where that is at rest."""
    last = changes[-1] if changes else math.inf
    by = f"{last:.2g} electrons per valence electron, the limit is {limit:.2g}"
    if last > limit:
        return f"the density still changes by {by}"
    return f"its wave functions have not settled, though the density has (change {by})"


def _density_change(step: Any) -> float:
    electrons = max(float(step.wfs.nvalence), 1.0)
    error = step.dens.error
    return math.inf if error is None else float(error) / electrons


def _report(
    progress: Progress | None, step: int, changes: list[float], settings: GpawSettings
) -> None:
    if progress is None:
        return
    last = changes[-1]
    first = next((c for c in changes if math.isfinite(c) and c > 0), None)
    target = settings.density_tolerance
    fraction: float | None = None
    if first is not None and first > target and 0 < last < math.inf:
        # Convergence is roughly geometric, so its logarithm measures the way gone.
        fraction = min(max(math.log(first / last) / math.log(first / target), 0.0), 0.99)
    shown = f"density change {last:.1e}" if math.isfinite(last) else "starting"
    progress(f"GPAW step {step}: {shown}", fraction)
