"""Units of values that programs other than VASP, Quantum ESPRESSO and GPAW write."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel import read_field

BOHR = 0.529177210544
HARTREE = 27.211386245981
EDGE = 3.0
N = 4


def octopus(path, unit, values, length="A"):
    """As Octopus writes a periodic grid: end planes repeated, units behind the block's name."""
    scale = 1.0 if length == "A" else 1 / BOHR
    rows = "\n".join(" ".join(f"{scale * EDGE * (i == j):.9f}" for j in range(3)) for i in range(3))
    padded = np.pad(values, [(0, 1)] * 3, mode="wrap")
    numbers = "\n".join(f"{v:.12f}" for v in padded.ravel(order="F"))
    path.write_text(
        f"CRYSTAL\nPRIMVEC\n{rows}\nPRIMCOORD\n1 1\nH 0.0 0.0 0.0\nBEGIN_BLOCK_DATAGRID3D\n"
        f"units: coords = {length}, function = {unit}\nDATAGRID_3D_function\n"
        f"{N + 1} {N + 1} {N + 1}\n0.0 0.0 0.0\n{rows}\n{numbers}\n"
        "END_DATAGRID3D\nEND_BLOCK_DATAGRID3D\n"
    )
    return path


@pytest.fixture
def values():
    return 0.02 + 0.01 * np.random.default_rng(3).random((N, N, N))


@pytest.mark.parametrize("length", ["A", "b"])
@pytest.mark.parametrize(
    ("unit", "kind", "factor"),
    [
        ("A^-3", "density", 1.0),
        ("b^-3", "density", BOHR**-3),
        ("A^(-3)", "density", 1.0),
        ("H", "potential", HARTREE),
        ("eV", "potential", 1.0),
    ],
)
def test_octopus_names_its_units(tmp_path, values, unit, kind, factor, length):
    field = read_field(octopus(tmp_path / f"{kind}.xsf", unit, values, length))
    assert field.kind == kind
    np.testing.assert_allclose(np.diag(field.cell), EDGE, atol=1e-6)
    np.testing.assert_allclose(field.values, factor * values, rtol=1e-9)
    assert any("as the file says" in n for n in field.provenance.notes)
    assert field.provenance.program == "Octopus"


def test_what_the_caller_says_goes_first(tmp_path, values):
    path = octopus(tmp_path / "density.xsf", "A^-3", values)
    field = read_field(path, value_unit="1/bohr^3")
    np.testing.assert_allclose(field.values, values * BOHR**-3, rtol=1e-9)


def test_a_unit_that_does_not_fit_the_kind_is_not_taken(tmp_path, values):
    field = read_field(octopus(tmp_path / "density.xsf", "eV", values))
    np.testing.assert_allclose(field.values, values * BOHR**-3, rtol=1e-9)


def test_an_all_electron_density_of_fhi_aims_in_its_own_unit_is_reported(tmp_path):
    """FHI-aims writes 1/angstrom^3 unless cube_content_unit is bohr, and the file says neither."""
    step = EDGE / BOHR / N
    density = np.full((N, N, N), 8.0 / EDGE**3)
    path = tmp_path / "total_density.cube"
    path.write_text(
        " CUBE FILE written by FHI-AIMS\n *****************************\n"
        "    1    0.000000    0.000000    0.000000\n"
        f"    {N} {step:.6f} 0 0\n    {N} 0 {step:.6f} 0\n"
        f"    {N} 0 0 {step:.6f}\n    8 0.0 0.0 0.0 0.0\n"
        + "\n".join(f"{v:.6E}" for v in density.ravel())
        + "\n"
    )
    field = read_field(path)
    assert (field.kind, field.provenance.program) == ("density", "FHI-aims")
    assert any("taken as 1/angstrom^3" in w for w in field.provenance.warnings)
    right = read_field(path, value_unit="1/angstrom^3")
    assert not any("protons" in w for w in right.provenance.warnings)
