"""The dataset only grows by whole files, and says the same whenever its writer was killed."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys

import pytest

from isotunnel.errors import InputError
from isotunnel.screening import dataset
from isotunnel.screening.lock import locked
from screening.worlds import made_up_row


@pytest.fixture
def out(tmp_path):
    (tmp_path / "crystals").mkdir()
    return tmp_path


def ids(out):
    return [k.id for k in dataset.known_rows(out)]


def test_rows_stay_in_order_through_merging(out):
    expected = []
    for number in range(70):
        dataset.append(out, [made_up_row(number)])
        dataset.merge_small(out)
        expected.append(f"{number:020d}")
    assert ids(out) == expected
    assert len(dataset.parts_of(out)) == 70 - dataset.MERGED_AT_ONCE + 1
    dataset.merge_all(out)
    assert ids(out) == expected
    assert len(dataset.parts_of(out)) == 1


@pytest.mark.parametrize("merge", [dataset.merge_small, dataset.merge_all])
def test_a_row_is_found_by_the_step_in_which_it_was_written(out, merge, monkeypatch):
    monkeypatch.setattr(dataset, "ROWS_IN_GROUP", 3)
    steps = {}
    for number in range(0, 140, 2):
        rows = [made_up_row(n, phi=n / 1000) for n in (number, number + 1)]
        steps |= dict.fromkeys([str(r["id"]) for r in rows], dataset.append(out, rows).first)
    before = dataset.rows_by_id(out, steps)
    merge(out)
    assert len(dataset.parts_of(out)) < 70
    # Files keep the groups that they were written with.
    monkeypatch.setattr(dataset, "ROWS_IN_GROUP", 2)
    wanted = {name: steps[name] for name in list(steps)[3::17]}
    found = dataset.rows_by_id(out, wanted)
    assert found.keys() == wanted.keys()
    assert len(found) == 9
    assert all(found[name] == before[name] for name in wanted)
    assert {r["phi"] for r in found.values()} == {int(name) / 1000 for name in wanted}
    # The step that a restart knows is that of the file.
    known = {k.id: k.step for k in dataset.known_rows(out)}
    assert dataset.rows_by_id(out, {name: known[name] for name in wanted}) == found


def test_a_row_that_is_not_there_is_not_found(out):
    part = dataset.append(out, [made_up_row(1)])
    assert dataset.rows_by_id(out, {"nobody": part.first, "later": 7}) == {}


def test_files_left_by_a_kill_during_merging_count_once(out):
    for number in range(5):
        dataset.append(out, [made_up_row(number)])
    small = [p.path for p in dataset.parts_of(out)]
    for path in small:
        shutil.copy(path, out / path.name)
    dataset.merge_all(out)
    # Killed before the small files were removed, and amid the writing of another.
    for path in small:
        shutil.copy(out / path.name, path)
    (out / "crystals" / ".rows-0000000006-0000000006.parquet.1-2.part").write_bytes(b"half")
    assert len(ids(out)) == 5
    dataset.tidy(out)
    assert len(list((out / "crystals").iterdir())) == 1
    assert len(ids(out)) == 5


def test_a_full_disk_loses_nothing_and_is_one_line(out, monkeypatch):
    import pyarrow.parquet as pq

    dataset.append(out, [made_up_row(0)])

    def full(_table, where, **_options):
        with open(where, "wb") as stream:
            stream.write(b"PAR1")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(pq, "write_table", full)
        with pytest.raises(InputError, match="No space left on device"):
            dataset.append(out, [made_up_row(1)])
    assert ids(out) == [f"{0:020d}"]
    assert [p.name for p in (out / "crystals").iterdir()] == ["rows-0000000001-0000000001.parquet"]
    dataset.append(out, [made_up_row(1)])
    assert len(ids(out)) == 2


def test_dropping_removes_what_is_asked_for(out):
    rows = [made_up_row(n, status="failed", reason=r) for n, r in enumerate(["timeout", "engine"])]
    dataset.append(out, [*rows, made_up_row(2)])
    assert dataset.drop(out, lambda row: row["reason"] == "timeout") == 1
    assert ids(out) == [f"{1:020d}", f"{2:020d}"]


def test_a_second_writer_is_refused_and_a_dead_ones_lock_is_free(out):
    code = (
        "import sys, os\nfrom pathlib import Path\nfrom isotunnel.screening.lock import locked\n"
        "with locked(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout.readline().strip() == "held"
        with (
            pytest.raises(InputError, match=f"another screen is writing .*process {other.pid}"),
            locked(out),
        ):
            pass
        other.kill()
        other.wait()
    assert str(other.pid) in (out / "writer.lock").read_text()
    with locked(out):
        pass
