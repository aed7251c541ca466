from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from ase import Atoms
from toy_engine import ToyEngine

from isotunnel import analyze
from isotunnel.engines.relaxing import RelaxTolerance
from isotunnel.errors import CrystalError, EngineError, InputError, MissingExtraError
from isotunnel.scan import scan
from isotunnel.scan.store import ScanStore

PRESSURES = (0.0, 20.0, 40.0, 60.0, 80.0)
QUICK = {"workers": 1, "refine": False}


def run(copper, engine, store, **options):
    return scan(copper, pressures=PRESSURES, engine=engine, store=store, **{**QUICK, **options})


def test_points_are_where_they_were_asked_for(copper, toy, store):
    result = run(copper, toy, store)
    assert [p.asked for p in result.points] == list(PRESSURES)
    assert result.computed == 5
    volumes = result.cells("volume_angstrom3")
    assert volumes == sorted(volumes, reverse=True)
    assert len(set(volumes)) == 5
    assert all(d <= 0.05 for d in result.cells("stress_deviation_gpa"))
    assert set(result.cells("space_group")) == {"Fm-3m"}


def test_every_empty_cell_has_a_reason_and_nothing_is_nan(copper, toy, store):
    result = run(copper, toy, store)
    json.dumps(result.as_dict(), allow_nan=False)
    table = [c for c in result.columns if c.name not in ("reason", "warnings", "status")]
    assert len(table) > 40
    empty = 0
    for point in result.points:
        for column in table:
            if point.values.get(column.name) is None:
                empty += 1
                assert point.reasons[column.name], column.name
    assert empty > 0


def test_column_names_carry_their_units(copper, toy, store):
    ends = {"eV": "_ev", "K": "_k", "GPa": "_gpa", "angstrom": "_angstrom", "degree": "_deg"}
    ends |= {"angstrom^3": "_angstrom3", "1/angstrom^3": "_per_angstrom3"}
    for column in run(copper, toy, store).columns:
        assert column.meaning
        if column.unit in ends:
            assert column.name.endswith(ends[column.unit])


def test_settings_of_an_engine_are_values_not_python(store):
    """The page of a scan showed "ProcrystalEngine(functional='LDA', ...)"."""
    options = {"engine": "procrystal", "volume_ratios": (1.0,), "store": store, **QUICK}
    settings = scan("Ne", **options).settings["engine_settings"]
    assert settings["functional"] == "LDA"
    assert settings["shape"] is None
    assert not any("(" in str(value) for value in settings.values())


def test_again_takes_all_from_the_store(copper, toy, store):
    first = run(copper, toy, store)
    again = run(copper, toy, store)
    assert again.computed == 0
    assert len(toy.logged("start")) == 5
    assert again.rows() == first.rows()
    assert run(copper, toy, store, fresh=True).computed == 5


def test_a_finer_scan_computes_only_what_is_new(copper, toy, store):
    run(copper, toy, store)
    finer = scan(copper, pressures=range(0, 90, 10), engine=toy, store=store, **QUICK)
    assert finer.computed == 4


def test_other_settings_are_other_points(copper, toy, store):
    def computed(**options):
        found = scan(copper, pressures=[0], engine=toy, store=store, workers=1, **options)
        return found.computed

    assert (computed(), computed()) == (1, 0)
    assert computed(connectivity=6) == 1
    assert computed(delta_c={"ks": 0.5}) == 1
    assert computed(tolerance=RelaxTolerance(pressure_gpa=0.01)) == 1


def test_one_failure_is_reported_and_the_others_go_on(copper, toy, store):
    toy.told("fail", 40)
    result = run(copper, toy, store)
    failed = [p for p in result.points if p.status == "failed"]
    assert [p.asked for p in failed] == [40.0]
    assert failed[0].reason == "told to fail at 40 GPa"
    assert len(result.done) == 4
    rows = {row[0]: row for row in result.rows()}
    assert rows[40.0][1:3] == ["failed", "told to fail at 40 GPa"]


def test_a_failure_is_remembered_until_asked_to_retry(copper, toy, store):
    toy.told("fail", 40)
    run(copper, toy, store)
    toy.told("fail")
    assert run(copper, toy, store).computed == 0
    healed = run(copper, toy, store, retry=True)
    assert healed.computed == 1
    assert len(healed.done) == 5


def test_the_first_point_may_fail_too(copper, toy, store):
    toy.told("fail", 0)
    assert len(run(copper, toy, store).done) == 4


def test_our_own_fault_costs_one_point_and_is_not_remembered(copper, toy, store):
    toy.told("break", 40)
    result = run(copper, toy, store)
    assert [p.reason for p in result.points if p.reason] == [
        "internal error: ZeroDivisionError: a bug"
    ]
    assert run(copper, toy, store).computed == 1


def test_workers_give_the_same_bits(copper, toy, store, tmp_path):
    one = run(copper, toy, store)
    said = []
    two = scan(
        copper,
        pressures=PRESSURES,
        engine=toy,
        store=ScanStore(tmp_path / "other"),
        workers=2,
        refine=False,
        progress=lambda message, share: said.append((message, share)),
    )
    assert two.rows() == one.rows()
    assert said[-1][1] == 1.0
    assert any("left" in message for message, _ in said)
    assert os.getpid() not in toy.pids(last=5)


def test_the_death_of_a_worker_costs_one_point(copper, toy, store):
    toy.told("die", 40)
    options = {"pressures": (20, 40, 60), "engine": toy, "store": store, "workers": 2}
    result = scan(copper, **options)
    died = [p for p in result.points if p.status == "failed"]
    assert [p.asked for p in died] == [40.0]
    assert "its process died with status 9" in died[0].reason
    toy.told("die")
    healed = scan(copper, **options)
    assert (healed.computed, len(healed.done)) == (1, 3)


def test_a_damaged_piece_is_computed_again(copper, toy, store):
    run(copper, toy, store)
    pieces = sorted(store.directory.rglob("*.json"))
    assert len(pieces) == 5
    pieces[0].write_text(pieces[0].read_text()[:-30])
    text = pieces[1].read_text()
    pieces[1].write_text(text.replace("Fm-3m", "Fm-3n"))
    assert text != pieces[1].read_text()
    assert run(copper, toy, store).computed == 2


def test_a_store_that_cannot_be_written_is_reported(copper, toy, tmp_path):
    (tmp_path / "file").write_text("")
    result = run(copper, toy, ScanStore(tmp_path / "file"))
    assert len(result.done) == 5
    assert any("could not be kept" in w for w in result.warnings)


SCRIPT = """
import sys
sys.path.insert(0, {here!r})
from ase.build import bulk
from ase import Atoms
from toy_engine import ToyEngine
from isotunnel.engines.relaxing import RelaxTolerance
from isotunnel.scan import scan
from isotunnel.scan.store import ScanStore
if __name__ == "__main__":
    scan(bulk("Cu"), pressures={pressures!r}, engine=ToyEngine({folder!r}, 0.3),
         store=ScanStore({store!r}), workers=2, refine=False)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_after_sigkill_nothing_is_lost_or_repeated(copper, toy, store, tmp_path):
    slow = ToyEngine(toy.folder, 0.3)
    script = tmp_path / "killed.py"
    script.write_text(
        SCRIPT.format(
            here=str(Path(__file__).parent),
            pressures=PRESSURES,
            folder=toy.folder,
            store=str(store.directory),
        )
    )
    victim = subprocess.Popen([sys.executable, str(script)], start_new_session=True)
    until = time.monotonic() + 60
    while len(list(store.directory.rglob("*.json"))) < 2:
        assert time.monotonic() < until
        assert victim.poll() is None
        time.sleep(0.02)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    # Also those that had not begun their point: they would begin it beside the next scan.
    while members_of(victim.pid):
        assert time.monotonic() < until, "workers outlived their parent"
        time.sleep(0.02)
    kept = len(list(store.directory.rglob("*.json")))
    assert kept < 5
    before = len(toy.logged("start"))
    result = run(copper, slow, store)
    assert result.computed == 5 - kept
    assert len(toy.logged("start")) == before + 5 - kept
    assert len(result.done) == 5
    unbroken = run(copper, slow, ScanStore(tmp_path / "unbroken"))
    assert result.rows() == unbroken.rows()


def members_of(group: int) -> list[int]:
    """Living processes of a process group."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(ProcessLookupError, PermissionError):
            if os.getpgid(int(path.name)) == group and alive(int(path.name)):
                found.append(int(path.name))
    return found


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A child of a killed process that nobody has waited for yet is dead all the same.
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_volumes_need_no_forces(store):
    result = scan("NaCl", volume_ratios=[1.0, 0.7], engine="procrystal", store=store, workers=1)
    assert result.over == "volume_ratio"
    assert result.cells("volume_ratio") == pytest.approx([0.7, 1.0])
    assert all(p.status == "done" for p in result.points)
    levels = result.cells("threshold_procrystal_density_3d_per_angstrom3")
    assert levels[0] > levels[1] > 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "either pressures or volume ratios"),
        ({"pressures": [0], "volume_ratios": [1]}, "one of the two"),
        ({"pressures": []}, "no pressure"),
        ({"pressures": [-30]}, "pressure -30 GPa is out of range: -20 to 10000 GPa"),
        ({"pressures": [float("nan")]}, "pressure nan GPa is out of range"),
        ({"volume_ratios": [0]}, "volume ratio 0 is out of range"),
        ({"volume_ratios": [1], "workers": 0}, "workers must be at least 1"),
        ({"volume_ratios": [1], "engine": "magic"}, "unknown engine 'magic'"),
        ({"pressures": [0], "engine": "procrystal"}, "knows no forces"),
        ({"volume_ratios": [1], "connectivity": 8}, "connectivity must be 6 or 26"),
    ],
)
def test_bad_requests(options, words, store):
    with pytest.raises(InputError, match=words):
        scan("NaCl", store=store, **options)


def test_unknown_crystals(store):
    with pytest.raises(CrystalError, match="unknown crystal 'Unobtainium'"):
        scan("Unobtainium", volume_ratios=[1], store=store)


@pytest.mark.parametrize("engine", ["auto", "gpaw"])
def test_without_gpaw_pressures_say_what_to_install(engine, store, monkeypatch):
    monkeypatch.setitem(sys.modules, "gpaw", None)
    with pytest.raises(MissingExtraError, match=r"isotunnel\[dft\]"):
        scan("NaCl", pressures=[0], engine=engine, store=store)


@pytest.mark.parametrize("broken", [False, True])
def test_without_gpaw_volumes_fall_back_as_analyze_does(broken, store, monkeypatch):
    if broken:
        monkeypatch.setattr("isotunnel.engines.gpaw_pw.runtime.import_gpaw", _broken)
    else:
        monkeypatch.setitem(sys.modules, "gpaw", None)
    result = scan("He", volume_ratios=[1], workers=1, refine=False, store=store)
    assert result.engine == "procrystal"
    assert result.points[0].status == "done"
    alone = analyze("He", refine=False)
    assert alone.structure.engine == "procrystal"
    said = [w for w in result.warnings if "instead of GPAW" in w]
    assert said == [w for w in alone.warnings if "instead of GPAW" in w]
    assert bool(said) == broken
    assert all(w in result.as_dict()["remarks"] for w in said)


def test_a_broken_gpaw_is_named_where_pressures_are_asked(store, monkeypatch):
    monkeypatch.setattr("isotunnel.engines.gpaw_pw.runtime.import_gpaw", _broken)
    with pytest.raises(EngineError, match="libxc is missing"):
        scan("He", pressures=[0], store=store)


def _broken():
    raise EngineError("GPAW is installed but cannot be imported: libxc is missing")


def test_what_is_remarked_on_the_crystal_is_reported_once(store):
    atoms = Atoms("He", cell=[2.5, 2.5, 2.5], pbc=(True, True, False))
    ratios = [0.9, 1.0]
    result = scan(atoms, volume_ratios=ratios, engine="procrystal", store=store, **QUICK)
    said = [w for w in result.warnings if "not periodic along c" in w]
    assert said == [r for r in result.remarks if "not periodic along c" in r]
    assert len(said) == 1
