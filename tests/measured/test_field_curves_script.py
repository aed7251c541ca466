"""How curves of critical fields are read from figures, on figures made up here."""

from __future__ import annotations

import math

import numpy as np
import pytest

from field_of_heat import AVOGADRO, field_t
from isotunnel.units import MU_0
from make_field_curves import THERMODYNAMIC, UPPER, Sample, curves, subject

ELEMENTS = {"Pb": 7.2, "Al": 1.175}
TIN = Sample("Nb3Sn", "Nb3Sn1", 18.0, "Solid State Commun., 1(1900)1")
GAMMA, TC, VOLUME = 1.35, 1.2, 16.6


def figure(folder, y="Hc2", unit="kOe", labels=("1",), p="", lowest=2.0):
    """A figure as NIMS writes one: a linear field, a curve for each label."""
    head = f"XPROP: T\r\nXUNIT: K\r\nYPROP: {y}\r\nYUNIT: {unit}\r\nPPROP: {p}\r\n****\r\n"
    lines = ["XDATA\tYDATA\tPDATA\tNUMBER"]
    for label in labels:
        for t in np.linspace(lowest, 18.0, 12):
            lines.append(f"{t:.3f}\t{250 - 250 * t / 18:.3f}\t{label}\t1")
        lines.append(f"0\t260\t{label}\t1")
    path = folder / "MHC1.dat"
    path.write_bytes((head + "\r\n".join(lines)).encode())
    return path


def test_a_figure_is_read_in_tesla_without_its_extrapolation(tmp_path):
    ((table, curve),) = curves(figure(tmp_path), TIN, ELEMENTS)
    assert (table, curve.material, curve.label) == (UPPER, "Nb3Sn", "")
    assert len(curve.points) == 12
    assert curve.points[0] == pytest.approx((2.0, 25 * (1 - 2 / 18)), rel=1e-3)


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"labels": ("1", "2"), "p": "1 H//a, 2 H//c"}, ["H//a", "H//c"]),
        ({"labels": ("R=0", "R(mid)")}, ["R(mid)"]),
        ({"labels": ("0", "1.5"), "p": "P"}, [""]),
        ({"labels": ("0.1", "0.2"), "p": "Zr-content"}, []),
        ({"lowest": 9.0}, []),
        ({"y": "Hirr"}, []),
        ({"y": "Hc2, Hirr"}, []),
        ({"unit": "furlongs"}, []),
    ],
)
def test_which_curves_count(tmp_path, changed, found):
    assert [c.label for _, c in curves(figure(tmp_path, **changed), TIN, ELEMENTS)] == found


def test_a_thermodynamic_field_has_a_table_of_its_own(tmp_path):
    ((table, _),) = curves(figure(tmp_path, y="Hc", unit="Oe"), TIN, ELEMENTS)
    assert table == THERMODYNAMIC


@pytest.mark.parametrize(
    ("name", "formula", "tc", "material"),
    [
        ("Pb", "Pb1", 7.17, "Pb"),
        ("Al", "Al1", 1.8, ""),
        ("B-doped SiC", "Si1C1", 1.4, ""),
        ("YNi2B2C", "Y1Ni2B2C1", 15.6, "YNi2B2C"),
        ("", "Sr0.9La0.1Cu1O2", 43.0, ""),
        ("CeCoIn5", "Ce1Co1In5", 2.3, ""),
        ("something", "Mo3Sb7", 2.2, "Mo3Sb7"),
    ],
)
def test_what_was_measured(name, formula, tc, material):
    assert subject(Sample(name, formula, tc, ""), ELEMENTS) == material


def heats(superconducting):
    t = np.linspace(0.2, TC, 40)
    normal = [(x, GAMMA) for x in np.linspace(0.2, 1.6, 30)]
    return {"0": [(x, superconducting(x)) for x in t], "300": normal}


def test_two_fluids_give_the_parabola():
    """Gorter and Casimir: C_s = 3 gamma T^3 / Tc^2, whose field is Bc(0) (1 - t^2)."""
    found = np.array(field_t(heats(lambda t: 3 * GAMMA * t**2 / TC**2), False, True, TC, VOLUME))
    density = GAMMA * 1e-3 / (VOLUME * 1e-30 * AVOGADRO)
    zero = math.sqrt(MU_0 * density / 2) * TC
    expected = zero * (1 - (found[:, 0] / TC) ** 2)
    assert found[:, 1] == pytest.approx(expected, abs=0.01 * zero)


def test_heats_that_break_the_third_law_give_nothing():
    assert field_t(heats(lambda t: 4 * GAMMA * t**2 / TC**2), False, True, TC, VOLUME) == []
    assert field_t({"0": [(0.3, 1.0)]}, False, True, TC, VOLUME) == []
