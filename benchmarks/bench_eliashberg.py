"""Time of an Eliashberg Tc and gap: the solver, and the dense matrices it replaces.

    python benchmarks/bench_eliashberg.py [SPECTRUM ...] [--unit THz] [--column 1] [--mu-star 0.12]

Without files: niobium of the test data, and Einstein modes from strong to weak coupling. The weak
ones need thousands of Matsubara frequencies, which is where the convolution pays. Times are the
best of three after a warm-up; the first call of a process loads SciPy besides.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.linalg import eigvalsh
from scipy.optimize import brentq

from isotunnel.theories import Alpha2F, read_alpha2f
from isotunnel.theories.superconducting.allen_dynes import allen_dynes_tc
from isotunnel.theories.superconducting.eliashberg import Settings, critical_temperature, solve_gap
from isotunnel.theories.superconducting.eliashberg.kernel import Kernel
from isotunnel.theories.superconducting.eliashberg.linear import converged_settings

NIOBIUM = Path(__file__).parents[1] / "tests" / "data" / "alpha2f" / "Nb_IsoME_column15.dat"
LARGEST_DENSE = 1500


def dense_tc(spectrum: Alpha2F, settings: Settings) -> float:
    """The textbook way: the largest eigenvalue of the full matrix, zero at Tc."""

    def excess(log_t: float) -> float:
        sums = settings.matsubara(Kernel(spectrum), math.exp(log_t))
        n = np.arange(sums.count)
        matrix = sums.coupling[abs(n[:, None] - n)] + sums.coupling[n[:, None] + n + 1]
        matrix = matrix - 2 * sums.mu_star - np.diag(sums.normal)
        return float(eigvalsh(matrix, subset_by_index=[sums.count - 1] * 2)[0])

    guess = math.log(critical_temperature(spectrum, settings).tc_k)
    return math.exp(brentq(excess, guess - 0.3, guess + 0.3, xtol=1e-7))


def best(function: Callable[[], object]) -> tuple[object, float]:
    result = function()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return result, 1e3 * min(times)


def line(name: str, spectrum: Alpha2F, settings: Settings) -> str:
    # A new spectrum each time: nothing may be kept from the last call.
    found, tc_ms = best(lambda: critical_temperature(spectrum.scaled(1, 1), settings))
    tc, count = found.tc_k, found.frequencies
    fit = allen_dynes_tc(
        spectrum.coupling, spectrum.omega_log_k, settings.mu_star, spectrum.omega_2_k
    )
    text = f"{name:24} {spectrum.coupling:7.3f} {tc:10.4f} {fit:10.4f} {count:6} {tc_ms:8.1f}"
    if tc == 0:
        return text
    gap_ms = best(lambda: solve_gap(spectrum, 0.5 * tc, settings, tc))[1]
    dense = "too large"
    if count <= LARGEST_DENSE:
        # At the cut-off to which the solver carried its sums.
        same = converged_settings(spectrum, settings)
        other, dense_ms = best(lambda: dense_tc(spectrum, same))
        assert abs(other / tc - 1) < 5e-4, (other, tc)
        dense = f"{dense_ms:9.1f}"
    return f"{text} {gap_ms:8.1f} {dense:>10}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--unit")
    parser.add_argument("--column", type=int)
    parser.add_argument("--mu-star", type=float, default=0.12)
    options = parser.parse_args()
    cases = [(p.name, read_alpha2f(p, options.unit, options.column)) for p in options.files]
    if not cases:
        cases = [("Nb (IsoME)", read_alpha2f(NIOBIUM))]
        cases += [
            (f"Einstein, lambda {x:g}", Alpha2F.einstein(0.025, x))
            for x in (10.0, 2.0, 1.0, 0.6, 0.45, 0.35)
        ]
    print(
        f"{'spectrum':24} {'lambda':>7} {'Tc/K':>10} {'AD Tc/K':>10} {'freqs':>6} {'Tc/ms':>8} "
        f"{'gap/ms':>8} {'dense/ms':>10}"
    )
    for name, spectrum in cases:
        print(line(name[:24], spectrum, Settings(options.mu_star)))


if __name__ == "__main__":
    main()
