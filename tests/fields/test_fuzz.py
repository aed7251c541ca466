"""Damaged files are read or refused with one of our errors: no other exception, no hang."""

from __future__ import annotations

from pathlib import Path

import pytest
from grid_texts import SKEW_CELL, smooth_values
from hypothesis import given, settings
from hypothesis import strategies as st
from valid_files import FILES, TEXTS

from isotunnel.errors import IsotunnelError
from isotunnel.fields import Field, read_field, read_fields, write_hdf5

DATA = Path(__file__).parent.parent / "data"


def attempt(path, **wishes):
    """Whether it was read; a refusal must be one line that names the file."""
    message = ""
    fields: tuple[Field, ...] = ()
    try:
        fields = read_fields(path, **wishes)
    except IsotunnelError as error:
        message = str(error)
    if fields:
        return True
    assert str(path) in message
    assert "\n" not in message
    return False


mutations = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(["replace", "insert", "delete", "repeat"]),
        st.one_of(
            st.binary(min_size=1, max_size=6),
            st.sampled_from([b"nan", b"****", b"-", b"9999999", b" ", b"\n", b"1e999", b"0"]),
        ),
    ),
    min_size=1,
    max_size=4,
)


def mutated(data: bytes, changes) -> bytes:
    for place, action, piece in changes:
        at = int(place * len(data))
        if action == "replace":
            data = data[:at] + piece + data[at + len(piece) :]
        elif action == "insert":
            data = data[:at] + piece + data[at:]
        elif action == "delete":
            data = data[:at] + data[at + len(piece) :]
        else:
            data = data[:at] + data[at : at + 200] * 2 + data[at + 200 :]
    return data


@pytest.mark.parametrize("name", FILES)
def test_the_valid_files_are_read(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    assert attempt(path)


@pytest.mark.parametrize("name", FILES)
@given(changes=mutations)
def test_mutated_files_are_read_or_refused(tmp_path_factory, name, changes):
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(mutated(FILES[name], changes))
    attempt(path)


@given(changes=mutations, header=st.booleans())
@settings(max_examples=150)
def test_mutated_headers_are_read_or_refused(tmp_path_factory, changes, header):
    """Most bytes are values; here all changes fall into the first 500, where the counts stand."""
    path = tmp_path_factory.mktemp("fuzz") / ("elf.cube" if header else "CHGCAR_spin")
    data = FILES[path.name]
    path.write_bytes(mutated(data[:500], changes) + data[500:])
    attempt(path)


@given(
    data=st.binary(max_size=400), name=st.sampled_from(["a.cube", "CHGCAR", "b.xsf", "c.h5", "d"])
)
def test_binary_garbage_is_refused(tmp_path_factory, data, name):
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(data)
    assert not attempt(path)


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_cut_short_is_never_accepted_in_silence(tmp_path, name):
    """Every cut within the values: refused, or read with a warning that the file may be cut."""
    data = FILES[name]
    complete = {f.values.tobytes() for f in _fields(tmp_path, name, data)}
    refused = 0
    for length in range(1, len(data) - 1, 3):
        path = tmp_path / name
        path.write_bytes(data[:length])
        try:
            fields = read_fields(path)
        except IsotunnelError:
            refused += 1
            continue
        # Whatever is read must be one of the file's whole fields, not a changed one.
        for field in fields:
            cut = any("cut short" in w for w in field.provenance.warnings)
            assert cut or field.values.tobytes() in complete, f"cut at {length}"
    assert refused > len(data) / 4


def _fields(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return read_fields(path)


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz"])
def test_compressed_files_cut_short_are_refused(tmp_path, suffix):
    import bz2
    import gzip
    import lzma

    pack = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}[suffix]
    data = pack(FILES["elf.cube"])
    path = tmp_path / f"elf.cube{suffix}"
    path.write_bytes(data)
    assert read_field(path).shape == (3, 4, 5)
    for length in range(1, len(data) - 1, 7):
        path.write_bytes(data[:length])
        assert not attempt(path), length


@given(changes=mutations)
@settings(max_examples=30)
def test_mutated_hdf5_is_read_or_refused(tmp_path_factory, changes):
    folder = tmp_path_factory.mktemp("fuzz")
    write_hdf5(Field.from_array(smooth_values((4, 4, 4)), SKEW_CELL, "elf"), folder / "a.h5")
    path = folder / "b.h5"
    path.write_bytes(mutated((folder / "a.h5").read_bytes(), changes))
    attempt(path)


@given(changes=mutations)
@settings(max_examples=30)
def test_mutated_gpw_is_read_or_refused(tmp_path_factory, changes):
    path = tmp_path_factory.mktemp("fuzz") / "a.gpw"
    path.write_bytes(mutated((DATA / "h3s.gpw").read_bytes(), changes))
    for kind in ("potential", "density"):
        attempt(path, kind=kind)


@pytest.mark.parametrize("name", ["a.h5", "a.gpw"])
def test_binary_files_cut_short_are_refused(tmp_path, name):
    path = tmp_path / name
    write_hdf5(Field.from_array(smooth_values((4, 4, 4)), SKEW_CELL, "elf"), tmp_path / "a.h5")
    data = (tmp_path / "a.h5" if name == "a.h5" else DATA / "h3s.gpw").read_bytes()
    for length in range(1, len(data), len(data) // 60):
        path.write_bytes(data[:length])
        assert not attempt(path), length
