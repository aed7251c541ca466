"""The unit constants against scipy's, to the accuracy to which CODATA editions differ."""

import pytest
from scipy import constants

from isotunnel import units


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (units.ELEMENTARY_CHARGE_C, constants.e),
        (units.BOHR_ANGSTROM, constants.value("Bohr radius") * 1e10),
        (units.HARTREE_EV, constants.value("Hartree energy in eV")),
        (units.RYDBERG_EV, constants.value("Rydberg constant times hc in eV")),
        (units.EV_PER_ANGSTROM3_GPA, constants.eV / constants.angstrom**3 / constants.giga),
        (units.BOLTZMANN_EV_K, constants.value("Boltzmann constant in eV/K")),
        (
            units.COULOMB_EV_ANGSTROM,
            constants.e / (4 * constants.pi * constants.epsilon_0) / constants.angstrom,
        ),
    ],
)
def test_units_agree_with_scipy(ours: float, theirs: float) -> None:
    # CODATA 2018 and 2022 differ by less than 1e-9 in all of these.
    assert ours == pytest.approx(theirs, rel=1e-9)
