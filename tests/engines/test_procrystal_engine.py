"""The procrystal engine behind the interface of all engines."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.engines.base import ElectronicStructure, Engine
from isotunnel.engines.procrystal import ProcrystalEngine, atomic_levels, free_atom
from isotunnel.engines.procrystal.grid import MAX_POINTS, choose_shape
from isotunnel.errors import CannotSay, CrystalError, EngineError, FieldError
from isotunnel.fields.kinds import FieldKind


def test_gives_fields_and_levels() -> None:
    calls: list[tuple[str, float | None]] = []
    atoms = bulk("NaCl", "rocksalt", a=5.64)
    engine: Engine = ProcrystalEngine(spacing_angstrom=0.3)
    found = engine.compute(atoms, progress=lambda text, done: calls.append((text, done)))
    assert set(found.fields) == {"potential", "electrostatic", "density"}
    for name, field in found.fields.items():
        assert field.kind == FieldKind(name)
        assert field.shape == found.settings["shape"]
        assert not field.values.flags.writeable
    assert found.fields["density"].values.min() > 0
    assert found.fields["potential"].values.max() < 0
    assert found.atomic_level_ev == atomic_levels(atoms).max()
    assert found.valence_density == free_atom(11).valence_density
    assert found.settings["atomic_levels_ev"] == atomic_levels(atoms).tolist()
    fractions = [done for _, done in calls]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert found.warnings == ()


def test_every_missing_quantity_has_a_reason() -> None:
    found = ProcrystalEngine(shape=(4, 4, 4)).compute(bulk("Cu"))
    missing = [
        f.name
        for f in dataclasses.fields(ElectronicStructure)
        # Files that numbers came from: a calculation has none.
        if f.name != "sources" and (getattr(found, f.name) is None or getattr(found, f.name) == {})
    ]
    assert len(missing) >= 9
    for name in missing:
        assert found.cannot_say[name]
    with pytest.raises(CannotSay, match="orbitals"):
        found.require_field("elf")
    with pytest.raises(CannotSay, match="bands"):
        found.require("fermi_ev")


def test_functionals_differ() -> None:
    lda, pbe = (
        ProcrystalEngine(functional=f, xc="superposed", shape=(4, 4, 4))  # type: ignore[arg-type]
        for f in ("LDA", "PBE")
    )
    first, second = (e.compute(bulk("Cu")).fields["potential"].values for e in (lda, pbe))
    assert np.abs(first - second).min() > 0.1
    with pytest.raises(EngineError, match="SCAN"):
        ProcrystalEngine(functional="SCAN").compute(bulk("Cu"))  # type: ignore[arg-type]


def test_treatments_differ_and_are_reported() -> None:
    atoms = bulk("Na", cubic=True)
    found = {
        xc: ProcrystalEngine(xc=xc, shape=(8, 8, 8)).compute(atoms)  # type: ignore[arg-type]
        for xc in ("summed_density", "superposed")
    }
    summed, superposed = found["summed_density"], found["superposed"]
    # Between the atoms, with v_xc[n] of the whole density and with its tails piled up.
    assert -12 < summed.fields["potential"].values.max() < -5
    assert superposed.fields["potential"].values.max() < -40
    for xc, result in found.items():
        assert result.settings["xc"] == xc
        notes = " ".join(result.fields["potential"].provenance.notes)
        assert ("Mattheiss" in notes) == (xc == "summed_density")
        assert ("too deep" in notes) == (xc == "superposed")
        assert result.atomic_level_ev == atomic_levels(atoms, "LDA", xc).max()  # type: ignore[arg-type]
    assert ProcrystalEngine().xc == "summed_density"


def test_combinations_without_meaning_are_refused() -> None:
    with pytest.raises(EngineError, match=r"PBE atoms.*functional='LDA'.*xc='superposed'"):
        ProcrystalEngine(functional="PBE").compute(bulk("Cu"))
    with pytest.raises(EngineError, match=r"'guess'.*summed_density or superposed"):
        ProcrystalEngine(xc="guess").compute(bulk("Cu"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("atoms", "message"),
    [
        (Atoms("H"), "cell"),
        (Atoms("H", cell=[3, 3, 0], pbc=True), "cell"),
        (Atoms("H", cell=[[3, 0, 0], [0, 3, 0], [3, 3, 0]], pbc=True), "zero volume"),
        (Atoms("H2", positions=[(0, 0, 0), (0, 0, 0.05)], cell=[3, 3, 3], pbc=True), r"0\.05"),
        (Atoms("H", cell=[0.2, 3, 3], pbc=True), r"0\.2"),
        (Atoms("X", cell=[3, 3, 3], pbc=True), "unknown element"),
        (Atoms("Og", cell=[3, 3, 3], pbc=True), "Og.*Z = 1 to"),
        (Atoms(cell=[3, 3, 3], pbc=True), "no atoms"),
        (Atoms("H", positions=[(np.nan, 0, 0)], cell=[3, 3, 3], pbc=True), "finite"),
    ],
)
def test_impossible_crystals_are_refused(atoms: Atoms, message: str) -> None:
    with pytest.raises(CrystalError, match=message):
        ProcrystalEngine(shape=(4, 4, 4)).compute(atoms)


def test_open_directions_are_reported() -> None:
    atoms = Atoms("He", cell=[4, 4, 4], pbc=(True, False, True))
    found = ProcrystalEngine(shape=(4, 4, 4)).compute(atoms)
    assert any("not periodic along b" in w for w in found.warnings)
    assert found.fields["potential"].provenance.warnings == found.warnings


@pytest.mark.parametrize("spacing", [0.0, -1.0, float("nan"), float("inf"), 1e-4])
def test_impossible_spacings_are_refused(spacing: float) -> None:
    with pytest.raises(FieldError, match="spacing"):
        ProcrystalEngine(spacing_angstrom=spacing).compute(bulk("Cu"))


@pytest.mark.parametrize("shape", [(0, 4, 4), (4, 4), (4.5, 4, 4), (10**4, 10**4, 10**4)])
def test_impossible_shapes_are_refused(shape: tuple[int, int, int]) -> None:
    with pytest.raises(FieldError, match=r"shape|grid"):
        ProcrystalEngine(shape=shape).compute(bulk("Cu"))


@given(
    st.lists(st.floats(0.5, 40), min_size=3, max_size=3),
    st.floats(0.05, 2.0),
    st.floats(-1e-9, 1e-9),
)
def test_grid_is_fine_enough_even_and_equal_for_equal_axes(
    lengths: list[float], spacing: float, noise: float
) -> None:
    cell = np.diag(lengths)
    if np.prod(np.array(lengths) / spacing) > MAX_POINTS:
        return
    shape = choose_shape(cell, spacing)
    for n, length in zip(shape, lengths, strict=True):
        assert n % 2 == 0
        assert length / n <= spacing * (1 + 1e-5)
        assert n <= max(2, 1.5 * length / spacing + 4)
        rest = n
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        assert rest == 1
    cube = np.eye(3) * lengths[0] * np.array([1, 1 + noise, 1 - noise])
    if (lengths[0] / spacing) ** 3 < MAX_POINTS:
        steps = lengths[0] / spacing
        if abs(steps - round(steps)) > 1e-4:
            assert len(set(choose_shape(cube, spacing))) == 1


def test_helium_has_a_gap_that_closes_under_compression() -> None:
    """Tunnels in all directions lie above the level at ambient density, by less when squeezed."""
    gudhi = pytest.importorskip("gudhi")
    gaps = []
    for a in (4.2, 3.0, 2.2):
        found = ProcrystalEngine(spacing_angstrom=0.25).compute(bulk("He", "fcc", a=a))
        complex_ = gudhi.PeriodicCubicalComplex(
            top_dimensional_cells=found.fields["potential"].values,
            periodic_dimensions=[True, True, True],
        )
        complex_.compute_persistence(homology_coeff_field=11, min_persistence=-1)
        intervals = complex_.persistence_intervals_in_dimension(1)
        thresholds = np.sort(intervals[np.isinf(intervals[:, 1]), 0])
        assert len(thresholds) == 3
        assert found.atomic_level_ev is not None
        gaps.append(thresholds[2] - found.atomic_level_ev)
    assert gaps[0] > 5
    assert (np.diff(gaps) < 0).all()


def test_importing_the_engine_is_cheap() -> None:
    code = (
        "import sys; from isotunnel.engines.procrystal.engine import ProcrystalEngine; "
        "assert not {'numba', 'gpaw', 'scipy.fft'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
