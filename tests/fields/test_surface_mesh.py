"""Surfaces as closed meshes, and what other programs read of them."""

from __future__ import annotations

import base64
import json
import struct
from collections import Counter

import numpy as np
import pytest
from ase import Atoms
from ase.io.cube import read_cube
from ase.io.xsf import read_xsf

from isotunnel.errors import FieldError, InputError
from isotunnel.fields import Field, Side, read_field, write_cube, write_field
from isotunnel.fields.surface import surface_mesh
from isotunnel.fields.writers.mesh import write_mesh

SKEW = np.array([[4.0, 0.0, 0.0], [1.0, 3.5, 0.0], [-0.5, 0.7, 5.0]])


def ball(n=48, edge=10.0, radius=3.0, centre=(0.5, 0.5, 0.5)):
    """Radius minus the distance from a point, in a cubic cell."""
    axes = [((np.arange(n) / n - c + 0.5) % 1.0 - 0.5) * edge for c in centre]
    x, y, z = np.meshgrid(*axes, indexing="ij")
    values = radius - np.sqrt(x**2 + y**2 + z**2)
    atoms = Atoms("He", positions=[[c * edge for c in centre]], cell=[edge] * 3, pbc=True)
    return Field.from_array(values, [edge] * 3, "elf", atoms=atoms)


def waves(shape=(20, 24, 28), cell=SKEW):
    u, v, w = np.meshgrid(*(2 * np.pi * np.arange(n) / n for n in shape), indexing="ij")
    return Field.from_array(np.sin(u + v) + np.cos(v - w) + np.sin(2 * w), cell, "density")


def is_closed(mesh):
    """Every edge is met once in each direction."""
    edges = mesh.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2).tolist()
    counted = Counter(map(tuple, edges))
    return all(counted[(b, a)] == n for (a, b), n in counted.items())


@pytest.mark.parametrize("centre", [(0.5, 0.5, 0.5), (0.0, 0.0, 0.0), (0.02, 0.5, 0.97)])
def test_a_ball_has_its_volume_wherever_the_cell_cuts_it(centre):
    mesh = surface_mesh(ball(centre=centre), 0.0)
    assert is_closed(mesh)
    assert mesh.volume_a3 == pytest.approx(4 / 3 * np.pi * 27, rel=0.01)
    assert mesh.points.min() >= 0.0
    assert mesh.points.max() <= 10.0


@pytest.mark.parametrize("level", [-1.5, 0.0, 0.4, 1.5])
@pytest.mark.parametrize("turn", [1, -1])
def test_both_sides_of_a_skew_cell_make_up_the_cell(level, turn):
    """Also in a left-handed cell; between them nothing is counted twice or lost."""
    field = waves(cell=SKEW[::turn])
    above, below = (surface_mesh(field, level, side) for side in (Side.ABOVE, Side.BELOW))
    assert is_closed(above)
    assert is_closed(below)
    cell = abs(np.linalg.det(SKEW))
    assert above.volume_a3 + below.volume_a3 == pytest.approx(cell, rel=1e-4)
    share = float(np.mean(field.values >= level))
    assert above.volume_a3 / cell == pytest.approx(share, abs=0.03)


def test_a_level_on_grid_points_tears_nothing():
    values = np.zeros((6, 6, 6))
    values[2:4, 2:4, 2:4] = 1.0
    values[3, 3, 3] = 0.5
    assert is_closed(surface_mesh(Field.from_array(values, [3.0] * 3, "elf"), 0.5))


def test_the_origin_moves_the_mesh():
    field = ball(n=16)
    moved = Field.from_array(field.values, field.cell, "elf", origin=(1.0, 2.0, 3.0))
    shift = surface_mesh(moved, 0.0).points - surface_mesh(field, 0.0).points
    assert shift == pytest.approx(np.tile((1.0, 2.0, 3.0), (len(shift), 1)))


@pytest.mark.parametrize("level", [9.0, -99.0, float("nan")])
def test_no_surface_is_an_error(level):
    with pytest.raises(FieldError, match="there is no surface at"):
        surface_mesh(ball(n=12), level)


def obj_of(path):
    lines = [line.split() for line in path.read_text().splitlines()]
    points = [[float(x) for x in line[1:]] for line in lines if line[0] == "v"]
    return np.array(points), np.array([[int(x) - 1 for x in w[1:]] for w in lines if w[0] == "f"])


def ply_of(path):
    head, _, body = path.read_bytes().partition(b"end_header\n")
    n, m = (int(line.split()[2]) for line in head.decode().splitlines() if "element" in line)
    points = np.frombuffer(body, "<f4", 3 * n).reshape(n, 3)
    kind = [("n", "u1"), ("v", "<i4", (3,))]
    return points, np.frombuffer(body, kind, m, offset=12 * n)["v"]


def gltf_of(path):
    if path.suffix == ".glb":
        content = path.read_bytes()
        assert struct.unpack("<III", content[:12]) == (0x46546C67, 2, len(content))
        length = struct.unpack("<I", content[12:16])[0]
        document, payload = json.loads(content[20 : 20 + length]), content[28 + length :]
    else:
        document = json.loads(path.read_text())
        payload = base64.b64decode(document["buffers"][0]["uri"].partition(",")[2])
    place, faces = document["accessors"]
    assert document["buffers"][0]["byteLength"] == len(payload)
    points = np.frombuffer(payload, "<f4", 3 * place["count"]).reshape(-1, 3)
    assert points.min(axis=0).tolist() == pytest.approx(place["min"])
    offset = document["bufferViews"][1]["byteOffset"]
    return points, np.frombuffer(payload, "<u4", faces["count"], offset=offset).reshape(-1, 3)


@pytest.mark.parametrize(
    ("suffix", "reader"), [("obj", obj_of), ("ply", ply_of), ("glb", gltf_of), ("gltf", gltf_of)]
)
def test_files_hold_the_mesh(tmp_path, suffix, reader):
    mesh = surface_mesh(waves(), 0.3)
    path = tmp_path / f"surface.{suffix}"
    write_mesh(mesh, path, "density")
    points, triangles = reader(path)
    assert points == pytest.approx(mesh.points, abs=1e-5)
    assert np.array_equal(triangles, mesh.triangles)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"\.ply, \.obj"):
        write_mesh(surface_mesh(ball(n=12), 0.0), tmp_path / "x.stl")


def test_ase_reads_cell_atoms_and_values_back(tmp_path):
    field = ball(n=12)
    write_cube(field, tmp_path / "x.cube")
    with (tmp_path / "x.cube").open() as stream:
        cube = read_cube(stream)
    assert cube["data"] == pytest.approx(field.values)
    assert cube["atoms"].cell.array == pytest.approx(field.cell, abs=1e-6)
    assert cube["atoms"].positions == pytest.approx(field.atoms.positions, abs=1e-6)
    write_field(field, tmp_path / "x.xsf")
    with (tmp_path / "x.xsf").open() as stream:
        values, _, cell, atoms = read_xsf(stream, read_data=True)
    # ASE leaves the repeated end planes in.
    values = values[:-1, :-1, :-1]
    assert values == pytest.approx(field.values)
    assert cell == pytest.approx(field.cell)
    assert atoms.positions == pytest.approx(field.atoms.positions)


@pytest.mark.parametrize("kind", ["elf", "density", "electrostatic"])
def test_our_reader_reads_an_xsf_file_of_ours_back(tmp_path, kind):
    field = Field.from_array(
        waves().values + 4.0, SKEW, kind, atoms=Atoms("H", cell=SKEW, pbc=True)
    )
    write_field(field, tmp_path / "x.xsf")
    unit = {} if kind == "elf" else {"value_unit": field.unit}
    again = read_field(tmp_path / "x.xsf", kind=kind, **unit)
    assert again.values == pytest.approx(field.values)
    assert again.cell == pytest.approx(field.cell)
