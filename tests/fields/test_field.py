"""The Field type: what it promises and what it refuses."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import numpy as np
import pytest
from grid_texts import SKEW_CELL, smooth_values
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.errors import FieldError
from isotunnel.fields import Field, FieldKind, Side


def test_values_cell_and_origin_are_read_only():
    field = Field.from_array(smooth_values(), SKEW_CELL, "elf", origin=(1, 2, 3))
    for array in (field.values, field.cell, field.origin):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        field.kind = FieldKind.OTHER


def test_unit_side_and_volume_follow():
    expected = {"potential": "eV", "electrostatic": "eV", "density": "1/angstrom^3", "elf": "1"}
    for kind, unit in expected.items():
        field = Field.from_array(smooth_values(), [4, 5, 6], kind)
        assert field.unit == unit
        assert field.default_side is (
            Side.BELOW if "tia" in kind or "static" in kind else Side.ABOVE
        )
        assert field.volume == pytest.approx(120)
    assert Field.from_array(smooth_values(), SKEW_CELL).default_side is None
    assert Field.from_array(smooth_values(), SKEW_CELL, unit="V/m").unit == "V/m"


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precision_and_memory_are_kept(dtype):
    values = smooth_values().astype(dtype)
    field = Field.from_array(values, SKEW_CELL, "elf")
    assert field.values.dtype == dtype
    assert np.shares_memory(field.values, values)


@pytest.mark.parametrize("dtype", [np.int64, np.uint8, bool, np.float16])
def test_other_real_numbers_become_float64(dtype):
    field = Field.from_array(np.ones((2, 3, 4), dtype), SKEW_CELL)
    assert field.values.dtype == np.float64


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.ones((3, 3)), "three axes"),
        (np.ones((3, 0, 3)), "at least one point"),
        (np.ones((2, 2, 2)) * 1j, "real numbers"),
        ([[[1.0, 2.0], [3.0]]], "values must be an array of numbers"),
        (np.full((2, 2, 2), np.nan), "8 of 8 field values"),
        (np.where(np.arange(8).reshape(2, 2, 2) == 3, np.inf, 0.0), "1 of 8 field values"),
        (np.where(np.arange(8).reshape(2, 2, 2) == 3, -np.inf, 0.0), "1 of 8 field values"),
    ],
)
def test_impossible_values(values, message):
    with pytest.raises(FieldError, match=message):
        Field.from_array(values, SKEW_CELL)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (np.eye(2), "3 x 3"),
        (np.zeros((3, 3)), "zero volume"),
        ([[1, 0, 0], [0, 1, 0], [1, 1, 0]], "zero volume"),
        (np.full((3, 3), np.nan), "NaN"),
        ("cubic", "cell must be an array of numbers"),
        (None, "3 x 3"),
    ],
)
def test_impossible_cells(cell, message):
    with pytest.raises(FieldError, match=message):
        Field.from_array(np.ones((2, 2, 2)), cell)


def test_unknown_kind_and_bad_origin():
    with pytest.raises(FieldError, match="known kinds: potential"):
        Field.from_array(np.ones((2, 2, 2)), SKEW_CELL, "magic")
    with pytest.raises(FieldError, match="origin"):
        Field.from_array(np.ones((2, 2, 2)), SKEW_CELL, origin=(0, 0))
    with pytest.raises(FieldError, match="origin must be an array of numbers"):
        Field.from_array(np.ones((2, 2, 2)), SKEW_CELL, origin="corner")


@given(st.tuples(*[st.floats(-3, 3)] * 3), st.tuples(*[st.integers(0, 6)] * 3))
def test_grid_points_lie_where_origin_and_steps_put_them(origin, point):
    field = Field.from_array(smooth_values(), SKEW_CELL, origin=origin)
    fractional = field.positions_fractional(point)
    assert ((fractional >= 0) & (fractional <= 1)).all()
    place = np.array(origin) + (np.array(point) / field.shape) @ SKEW_CELL
    off_lattice = np.linalg.solve(SKEW_CELL.T, place) - fractional
    np.testing.assert_allclose(off_lattice, np.rint(off_lattice), atol=1e-9)


def test_further_warnings_make_a_copy():
    field = Field.from_array(smooth_values(), SKEW_CELL)
    warned = field.with_warnings("one", "two")
    assert warned.provenance.warnings == ("one", "two")
    assert field.provenance.warnings == ()
    assert np.shares_memory(warned.values, field.values)


def test_importing_the_fields_is_cheap():
    """Neither ASE nor numba nor h5py nor a DFT code may come in with the type."""
    code = (
        "import sys, isotunnel.fields as f; f.Field; f.read_field; f.write_field;"
        "print([m for m in ('ase', 'numba', 'h5py', 'gpaw', 'spglib') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
