"""Printed results of other programs, from spectra that may not be redistributed.

They run where the environment variable ISOTUNNEL_ALPHA2F names a folder with the files; their
origins are in tests/data/alpha2f/README.md.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

import numpy as np
import pytest

from isotunnel.errors import FileFormatError
from isotunnel.theories.superconducting.alpha2f import Alpha2F, read_alpha2f
from isotunnel.theories.superconducting.eliashberg import Settings, critical_temperature, solve_gap
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc, modified_mcmillan_tc
from isotunnel.units import BOLTZMANN_EV_K, HARTREE_EV, RYDBERG_EV

HARTREE_K = HARTREE_EV / BOLTZMANN_EV_K
# Constants of the programs differ in the seventh digit; the printed digits end before.
DIGITS = 1e-6


def needed(name: str) -> Path:
    folder = os.environ.get("ISOTUNNEL_ALPHA2F")
    if not folder:
        pytest.skip("ISOTUNNEL_ALPHA2F is not set: the file may not be redistributed")
    path = Path(folder) / name
    if not path.exists():
        pytest.skip(f"{name} is not in ISOTUNNEL_ALPHA2F")
    return path


def without_factors(spectrum: Alpha2F, mu_star: float) -> float:
    return modified_mcmillan_tc(spectrum.coupling, spectrum.omega_log_k, mu_star)


# --- Allen-Dynes to the printed digits ----------------------------------------------------------


@pytest.mark.parametrize(("mu_star", "tc"), [(0.10, 1.224), (0.12, 0.713), (0.13, 0.522)])
def test_aluminium_alpha2f_x(mu_star, tc):
    spectrum = read_alpha2f(needed("Al_QE_tetra_a2F.dat"))
    # The program sums rectangles; the last bin has weight, so that differs from trapezoids.
    last = spectrum.values[-1] * np.diff(spectrum.frequency_ev)[-1] / spectrum.frequency_ev[-1]
    rectangles = spectrum.coupling + last
    assert rectangles == pytest.approx(0.3963915104345056, abs=1e-7)
    log = spectrum.coupling * math.log(spectrum.omega_log_k) + last * math.log(
        spectrum.frequency_k[-1]
    )
    printed = 1.950315478791357e-03 * RYDBERG_EV / BOLTZMANN_EV_K
    assert math.exp(log / rectangles) == pytest.approx(printed, rel=DIGITS)
    assert without_factors(spectrum, mu_star) == pytest.approx(tc, abs=1e-3)


@pytest.mark.parametrize(
    ("number", "coupling"),
    [
        (1, 0.21892891254052915),
        (2, 0.40106607678603401),
        (3, 0.41142135542724789),
        (4, 0.38897141548373693),
        (5, 0.36859499556581271),
        (6, 0.35830849528743269),
        (7, 0.35599198305244950),
        (8, 0.35793055771962690),
        (9, 0.36135115978870086),
        (10, 0.36465403692347098),
    ],
)
def test_aluminium_matdyn(number, coupling):
    """Footers of the ten broadenings; the file has six decimals, which limits the agreement."""
    path = needed(f"Al_QE_Recover_a2F.dos{number}.dat")
    spectrum = read_alpha2f(path, allow_negative=True)
    assert spectrum.coupling == pytest.approx(coupling, abs=6e-5)
    if number < 4:
        with pytest.raises(FileFormatError, match="negative alpha2F"):
            read_alpha2f(path)


LEAD = [
    (1.59015, 114.124, 13.725),
    (1.04563, 99.192, 7.384),
    (0.94952, 84.723, 5.434),
    (0.86316, 79.548, 4.321),
    (0.77067, 77.796, 3.372),
    (0.69556, 77.307, 2.647),
    (0.64813, 77.230, 2.203),
    (0.62649, 77.148, 2.003),
    (0.62312, 76.910, 1.966),
    (0.63089, 76.541, 2.027),
]


@pytest.mark.parametrize("column", range(1, 11))
def test_lead_lambda_x(column):
    coupling, omega_log, tc = LEAD[column - 1]
    path = needed("Pb_nishannepal_alpha2F.dat")
    spectrum = read_alpha2f(path, column=column, allow_negative=True)
    # lambda is printed from the phonon lines themselves, the spectrum is on 0.05 THz steps.
    assert spectrum.coupling == pytest.approx(coupling, abs=1e-4)
    assert spectrum.omega_log_k == pytest.approx(omega_log, abs=0.01)
    assert without_factors(spectrum, 0.10) == pytest.approx(tc, abs=2e-3)
    assert modified_mcmillan_tc(coupling, omega_log, 0.10) == pytest.approx(tc, abs=6e-4)


def test_magnesium_diboride_epw():
    spectrum = read_alpha2f(needed("MgB2_EPW_t05_seq.a2f"))
    assert spectrum.coupling == pytest.approx(0.9397306, abs=5e-8)
    assert without_factors(spectrum, 0.16) == pytest.approx(31.856, abs=5e-4)
    last = read_alpha2f(needed("MgB2_EPW_t05_seq.a2f"), column=10)
    assert last.coupling == pytest.approx(0.9398612, abs=5e-8)


def lanthanum_hydride() -> Alpha2F:
    return read_alpha2f(needed("LaH_miicck_a2f.dat"), unit="Ry")


def test_lanthanum_hydride_elk_moments_and_factors():
    spectrum = lanthanum_hydride()
    assert spectrum.coupling == pytest.approx(3.30625952302329, rel=DIGITS)
    assert spectrum.omega_log_k == pytest.approx(2.784494124347733e-03 * HARTREE_K, rel=DIGITS)
    assert spectrum.omega_2_k == pytest.approx(3.990839795527629e-03 * HARTREE_K, rel=DIGITS)
    tc = allen_dynes_tc(spectrum.coupling, spectrum.omega_log_k, 0.15, spectrum.omega_2_k)
    assert tc == pytest.approx(208.638799077484, rel=DIGITS)


# --- Eliashberg ---------------------------------------------------------------------------------


@pytest.mark.parametrize("column", [15])
def test_niobium_isome(column):
    """Test window of IsoME with a constant density of states: 9 to 10 K at mu* = 0.12."""
    spectrum = read_alpha2f(needed("Nb_IsoME.a2F"), column=column)
    assert 9 < critical_temperature(spectrum, Settings(0.12)).tc_k < 10


def test_magnesium_diboride_gap_epw():
    """EPW's test t05: mu* = 0.16 in sums that end at 0.5 eV; iterated to 1 % only, at 25 K."""
    spectrum = read_alpha2f(needed("MgB2_EPW_t05_seq.a2f"))
    settings = Settings(0.16, sharp_cutoff_k=0.5 / BOLTZMANN_EV_K)
    solution = solve_gap(spectrum, 25.0, settings)
    assert solution.first_gap_ev == pytest.approx(6.177e-3, rel=5e-3)
    assert solution.renormalisation[0] == pytest.approx(1.8996, abs=5e-4)
    assert solution.edge_ev == pytest.approx(6.2229e-3, rel=0.015)


def test_lanthanum_hydride_tc_elk():
    """Elk's gap table, mu* = 0.15: a gap at 236.5 K, none at 286.9 K."""
    spectrum = lanthanum_hydride()
    settings = Settings(
        0.15,
        sharp_cutoff_k=7.981679591e-2 * HARTREE_K,
        coulomb_cutoff_k=7.981679591e-3 * HARTREE_K,
    )
    tc = critical_temperature(spectrum, settings).tc_k
    assert 236.4573056 < tc < 286.8783487
    assert 236.4573056 < critical_temperature(spectrum, Settings(0.15)).tc_k < 286.8783487
    # Allen-Dynes, even with its factors, is well below: a hydride's spectrum is broad.
    fit = allen_dynes_tc(spectrum.coupling, spectrum.omega_log_k, 0.15, spectrum.omega_2_k)
    assert tc > 1.1 * fit
    table = np.loadtxt(needed("LaH_miicck_ELIASHBERG_GAP_T.OUT.txt"))
    assert len(table) == 20
    # Elk's sums hold one frequency more on the positive side, which matters more the fewer
    # there are: 47 at 85 K, 17 at 236 K.
    for (t, gap, z), tolerance in zip(table, (0.02, 0.03, 0.06, 0.15), strict=False):
        solution = solve_gap(spectrum, t, settings, tc)
        assert solution.gap_k[0] == pytest.approx(gap * HARTREE_K, rel=tolerance)
        assert solution.renormalisation[0] == pytest.approx(z, rel=0.02)
    assert not solve_gap(spectrum, table[4, 0], settings, tc).gap_k.any()


def test_elk_reference_run():
    """Elk's own solution of a strongly coupled spectrum, mu* = 0.15: printed moments and Tc, and
    gaps that vanish between 236.5 and 286.9 K."""
    spectrum = read_alpha2f(needed("../../open/eliashberg_reference/elk_ALPHA2F.OUT"), unit="Ha")
    assert spectrum.coupling == pytest.approx(3.30625952302329, rel=1e-4)
    assert spectrum.omega_log_k / HARTREE_K == pytest.approx(2.784494124347733e-3, rel=1e-4)
    assert spectrum.omega_2_k / HARTREE_K == pytest.approx(3.990839795527629e-3, rel=1e-4)
    formula = allen_dynes_tc(spectrum.coupling, spectrum.omega_log_k, 0.15, spectrum.omega_2_k)
    assert formula == pytest.approx(208.638799, rel=1e-4)
    ends = {
        "sharp_cutoff_k": 0.07981679591 * HARTREE_K,
        "coulomb_cutoff_k": 0.007981679591 * HARTREE_K,
    }
    settings = Settings(0.15, **ends)
    assert 236.5 < critical_temperature(spectrum, settings).tc_k < 286.9
    # Elk counts whole frequencies below its cut-offs: 47 and 5 at this temperature.
    found = solve_gap(spectrum, 85.19417629, settings)
    assert found.first_gap_ev / HARTREE_EV == pytest.approx(2.044789958e-3, rel=0.02)
    assert found.renormalisation[0] == pytest.approx(3.461636076, rel=0.02)
