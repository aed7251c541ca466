"""Pairing under pressure: relaxed once, whatever happens later, and part of the time told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel.analysis.pairing import along_pressure, compute, pairing, relaxed
from isotunnel.analysis.pairing.store import PieceStore
from isotunnel.engines.base import Progress
from isotunnel.engines.gpaw_pw import GpawSettings
from isotunnel.engines.gpaw_pw.relax import _Way
from isotunnel.engines.relaxing import RelaxTolerance
from isotunnel.engines.time_to_go import with_time_to_go
from isotunnel.errors import CannotSay

ALLOY = bulk("NaCl", "rocksalt", 5.6)


class Relaxing:
    """Stands for GPAW: the cell shrinks by a permille per GPa, and the first atom moves."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.fails = False

    def engine(self, _settings: GpawSettings) -> Relaxing:
        return self

    def relax(self, atoms: Atoms, pressure_gpa: float, **_: object) -> SimpleNamespace:
        self.asked.append(pressure_gpa)
        moved = atoms.copy()
        moved.set_cell(atoms.cell * (1 - pressure_gpa / 1000), scale_atoms=True)
        moved.positions[0] += 0.01 / 3
        return SimpleNamespace(structure=SimpleNamespace(atoms=moved))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Relaxing:
    found = Relaxing()
    monkeypatch.setattr("isotunnel.engines.gpaw_pw.engine.GpawEngine", found.engine)
    monkeypatch.setattr(relaxed, "versions", dict)
    return found


Under = Callable[..., Atoms]


@pytest.fixture
def under(tmp_path: Path) -> Under:
    def relaxed_again(
        pressure: float = 10.0, *, fresh: bool = False, atoms: Atoms = ALLOY, **gpaw: float
    ) -> Atoms:
        store = PieceStore(tmp_path, fresh=fresh)
        return relaxed.relaxed_under(atoms, pressure, GpawSettings(**gpaw), store)  # type: ignore[arg-type]

    return relaxed_again


def test_a_second_call_relaxes_nothing(engine: Relaxing, under: Under) -> None:
    first, second = under(), under()
    assert engine.asked == [10.0]
    # To the last bit: what follows is kept by the relaxed cell.
    assert (first.cell.array == second.cell.array).all()
    assert (first.positions == second.positions).all()
    assert first.get_chemical_symbols() == second.get_chemical_symbols()
    assert under(10) == second, "a whole number is the same pressure"
    assert engine.asked == [10.0]


def test_another_pressure_crystal_or_setting_is_another_piece(
    engine: Relaxing, under: Under
) -> None:
    under()
    under(20.0)
    under(ecut_ev=500.0)
    under(atoms=bulk("NaCl", "rocksalt", 5.7))
    assert engine.asked == [10.0, 20.0, 10.0, 10.0]


def test_fresh_relaxes_again_and_keeps_it(engine: Relaxing, under: Under) -> None:
    under(fresh=True)
    under(fresh=True)
    assert engine.asked == [10.0, 10.0]
    under()
    assert engine.asked == [10.0, 10.0]


@pytest.mark.parametrize("damage", [lambda b: b[:60], lambda b: b[:0], lambda b: b[::-1]])
def test_a_damaged_piece_is_computed_again(
    engine: Relaxing, under: Under, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    whole = under()
    (path,) = tmp_path.rglob("*.npz")
    path.write_bytes(damage(path.read_bytes()))
    assert under() == whole
    assert engine.asked == [10.0, 10.0]
    assert under() == whole
    assert engine.asked == [10.0, 10.0]


def test_a_piece_of_other_atoms_is_no_piece(tmp_path: Path) -> None:
    store = PieceStore(tmp_path)
    store.keep_relaxed("a" * 64, ALLOY)
    assert store.relaxed("a" * 64, bulk("Al", "fcc", 4.05)) is None
    store.keep_forces("a" * 64, ALLOY.positions)
    assert store.relaxed("a" * 64, ALLOY) is None


def test_an_interrupted_run_goes_on_after_the_relaxation(
    engine: Relaxing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("phonopy")
    cells: list[Atoms] = []

    def stop(atoms: Atoms, *_: object) -> None:
        cells.append(atoms)
        raise CannotSay("interrupted")

    monkeypatch.setattr(compute, "_scatterers", stop)
    for _ in range(2):
        with pytest.raises(CannotSay, match="interrupted"):
            pairing(bulk("Nb", "bcc", 3.3), pressure_gpa=20.0, store=PieceStore(tmp_path))
    assert engine.asked == [20.0]
    assert (cells[0].cell.array == cells[1].cell.array).all()


def test_the_time_of_all_pressures_is_told(
    engine: Relaxing, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """300 s of relaxing at each of two pressures, then 700 s of electrons; nothing is kept yet."""
    pytest.importorskip("phonopy")
    now = 0.0
    heard: list[tuple[float, str, float]] = []

    def tell(message: str, fraction: float | None) -> None:
        assert fraction is not None
        heard.append((now, message, fraction))

    def work(seconds: float, progress: Progress | None, words: str) -> None:
        nonlocal now
        assert progress is not None
        for step in range(11):
            progress(words, step / 10)
            now += seconds / 10 if step < 10 else 0.0

    def relax(atoms: Atoms, *_: object, progress: Progress | None, **__: object) -> SimpleNamespace:
        work(300.0, progress, "relaxing")
        return SimpleNamespace(structure=SimpleNamespace(atoms=atoms))

    def electrons(_atoms: Atoms, _settings: object, _store: object, progress: Progress) -> None:
        work(700.0, progress, "electrons")
        raise CannotSay("an insulator")

    monkeypatch.setattr(engine, "relax", relax)
    monkeypatch.setattr(compute, "_scatterers", electrons)
    monkeypatch.setattr(compute, "magnetism_in", lambda *_: None)
    # Nothing else takes time here.
    monkeypatch.setattr(compute, "SCATTERERS_SHARE", 1.0)
    timed = partial(with_time_to_go, clock=lambda: now)
    monkeypatch.setattr(along_pressure, "with_time_to_go", timed)
    found = along_pressure.pairing_along_pressure(
        bulk("Nb", "bcc", 3.3), [0.0, 10.0], store=PieceStore(tmp_path), progress=tell
    )
    assert [p.cannot_say for p in found.points] == ["an insulator"] * 2
    fractions = [fraction for *_, fraction in heard]
    assert fractions == sorted(fractions)
    # In the middle of the first relaxation, 150 of 2000 s; then where the first pressure ends.
    assert heard[5][0] == 150.0
    assert heard[5][1] == "relaxing, about 31 min to go"
    # The next pressure's relaxing begins at the same time.
    assert all("about 17 min to go" in message for at, message, _ in heard if at == 1000.0)
    assert "about 2 min to go" in heard[-3][1]


def test_the_way_of_a_relaxation_is_gone_by_logarithms() -> None:
    way = _Way(100.0, RelaxTolerance(pressure_gpa=0.1, pressure_share=1e-9))
    shares = [way.gone(p, 0.0) for p in (90.0, 101.0, 99.0, 94.0, 100.05)]
    assert shares == pytest.approx([0.0, 0.5, 0.5, 0.5, 0.95])
    # Forces count where they are farther off than the pressure.
    by_force = _Way(0.0, RelaxTolerance(force_ev_angstrom=0.02))
    assert [by_force.gone(0.0, f) for f in (2.0, 0.2)] == pytest.approx([0.0, 0.5])
    assert _Way(0.0, RelaxTolerance()).gone(0.01, 0.0) == 0.95
