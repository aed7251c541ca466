"""Kernels compiled ahead of time: the same bytes as numba's, and a way out where there are none."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from isotunnel import Field, find_tunnels, read_field
from isotunnel.cli import first_run
from isotunnel.kernels import calls_go_to, just_in_time, library
from isotunnel.kernels.kernel import Kernel, types_of
from isotunnel.topology.basin_labels import basin_labels
from isotunnel.topology.critical import find_passes
from isotunnel.topology.graph import components_at, drain, merge_graph, percolation_of

CUBE = Path(__file__).parents[1] / "data/h3s_elf.cube.gz"


@pytest.fixture(scope="module", autouse=True)
def built():
    """The library, made here where a set-up has not made it."""
    if not library.is_built():
        assert first_run.build_apart(), library.refusal().read_text()
    assert library.functions()


@pytest.fixture
def no_numba(monkeypatch):
    """Calls that the library cannot answer fail."""

    def asked_for(kernel):
        raise AssertionError(f"{kernel.name} is not in the library")

    monkeypatch.setattr(Kernel, "dispatcher", property(asked_for))


def _waves(shape):
    axes = np.meshgrid(*(2 * np.pi * np.arange(n) / n for n in shape), indexing="ij")
    return np.cos(axes[0]) + 0.7 * np.cos(axes[1]) + 0.4 * np.cos(axes[2] + axes[0])


def _arrays():
    rng = np.random.default_rng(7)
    return {
        "noise": rng.random((7, 9, 8)),
        "waves": _waves((12, 10, 14)) + 1e-3 * rng.random((12, 10, 14)),
        "plateau": np.round(3 * _waves((8, 9, 10))),
        "thin": rng.random((1, 5, 6)),
        "single": rng.random((1, 1, 1)),
        "cut in slabs": rng.random((64, 64, 40)),
    }


def _everything(values, sign, connectivity):
    """All that the kernels compute, down to the bytes."""
    threads = 3 if values.size > 1 << 16 else 1
    graph = merge_graph(values, sign, connectivity, threads)
    percolation = percolation_of(graph)
    order = np.argsort(graph.saddle_voxel)[:: max(1, len(graph.saddle_voxel) // 8)]
    places = np.array(np.unravel_index(graph.saddle_voxel[order], values.shape)).T
    return _bytes_of(
        [
            [getattr(graph, name) for name in ("basin_voxel", "saddle_voxel", "saddle_ends")],
            list(vars(percolation).values()),
            list(vars(components_at(graph, float(np.median(values)))).values()),
            basin_labels(values, sign, connectivity),
            drain(values, graph, 0),
            [
                list(vars(found).values())
                for found in find_passes(values, places, sign, connectivity)
                if found is not None
            ],
        ]
    )


def _bytes_of(value):
    if isinstance(value, list | tuple):
        return [_bytes_of(part) for part in value]
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    return value if value is None else np.float64(value).tobytes()


@pytest.mark.usefixtures("no_numba")
@pytest.mark.parametrize("name", _arrays())
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_same_bytes(name, dtype, monkeypatch):
    """Not within a tolerance: bit for bit."""
    values = np.ascontiguousarray(_arrays()[name].astype(dtype))
    values.flags.writeable = False
    cases = list(product((1, -1), (6, 26)))
    ahead = [_everything(values, *case) for case in cases]
    monkeypatch.undo()
    with calls_go_to(just_in_time):
        assert [_everything(values, *case) for case in cases] == ahead


@pytest.mark.usefixtures("no_numba")
def test_tunnels_of_a_file_agree(monkeypatch):
    ahead = find_tunnels(read_field(CUBE)).as_dict()
    monkeypatch.undo()
    with calls_go_to(just_in_time):
        assert find_tunnels(read_field(CUBE)).as_dict() == ahead


@pytest.mark.usefixtures("no_numba")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("connectivity", [6, 26])
def test_a_search_calls_nothing_else(dtype, connectivity):
    field = Field.from_array(_arrays()["waves"].astype(dtype), (3, 3, 3), "potential")
    for side in ("above", "below"):
        find_tunnels(field, side, connectivity)


def test_the_command_imports_no_numba():
    code = (
        "import sys; sys.argv = ['isotunnel', 'tunnels', sys.argv[1], '--json']\n"
        "from isotunnel.cli.main import run\n"
        "try: run()\n"
        "except SystemExit as end: assert not end.code\n"
        "assert 'numba' not in sys.modules and 'scipy' not in sys.modules, sorted(sys.modules)"
    )
    run = [sys.executable, "-W", "error", "-c", code, str(CUBE)]
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL)


def test_kernels_let_go_of_the_interpreter():
    """Slabs are searched side by side: while one kernel runs, another thread goes on."""
    from threading import Event, Thread

    from isotunnel.topology import descent

    values = np.random.default_rng(1).random((160, 160, 160))
    values.flags.writeable = False
    labels = np.empty(values.shape, dtype=np.int32)
    ticks, stop = [], Event()

    def count():
        while not stop.wait(0.001):
            ticks.append(1)

    thread = Thread(target=count)
    thread.start()
    while not ticks:
        pass
    before = len(ticks)
    descent.flow_26(values, 1.0, 0, 160, labels)
    during = len(ticks) - before
    stop.set()
    thread.join()
    assert during >= 2


class TestWithout:
    """Where nothing can be built, or what was built is no use, numba answers."""

    @pytest.fixture(autouse=True)
    def elsewhere(self, tmp_path, monkeypatch):
        monkeypatch.setenv("ISOTUNNEL_KERNELS", str(tmp_path / "kernels"))
        self._forget()
        yield
        monkeypatch.undo()
        self._forget()

    def _forget(self):
        library.functions.cache_clear()
        library.folder_of_library.cache_clear()

    def _pretend(self, mode=0o755):
        folder = library.folder_of_library()
        folder.mkdir(parents=True)
        folder.chmod(mode)
        (folder / library.TABLE).write_text("[]")
        return folder

    def test_none_is_there(self):
        assert library.functions() == {}
        values = _arrays()["noise"]
        assert merge_graph(values, 1).basin_voxel.size

    @pytest.mark.parametrize("content", [b"", b"no library"])
    def test_a_damaged_one_is_left_alone(self, content):
        folder = self._pretend()
        (folder / f"{library.MODULE}{library._suffix()}").write_bytes(content)
        assert library.functions() == {}

    def test_nothing_is_run_from_where_others_may_write(self, monkeypatch):
        self._pretend(0o777)
        monkeypatch.setattr(library, "_loaded", lambda path: pytest.fail(f"{path} was loaded"))
        assert library.functions() == {}

    def test_no_compiler(self, monkeypatch, capsys):
        for name in ("CC", "CXX"):
            monkeypatch.setenv(name, "/nowhere/compiler")
        first_run.prepare_kernels()
        assert not library.is_built()
        assert library.refusal().read_text()
        assert "compiling kernels, once" in capsys.readouterr().err
        monkeypatch.setattr(first_run, "build_apart", lambda: pytest.fail("tried again"))
        first_run.prepare_kernels()
        left = os.listdir(library.folder_of_library().parent)
        assert left == [library.refusal().name]

    def test_an_edited_kernel_is_another_library(self, tmp_path, monkeypatch):
        before = library.folder_of_library()
        for name in library._SOURCES:
            (tmp_path / name).mkdir()
            for path in (library._PACKAGE / name).glob("*.py"):
                (tmp_path / name / path.name).write_bytes(path.read_bytes())
        monkeypatch.setattr(library, "_PACKAGE", tmp_path)
        self._forget()
        assert library.folder_of_library() == before
        with (tmp_path / "topology/winding.py").open("a") as stream:
            stream.write("# edited\n")
        self._forget()
        assert library.folder_of_library() != before


def _sample(dtype="f8", order="C", writeable=True):
    array = np.zeros((2, 3, 4), dtype=dtype, order=order)
    array.flags.writeable = writeable
    return array


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_sample(), _sample("f4")),
        (_sample(), _sample("i8")),
        (_sample(), _sample(order="F")),
        (_sample(), _sample(writeable=False)),
        (_sample(), _sample()[:, :, ::2]),
        (_sample(), _sample()[0]),
        (1, 1.0),
        (1, True),
        (1, np.int32(1)),
        (1.0, np.float32(1.0)),
        (1, 1 << 63),
        ((1, 2), (1, 2, 3)),
        ((1, 2), (1, 2.0)),
    ],
)
def test_what_numba_tells_apart_is_told_apart(one, other):
    from numba import typeof

    assert typeof(one) != typeof(other)
    assert types_of((one,)) != types_of((other,))


@pytest.mark.parametrize("pair", [(1, np.int64(1)), (1.0, np.float64(1.0)), (_sample(), _sample())])
def test_what_numba_takes_for_the_same_is_the_same(pair):
    from numba import typeof

    assert typeof(pair[0]) == typeof(pair[1])
    assert types_of(pair[:1]) == types_of(pair[1:])
