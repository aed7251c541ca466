"""Muffin tins out of GPAW: potentials, spheres, l-resolved densities, published eta."""

from __future__ import annotations

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

pytest.importorskip("gpaw", reason="GPAW is not installed (extra dft)")
pytestmark = pytest.mark.dft


def hydride(element: str, lattice_bohr: float) -> Atoms:
    a = lattice_bohr * BOHR_ANGSTROM
    cell = a / 2 * np.array([[-1, 1, 1], [1, -1, 1], [1, 1, -1]])
    places = [[0, 0, 0], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]]
    return Atoms([element, "H", "H", "H"], cell=cell, scaled_positions=places, pbc=True)


@pytest.fixture(scope="module")
def sodium() -> object:
    from isotunnel.engines.gpaw_pw.scf import run_scf
    from isotunnel.engines.gpaw_pw.settings import GpawSettings

    return run_scf(bulk("Na", "bcc", 4.23), GpawSettings(ecut_ev=350, kpoint_spacing=0.5))


def test_waves_inside_the_sphere_follow_the_radial_equation(sodium) -> None:  # type: ignore[no-untyped-def]
    """PAW's wave functions and our solver share a potential, so they must share their shape."""
    from isotunnel.engines.gpaw_pw.scatterers.potential import (
        SmoothPotential,
        radial_grid,
        screening,
    )
    from isotunnel.engines.gpaw_pw.scatterers.states import SphereWeights
    from isotunnel.theories.superconducting.rigid_muffin_tin.radial import (
        SphericalPotential,
        radial_wave,
    )

    dft = sodium.dft
    radius = 3.4
    r = radial_grid(1.02 * radius)
    table = screening(SmoothPotential(dft), dft, 0, r)
    potential = SphericalPotential(11.0, r, table, radius, -10.0)
    inside = [SphereWeights(dft, [0], [x]) for x in (radius, 0.8 * radius)]
    waves = next(iter(dft.ibzwfs))
    energies = np.asarray(waves.eig_n)
    # Of each l the state with most of it, at Gamma: the share inside 0.8 R is that of u_l.
    large, small = (w.of(waves, np.arange(8))[0] for w in inside)
    compared = 0
    for l in range(3):  # noqa: E741
        band = int(np.argmax(large[l]))
        if large[l, band] < 0.05:
            continue
        grid, p, _ = radial_wave(potential, float(energies[band]), l)
        norm = np.trapezoid(p**2, grid)
        part = np.trapezoid(np.where(grid <= 0.8 * radius, p**2, 0.0), grid)
        assert small[l, band] / large[l, band] == pytest.approx(part / norm, rel=0.02)
        compared += 1
    assert compared >= 2


def test_semicore_lies_in_the_sphere(sodium) -> None:  # type: ignore[no-untyped-def]
    from isotunnel.engines.gpaw_pw.scatterers.states import SphereWeights

    waves = next(iter(sodium.dft.ibzwfs))
    weights = SphereWeights(sodium.dft, [0], [3.4]).of(waves, np.arange(4))
    assert weights.sum(axis=1)[0].max() <= 1.01
    assert weights.sum(axis=1)[0].min() > 0.3


def test_the_potential_is_that_of_the_nucleus_inside_and_of_the_grid_outside(sodium) -> None:  # type: ignore[no-untyped-def]
    from isotunnel.engines.gpaw_pw.potentials import true_potentials
    from isotunnel.engines.gpaw_pw.scatterers.potential import (
        SmoothPotential,
        radial_grid,
        screening,
    )
    from isotunnel.units import HARTREE_EV

    dft = sodium.dft
    r = radial_grid(3.6)
    table = screening(SmoothPotential(dft), dft, 0, r)
    assert abs(table[0]) < 0.01
    v = (np.interp(3.0, r, table) - 11.0) / 3.0 * HARTREE_EV
    grid = true_potentials(dft, (40, 40, 40)).effective
    # Along the cube's axes, one of the sphere's directions.
    index = 3.0 * BOHR_ANGSTROM / 4.23 * 40
    along = np.interp(index, np.arange(40), [grid[0, i, i] for i in range(40)])
    assert v == pytest.approx(along, abs=1.0)


def test_radii_touch_and_follow_the_symmetry() -> None:
    from isotunnel.engines.gpaw_pw.scatterers.radii import mean_between, touching_radii

    atoms = bulk("Na", "bcc", 4.0)
    flat = np.zeros((24, 24, 24))
    assert touching_radii(atoms, flat, (0,)) == pytest.approx([4.0 * 3**0.5 / 4], rel=1e-6)
    assert mean_between(atoms, flat + 2.5, [1.5]) == pytest.approx(2.5)


@pytest.mark.parametrize("where", [0.0, 0.13])
def test_an_atom_in_a_cage_has_a_radius_though_the_cage_counts_others_as_its_own(
    where: float,
) -> None:
    """YH6: hydrogens are 1.3 angstrom from each other and 2.0 from the metal."""
    from isotunnel.engines.gpaw_pw.scatterers.radii import mean_between, touching_radii

    corners = [[0.5, 0, 0.25], [0.5, 0, 0.75], [0.25, 0.5, 0], [0.75, 0.5, 0]]
    corners += [[0, 0.25, 0.5], [0, 0.75, 0.5]]
    body = [[0, 0, 0], *corners, [0.5] * 3, *((np.array(c) + 0.5) % 1 for c in corners)]
    atoms = Atoms("YH6YH6", cell=3.6 * np.eye(3), scaled_positions=np.array(body) + where, pbc=True)
    equal = (0, *[1] * 6, 0, *[1] * 6)
    flat = np.zeros((24, 24, 24))
    radii = touching_radii(atoms, flat, equal)
    near = 3.6 / 8**0.5
    assert radii[1] == pytest.approx(near / 2, rel=1e-6)
    distance = 3.6 * (0.5**2 + 0.25**2) ** 0.5
    assert radii[0] == pytest.approx(distance / 2, rel=1e-6)
    assert radii[0] + radii[1] <= distance
    assert radii[0] == pytest.approx(radii[7])
    assert mean_between(atoms, flat + 2.5, radii) == pytest.approx(2.5)


def test_a_cell_whose_digits_spoil_its_group_is_computed_all_the_same() -> None:
    """Full Heusler in eight digits, as databases print it: GPAW's own tolerance keeps no group."""
    from isotunnel.engines.gpaw_pw.scf import run_scf
    from isotunnel.engines.gpaw_pw.settings import GpawSettings

    cell = [
        [3.6463347855624897, 0.0, 2.1052123700000003],
        [1.21544492852083, 3.4377974044635096, 2.1052123700000003],
        [0.0, 0.0, 4.21042474],
    ]
    places = [[0.24999999] * 3, [0.74999997] * 3, [0.49999998] * 3, [0.0] * 3]
    atoms = Atoms("Al3Li", cell=cell, scaled_positions=places, pbc=True)
    rough = GpawSettings(ecut_ev=120.0, kpoint_spacing=1.5, smearing_ev=0.5, density_tolerance=0.02)
    assert len(run_scf(atoms, rough).dft.ibzwfs.ibz) <= 4


@pytest.mark.parametrize("near_ev", [0.5, 100.0], ids=["enough bands", "too few bands"])
def test_bands_near_the_fermi_level_are_those_of_a_run_that_converges_more(
    sodium, near_ev: float, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    """With too few bands the run is the usual one: GPAW alone would go on to its last step."""
    from isotunnel.engines.gpaw_pw import scf
    from isotunnel.engines.gpaw_pw.levels import eigenvalues
    from isotunnel.engines.gpaw_pw.settings import GpawSettings

    monkeypatch.setattr(scf, "NEAR_FERMI_EV", near_ev)
    atoms = bulk("Na", "bcc", 4.23)
    near = scf.run_scf(atoms, GpawSettings(ecut_ev=350, kpoint_spacing=0.5), wanted="near")
    both = [eigenvalues(run.dft) for run in (near, sodium)]
    fermi = sodium.dft.ibzwfs.fermi_level * HARTREE_EV
    low = both[1] < fermi + 0.5
    assert low.any(axis=1).all()
    assert both[0][low] == pytest.approx(both[1][low], abs=1e-4)
    assert near.dft.ibzwfs.fermi_level == pytest.approx(sodium.dft.ibzwfs.fermi_level, abs=1e-6)


def test_an_error_that_is_no_number_is_too_few_bands_only_where_they_were_counted() -> None:
    """A usual run would otherwise begin again for ever."""
    from types import SimpleNamespace

    from isotunnel.engines.gpaw_pw import scf
    from isotunnel.engines.gpaw_pw.settings import GpawSettings

    wfs = SimpleNamespace(nvalence=1.0, eigensolver=SimpleNamespace(error=float("nan")))
    step = SimpleNamespace(wfs=wfs, dens=SimpleNamespace(error=0.1))
    fake = SimpleNamespace(iconverge=lambda _: iter([step] * 3))
    asked = fake, bulk("Na", "bcc", 4.23), GpawSettings(), None
    assert scf._converge(*asked) == 3
    with pytest.raises(scf._TooFewBandsError, match="even the topmost band of Na"):
        scf._converge(*asked, near=True)


def test_a_band_that_comes_down_between_coarse_points_is_found(
    sodium, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    from isotunnel.engines.gpaw_pw.levels import eigenvalues
    from isotunnel.engines.gpaw_pw.scatterers import densities

    mesh, fermi = (4, 4, 4), sodium.dft.ibzwfs.fermi_level * HARTREE_EV
    usual = eigenvalues(densities.dense_bands(sodium, mesh))
    # As if the coarse mesh had shown the semicore alone.
    monkeypatch.setattr(densities, "NEAR_FERMI_EV", -15.0)
    bands = eigenvalues(densities.dense_bands(sodium, mesh))
    near = usual < fermi + densities.NEAR_EV
    assert near.sum(axis=1).max() > (usual < fermi - 15.0).sum(axis=1).max() == 3
    assert bands[:, : usual.shape[1]][near] == pytest.approx(usual[near], abs=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize(("lattice", "eta", "pd"), [(5.4, 17.5, 13.7), (5.6, 13.9, 11.3)])
def test_published_fluorine_hydride(lattice: float, eta: float, pd: float) -> None:
    """Papaconstantopoulos (2017): eta of F and its p-d channel, within 15 %; equal H are equal."""
    from isotunnel.engines.gpaw_pw.scatterers import compute_scatterers
    from isotunnel.theories.superconducting.rigid_muffin_tin.couplings import atom_scatterings

    found = atom_scatterings(compute_scatterers(hydride("F", lattice)))
    assert found[0].hopfield_ev_per_angstrom2 == pytest.approx(eta, rel=0.15)
    assert found[0].channels[1].hopfield_ev_per_angstrom2 == pytest.approx(pd, rel=0.15)
    hydrogens = [atom.hopfield_ev_per_angstrom2 for atom in found[1:]]
    assert max(hydrogens) - min(hydrogens) < 1e-9 * max(hydrogens)


@pytest.mark.slow
def test_published_niobium() -> None:
    """Papaconstantopoulos et al. (1977): 7.62 in all, most of it from d to f."""
    from isotunnel.engines.gpaw_pw.scatterers import compute_scatterers
    from isotunnel.theories.superconducting.rigid_muffin_tin.couplings import atom_scatterings

    (found,) = atom_scatterings(compute_scatterers(bulk("Nb", "bcc", 3.30)))
    assert found.hopfield_ev_per_angstrom2 == pytest.approx(7.62, rel=0.15)
    assert found.channels[2].hopfield_ev_per_angstrom2 > found.channels[1].hopfield_ev_per_angstrom2


@pytest.mark.slow
def test_the_sphere_around_niobium_matters_little() -> None:
    """A sphere smaller by 7 % than the touching one, 2.70 bohr, moves eta by less than 10 %."""
    from isotunnel.engines.gpaw_pw.scatterers import compute_scatterers
    from isotunnel.theories.superconducting.rigid_muffin_tin.couplings import atom_scatterings

    crystal = bulk("Nb", "bcc", 3.30)
    (whole,) = atom_scatterings(compute_scatterers(crystal))
    (smaller,) = atom_scatterings(compute_scatterers(crystal, radii_bohr={"Nb": 2.5}))
    assert whole.radius_bohr == pytest.approx(2.70, abs=0.01)
    assert smaller.radius_bohr == pytest.approx(2.5)
    assert smaller.hopfield_ev_per_angstrom2 == pytest.approx(
        whole.hopfield_ev_per_angstrom2, rel=0.10
    )
