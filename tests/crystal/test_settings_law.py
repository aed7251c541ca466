"""A crystal written as CIF in any of the 530 settings comes back as itself, or not at all."""

from __future__ import annotations

from collections import Counter

import pytest
from settings_world import HALL_NUMBERS, same_atoms, world

from isotunnel.crystal import as_atoms, named_crystals
from isotunnel.crystal.cif.write import cif_of_named, cif_text, hermann_mauguin
from isotunnel.crystal.symmetry import call_spglib
from isotunnel.errors import CrystalError

SAMPLE = (1, 9, 22, 64, 81, 110, 164, 200, 284, 298, 321, 405, 419, 433, 434, 459, 489, 526)
ALL_FORMS = ("operations", "hall", "name", "plain name", "number")


def outcome(tmp_path, hall_number, form, state_content):
    """ "same", "refused" where the file leaves it open, or "other" for a wrong crystal."""
    expected = world(hall_number)
    path = tmp_path / f"{hall_number}.cif"
    path.write_text(cif_text(expected.unit, (form,), state_content=state_content))
    try:
        atoms = as_atoms(path)
    except CrystalError as error:
        return "ambiguous" if "may be" in str(error) else f"refused: {error}"
    return "same" if same_atoms(atoms, expected) else "other"


def check(tmp_path, hall_number):
    """All ways of stating the symmetry of one setting; what came of each."""
    plain, name = hermann_mauguin(hall_number)
    ambiguous = plain != name
    found = {}
    for form in ALL_FORMS:
        if form == "number" and not is_standard(hall_number):
            # Such a file means the standard setting; which other one was meant nobody can tell.
            continue
        for content in (True, False):
            result = outcome(tmp_path, hall_number, form, content)
            found[form, content] = result
            open_to_doubt = ambiguous and form in ("plain name", "number")
            assert result == "same" or (open_to_doubt and result == "ambiguous"), (
                hall_number,
                name,
                form,
                content,
                result,
            )
    return found


def is_standard(hall_number):
    """Whether a setting is among those that its number alone may mean."""
    import gemmi

    kind = call_spglib("get_spacegroup_type", hall_number)
    return gemmi.find_spacegroup_by_number(kind.number).hm == hermann_mauguin(hall_number)[0]


@pytest.mark.parametrize("hall_number", SAMPLE)
def test_a_sample_of_settings(tmp_path, hall_number):
    check(tmp_path, hall_number)


@pytest.mark.slow
def test_all_530_settings(tmp_path):
    counts = Counter(r for h in HALL_NUMBERS for r in check(tmp_path, h).values())
    assert counts["same"] > 4000
    assert 0 < counts["ambiguous"] < 250


@pytest.mark.parametrize("entry", named_crystals(), ids=lambda c: c.name)
def test_named_crystals_come_back(tmp_path, entry):
    path = tmp_path / "named.cif"
    path.write_text(cif_of_named(entry), encoding="utf-8")
    read, expected = as_atoms(path), entry.conventional()
    assert sorted(read.symbols) == sorted(expected.symbols)
    off = read.get_scaled_positions()[:, None] - expected.get_scaled_positions()[None]
    near = abs(off - off.round()).max(axis=2) < 1e-6
    assert near.any(axis=0).all()
    assert near.any(axis=1).all()
