"""Winding lattices: growing them, short bases, primitive directions, index."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from naive import hermite
from numpy.typing import NDArray

from isotunnel.topology.lattice import basis, index, primitive_directions
from isotunnel.topology.winding import insert, rank

small = st.integers(-9, 9)
vectors = st.lists(st.tuples(small, small, small), max_size=6)


def grown(windings: list[tuple[int, int, int]]) -> NDArray[np.int64]:
    lattice = np.zeros((3, 3), dtype=np.int64)
    for w in windings:
        insert(lattice, *w)
    return lattice


def same(rows: NDArray[np.int64]) -> tuple[tuple[int, int, int], ...]:
    return hermite([(int(a), int(b), int(c)) for a, b, c in rows])


@given(vectors)
def test_inserting_spans_the_lattice_of_all_vectors(windings: list[tuple[int, int, int]]) -> None:
    lattice = grown(windings)
    assert same(lattice) == hermite(windings)
    assert rank(lattice) == len(hermite(windings))
    for c in range(3):
        assert lattice[c, c] > 0 or not lattice[c].any()
        assert not lattice[c, :c].any()


@given(vectors)
def test_insert_tells_whether_the_lattice_grew(windings: list[tuple[int, int, int]]) -> None:
    lattice = np.zeros((3, 3), dtype=np.int64)
    for w in windings:
        before = same(lattice)
        assert insert(lattice, *w) == (same(lattice) != before)
    for w in windings:
        assert not insert(lattice, *w)


@given(vectors)
def test_basis_spans_the_same_lattice_and_is_no_longer(
    windings: list[tuple[int, int, int]],
) -> None:
    lattice = grown(windings)
    rows = basis(lattice)
    assert same(rows) == hermite(windings)
    assert len(rows) == rank(lattice)
    lengths = (rows**2).sum(axis=1)
    assert (np.diff(lengths) >= 0).all()
    if len(rows):
        assert lengths.max() <= (lattice**2).sum(axis=1).max()
        assert all(row[np.flatnonzero(row)[0]] > 0 for row in rows)


@given(vectors)
def test_primitive_directions_hold_every_integer_vector_of_the_span(
    windings: list[tuple[int, int, int]],
) -> None:
    """They contain the windings, span no more, have no common divisor, and the index counts."""
    lattice = grown(windings)
    rows = primitive_directions(lattice)
    assert len(rows) == rank(lattice)
    if not len(rows):
        assert index(lattice) == 1
        return
    together = hermite([*windings, *((int(a), int(b), int(c)) for a, b, c in rows)])
    assert together == same(rows)
    coefficients = np.rint(np.linalg.lstsq(rows.T * 1.0, basis(lattice).T * 1.0, rcond=None)[0])
    np.testing.assert_array_equal(coefficients.T @ rows, basis(lattice))
    assert abs(round(np.linalg.det(coefficients))) == index(lattice)
    # No integer vector of the span lies between them: the minors have no common divisor.
    if len(rows) == 1:
        assert np.gcd.reduce(rows[0]) == 1
    elif len(rows) == 2:
        assert np.gcd.reduce(np.cross(rows[0], rows[1])) == 1
    else:
        assert abs(round(np.linalg.det(rows))) == 1
