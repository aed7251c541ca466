"""Arrays with a story: each once led, or could lead, a search for tunnels astray."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from isotunnel.topology.graph import components_at, merge_graph, percolation_of
from isotunnel.topology.lattice import basis, index, primitive_directions
from isotunnel.topology.results import Percolation

BOTH = pytest.mark.parametrize("connectivity", [6, 26])


def carve(shape: tuple[int, int, int], path: list[tuple[int, int, int]]) -> NDArray[np.float64]:
    """A channel of level 0 through a block of level 1; positions wrap."""
    values = np.ones(shape)
    for position in path:
        values[tuple(int(x) for x in np.array(position) % shape)] = 0.0
    return values


def search(values: NDArray[Any], connectivity: int, sign: int = 1) -> Percolation:
    return percolation_of(merge_graph(values, sign, connectivity))  # type: ignore[arg-type]


def helix(turns_per_cell: int, closes_after: int, n: int = 64) -> NDArray[np.float64]:
    """One strand around the z axis that comes back to itself after ``closes_after`` cells.

    It makes ``turns_per_cell / closes_after`` turns per cell.
    """
    size, radius = 40, 15.0
    values = np.ones((size, size, n))
    t = np.linspace(0, closes_after, 200 * closes_after * max(1, turns_per_cell), endpoint=False)
    angle = 2 * np.pi * turns_per_cell * t / closes_after
    i = np.rint(size / 2 + radius * np.cos(angle)).astype(int)
    j = np.rint(size / 2 + radius * np.sin(angle)).astype(int)
    k = np.floor(t * n).astype(int) % n
    values[i, j, k] = 0.0
    return values


def test_double_helix_winds_twice_before_it_closes() -> None:
    found = search(helix(1, 2), 26)
    assert found.value[0] == 0.0
    assert found.value[1] == found.value[2] == 1.0
    assert basis(found.lattice[0]).tolist() == [[0, 0, 2]]
    assert primitive_directions(found.lattice[0]).tolist() == [[0, 0, 1]]
    assert index(found.lattice[0]) == 2
    assert found.networks[0] == 1


def test_helix_of_five_strands_winds_five_times() -> None:
    found = search(helix(1, 5), 26)
    assert found.value.tolist() == [0.0, 1.0, 1.0]
    assert basis(found.lattice[0]).tolist() == [[0, 0, 5]]
    assert index(found.lattice[0]) == 5


def test_helix_of_five_turns_per_cell_winds_once() -> None:
    """Turns about the axis are no windings of the torus."""
    found = search(helix(5, 1, n=120), 26)
    assert found.value.tolist() == [0.0, 1.0, 1.0]
    assert basis(found.lattice[0]).tolist() == [[0, 0, 1]]
    assert index(found.lattice[0]) == 1


def test_two_separate_strands_are_two_networks() -> None:
    """A full turn per cell and its copy turned by half: not the double helix above."""
    strand = helix(1, 1)
    both = np.minimum(strand, np.roll(strand[::-1, ::-1], (1, 1), axis=(0, 1)))
    found = search(both, 26)
    assert found.networks[0] == 2
    assert index(found.lattice[0]) == 1


@BOTH
def test_rods_along_x_and_y_that_never_touch(connectivity: int) -> None:
    values = np.ones((8, 8, 8))
    values[:, 0, 0] = 0.0
    values[0, :, 4] = 0.0
    found = search(values, connectivity)
    assert found.value.tolist() == [0.0, 1.0, 1.0]
    assert found.value_global.tolist() == [0.0, 0.0, 1.0]
    assert found.networks[0] == 2


@BOTH
def test_three_orthogonal_rods_that_never_touch(connectivity: int) -> None:
    """The A15 arrangement: 3 for homology, 1 for an electron."""
    values = np.ones((8, 8, 8))
    values[:, 0, 2] = 0.0
    values[2, :, 5] = 0.0
    values[5, 5, :] = 0.0
    found = search(values, connectivity)
    assert found.value.tolist() == [0.0, 1.0, 1.0]
    assert found.value_global.tolist() == [0.0, 0.0, 0.0]
    assert found.networks[0] == 3


@BOTH
def test_three_rods_that_meet_in_a_point(connectivity: int) -> None:
    values = np.ones((6, 7, 8))
    values[:, 3, 4] = values[2, :, 4] = values[2, 3, :] = 0.0
    found = search(values, connectivity)
    assert found.value.tolist() == [0.0, 0.0, 0.0]
    assert found.networks.tolist() == [1, 1, 1]
    assert index(found.lattice[2]) == 1


@BOTH
@pytest.mark.parametrize("direction", [(1, 1, 0), (1, -1, 2), (0, 2, -1), (2, 1, 3)])
def test_diagonal_tunnel(direction: tuple[int, int, int], connectivity: int) -> None:
    """A channel along a lattice direction, one axis step at a time so that 6 neighbours do."""
    n = 24
    path, where, done = [], [0, 0, 0], [0, 0, 0]
    total = [abs(d) * n for d in direction]
    while done != total:
        # The axis that is most behind moves on.
        axis = min((a for a in range(3) if total[a]), key=lambda a: done[a] / total[a])
        path.append((where[0], where[1], where[2]))
        where[axis] += int(np.sign(direction[axis]))
        done[axis] += 1
    found = search(carve((n, n, n), path), connectivity)
    assert found.value.tolist() == [0.0, 1.0, 1.0]
    vector = primitive_directions(found.lattice[0])[0]
    assert vector.tolist() in ([*direction], [-d for d in direction])
    assert index(found.lattice[0]) == 1


@BOTH
def test_sheet(connectivity: int) -> None:
    values = np.ones((6, 6, 6))
    values[:, :, 2] = 0.0
    found = search(values, connectivity)
    assert found.value.tolist() == [0.0, 0.0, 1.0]
    assert basis(found.lattice[1]).tolist() == [[1, 0, 0], [0, 1, 0]]


@BOTH
def test_tilted_sheet(connectivity: int) -> None:
    """The plane x + y + z = 0 contains no axis, but two lattice directions."""
    n = 8
    i, j, k = np.indices((n, n, n))
    values = np.where((i + j + k) % n < 2, 0.0, 1.0)
    found = search(values, connectivity)
    assert found.value.tolist() == [0.0, 0.0, 1.0]
    directions = primitive_directions(found.lattice[1])
    assert (directions.sum(axis=1) == 0).all()
    assert np.abs(np.cross(*directions)).tolist() == [1, 1, 1]


def gyroid(n: int) -> NDArray[np.float64]:
    x, y, z = 2 * np.pi * np.indices((n, n, n)) / n
    return np.asarray(np.sin(x) * np.cos(y) + np.sin(y) * np.cos(z) + np.sin(z) * np.cos(x))


def diamond(n: int) -> NDArray[np.float64]:
    x, y, z = 2 * np.pi * np.indices((n, n, n)) / n
    s, c = np.sin, np.cos
    return np.asarray(
        s(x) * s(y) * s(z) + s(x) * c(y) * c(z) + c(x) * s(y) * c(z) + c(x) * c(y) * s(z)
    )


@BOTH
@pytest.mark.parametrize(("surface", "wall"), [(gyroid, 2**0.5), (diamond, 1.0)])
def test_two_interpenetrating_networks(surface: Any, wall: float, connectivity: int) -> None:
    """Both sides of a minimal surface are networks of rank 3 that never meet until f = 0.

    Each hangs together from the level at which it pinches off: the critical value sqrt(2) of the
    gyroid formula at (0, pi/2, pi/4) and its images, 1 for the diamond surface at (0, 0, pi/2).
    """
    values = -np.abs(surface(24))
    found = search(values, connectivity)
    assert found.value[2] == pytest.approx(-wall, rel=0.05)
    assert found.networks[2] == 2
    parts = components_at(merge_graph(values, 1, connectivity), float(found.value[2]))  # type: ignore[arg-type]
    assert np.count_nonzero(parts.rank == 3) == 2
    assert len(np.unique(parts.of_basin[parts.of_basin >= 0])) == len(parts.rank)


@BOTH
def test_tunnel_across_the_boundary(connectivity: int) -> None:
    """A channel of which every step but one lies in one cell, and the last crosses three faces."""
    path = [(i, 0, 0) for i in range(5)]
    path += [(4, j, 0) for j in range(1, 5)] + [(4, 4, k) for k in range(1, 5)]
    values = carve((5, 5, 5), path)
    found = search(values, connectivity)
    if connectivity == 26:
        # The corners (0, 0, 0) and (4, 4, 4) touch across the vertex of the cell.
        assert found.value[0] == 0.0
    assert found.networks[0] >= 1
    rolled = search(np.roll(values, (2, 3, 1), axis=(0, 1, 2)), connectivity)
    assert found.value.tolist() == rolled.value.tolist()
    assert basis(found.lattice[0]).tolist() == basis(rolled.lattice[0]).tolist()


@BOTH
@pytest.mark.parametrize("sign", [1, -1])
def test_plateau_whose_ties_run_around_the_torus(connectivity: int, sign: int) -> None:
    """Descent along equal values must not chase its own tail."""
    values = np.zeros((4, 5, 6))
    values[:, 2:4, 2:5] = sign * 1.0
    found = search(values, connectivity, sign)
    assert found.value.tolist() == [0.0, 0.0, 0.0]
    values = np.full((4, 5, 6), sign * 2.0)
    values[:, 0, :] = sign * 1.0
    found = search(values, connectivity, sign)
    assert found.value.tolist() == [sign * 1.0, sign * 1.0, sign * 2.0]


@BOTH
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1, 1, 1), (2, 2, 2), (1, 5, 3), (6, 1, 1), (7, 6, 5)])
def test_constant_field_is_open_at_once(
    shape: tuple[int, int, int], dtype: Any, sign: int, connectivity: int
) -> None:
    graph = merge_graph(np.full(shape, 0.1, dtype=dtype), sign, connectivity)  # type: ignore[arg-type]
    found = percolation_of(graph)
    assert len(graph.basin_voxel) == 1
    assert found.value.tolist() == [float(dtype(0.1))] * 3
    assert found.networks.tolist() == [1, 1, 1]
    assert index(found.lattice[2]) == 1


@BOTH
def test_one_voxel_along_an_axis_winds_at_once(connectivity: int) -> None:
    """A layer of voxels is its own neighbour above and below: rank 1 at the very minimum."""
    values = np.arange(12.0).reshape(1, 3, 4)
    found = search(values, connectivity)
    assert found.value[0] == 0.0
    assert basis(found.lattice[0]).tolist() == [[1, 0, 0]]
    assert found.value[1] > 0.0


@BOTH
def test_ring_with_two_voxels_along_an_axis(connectivity: int) -> None:
    """Two voxels that touch on both sides close a loop, as soon as the higher one is in."""
    values = np.array([0.0, 1.0]).reshape(2, 1, 1) + 5 * np.array([0, 1, 1]).reshape(1, 3, 1)
    values = np.tile(values, (1, 1, 3)) + 20 * np.array([0, 1, 1])
    found = search(values, connectivity)
    assert found.value[0] == 1.0
    assert basis(found.lattice[0]).tolist() == [[1, 0, 0]]


def test_tiny_differences_survive_in_double_precision_only() -> None:
    """Two passes that differ by less than a float32 can tell become a tie, not an error."""
    values = np.full((6, 6, 6), 2.0)
    values[:, 1, 1] = 1.0
    values[:, 4, 4] = 1.0
    values[3, 4, 4] += 1e-12
    assert search(values, 26).networks[0] == 1
    assert search(values.astype(np.float32), 26).networks[0] == 2


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_not_a_number_is_a_clear_error(bad: float) -> None:
    values = np.zeros((3, 3, 3))
    values[1, 2, 0] = bad
    with pytest.raises(ValueError, match="NaN or infinite"):
        merge_graph(values, 1)


def test_wrong_arguments_are_clear_errors() -> None:
    values = np.zeros((3, 3, 3))
    with pytest.raises(ValueError, match="sign must be 1"):
        merge_graph(values, 0)
    with pytest.raises(ValueError, match="connectivity must be 6 or 26, got 18"):
        merge_graph(values, 1, 18)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="three non-empty axes"):
        merge_graph(np.zeros((3, 3)), 1)
    with pytest.raises(ValueError, match="three non-empty axes"):
        merge_graph(np.zeros((3, 0, 3)), 1)


def test_integers_and_other_layouts_are_taken() -> None:
    """Integer, big-endian, Fortran-ordered, strided and read-only input gives the same graph."""
    values = np.random.default_rng(2).integers(0, 100, (4, 6, 5))
    expected = search(values.astype(float), 6).value.tolist()
    strided = np.zeros((4, 6, 10))
    strided[:, :, ::2] = values
    frozen = values.astype(float)
    frozen.flags.writeable = False
    for other in (
        *(values, values.astype(">f8"), values.astype(">f4"), np.asfortranarray(values * 1.0)),
        *(strided[:, :, ::2], frozen),
    ):
        assert search(other, 6).value.tolist() == expected
    assert len(set(expected)) > 1
