"""The pieces of the gpaw engine that need no GPAW."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from ase import Atoms
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.crystal.checks import check_crystal
from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.gpaw_pw import (
    GpawEngine,
    GpawSettings,
    augmentation_warning,
    compute_many,
    inside_augmentation,
)
from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
from isotunnel.engines.gpaw_pw.checks import doubts
from isotunnel.engines.gpaw_pw.elf import electron_localization
from isotunnel.engines.gpaw_pw.fourier import gradient, resample
from isotunnel.engines.gpaw_pw.scf import kpoint_mesh
from isotunnel.engines.gpaw_pw.spheres import points_within
from isotunnel.engines.gpaw_pw.tetrahedra import tetrahedron_dos
from isotunnel.errors import CrystalError, EngineError, InputError, MissingExtraError

SKEW = np.array([[3.0, 0.2, 0.0], [-1.0, 2.5, 0.3], [0.5, 0.1, 4.0]])


def test_importing_the_engine_does_not_import_gpaw() -> None:
    code = "import sys, isotunnel.engines.gpaw_pw; print('gpaw' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_without_gpaw_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gpaw", None)
    with pytest.raises(MissingExtraError, match=r"isotunnel\[dft\]"):
        GpawEngine(cache=False).compute(Atoms("He", cell=[3, 3, 3], pbc=True))


# --- electron localization -----------------------------------------------------------------------


@given(radius=st.floats(0.3, 3.0))
def test_the_homogeneous_gas_has_one_half(radius: float) -> None:
    fermi = 2.0
    k = np.stack(np.meshgrid(*[np.linspace(-fermi, fermi, 81)] * 3), axis=-1).reshape(-1, 3)
    k = k[(k**2).sum(axis=1) < fermi**2]
    volume = 4.0 / 3.0 * np.pi * radius**3
    # Two electrons per plane wave; the wave vectors scale so that they fill the Fermi sphere.
    density = 2.0 * len(k) / volume
    scale = (3.0 * np.pi**2 * density) ** (1.0 / 3.0) / fermi
    kinetic = (k**2).sum() * scale**2 / volume
    elf = electron_localization(np.array([density]), np.zeros(1), np.array([kinetic]))
    assert elf[0] == pytest.approx(0.5, abs=0.005)


@given(exponent=st.floats(0.3, 3.0))
def test_one_orbital_is_fully_localized(exponent: float) -> None:
    r = np.linspace(0.01, 3.0 / exponent, 50)
    density = 2.0 * exponent**3 / np.pi * np.exp(-2.0 * exponent * r)
    slope = -2.0 * exponent * density
    kinetic = exponent**2 * density / 2.0
    np.testing.assert_allclose(electron_localization(density, slope**2, kinetic), 1.0, atol=1e-9)


def test_vacuum_is_not_localized() -> None:
    assert electron_localization(np.zeros(1), np.zeros(1), np.zeros(1))[0] == 0.0


# --- Fourier -------------------------------------------------------------------------------------


def plane_waves(shape: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """A function with components up to frequency 2, and its gradient, for the cell SKEW."""
    rng = np.random.default_rng(0)
    points = np.stack(np.meshgrid(*[np.arange(n) / n for n in shape], indexing="ij"), axis=-1)
    reciprocal = 2.0 * np.pi * np.linalg.inv(SKEW).T
    value, slope = np.full(shape, 0.3), np.zeros((3, *shape))
    for m in itertools.product((-2, 0, 1), repeat=3):
        amplitude, phase = rng.normal(), rng.uniform(0.0, 6.0)
        angle = 2.0 * np.pi * points @ np.array(m) + phase
        value = value + amplitude * np.cos(angle)
        slope -= amplitude * np.sin(angle) * (np.array(m) @ reciprocal)[:, None, None, None]
    return value, slope


@pytest.mark.parametrize("coarse", [(5, 5, 5), (6, 7, 8)])
@pytest.mark.parametrize("fine", [(10, 12, 15), (6, 9, 8), (5, 6, 7)])
def test_resampling_is_exact_for_band_limited_functions(
    coarse: tuple[int, int, int], fine: tuple[int, int, int]
) -> None:
    np.testing.assert_allclose(
        resample(plane_waves(coarse)[0], fine), plane_waves(fine)[0], atol=1e-12
    )


@pytest.mark.parametrize("shape", [(5, 6, 7), (8, 8, 8)])
def test_the_gradient_is_exact_for_band_limited_functions(shape: tuple[int, int, int]) -> None:
    value, slope = plane_waves(shape)
    assert np.abs(slope).max() > 1.0
    np.testing.assert_allclose(gradient(value, SKEW), slope, atol=1e-10)


# --- spheres -------------------------------------------------------------------------------------


@given(
    position=st.tuples(*[st.floats(-1.0, 2.0)] * 3),
    radius=st.floats(0.3, 4.0),
)
def test_points_in_a_sphere_match_a_search_over_images(
    position: tuple[float, float, float], radius: float
) -> None:
    shape = (6, 5, 7)
    found = points_within(np.array(position), radius, SKEW, shape)
    counted = np.zeros(shape, dtype=int)
    np.add.at(counted, found.index, 1)
    grid = np.stack(np.meshgrid(*[np.arange(n) / n for n in shape], indexing="ij"), axis=-1)
    expected = np.zeros(shape, dtype=int)
    for image in itertools.product(range(-5, 6), repeat=3):
        vectors = (grid - np.array(position) + np.array(image)) @ SKEW
        expected += np.linalg.norm(vectors, axis=-1) < radius
    np.testing.assert_array_equal(counted, expected)
    assert (found.distances <= max(radius, 1e-5)).all()


# --- density of states ---------------------------------------------------------------------------


def tight_binding(n: int) -> tuple[np.ndarray, np.ndarray]:
    k = 2.0 * np.pi * np.arange(n) / n
    x, y, z = np.meshgrid(k, k, k, indexing="ij")
    return -(np.cos(x) + np.cos(y) + np.cos(z))[..., None], (np.cos(x) ** 2)[..., None]


def test_tetrahedra_agree_with_counting_states() -> None:
    bands, weight = tight_binding(20)
    dense, dense_weight = (a.ravel() for a in tight_binding(150))
    half = 0.06
    for energy in (-2.4, -1.5, -0.5, 0.3, 1.7):
        window = np.abs(dense - energy) < half
        counted = window.sum() / dense.size / (2 * half)
        counted_weight = dense_weight[window].sum() / dense.size / (2 * half)
        total, weighted = tetrahedron_dos(bands, np.stack([np.ones_like(bands), weight]), energy)
        assert total == pytest.approx(counted, rel=0.03)
        assert weighted == pytest.approx(counted_weight, rel=0.06)


def test_the_density_of_states_integrates_to_the_number_of_states() -> None:
    rng = np.random.default_rng(1)
    bands = rng.normal(size=(3, 4, 5, 2))
    energies = np.linspace(bands.min() - 0.1, bands.max() + 0.1, 500)
    ones = np.ones((1, *bands.shape))
    curve = [tetrahedron_dos(bands, ones, e)[0] for e in energies]
    assert np.trapezoid(curve, energies) == pytest.approx(2.0, rel=5e-3)
    shares = np.array([0.2, 0.8])[:, None, None, None, None] * ones
    parts = tetrahedron_dos(bands, shares, 0.1)
    assert parts[1] == pytest.approx(4.0 * parts[0])
    assert parts.sum() == pytest.approx(tetrahedron_dos(bands, ones, 0.1)[0])


# --- settings and checks -------------------------------------------------------------------------


def test_the_kpoint_mesh_shrinks_as_the_cell_grows() -> None:
    cubic = Atoms("H", cell=[2.0, 2.0, 2.0], pbc=True)
    assert kpoint_mesh(cubic, np.pi / 4.0) == (4, 4, 4)
    assert kpoint_mesh(cubic * (2, 1, 4), np.pi / 4.0) == (2, 4, 1)
    rotated = cubic.copy()
    rotated.rotate(37.0, (1, 2, 3), rotate_cell=True)
    assert kpoint_mesh(rotated, np.pi / 4.0) == (4, 4, 4)


def test_hard_elements_raise_the_cutoff_unless_one_is_given() -> None:
    assert GpawSettings().cutoff_ev(["Mg", "O"]) > GpawSettings().cutoff_ev(["S", "H"])
    assert GpawSettings(ecut_ev=321.0).cutoff_ev(["Mg", "O"]) == 321.0


@pytest.mark.parametrize(
    "wrong", [{"ecut_ev": 0.0}, {"kpoint_spacing": float("nan")}, {"elf": "true"}]
)
def test_impossible_settings_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        GpawSettings(**wrong)


def test_impossible_crystals_are_refused() -> None:
    with pytest.raises(CrystalError, match="no atoms"):
        check_crystal(Atoms(cell=[3, 3, 3], pbc=True))
    with pytest.raises(CrystalError, match="no complete cell"):
        check_crystal(Atoms("H", cell=[3, 3, 0], pbc=True))
    with pytest.raises(CrystalError, match=r"atoms 1 .* and 2"):
        check_crystal(Atoms("HO", positions=[[0, 0, 0], [2.95, 0, 0]], cell=[3, 3, 3], pbc=True))
    with pytest.raises(CrystalError, match=r"0\.2"):
        check_crystal(Atoms("H", cell=[3, 3, 0.2], pbc=True))
    with pytest.raises(CrystalError, match="not finite"):
        check_crystal(Atoms("H", positions=[[np.nan, 0, 0]], cell=[3, 3, 3], pbc=True))
    check_crystal(Atoms("H", cell=[1.2, 1.2, 1.2], pbc=True))


def test_magnetic_elements_are_named() -> None:
    iron = Atoms("Fe", cell=[2.5, 2.5, 2.5], pbc=True)
    assert "Fe" in doubts(iron)[0]
    assert doubts(iron, tried=True) == ()
    assert doubts(Atoms("Na", cell=[3, 3, 3], pbc=True)) == ()
    oxygen = Atoms("O2", positions=[[0, 0, 0], [0, 0, 1.2]], cell=[4, 4, 4], pbc=(1, 1, 0))
    assert len(doubts(oxygen)) == 2
    skew = Atoms("Na", cell=[[3, 0, 0], [6, 3, 0], [0, 0, 3]], pbc=True)
    assert "meet at 26.6 to 90.0 degrees" in doubts(skew)[0]


def test_a_skew_supercell_is_reduced_before_forces(monkeypatch: pytest.MonkeyPatch) -> None:
    from isotunnel.engines.gpaw_pw import forces

    seen: list[Atoms] = []

    def stop(atoms: Atoms, *_: object, **__: object) -> None:
        seen.append(atoms)
        raise EngineError("stopped")

    monkeypatch.setattr(forces, "run_scf", stop)
    skew = Atoms("Na", cell=[[3, 0, 0], [6, 3, 0], [0, 0, 3]], pbc=True)
    with pytest.raises(EngineError, match="stopped"):
        forces.gpaw_forces(skew, GpawSettings())
    assert seen[0].cell.angles() == pytest.approx([90.0] * 3)


def test_one_blas_thread_inside_and_the_old_number_after() -> None:
    np.ones((3, 3)) @ np.ones((3, 3))
    with single_blas_thread():
        assert os.environ["OMP_NUM_THREADS"]
        inner = np.eye(50) @ np.eye(50)
    assert inner.trace() == 50.0


# --- augmentation spheres ------------------------------------------------------------------------


def two_atoms(**settings: str) -> ElectronicStructure:
    atoms = Atoms("SH", scaled_positions=[[0, 0, 0], [0.5, 0, 0]], cell=[4, 4, 4], pbc=True)
    return ElectronicStructure(atoms, "gpaw", {}, augmentation_radii=(1.0, 0.5), settings=settings)


def test_the_sphere_of_a_point_is_found_across_the_boundary() -> None:
    structure = two_atoms(elf="pseudo")
    assert inside_augmentation(structure, [0.9, 0.0, 0.0]) == 0
    assert inside_augmentation(structure, [0.55, 1.0, -1.0]) == 1
    assert inside_augmentation(structure, [0.3, 0.0, 0.0]) is None
    assert inside_augmentation(ElectronicStructure(structure.atoms, "x", {}), [0, 0, 0]) is None


def test_the_warning_says_what_the_field_is() -> None:
    structure = two_atoms(elf="pseudo", potential="all-electron", density="all-electron")
    assert augmentation_warning(structure, "elf", [0.3, 0.0, 0.0]) is None
    texts = [
        augmentation_warning(structure, kind, [0.1, 0.0, 0.0]) or ""
        for kind in ("elf", "potential", "density", "electrostatic")
    ]
    assert all("atom 0 (S" in text for text in texts)
    assert "smooth pseudo" in texts[0]
    assert "spherically averaged" in texts[1]
    assert "partial waves" in texts[2]


# --- many crystals -------------------------------------------------------------------------------


class ToyEngine:
    """Answers with the number of atoms, and fails on helium."""

    name = "toy"

    def compute(self, atoms: Atoms, *, progress: object = None) -> ElectronicStructure:  # noqa: ARG002
        if "He" in atoms.get_chemical_symbols():
            raise CrystalError("no helium")
        if "Xe" in atoms.get_chemical_symbols():
            os._exit(9)
        return ElectronicStructure(atoms, "toy", {}, energy_ev=float(len(atoms)))


@pytest.mark.parametrize("workers", [1, 2])
def test_results_keep_their_order_and_failures_their_place(workers: int) -> None:
    crystals = [Atoms(f"{s}{n}", cell=[5, 5, 5]) for s, n in (("H", 3), ("He", 1), ("Li", 2))]
    heard: list[float | None] = []
    results = compute_many(
        ToyEngine(), crystals, workers=workers, progress=lambda _, f: heard.append(f)
    )
    assert isinstance(results[1], CrystalError)
    energies = [r.energy_ev for r in results if isinstance(r, ElectronicStructure)]
    assert energies == [3.0, 2.0]
    assert heard == pytest.approx([1 / 3, 2 / 3, 1.0])


def test_a_worker_that_dies_is_reported() -> None:
    crystals = [Atoms("Xe", cell=[5, 5, 5]), Atoms("Xe2", cell=[5, 5, 5])]
    results = compute_many(ToyEngine(), crystals, workers=2)
    assert all("worker process died" in str(r) for r in results)


def test_an_interrupt_ends_the_workers() -> None:
    def interrupt(_: str, __: float | None) -> None:
        raise KeyboardInterrupt

    crystals = [Atoms(f"H{n}", cell=[5, 5, 5]) for n in range(1, 5)]
    with pytest.raises(KeyboardInterrupt):
        compute_many(ToyEngine(), crystals, workers=2, progress=interrupt)


def test_no_workers_is_refused() -> None:
    with pytest.raises(InputError, match="workers"):
        compute_many(ToyEngine(), [], workers=0)


def test_what_keeps_a_run_from_ending_is_named() -> None:
    """VRu's forces: the density had settled, and the message blamed it all the same."""
    from isotunnel.engines.gpaw_pw.scf import _what_moves

    assert _what_moves([1.0, 2e-3], 1e-4).startswith("the density still changes by 0.002")
    assert _what_moves([1.0, 3.8e-6], 1e-4).startswith("its wave functions have not settled")
    assert "changes by inf" in _what_moves([], 1e-4)
