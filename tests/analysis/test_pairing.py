"""From a crystal to lambda and Tc: pieces kept, limits told, and the physics with GPAW."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from ase.calculators.emt import EMT

from isotunnel.analysis.pairing import (
    PairingResult,
    PairingSettings,
    compute,
    limits,
    magnetic,
    pairing,
)
from isotunnel.analysis.pairing.forces import crystal_force_constants
from isotunnel.analysis.pairing.limits import (
    ZONE_CENTRE,
    doubts_of,
    doubts_of_forces,
    sp_metal_doubt,
)
from isotunnel.analysis.pairing.store import PieceStore
from isotunnel.engines.gpaw_pw import GpawSettings
from isotunnel.engines.magnetism import MagneticOrder, MagneticStart, Magnetism
from isotunnel.engines.mlip import PotentialEngine
from isotunnel.engines.phonons.modes import phonons_of
from isotunnel.engines.phonons.spectrum import PhononSpectrum
from isotunnel.errors import CannotSay, InputError, MissingExtraError
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import forces_compared
from made_up_pairing import made_up_metal, made_up_result


def test_pieces_come_back_as_they_were(tmp_path: Path) -> None:
    atoms = bulk("Al", "fcc", 4.05)
    store = PieceStore(tmp_path)
    key = store.key("scatterers", atoms, {"a": 1}, {"b": "2"})
    assert store.scatterers(key, atoms) is None
    metal = made_up_metal(atoms)
    store.keep_scatterers(key, metal)
    back = store.scatterers(key, atoms)
    assert back is not None
    assert back.tins[0].symbol == "Al"
    assert (back.tins[0].screening == metal.tins[0].screening).all()
    for name in ("fermi_ev", "density", "mesh", "equivalent", "warnings", "pressure_gpa"):
        assert getattr(back, name) == getattr(metal, name)
    assert store.key("scatterers", atoms, {"a": 2}, {"b": "2"}) != key
    assert PieceStore(tmp_path, fresh=True).scatterers(key, atoms) is None


def test_damaged_pieces_are_computed_again(tmp_path: Path) -> None:
    atoms = bulk("Al", "fcc", 4.05)
    store = PieceStore(tmp_path)
    key = store.key("forces", atoms, {}, {})
    store.keep_forces(key, np.ones((1, 3)))
    assert store.forces(key) is not None
    path = next(tmp_path.rglob("*.npz"))
    path.write_bytes(path.read_bytes()[:100])
    assert store.forces(key) is None


def _state(order: MagneticOrder, moment: float) -> Magnetism:
    tried = (
        MagneticStart("ferromagnetic", (3.0,), (moment,), 0.0),
        MagneticStart("non-magnetic", (0.0,), (0.0,), 0.5 if moment else 0.0),
    )
    return Magnetism(order, moment, (moment,), (), tried)


def test_a_crystal_with_moments_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("phonopy")
    iron = _state("ferromagnetic", 2.2)
    monkeypatch.setattr(compute, "magnetism_in", lambda *_: iron)
    with pytest.raises(CannotSay, match=r"2\.200 mu_B per cell, 0\.500 eV below") as caught:
        pairing(bulk("Fe", "bcc", 2.9))
    assert "\n" not in str(caught.value)
    assert "--spin off" in str(caught.value)
    limits.refuse_magnetic(_state("non-magnetic", 0.0))
    limits.refuse_magnetic(None)


def test_a_magnetic_state_is_kept_and_asked_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from isotunnel.engines.gpaw_pw import ground_state

    asked: list[Atoms] = []

    def state(atoms: Atoms, *_: object) -> Magnetism:
        asked.append(atoms)
        return _state("non-magnetic", 0.0)

    monkeypatch.setattr(ground_state, "magnetic_state", state)
    monkeypatch.setattr(magnetic, "versions", dict)
    store = PieceStore(tmp_path)
    chromium = bulk("Cr", "bcc", 2.88)
    first = magnetic.magnetism_in(chromium, GpawSettings(), store)
    # One atom has no room for opposite moments: twice the cell is tried as well.
    assert [len(a) for a in asked] == [1, 2]
    assert asked[1].get_initial_magnetic_moments().tolist() == [3.0, -3.0]
    near = asked[1].get_distance(0, 1, mic=True)
    assert near == pytest.approx(2.88 * 3**0.5 / 2)
    assert asked[1].get_volume() == pytest.approx(2 * chromium.get_volume())
    assert magnetic.magnetism_in(chromium, GpawSettings(), store) == first
    assert len(asked) == 2
    assert magnetic.magnetism_in(bulk("Nb", "bcc", 3.3), GpawSettings(), store) is None
    assert len(asked) == 2


def test_without_phonopy_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "phonopy", None)
    with pytest.raises(MissingExtraError, match="phonopy"):
        pairing(bulk("Nb", "bcc", 3.3))


def test_conventional_cells_are_computed_in_the_primitive_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from isotunnel.analysis.pairing import compute

    def stop(atoms: Atoms, *_: object) -> None:
        raise CannotSay(f"{len(atoms)} atom")

    monkeypatch.setattr(compute, "_scatterers", stop)
    with pytest.raises(CannotSay, match=r"^1 atom"):
        pairing(bulk("Nb", "bcc", 3.3, cubic=True))


def test_a_grid_is_no_crystal() -> None:
    with pytest.raises(InputError, match="grid of values"):
        pairing("tests/data/h3s_elf.cube.gz")


@pytest.mark.parametrize(
    "wrong",
    [
        {"mu_star": -0.1},
        {"supercell_atoms": 0},
        {"displacement_angstrom": 0.0},
        {"dense_spacing": 0.0},
        {"dense_spacing": float("nan")},
        {"forces": "mace"},
    ],
)
def test_settings_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        PairingSettings(**wrong)  # type: ignore[arg-type]


def test_a_potential_displaces_larger_cells() -> None:
    assert PairingSettings().most_atoms == 8
    assert PairingSettings(forces="chgnet").most_atoms == 64
    assert PairingSettings(forces="chgnet", supercell_atoms=16).most_atoms == 16


def test_phonons_by_a_potential_rest_on_nothing_of_gpaw(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("phonopy")
    opened = []

    def emt(name: str) -> PotentialEngine:
        opened.append(name)
        return PotentialEngine(EMT(), name)

    monkeypatch.setattr("isotunnel.engines.mlip.open_potential", emt)
    copper = bulk("Cu", "fcc", 3.6)
    settings = PairingSettings(forces="chgnet", supercell_atoms=32)
    store = PieceStore(tmp_path)
    found = [
        phonons_of(crystal_force_constants(copper, np.full((1, 3), g), settings, store, None))
        for g in (0.0, 1e3)
    ]
    assert opened == ["chgnet"] * 2
    assert found[0].energies_ev == pytest.approx(found[1].energies_ev)
    # Copper's highest phonon, at X, is measured at 7.25 THz (30 meV); EMT is somewhat stiffer.
    assert found[0].highest_ev == pytest.approx(0.030, rel=0.15)
    assert not list(tmp_path.rglob("*.npz"))


def test_forces_of_other_processes_are_kept_and_in_order(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One displacement is kept already; two are computed by processes, which are not started here.

    What each process does is called in this one.
    """
    from isotunnel.analysis.pairing import forces

    pytest.importorskip("phonopy")
    computed: list[Atoms] = []

    def by_emt(cell: Atoms, *_: object) -> np.ndarray:
        computed.append(cell)
        own = cell.copy()
        own.calc = EMT()
        return np.asarray(own.get_forces())

    def here(function: Callable[..., Any], arguments: Any, *, told: Any, **_: object) -> list[Any]:
        given = list(reversed(list(enumerate(arguments))))
        found = {}
        for done, (place, one) in enumerate(given, start=1):
            found[place] = function(*one)
            told(place, done)
        return [found[place] for place in sorted(found)]

    monkeypatch.setattr(forces, "gpaw_forces", by_emt)
    monkeypatch.setattr(forces, "in_processes", here)
    monkeypatch.setattr(forces, "versions", dict)
    alloy = Atoms(
        "CuAuAg", cell=[3, 3.1, 6], pbc=True, positions=[[0, 0, 0], [1.5, 1.5, 2], [0, 0, 4]]
    )
    at_rest = np.zeros((3, 3))
    settings = PairingSettings(supercell_atoms=3)
    heard: list[float | None] = []

    def phonons(folder: str, workers: int) -> PhononSpectrum:
        store = PieceStore(tmp_path / folder)
        tell = lambda _, f: heard.append(f)  # noqa: E731
        constants = forces.crystal_force_constants(alloy, at_rest, settings, store, tell, workers)
        return phonons_of(constants)

    alone = phonons("alone", 1)
    count = len(computed)
    assert count > 2
    beside = phonons("beside", 2)
    assert len(computed) == 2 * count
    assert heard[-1] == pytest.approx(1.0)
    assert beside.energies_ev == pytest.approx(alone.energies_ev)
    next((tmp_path / "beside").rglob("*.npz")).unlink()
    # One is missing: no process is worth its start.
    again = phonons("beside", 2)
    assert len(computed) == 2 * count + 1
    assert again.energies_ev == pytest.approx(alone.energies_ev)
    phonons("alone", 2)
    assert len(computed) == 2 * count + 1


def test_a_potential_is_not_asked_about_hydrides_nor_where_it_is_absent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys

    pytest.importorskip("phonopy")
    settings = PairingSettings(forces="chgnet")
    hydride = bulk("PdH", "rocksalt", 4.09)
    with pytest.raises(CannotSay, match="off for hydrides"):
        pairing(hydride, settings=settings)
    monkeypatch.setitem(sys.modules, "chgnet", None)
    for name in [n for n in sys.modules if n.startswith("chgnet.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(MissingExtraError, match=r"isotunnel\[mlip\]"):
        pairing("Nb", settings=settings)


def test_phonons_by_a_potential_are_doubted_in_numbers() -> None:
    assert doubts_of_forces("gpaw") == ()
    (words,) = doubts_of_forces("chgnet")
    known = forces_compared("chgnet")
    assert known is not None
    assert f"over {known.crystals} crystals" in words
    assert f"{known.bias:.2f} times" in words


def test_known_limits_are_reported() -> None:
    one = np.array([0.03])
    phonons = PhononSpectrum(one, np.ones((1, 1)), np.ones(1), one, np.eye(3, dtype=int))
    larger = replace(phonons, supercell=2 * np.eye(3, dtype=int))
    assert doubts_of(bulk("Al", "fcc", 4.05), larger, 0.0) == (sp_metal_doubt(),)
    assert doubts_of(bulk("Nb", "bcc", 3.3), larger, 0.0) == ()
    assert ZONE_CENTRE in doubts_of(bulk("Nb", "bcc", 3.3), phonons, 0.0)
    assert "5.0 % of the modes" in doubts_of(bulk("Nb", "bcc", 3.3), larger, 0.05)[0]


def test_the_document_keeps_to_its_shape() -> None:
    from isotunnel import schemas

    document = made_up_result(bulk("Nb", "bcc", 3.3)).as_dict()
    schemas.validated(schemas.Pairing, document)
    assert document["stable"]
    assert document["lambda"] == pytest.approx(
        sum(a["lambda"] for a in document["atoms"]), rel=1e-6
    )
    eta = document["atoms"][0]["hopfield_ev_per_angstrom2"]
    assert eta == pytest.approx(sum(document["atoms"][0]["channels"].values()))
    assert document["tc_allen_dynes_k"] > 0
    assert document["tc_eliashberg_k"] > 0


def test_the_figure_is_drawn(tmp_path: Path) -> None:
    from isotunnel.report.figures.pairing import draw_pairing

    paths = draw_pairing(made_up_result(bulk("Nb", "bcc", 3.3)), tmp_path)
    assert [p.suffix for p in paths] == [".png", ".svg"]
    assert "phonon energy, meV" in paths[1].read_text()


def test_along_pressure_one_failure_does_not_stop_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from isotunnel import schemas
    from isotunnel.analysis.pairing import along_pressure

    def made_up(_crystal: object, *, pressure_gpa: float, **_: object) -> PairingResult:
        if pressure_gpa > 15:
            raise CannotSay("an insulator")
        result = made_up_result(bulk("Nb", "bcc", 3.3))
        return replace(result, tc_allen_dynes_k=9.0 - 0.05 * pressure_gpa)

    monkeypatch.setattr(along_pressure, "paired", made_up)
    found = along_pressure.pairing_along_pressure("Nb", [0.0, 10.0, 20.0])
    assert found.dtc_dp_k_per_gpa == pytest.approx(-0.05)
    assert [p.cannot_say for p in found.points] == ["", "", "an insulator"]
    document = found.as_dict()
    schemas.validated(schemas.PairingScan, document)
    assert document["points"][2]["result"] is None
    alone = along_pressure.pairing_along_pressure("Nb", [10.0])
    assert alone.dtc_dp_k_per_gpa is None
    # Where no pressure had a result the scan once had no name.
    nothing = along_pressure.pairing_along_pressure("Nb", [20.0, 30.0])
    assert nothing.name == found.name == "Nb"
    assert [p.result for p in nothing.points] == [None, None]
    schemas.validated(schemas.PairingScan, nothing.as_dict())


@pytest.mark.dft
def test_an_insulator_is_reported(tmp_path: Path) -> None:
    pytest.importorskip("gpaw")
    from isotunnel.engines.gpaw_pw import GpawSettings

    settings = PairingSettings(gpaw=GpawSettings(ecut_ev=300, kpoint_spacing=0.8))
    with pytest.raises(CannotSay, match="band gap"):
        pairing(bulk("NaCl", "rocksalt", 5.64), settings=settings, store=PieceStore(tmp_path))


@pytest.mark.dft
@pytest.mark.slow
def test_aluminium_from_nothing(tmp_path: Path) -> None:
    """Rigid muffin tins underestimate an sp metal; phonons do not know that."""
    pytest.importorskip("gpaw")
    pytest.importorskip("phonopy")
    store = PieceStore(tmp_path)
    result = pairing("Al", store=store)
    assert result.phonons.highest_ev == pytest.approx(0.0405, rel=0.08)
    assert result.coupling is not None
    assert 0.05 < result.coupling < 0.4
    json.dumps(result.as_dict(), allow_nan=False)
    again = pairing("Al", store=store)
    assert again.coupling == pytest.approx(result.coupling)
    assert again.seconds < 0.2 * result.seconds
