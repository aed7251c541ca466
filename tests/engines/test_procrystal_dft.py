"""The script that makes the table, run again; needs GPAW."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from test_procrystal_tables import NIST_LDA

from isotunnel.engines.procrystal.tables import free_atom
from isotunnel.units import HARTREE_EV

pytestmark = pytest.mark.dft


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    pytest.importorskip("gpaw")
    path = Path(__file__).parents[2] / "scripts/make_atomic_tables.py"
    spec = importlib.util.spec_from_file_location("make_atomic_tables", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("symbol", "z", "functional"), [("H", 1, "LDA"), ("Na", 11, "PBE"), ("Cu", 29, "LDA")]
)
def test_shipped_atoms_are_reproduced(
    maker: ModuleType, symbol: str, z: int, functional: str
) -> None:
    columns, scalars = maker.tabulate(symbol, functional)
    atom = free_atom(z, functional)
    for name, values in zip(maker.COLUMNS, columns, strict=True):
        shipped = getattr(atom, name)
        sign = np.sign(values[100] * shipped[100]) if name == "homo_u" else 1.0
        np.testing.assert_allclose(sign * shipped, values, rtol=1e-4, atol=1e-4, err_msg=name)
    assert scalars["homo"] == atom.homo
    assert scalars["homo_ev"] == pytest.approx(atom.homo_ev, abs=1e-4)
    assert scalars["energy_ev"] == pytest.approx(atom.energy_ev, rel=1e-7)
    assert scalars["valence_density"] == pytest.approx(atom.valence_density, rel=1e-3)


@pytest.mark.parametrize("z", [2, 10, 18, 36])
def test_solver_agrees_with_nist_without_relativity(maker: ModuleType, z: int) -> None:
    """The same equations as NIST's LDA column: Slater exchange, VWN correlation.

    The solver's finite differences, whose first step at the nucleus is fixed, leave about 1e-5 of
    the total energy; the highest level is far better.
    """
    from ase.data import chemical_symbols

    atom = maker.solve(chemical_symbols[z], "LDA_X+LDA_C_VWN", scalar_relativistic=False)
    energy, homo = NIST_LDA[z]
    assert atom.ekin + atom.eH + atom.eZ + atom.exc == pytest.approx(energy, rel=2e-5)
    assert maker.orbitals(atom)[-1]["energy_ev"] / HARTREE_EV == pytest.approx(homo, abs=5e-5)
