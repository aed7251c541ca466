"""What the viewer is handed: the slider's scale, the drawn field, the cells, the events."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from report_cases import SKEW_CELL, atoms, layered

from isotunnel.fields.field import Field
from isotunnel.report.scene.cells import cell_choices
from isotunnel.report.scene.encode import decode_values, encode_values
from isotunnel.report.scene.payload import scene_of
from isotunnel.report.scene.resample import TOP, DrawnField, drawn_field, drawn_shape
from isotunnel.report.scene.scale import level_scale
from isotunnel.report.selection import FieldChoice
from isotunnel.tunnels import Tunnels, find_tunnels


@given(arrays.arrays(np.uint16, st.tuples(*[st.integers(1, 5)] * 3)))
def test_the_browser_gets_the_values_that_were_packed(values: np.ndarray) -> None:
    assert (decode_values(encode_values(values), values.shape) == values).all()


def test_the_scale_grows_and_holds_every_threshold(layered_tunnels: Tunnels) -> None:
    scale = level_scale(layered_tunnels)
    assert (np.diff(scale.levels) > 0).all()
    places = scale.places_of(layered_tunnels.thresholds)
    assert (np.diff(places) > 0.05).all()
    assert (places > 0.01).all()
    assert (places < 0.99).all()


def test_the_scale_of_a_region_above_falls() -> None:
    tunnels = find_tunnels(Field.from_array(-layered(), SKEW_CELL, "density"))
    scale = level_scale(tunnels)
    assert (np.diff(scale.levels) < 0).all()
    assert (np.diff(scale.places_of(np.sort(-layered().ravel())[::-1])) >= 0).all()


def test_places_lead_back_to_levels(layered_tunnels: Tunnels) -> None:
    scale = level_scale(layered_tunnels)
    even = np.linspace(0, 1, len(scale.levels))
    assert scale.places_of(scale.levels) == pytest.approx(even, abs=1e-9)


def test_a_scale_spends_its_places_on_volume_and_on_value() -> None:
    """A deep narrow well does not take the whole slider."""
    deep = layered()
    deep[0, 0, 0] = -500.0
    scale = level_scale(find_tunnels(Field.from_array(deep, SKEW_CELL, "potential")))
    assert scale.places_of(np.array([-3.0]))[0] < 0.1
    assert scale.places_of(np.array([2.0]))[0] > 0.6


def test_one_level_for_a_constant_field() -> None:
    tunnels = find_tunnels(Field.from_array(np.full((8, 8, 8), 2.5), SKEW_CELL, "potential"))
    scale = level_scale(tunnels)
    assert scale.levels == pytest.approx([2.5])
    assert (drawn_field(tunnels.field, scale).values == 0).all()


def test_the_drawn_field_is_the_field(layered_tunnels: Tunnels) -> None:
    """At the points of a far finer grid, in places on the scale."""
    scale = level_scale(layered_tunnels)
    drawn = drawn_field(layered_tunnels.field, scale)
    n1, n2, n3 = drawn.shape
    x, y, z = np.meshgrid(*(2 * np.pi * np.arange(n) / n for n in (n1, n2, n3)), indexing="ij")
    exact = -(0.3 * np.cos(x) + 0.9 * np.cos(y) + 2.0 * np.cos(z))
    wanted = np.clip(scale.places_of(exact), 0, 1)
    assert np.abs(drawn.values / TOP - wanted).max() < 0.01


def test_a_moved_origin_is_moved_back(layered_tunnels: Tunnels) -> None:
    n = 24
    moved = np.roll(layered(n), -6, axis=0)
    field = Field.from_array(moved, SKEW_CELL, "potential", origin=SKEW_CELL[0] * 6 / n)
    scale = level_scale(layered_tunnels)
    here, there = drawn_field(layered_tunnels.field, scale), drawn_field(field, scale)
    assert np.abs(here.values.astype(int) - there.values).max() <= 0.002 * TOP


@given(
    st.lists(st.floats(1, 60), min_size=3, max_size=3),
)
def test_drawn_grids_are_even_and_bounded(lengths: list[float]) -> None:
    shape = drawn_shape(np.diag(lengths), (8, 8, 8))
    assert min(shape) >= 12
    assert np.prod(shape) < 64**3 * 4
    spacing = np.array(lengths) / np.array(shape)
    wide = np.array(shape) > 12
    if wide.sum() > 1:
        assert spacing[wide].max() < 1.2 * spacing[wide].min()


def test_a_fine_grid_that_is_not_too_large_is_drawn_as_it_is() -> None:
    cell = np.eye(3) * 2.6
    assert drawn_shape(cell, (42, 42, 40)) == (42, 42, 40)
    assert min(drawn_shape(cell, (12, 12, 12))) >= 28
    assert np.prod(drawn_shape(cell, (200, 200, 200))) < 64**3 * 1.1


def names(choices: list[dict]) -> dict[str, float]:
    return {c["name"]: float(np.linalg.det(c["transform"])) for c in choices}


def test_cells_of_a_face_centred_crystal() -> None:
    primitive, cubic = bulk("Cu"), bulk("Cu", cubic=True)
    assert names(cell_choices(primitive, [])) == pytest.approx({"conventional": 4, "given": 1})
    assert names(cell_choices(cubic, [])) == pytest.approx({"given": 1, "primitive": 0.25})
    found = cell_choices(primitive, [])[0]["transform"] @ primitive.cell.array
    assert np.linalg.norm(found, axis=1) == pytest.approx([3.61] * 3)
    assert cell_choices(None, []) == [{"name": "given", "transform": np.eye(3).tolist()}]


def test_no_primitive_cell_where_the_field_does_not_repeat_with_it() -> None:
    chain = Atoms("Na2", scaled_positions=[[0, 0, 0], [0.5, 0, 0]], cell=[6, 3, 3], pbc=True)
    x = np.arange(16) / 16
    twice = np.round(TOP * (0.5 + 0.5 * np.cos(4 * np.pi * x))).astype(np.uint16)
    once = np.round(TOP * (0.5 + 0.5 * np.cos(2 * np.pi * x))).astype(np.uint16)
    for values, offered in ((twice, True), (once, False)):
        field = DrawnField(np.ascontiguousarray(np.tile(values[:, None, None], (1, 8, 8))))
        assert ("primitive" in names(cell_choices(chain, [field]))) == offered


def test_separate_thresholds_are_separate_events(layered_tunnels: Tunnels) -> None:
    choice = FieldChoice("field-0", "gpaw", "potential", layered_tunnels)
    scene = scene_of("layered", SKEW_CELL, atoms(), [choice])
    json.dumps(scene.description, allow_nan=False)
    (field,) = scene.description["fields"]
    assert [e["ranks"] for e in field["events"]] == [[1], [2], [3]]
    assert [e["level"] for e in field["events"]] == layered_tunnels.thresholds.tolist()
    assert "±" in field["events"][0]["label_with_error"]
    assert field["start"] == field["events"][2]["level"]
    values = decode_values(scene.blobs["field-0"], tuple(field["shape"]))
    assert values.max() <= scene.description["top"] == TOP


def test_thresholds_within_their_errors_are_one_event(layered_tunnels: Tunnels) -> None:
    bottlenecks = tuple(
        dataclasses.replace(b, error=5.0) for b in layered_tunnels.bottlenecks if b is not None
    )
    unsure = dataclasses.replace(layered_tunnels, bottlenecks=bottlenecks)
    scene = scene_of("", SKEW_CELL, None, [FieldChoice("field-0", "file", "potential", unsure)])
    assert [e["ranks"] for e in scene.description["fields"][0]["events"]] == [[1, 2, 3]]
