"""The dataset's columns: nothing that an analysis says of a crystal is left out unseen."""

from __future__ import annotations

import math

import pytest
from ase.build import bulk

from isotunnel import analyze
from isotunnel.analysis.descriptors import descriptors_of
from isotunnel.analysis.engine_settings import EngineSettings
from isotunnel.engines.procrystal import ProcrystalEngine
from isotunnel.errors import CrystalError, InputError
from isotunnel.screening import Settings, TunnelFeaturizer, all_columns
from isotunnel.screening.columns import arrow_schema
from isotunnel.screening.row import values_of
from isotunnel.screening.settings import settings_of

COARSE = Settings(spacing_angstrom=0.4)
NOT_OF_ONE_CRYSTAL = {"volume_ratio"}


@pytest.fixture(scope="module")
def analysis():
    hydride = bulk("PdH", "rocksalt", a=4.09)
    return analyze(hydride, engine=ProcrystalEngine(spacing_angstrom=0.4))


def test_names_are_unique_and_all_explained():
    names = [c.name for c in all_columns()]
    assert len(set(names)) == len(names) > 150
    assert all(c.meaning for c in all_columns())
    for c in all_columns():
        if c.kind == "number" and c.unit not in ("1", ""):
            assert "_" in c.name


def test_every_descriptor_has_a_column(analysis):
    known = {c.name: c for c in all_columns()}
    found = descriptors_of(analysis, 1.0)
    assert len(found) > 60
    for descriptor in found:
        if descriptor.column.name in NOT_OF_ONE_CRYSTAL:
            continue
        column = known[descriptor.column.name]
        assert (column.kind == "text") == (descriptor.column.unit == "")
        assert column.unit == descriptor.column.unit


def test_values_fit_the_columns(analysis):
    import pyarrow as pa

    row = values_of(analysis)
    table = pa.Table.from_pylist([row], schema=arrow_schema())
    again = table.to_pylist()[0]
    assert {k: v for k, v in again.items() if v is not None} == {
        k: v for k, v in row.items() if v is not None
    }
    assert row["h_fraction"] == 0.5
    assert row["rank_reading"] == "atomic"
    assert row["cannot_say_elf"]
    assert row["bottleneck_procrystal_density_3d_radius_angstrom"] > 0.3


def test_featurizer(analysis):
    features = TunnelFeaturizer(COARSE)
    labels, units = features.feature_labels(), features.feature_units()
    values = features.featurize(analysis.atoms)
    assert len(labels) == len(units) == len(values) == len(features.feature_meanings()) > 40
    row = values_of(analysis)
    for label, value in zip(labels, values, strict=True):
        if row.get(label) is None:
            assert math.isnan(value)
        else:
            assert value == pytest.approx(row[label], abs=1e-9)
    assert sum(math.isnan(v) for v in values) < len(values) / 4
    assert not [n for n in labels if "elf" in n or "gpaw" in n]
    assert "isotunnel" in features.citations()[0]
    squeezed = bulk("Cu", "fcc", a=0.5)
    assert all(map(math.isnan, features.featurize_many([squeezed], ignore_errors=True)[0]))
    with pytest.raises(CrystalError):
        features.featurize_many([squeezed])


def test_impossible_settings():
    with pytest.raises(InputError, match=r"0\.02 to 1 angstrom"):
        Settings(spacing_angstrom=5)
    with pytest.raises(InputError, match="procrystal or gpaw"):
        Settings(engine="vasp")


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(spacing_angstrom=0.3, connectivity=6, refine=False),
        Settings(engine="gpaw"),
        Settings(engine="gpaw", gpaw=EngineSettings(0.25, 400.0, 0.1, "LDA", "on")),
    ],
)
def test_settings_come_back_from_their_columns(settings):
    values = settings.values()
    assert settings_of(values) == settings
    assert set(values) <= {c.name for c in all_columns()}
    # A dataset of an earlier version has fewer.
    assert settings_of({k: v for k, v in values.items() if v is not None}) == settings


def test_settings_reach_the_engine():
    pytest.importorskip("gpaw")
    engine = Settings(engine="gpaw", gpaw=EngineSettings(0.25, 400.0, 0.1, "LDA", "on"))
    told = engine.make_engine().settings
    assert (told.kpoint_spacing, told.ecut_ev, told.grid_spacing) == (0.25, 400.0, 0.1)
    assert (told.xc, told.spin) == ("LDA", "on")


def test_superposed_atoms_have_no_settings_of_gpaw():
    with pytest.raises(InputError, match="only GPAW has"):
        Settings(gpaw=EngineSettings(spin="on"))
