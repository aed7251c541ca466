"""Analyses to report on: one made up, with every kind of answer, and one of a real crystal."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from report_cases import SKEW_CELL, atoms, layered

from isotunnel.analysis import Analysis
from isotunnel.engines.base import ElectronicStructure
from isotunnel.fields.field import Field, Provenance
from isotunnel.levels import LiftingGap, StateRule
from isotunnel.report import ReportFiles, write_report
from isotunnel.theories.hydrides.networks import estimate_tc
from isotunnel.tunnels import Tunnels, find_tunnels


@pytest.fixture(scope="session")
def layered_tunnels() -> Tunnels:
    provenance = Provenance("made up", notes=("a note",), warnings=("beware of the grid",))
    field = Field.from_array(
        layered(), SKEW_CELL, "potential", atoms=atoms(), provenance=provenance
    )
    return find_tunnels(field)


@pytest.fixture(scope="session")
def synthetic(layered_tunnels: Tunnels) -> Analysis:
    """Potential with three thresholds, an ELF of rank 1 only, readings that can and cannot say."""
    elf = find_tunnels(
        Field.from_array(0.5 - 0.15 * layered() / 1.2, SKEW_CELL, "elf", atoms=atoms())
    )
    never = dataclasses.replace(
        elf,
        thresholds=np.array([elf.thresholds[0], math.nan, math.nan]),
        thresholds_error=np.array([elf.thresholds_error[0], math.nan, math.nan]),
        thresholds_grid=np.array([elf.thresholds_grid[0], math.nan, math.nan]),
        directions=(elf.directions[0], None, None),
        bottlenecks=(elf.bottlenecks[0], None, None),
    )
    structure = ElectronicStructure(
        atoms=atoms(),
        engine="gpaw",
        fields={"potential": layered_tunnels.field, "elf": elf.field},
        fermi_ev=-1.2345,
        pressure_gpa=123.4,
        settings={"cutoff_ev": 543.21, "kpts": (4, 4, 4)},
        versions={"gpaw": "26.7.0"},
        cannot_say={"dos_fermi": "no reason in particular"},
    )
    gaps = np.array([-0.75, 0.25, math.nan])
    return Analysis(
        name="test crystal",
        title="A crystal for tests",
        atoms=atoms(),
        structures={"gpaw": structure},
        tunnels={"gpaw": {"potential": layered_tunnels, "elf": never}},
        gaps=(
            LiftingGap(
                reading="ks",
                title="a potential",
                unit="eV",
                delta_c=0.95,
                engine="gpaw",
                gaps=gaps,
                errors=np.array([0.011, 0.012, math.nan]),
                valence_level=-1.2345,
                tunnel_levels=gaps - 1.2345,
                dimensions=2,
                state=StateRule(0.95).classify(gaps),
            ),
            LiftingGap(
                reading="density",
                title="a density",
                unit="1",
                delta_c=1.0,
                cannot_say="the engine gave no density",
            ),
        ),
        phi=0.6543,
        phi_error=0.0021,
        phi_star=0.7654,
        h_fraction=2 / 3,
        h_dos=0.4321,
        tc_estimates=estimate_tc(0.6543, 0.7654, 2 / 3, 0.4321),
        sources=("A. Author, J. Test 1, 1 (2000)",),
        warnings=("the crystal is made up",),
        settings={"engine": "gpaw", "connectivity": 26},
    )


@pytest.fixture(scope="session")
def bare() -> Analysis:
    """As little as an analysis can hold."""
    return Analysis(name="nothing", title="", atoms=None, structures={}, tunnels={})


@pytest.fixture(scope="session")
def written(synthetic: Analysis, tmp_path_factory: pytest.TempPathFactory) -> ReportFiles:
    folder = tmp_path_factory.mktemp("report")
    return write_report(synthetic, folder / "page.html", figures=folder)
