"""The Quantum ESPRESSO ELF correction: its laws, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from grid_texts import SKEW_CELL, smooth_values
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.errors import FieldError
from isotunnel.fields import Field, correct_qe_elf, qe_elf_is_suspect


def elf(values, **attributes):
    return Field.from_array(np.reshape(values, (-1, 1, 1)), SKEW_CELL, "elf", **attributes)


@given(st.lists(st.floats(0, 1), min_size=2))
def test_it_keeps_order_and_ends_and_never_raises_a_value(raw):
    values = np.sort(np.array([0.0, *raw, 1.0]))
    corrected = correct_qe_elf(elf(values)).values.ravel()
    assert corrected[0] == 0
    assert corrected[-1] == 1
    assert (np.diff(corrected) >= 0).all()
    assert (corrected <= values + 1e-15).all()


def test_it_scales_the_ratio_behind_the_elf():
    raw = smooth_values()
    corrected = correct_qe_elf(Field.from_array(raw, SKEW_CELL, "elf")).values
    ratio = (1 / corrected - 1) / (1 / raw - 1)
    np.testing.assert_allclose(ratio, 2 ** (4 / 3), rtol=1e-9)


def test_the_homogeneous_gas_comes_back_to_one_half():
    """The defect lifts the gas's 0.5 to 1/(1 + 2^(-4/3)) = 0.716."""
    assert correct_qe_elf(elf([1 / (1 + 2 ** (-4 / 3))])).values[0, 0, 0] == pytest.approx(0.5)


def test_refusals():
    with pytest.raises(FieldError, match="is of kind density"):
        correct_qe_elf(Field.from_array(np.ones((2, 2, 2)), SKEW_CELL, "density"))
    with pytest.raises(FieldError, match="spin-up"):
        correct_qe_elf(elf([0.5], spin="up"))
    with pytest.raises(FieldError, match=r"\[0.5, 1.7\]"):
        correct_qe_elf(elf([0.5, 1.7]))
    with pytest.raises(FieldError, match="already"):
        correct_qe_elf(correct_qe_elf(elf([0.5])))


def test_float32_stays():
    field = Field.from_array(smooth_values().astype(np.float32), SKEW_CELL, "elf")
    assert correct_qe_elf(field).values.dtype == np.float32


@pytest.mark.parametrize(
    ("program", "version", "nspin", "suspect"),
    [
        ("Quantum ESPRESSO", None, None, True),
        ("PWSCF", "7.2", 1, True),
        ("Quantum ESPRESSO", "6.8", None, True),
        ("Quantum ESPRESSO", "7.5", 1, True),
        ("Quantum ESPRESSO", "v.7.3.1", 1, True),
        ("Quantum ESPRESSO", "6.7", 1, False),
        ("Quantum ESPRESSO", "7.6", 1, False),
        ("Quantum ESPRESSO", "7.2", 2, False),
        ("VASP", "6.4", 1, False),
    ],
)
def test_when_to_suspect(program, version, nspin, suspect):
    assert qe_elf_is_suspect(program, version, nspin) is suspect
