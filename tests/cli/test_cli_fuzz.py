"""Damaged files and odd arguments on the command line: a result or one line, nothing else."""

from __future__ import annotations

import pytest
from command import chgcar_text, cube_text, isotunnel, poscar_text, schwarz, xsf_text
from hypothesis import example, given, settings
from hypothesis import strategies as st

from isotunnel import Field
from isotunnel.engines.base import ElectronicStructure

FILES = {
    "elf.cube": cube_text(schwarz((3, 3, 3))),
    "CHGCAR": chgcar_text(schwarz((3, 3, 3)) * 27),
    "elf.xsf": xsf_text(schwarz((3, 3, 3))),
    "POSCAR": poscar_text(),
    "H.cif": "data_h\n_cell_length_a 3\n_cell_length_b 3\n_cell_length_c 3\n"
    "_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n"
    "loop_\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n"
    "_atom_site_fract_z\nH 0 0 0\n",
}

PIECES = st.one_of(
    st.binary(min_size=1, max_size=4),
    st.sampled_from([b"nan", b"-", b"99999999", b"\n", b" ", b"0", b"1e999", b"Xx", b"data_"]),
)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from("rid"), PIECES),
    min_size=1,
    max_size=3,
)


def changed(data: bytes, changes) -> bytes:
    """Pieces replaced, inserted or deleted; half of the changes fall into the header."""
    for place, action, piece in changes:
        at = int(place * 2 * 300) if place < 0.5 else int((2 * place - 1) * len(data))
        behind = at + len(piece) if action in "rd" else at
        data = data[:at] + (b"" if action == "d" else piece) + data[behind:]
    return data


def check(outcome):
    """Either results and perhaps warnings, or nothing but one line and its status."""
    if outcome.status == 0:
        assert outcome.json["schema"].startswith("isotunnel.")
        return
    assert outcome.status == 2, outcome
    assert outcome.out == ""
    assert outcome.problem


@pytest.mark.parametrize("name", [n for n in FILES if n not in ("POSCAR", "H.cif")])
@given(changes=CHANGES)
@settings(max_examples=60)
def test_tunnels_of_a_damaged_file(tmp_path_factory, name, changes):
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(changed(FILES[name].encode(), changes))
    check(isotunnel("tunnels", path, "--json", "--no-refine", "--side", "above"))


@pytest.mark.usefixtures("quick_procrystal")
@pytest.mark.parametrize("name", FILES)
@given(changes=CHANGES)
@settings(max_examples=25)
def test_analysis_of_a_damaged_file(tmp_path_factory, name, changes):
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(changed(FILES[name].encode(), changes))
    arguments = ("--engine", "procrystal", "--no-files", "--json", "--no-refine")
    check(isotunnel("analyze", path, *arguments))


class QuickEngine:
    """In place of the procrystal, whose work grows with the cell: a damaged one may be large."""

    name = "procrystal"

    def compute(self, atoms, **_options):
        field = Field.from_array(schwarz((3, 3, 3)), atoms.cell.array, "density", atoms=atoms)
        return ElectronicStructure(atoms, self.name, {"density": field}, valence_density=0.1)


@pytest.fixture(scope="module")
def quick_procrystal():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("isotunnel.engines.procrystal.ProcrystalEngine", QuickEngine)
        yield


@given(text=st.text(max_size=30).filter(lambda t: "\0" not in t and not t.startswith("-")))
@example("")
@example("Na@")
@example("/")
@example(".")
@example("[bold]")
@settings(max_examples=60)
def test_names_that_are_none(text):
    for command in ("tunnels", "cite", "crystals"):
        outcome = isotunnel(command, text, "--json")
        if command == "tunnels":
            assert outcome.status == 2
        check(outcome)


@given(text=st.text(max_size=12).filter(lambda t: "\0" not in t))
@example("ks=1e400")
@example("=1")
@example("ks=")
@example("ks=１")
@settings(max_examples=40)
def test_limits_that_are_none(text):
    """On a crystal that does not exist: a fit limit fails there, an unfit one before."""
    outcome = isotunnel("analyze", "unobtainium", f"--delta-c={text}")
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.problem
