"""What follows from electrons and phonons, on made-up ones: mu*, instability, rows of a table."""

from __future__ import annotations

import json

import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel import schemas
from isotunnel.analysis.pairing import PairingSettings
from isotunnel.analysis.pairing.table import RANGE_COLUMNS, plain_values
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc
from made_up_pairing import made_up_metal, made_up_result

NIOBIUM = bulk("Nb", "bcc", 3.3)


@pytest.mark.parametrize("atoms", [NIOBIUM, bulk("NbN", "rocksalt", 4.4)], ids=["one", "two"])
def test_mu_star_of_bennemann_and_garland_is_by_both_spins_and_the_atom(atoms: Atoms) -> None:
    result = made_up_result(atoms, PairingSettings(mu_star=None))
    density = 2.0 * made_up_metal(atoms).density / len(atoms)
    assert result.mu_star == pytest.approx(0.26 * density / (1.0 + density))
    assert result.mu_star_source == "bennemann-garland, 0.26 N / (1 + N)"
    assert result.spectrum is not None
    own = result.spectrum
    assert result.tc_allen_dynes_k == pytest.approx(
        allen_dynes_tc(own.coupling, own.omega_log_k, result.mu_star, own.omega_2_k)
    )
    assumed = made_up_result(atoms, PairingSettings(mu_star=0.1))
    assert assumed.mu_star == 0.1
    assert assumed.mu_star_source.startswith("assumed")


def test_an_unstable_crystal_has_its_electrons_and_no_tc() -> None:
    result = made_up_result(NIOBIUM, lowest_ev=-0.012)
    assert not result.stable
    assert "the strongest 12.0 meV i" in result.unstable
    assert (result.tc_allen_dynes_k, result.tc_eliashberg_k, result.isotope_exponent) == (None,) * 3
    assert (result.spectrum, result.flat, result.range) == (None,) * 3
    assert [m.coupling for m in result.members] == [None]
    assert result.members[0].scattering.hopfield_ev_per_angstrom2 > 0
    document = result.as_dict()
    schemas.validated(schemas.Pairing, document)
    json.dumps(document, allow_nan=False)
    assert (document["stable"], document["cannot_say"]) == (False, result.unstable)
    assert [document[k] for k in ("lambda", "flat", "range", "alpha2f")] == [None] * 4
    # An imaginary mode within the errors of forces makes no crystal unstable.
    assert made_up_result(NIOBIUM, lowest_ev=-0.0005).stable


def test_the_flat_part_has_a_tc_of_its_own() -> None:
    flat = made_up_result(NIOBIUM).as_dict()["flat"]
    assert set(flat) == {"lambda", "omega_log_k", "tc_allen_dynes_k"}
    usual = made_up_result(NIOBIUM)
    assert usual.flat is not None
    assert flat["tc_allen_dynes_k"] == usual.flat.tc_k
    assert usual.coupling is not None
    assert 0 < flat["lambda"] < usual.coupling


def test_a_row_keeps_range_and_warnings() -> None:
    """Both once fell out of every table, being no plain values."""
    result = made_up_result(NIOBIUM)
    document = result.as_dict() | {"warnings": ["one", "two"]}
    row = plain_values(document)
    assert row["warnings"] == "one; two"
    assert {c: row[c] for c in RANGE_COLUMNS.values()} == {
        column: document["range"][name] for name, column in RANGE_COLUMNS.items()
    }
    assert row["lambda_low"] < row["lambda_high"]
    assert not any(isinstance(value, dict | list) for value in row.values())
    # Rows with and without a range stand in one table.
    unstable = plain_values(made_up_result(NIOBIUM, lowest_ev=-0.012).as_dict())
    assert list(row) == list(unstable)
    assert unstable["tc_high_k"] is None
    assert plain_values({"name": "x", "atoms": [1]}) == {"name": "x"}
