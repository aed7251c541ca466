"""``isotunnel fits``: its documents, tables and figures, and one line for wrong input."""

from __future__ import annotations

import csv
import io

import pytest
from command import checked, isotunnel

from isotunnel import schemas
from isotunnel.studies.fits import laws


@pytest.fixture(scope="module")
def document():
    return checked(schemas.Fits, isotunnel("fits", "Cu", "Pb", "Fe", "--json").json)


def test_the_document(document):
    assert [m.metal for m in document.metals] == ["Cu", "Fe"]
    assert [s.metal for s in document.skipped] == ["Pb"]
    assert set(document.splits) == {"alternate", "extrapolate"}
    assert [x.name for x in document.laws] == [x.name for x in laws()]
    for metal in document.metals:
        assert len(metal.fits) == len(document.splits) * len(document.laws)
        for fit in metal.fits:
            assert (fit.held_out is None) == bool(fit.reason)
            assert fit.training is None or fit.training.points < len(metal.points)


def test_held_out_and_training_points_are_all_points(document):
    judged = [(m, f) for m in document.metals for f in m.fits if f.held_out is not None]
    assert judged
    for metal, fit in judged:
        assert fit.training.points + fit.held_out.points == len(metal.points)


def test_one_split_and_the_other_noise():
    found = checked(
        schemas.Fits,
        isotunnel("fits", "Cu", "--split", "alternate", "--noise", "absolute", "--json").json,
    )
    assert list(found.splits) == ["alternate"]
    assert {f.noise for f in found.metals[0].fits} == {"absolute"}
    assert {d.split for d in found.duels} == {"alternate"}


def test_csv_says_what_json_says(document):
    text = isotunnel("fits", "Cu", "Fe", "--csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    fits = [(m.metal, f) for m in document.metals for f in m.fits]
    assert len(rows) == len(fits)
    for row, (metal, fit) in zip(rows, fits, strict=True):
        assert (row["metal"], row["split"], row["law"]) == (metal, fit.split, fit.law)
        if fit.held_out is None:
            assert row["held_out_rms_relative"] == ""
            assert row["reason"] == fit.reason
        else:
            shown = float(row["held_out_rms_relative"])
            assert shown == pytest.approx(fit.held_out.rms_relative, rel=1e-5)
    assert "nan" not in text.lower()


def test_tables_for_a_person():
    text = isotunnel("fits", "Cu", "Pb").out
    assert "error on held-out points" in text
    assert "not fitted: Pb: 4 usable rows, 5 are needed" in text
    assert "theta_D 343 K" in text
    assert "AIC" in text
    for found in laws():
        assert found.title in text


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("Unobtainium",), 2, "unknown metal 'Unobtainium'"),
        (("Al", "AL"), 2, "Al is given twice"),
        (("Pb",), 5, "Pb: 4 usable rows, 5 are needed"),
        (("Al", "--csv", "--json"), 2, "either --csv or --json"),
        (("Al", "--split", "odd"), 2, "'odd' is not one of"),
    ],
)
def test_one_line_for_wrong_input(arguments, status, words):
    outcome = isotunnel("fits", *arguments)
    assert outcome.status == status
    assert words in outcome.problem
    assert not outcome.out


def test_figures(tmp_path):
    pytest.importorskip("matplotlib")
    folder = tmp_path / "figures"
    outcome = isotunnel("fits", "Os", "--figures", folder)
    assert not outcome.status
    assert sorted(p.name for p in folder.iterdir()) == [
        *("fits-Os.png", "fits-Os.svg", "fits-summary.png", "fits-summary.svg")
    ]
    drawn = (folder / "fits-Os.svg").read_text(encoding="utf-8")
    for words in ("temperature (K)", "resistivity (µΩ cm)", "measured, held out", "tunnel, linear"):
        assert words in drawn
    assert "mathdefault" not in drawn
    occupied = tmp_path / "file"
    occupied.write_text("")
    assert "give a folder" in isotunnel("fits", "Os", "--figures", occupied).problem
