"""``isotunnel meissner``: its document, table and figure, and one line for wrong input."""

from __future__ import annotations

import pytest
from command import isotunnel


def test_the_document():
    document = isotunnel("meissner", "sn", "--json").json
    assert document["schema"] == "isotunnel.meissner/1"
    assert (document["material"], document["observed"]) == ("Sn", "london")
    assert len(document["curves"]) == 6
    end = {(c["medium"], c["history"]): c["share"][-1] for c in document["curves"]}
    assert end["zero_resistance", "field_cooled"] == 1
    assert 0 < end["london", "field_cooled"] < 0.2


def test_the_table_names_sources():
    out = isotunnel("meissner", "Pb").out
    assert "trapped, never expelled" in " ".join(out.split())
    assert "Lock 1951" in out


def test_a_figure(tmp_path):
    isotunnel("meissner", "Nb", "--shape", "slab", "--figures", tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"meissner-Nb.png", "meissner-Nb.svg"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Cu",), "there are Nb, Sn, Pb, In"),
        (("Pb", "--radius", "-3"), "must be a positive number"),
    ],
)
def test_bad_input_is_one_line(arguments, says):
    done = isotunnel("meissner", *arguments)
    assert done.status == 2
    assert says in done.problem
