"""Questions: what is asked, what is refused."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from isotunnel.cli.main import app
from isotunnel.errors import InputError
from isotunnel.screening import all_columns, ask, dataset, questions
from screening.worlds import made_up_row


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked")
    (folder / "crystals").mkdir()
    rows = [made_up_row(n, rank=n % 4, gap_atomic_3d_ev=n - 5.0, phi=n / 10) for n in range(10)]
    dataset.append(folder, rows[:6])
    failed = made_up_row(10, status="failed", reason="timeout", phi=None)
    dataset.append(folder, [*rows[6:], failed])
    return folder


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ("rank = 3 and gap_atomic_3d_ev < 0 order by phi desc limit 20", ["3.cif"]),
        ("where phi > 0.75 order by phi", ["8.cif", "9.cif"]),
        ("order by phi desc nulls last limit 1;", ["9.cif"]),
        ("select source from crystals where reason = 'timeout'", ["10.cif"]),
        ("phi is null", ["10.cif"]),
    ],
)
def test_a_condition_a_tail_and_a_whole_statement(out, question, sources):
    assert ask(out, question)["source"].to_pylist() == sources


def test_everything_has_all_columns(out):
    table = ask(out)
    assert table.num_rows == 11
    assert table.column_names == [c.name for c in all_columns()]
    assert table.to_pandas()["phi"].notna().sum() == 10


@pytest.mark.parametrize(
    "question",
    [
        "rank = ",
        "nonesuch > 1",
        "select 1; drop view crystals",
        "rank = 3; copy crystals to 'stolen.csv'",
        "select * from read_csv('/etc/hostname')",
        "with x as (select 1) insert into crystals select * from x",
    ],
)
def test_bad_questions_are_one_line(out, question):
    before = sorted(p.name for p in out.rglob("*"))
    with pytest.raises(InputError) as raised:
        ask(out, question)
    assert "\n" not in str(raised.value)
    assert sorted(p.name for p in out.rglob("*")) == before


def test_no_dataset(tmp_path):
    with pytest.raises(InputError, match="no dataset of a screen"):
        ask(tmp_path)


def test_json_is_a_list_of_objects(out):
    question = "select source, phi from crystals order by id"
    result = CliRunner().invoke(app, ["query", str(out), question, "--json"])
    rows = json.loads(result.stdout)
    assert rows[0] == {"source": "0.cif", "phi": 0.0}
    assert rows[10] == {"source": "10.cif", "phi": None}
    csv = CliRunner().invoke(app, ["query", str(out), question, "--csv"]).stdout.splitlines()
    assert csv[0] == "source,phi"
    assert csv[11] == "10.cif,"


def test_a_dataset_that_is_merged_meanwhile_is_asked_again(out, monkeypatch):
    true = questions.parts_of
    gone = dataset.Part(1, 1, out / "crystals" / "rows-0000000001-0000000001.parquet.gone")
    answers = [[gone], true(out)]
    monkeypatch.setattr(questions, "parts_of", lambda _: answers.pop(0))
    assert ask(out).num_rows == 11
    assert not answers
