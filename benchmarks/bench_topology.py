"""Speed and memory of the topology kernels, side by side with GUDHI and a plain read.

Run with ``python benchmarks/bench_topology.py`` (about five minutes; ``--quick`` leaves out the
largest grid and GUDHI's 96^3). One search is the merge graph and its sweep: the thresholds per
network and for the whole region. Each time is the shortest of several runs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.topology.graph import Connectivity, merge_graph, percolation_of
from isotunnel.topology.results import Percolation
from isotunnel.tunnels import find_tunnels

TARGET_S = 1.0
TARGET_BYTES_PER_VOXEL = 12.0
TARGET_NOISE_RATIO = 5.0
TARGET_GUDHI_RATIO = 100.0


def smooth(n: int, highest: int = 4) -> NDArray[np.float32]:
    """Band-limited field: random waves up to ``highest`` periods per cell, the same for every n."""
    rng = np.random.default_rng(2024)
    spectrum = np.zeros((n, n, n // 2 + 1), dtype=complex)
    for i in range(-highest, highest + 1):
        for j in range(-highest, highest + 1):
            for k in range(highest + 1):
                amplitude = rng.normal() + 1j * rng.normal()
                if 0 < i * i + j * j + k * k <= highest**2:
                    spectrum[i, j, k] = amplitude / (1 + i * i + j * j + k * k)
    values = np.fft.irfftn(spectrum, s=(n, n, n), axes=(0, 1, 2)) * n**3
    return np.ascontiguousarray(values, dtype=np.float32)


def noise(n: int) -> NDArray[np.float32]:
    """White noise: no two voxels know of each other."""
    return np.random.default_rng(2024).random((n, n, n), dtype=np.float32)


def labels(n: int) -> NDArray[np.float32]:
    """Whole numbers without order: the labels of a partition, or noise of few values."""
    return np.random.default_rng(2024).integers(0, 30, (n, n, n)).astype(np.float32)


def search(values: NDArray[Any], connectivity: Connectivity, threads: int | None) -> Percolation:
    return percolation_of(merge_graph(values, 1, connectivity, threads))


def best_of(repeats: int, job: Callable[[], object]) -> float:
    """Shortest wall time of ``job()`` in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def bytes_above_input(path: Path, connectivity: Connectivity) -> float:
    """Peak memory of one search beyond the loaded array, bytes per voxel, in a fresh process."""
    command = [sys.executable, __file__, "--measure", str(path), "--connectivity"]
    done = subprocess.run([*command, str(connectivity)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def measure(path: Path, connectivity: Connectivity) -> None:
    """Child process: print the peak beyond what is resident right before the search (Linux).

    An upper bound where start-up had a higher peak than what it left behind. The kernel's VmHWM,
    unlike ``ru_maxrss``, starts anew with the child.
    """
    search(smooth(24), connectivity, None)
    values = np.load(path)
    before = _memory_bytes("VmRSS")
    search(values, connectivity, None)
    print((_memory_bytes("VmHWM") - before) / values.size)


def _memory_bytes(what: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) * 1024
    raise OSError(f"{what} is not in /proc/self/status: memory is measured on Linux only")


def verdict(value: float, limit: float, at_most: bool = True) -> str:
    met = value <= limit if at_most else value >= limit
    return f"target {'<=' if at_most else '>='} {limit:g}: {'met' if met else 'MISSED'}"


def table_256() -> None:
    fields = {"smooth": smooth(256), "noise": noise(256)}
    read = best_of(7, fields["smooth"].sum)
    print(f"\n256^3 float32; a plain values.sum() takes {read * 1e3:.1f} ms")
    print(f"{'field':8} {'conn':>4} {'1 thread':>9} {'all':>9} {'sum()':>7} {'bytes/voxel':>12}")
    for connectivity in (26, 6):
        seconds = {}
        for name, values in fields.items():
            repeats = 5 if name == "smooth" else 3
            one = best_of(repeats, lambda v=values, c=connectivity: search(v, c, 1))
            seconds[name] = best_of(repeats, lambda v=values, c=connectivity: search(v, c, None))
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "values.npy"
                np.save(path, values)
                memory = bytes_above_input(path, connectivity)
            ratio = seconds[name] / read
            print(
                f"{name:8} {connectivity:4} {one:7.3f} s {seconds[name]:7.3f} s {ratio:6.0f}x"
                f" {memory:12.2f}",
                flush=True,
            )
            if name == "smooth":
                print(f"  time: {verdict(seconds[name], TARGET_S)}", end="; ")
                print(f"memory: {verdict(memory, TARGET_BYTES_PER_VOXEL)}")
        slower = seconds["noise"] / seconds["smooth"]
        print(f"  noise / smooth {slower:.1f}: {verdict(slower, TARGET_NOISE_RATIO)}", flush=True)


def table_of_sizes(sizes: list[int]) -> None:
    print("\ncost against size, smooth, 26 neighbours (linear: the last column stays)")
    print(f"{'grid':>6} {'time':>9} {'ns/voxel':>9}")
    for n in sizes:
        values = smooth(n)
        seconds = best_of(3 if n > 256 else 5, lambda v=values: search(v, 26, None))
        print(f"{n:4}^3 {seconds:7.3f} s {seconds / n**3 * 1e9:9.1f}", flush=True)


def table_of_gudhi(sizes: list[int]) -> None:
    try:
        import gudhi
    except ImportError:
        print("\nGUDHI is not installed: pip install 'isotunnel[test]'")
        return
    print(f"\nagainst GUDHI {gudhi.__version__}, smooth, 6 neighbours, whole region")
    print(f"{'grid':>6} {'GUDHI':>9} {'ours':>9} {'ratio':>7}  thresholds")
    for n in sizes:
        values = smooth(n)
        births: list[float] = []

        def theirs(values: NDArray[Any] = values, births: list[float] = births) -> None:
            births[:] = essential_births(gudhi, values)

        slow = best_of(1, theirs)
        fast = best_of(5, lambda v=values: search(v, 6, None))
        ours = search(values, 6, None).value_global.tolist()
        same = "identical" if births == ours else f"DIFFER: {births} {ours}"
        print(f"{n:4}^3 {slow:7.2f} s {fast:7.4f} s {slow / fast:6.0f}x  {same}: {ours}")
        if n == 96:
            print(f"  ratio: {verdict(slow / fast, TARGET_GUDHI_RATIO, at_most=False)}")


def essential_births(gudhi: Any, values: NDArray[Any]) -> list[float]:
    """The levels at which the three loops of the torus are born."""
    grid = gudhi.PeriodicCubicalComplex(
        vertices=values.astype(np.float64), periodic_dimensions=[True, True, True]
    )
    grid.compute_persistence(homology_coeff_field=11, min_persistence=-1)
    loops = grid.persistence_intervals_in_dimension(1)
    return sorted(float(birth) for birth, death in loops if np.isinf(death))


def table_of_whole_searches() -> None:
    """What a user waits for: directions, refined thresholds and bottlenecks included."""
    print("\nfind_tunnels, refinement included, 26 neighbours")
    cases: list[tuple[str, Callable[[int], NDArray[Any]], int]] = [
        ("smooth", smooth, 64),
        ("noise", noise, 64),
        ("labels", labels, 64),
        ("smooth", smooth, 115),
        ("noise", noise, 115),
        ("labels", labels, 115),
        ("smooth", smooth, 256),
    ]
    for name, make, n in cases:
        field = Field.from_array(make(n), (6.0, 6.0, 6.0), "potential")
        seconds = best_of(3, lambda f=field: find_tunnels(f))
        print(f"{name:8} {n:4}^3 {seconds:7.3f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="without 384^3 and GUDHI at 96^3")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--connectivity", type=int, default=26, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure, options.connectivity)
        return
    load = os.getloadavg()[0]
    cores = len(os.sched_getaffinity(0))
    print(f"topology kernels; {cores} cores, load {load:.1f} (a loaded machine is slower)")
    for connectivity in (26, 6):
        search(smooth(24), connectivity, None)
    table_256()
    table_of_sizes([64, 128, 192, 256] if options.quick else [64, 128, 192, 256, 320, 384])
    table_of_gudhi([64] if options.quick else [64, 96])
    table_of_whole_searches()


if __name__ == "__main__":
    main()
