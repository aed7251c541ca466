"""Spectra: moments against closed forms, the formats of other programs, and bad files."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.errors import FileFormatError, InputError
from isotunnel.theories.superconducting.alpha2f import Alpha2F, read_alpha2f
from isotunnel.theories.superconducting.alpha2f.units import EV_PER, unit_in
from isotunnel.units import BOLTZMANN_EV_K

DATA = Path(__file__).parents[1] / "data" / "alpha2f"


def debye(points: int = 4000, top: float = 0.03, height: float = 0.8) -> Alpha2F:
    """alpha2F = height (omega / top)^2: lambda = height, <ln omega> = ln top - 1/2."""
    omega = np.linspace(0, top, points)
    return Alpha2F.from_arrays(omega, height * (omega / top) ** 2, "Debye")


def test_moments_of_a_debye_spectrum():
    spectrum = debye()
    top = 0.03 / BOLTZMANN_EV_K
    assert spectrum.coupling == pytest.approx(0.8, rel=1e-6)
    assert spectrum.omega_log_k == pytest.approx(top * math.exp(-0.5), rel=1e-5)
    assert spectrum.omega_2_k == pytest.approx(top / math.sqrt(2), rel=1e-6)
    assert spectrum.omega_max_k == pytest.approx(top)


def test_trapezoid_converges_with_second_order():
    errors = [abs(debye(n).coupling - 0.8) for n in (101, 201)]
    assert errors[0] > 1e-8
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.1)


def test_einstein_moments_are_exact():
    spectrum = Alpha2F.einstein(0.02, 1.3)
    omega = 0.02 / BOLTZMANN_EV_K
    assert spectrum.coupling == pytest.approx(1.3, rel=1e-14)
    assert spectrum.omega_log_k == pytest.approx(omega)
    assert spectrum.omega_2_k == pytest.approx(omega)


@given(st.floats(0.3, 3), st.floats(0.2, 4))
def test_scaling_moves_moments_and_keeps_the_shape(shift, strength):
    for spectrum in (debye(300), Alpha2F.einstein(0.02, 0.7)):
        moved = spectrum.scaled(shift, strength)
        assert moved.coupling == pytest.approx(spectrum.coupling * strength)
        assert moved.omega_log_k == pytest.approx(spectrum.omega_log_k * shift)
        ratio = spectrum.omega_2_k / spectrum.omega_log_k
        assert moved.omega_2_k / moved.omega_log_k == pytest.approx(ratio)


def test_omega_2_is_never_below_omega_log():
    rng = np.random.default_rng(3)
    for _ in range(50):
        omega = np.sort(rng.uniform(1e-3, 0.1, 60))
        spectrum = Alpha2F.from_arrays(omega, rng.random(60), "random")
        assert spectrum.omega_2_k >= spectrum.omega_log_k


def test_arrays_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        debye().values[0] = 1


# --- files ---------------------------------------------------------------------------------------

OMEGA = np.linspace(0.1, 9.0, 90)
ALPHA = np.exp(-((OMEGA - 5) ** 2))


def rows(*columns: np.ndarray) -> str:
    return "\n".join(" ".join(f"{v:.7f}" for v in row) for row in zip(*columns, strict=True)) + "\n"


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def same(spectrum: Alpha2F, unit: str, alpha: np.ndarray = ALPHA) -> None:
    np.testing.assert_allclose(spectrum.frequency_ev, OMEGA * EV_PER[unit], rtol=1e-6)
    np.testing.assert_allclose(spectrum.values, alpha, atol=1e-7)
    assert spectrum.coupling > 0.1


@pytest.mark.parametrize("unit", EV_PER)
def test_two_columns_with_a_declared_unit(tmp_path, unit):
    same(read_alpha2f(written(tmp_path / "a.dat", rows(OMEGA, ALPHA)), unit=unit.lower()), unit)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("# omega (meV)  a2F", "meV"),
        ("# frequency [THz] alpha2F", "THz"),
        ("! w in cm^-1", "cm-1"),
        ("# E (cm-1)", "cm-1"),
        ("# Frequency in Rydberg", "Ry"),
        ("# omega(Ha) a2F", "Ha"),
        ("# E (eV)", "eV"),
    ],
)
def test_the_unit_is_found_in_the_header(tmp_path, header, unit):
    same(read_alpha2f(written(tmp_path / "a.dat", f"{header}\n{rows(OMEGA, ALPHA)}")), unit)


def test_units_are_not_found_in_other_words():
    assert unit_in("# Harmonic theory, very wide") is None


def test_a_declared_unit_overrules_the_header(tmp_path):
    path = written(tmp_path / "a.dat", "# E (THz)\n" + rows(OMEGA, ALPHA))
    same(read_alpha2f(path, unit="meV"), "meV")


def test_lambda_x_and_isome_columns(tmp_path):
    text = "# E (THz)   0.005   0.010   0.015\n" + rows(OMEGA, ALPHA, 2 * ALPHA, 3 * ALPHA)
    path = written(tmp_path / "alpha2F.dat", text)
    same(read_alpha2f(path, column=2), "THz", 2 * ALPHA)
    assert read_alpha2f(path, column=3).source == "alpha2F.dat, column 3"
    with pytest.raises(FileFormatError, match=r"3 alpha2F columns.*column=1 to 3"):
        read_alpha2f(path)
    with pytest.raises(InputError, match="column 4 does not exist; it has 3"):
        read_alpha2f(path, column=4)


def test_alpha2f_x_takes_the_spectrum_not_the_density_of_states(tmp_path):
    header = " # Frequency[Ry], a2F, DOS[Ry], Partial DOS(Atom 1), PDOS(Atom 2), ..\n"
    path = written(tmp_path / "a2F.dat", header + rows(OMEGA, ALPHA, 9 * ALPHA, 9 * ALPHA))
    same(read_alpha2f(path), "Ry")
    with pytest.raises(InputError, match="column 2 does not exist"):
        read_alpha2f(path, column=2)


@pytest.mark.parametrize("modes", [3, 6, 9])
def test_matdyn_records_of_several_lines(tmp_path, modes):
    lines = ["", " # Eliashberg function a2F (per both spin)", " #  frequencies in Rydberg"]
    lines += [" # DOS normalized to E in Rydberg: a2F_total, a2F(mode)", ""]
    for w, a in zip(OMEGA, ALPHA, strict=True):
        lines.append(f"  {w:.7f}  {a:.7f}")
        parts = [f"{a / modes:.8f}"] * modes
        lines += ["  ".join(parts[i : i + 5]) for i in range(0, modes, 5)]
    lines.append("  lambda =  0.5    Delta =  0.1")
    path = written(tmp_path / "a2F.dos5", "\n".join(lines))
    same(read_alpha2f(path), "Ry")
    with pytest.raises(FileFormatError, match="not regular; is it cut off"):
        read_alpha2f(written(path, "\n".join(lines[:-2])))


@pytest.mark.parametrize("integrals", [False, True])
def test_epw_with_and_without_running_integrals(tmp_path, integrals):
    columns = [OMEGA, ALPHA, 2 * ALPHA] + ([7 * ALPHA, 8 * ALPHA] if integrals else [])
    header = " w[meV] a2f and integrated 2*a2f/w for    2 smearing values\n" if integrals else ""
    footer = " Integrated el-ph coupling\n  #     0.9  0.8\n Phonon smearing (meV)\n  #  0.5 0.6\n"
    path = written(tmp_path / "x.a2f", header + rows(*columns) + footer)
    same(read_alpha2f(path), "meV")
    same(read_alpha2f(path, column=2), "meV", 2 * ALPHA)
    with pytest.raises(InputError, match="it has 2 alpha2F columns"):
        read_alpha2f(path, column=3)


def test_elk_is_known_by_its_name(tmp_path):
    same(read_alpha2f(written(tmp_path / "ALPHA2F.OUT", rows(OMEGA, ALPHA))), "Ha")


def test_niobium_file_of_isome():
    spectrum = read_alpha2f(DATA / "Nb_IsoME_column15.dat")
    assert spectrum.coupling == pytest.approx(0.9377, abs=1e-4)
    assert spectrum.omega_log_k == pytest.approx(156.7, abs=0.05)


def _with_row(index: int, omega: float, alpha: float) -> str:
    w, a = OMEGA.copy(), ALPHA.copy()
    w[index], a[index] = omega, alpha
    return rows(w, a)


BAD = {
    "negative frequency": (_with_row(0, -0.1, 0.0), "negative frequencies.*unstable"),
    "unsorted": (_with_row(4, 0.05, 0.1), "not in ascending order.*row 5"),
    "repeated": (_with_row(4, OMEGA[3], 0.1), "not in ascending order"),
    "not a number": (_with_row(7, OMEGA[7], math.nan), "row 8 is not a number"),
    "infinite": (_with_row(7, OMEGA[7], math.inf), "row 8 is not a number"),
    "negative alpha2F": (_with_row(40, OMEGA[40], -8.0), "negative alpha2F.*% of lambda"),
    "nothing but zeros": (rows(OMEGA, 0 * OMEGA), "no positive weight"),
    "one column": ("1.0\n2.0\n3.0\n", "line 1 has one number"),
    "ragged": (rows(OMEGA, ALPHA) + "9.5\n", "row 91 has 1 numbers, the first has 2"),
    "two rows": ("1 1\n2 2\n", "2 points; at least 3"),
    "words": ("hello\nworld\n", "no rows of numbers"),
    "empty": ("", "no rows of numbers"),
    "words between": ("1 1\n2 2\nx y\n3 3\n", "line 3 is not a row of numbers: 'x y'"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_get_one_clear_line(tmp_path, case):
    text, message = BAD[case]
    with pytest.raises(FileFormatError, match=message) as caught:
        read_alpha2f(written(tmp_path / "bad.dat", text), unit="meV")
    assert str(caught.value).startswith("bad.dat: ")
    assert "\n" not in str(caught.value)


def test_other_bad_input(tmp_path):
    path = written(tmp_path / "a.dat", rows(OMEGA, ALPHA))
    with pytest.raises(FileFormatError, match=r"unit of frequency is not named.*meV, eV, THz"):
        read_alpha2f(path)
    with pytest.raises(InputError, match="unknown frequency unit 'furlong'"):
        read_alpha2f(path, unit="furlong")
    with pytest.raises(FileFormatError, match="cannot be read"):
        read_alpha2f(tmp_path / "absent.dat", unit="meV")
    (tmp_path / "b.bin").write_bytes(b"\xff\xfe\x00\x01" * 50)
    with pytest.raises(FileFormatError, match="not a text file"):
        read_alpha2f(tmp_path / "b.bin", unit="meV")
    for frequency, coupling in ((0, 1), (1, 0), (math.nan, 1), (-1, 1)):
        with pytest.raises(InputError, match="must be positive"):
            Alpha2F.einstein(frequency, coupling)
    with pytest.raises(InputError, match="frequency_ratio = 0"):
        debye().scaled(0, 1)
    with pytest.raises(InputError, match="one value per frequency"):
        Alpha2F.from_arrays([1, 2, 3], [1, 2], "x")


def test_small_negative_noise_is_kept_and_large_on_request(tmp_path):
    noisy = ALPHA - 1e-4
    kept = Alpha2F.from_arrays(OMEGA, noisy, "noise")
    assert kept.values.min() < 0 < kept.negative_share < 0.05
    path = written(tmp_path / "a.dat", BAD["negative alpha2F"][0])
    assert read_alpha2f(path, unit="meV", allow_negative=True).values.min() == -8
