"""Tables, figures, page, the command."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from typer.testing import CliRunner

from isotunnel import schemas
from isotunnel.errors import InputError, MissingExtraError
from isotunnel.report import text, write_scan
from isotunnel.report.figures.scan import scan_figures
from isotunnel.scan import Scan, scan, write_csv, write_parquet
from isotunnel.scan.store import ScanStore


class Checker(HTMLParser):
    """Open tags, and everything that a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.images = 0

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("src", "href") and not str(value).startswith(("data:", "#")):
                self.loads.append(str(value))
        self.images += tag == "img"


@pytest.fixture
def result(copper, toy, store) -> Scan:
    toy.told("fail", 40)
    return scan(copper, pressures=[0, 20, 40, 60], engine=toy, store=store, workers=1)


def test_csv_holds_the_table(result, tmp_path):
    write_csv(result, tmp_path / "t.csv")
    with open(tmp_path / "t.csv", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(r["pressure_target_gpa"]) for r in rows] == [0, 20, 40, 60]
    assert rows[2]["status"] == "failed"
    assert rows[2]["reason"] == "told to fail at 40 GPa"
    assert rows[2]["volume_angstrom3"] == ""
    volumes = [float(r["volume_angstrom3"]) for r in rows if r["status"] == "done"]
    assert volumes == [v for v in result.cells("volume_angstrom3") if v is not None]
    assert "fermi_ev" in rows[0]["reason"]
    assert not {"nan", "inf", "None"} & {value for row in rows for value in row.values()}


def test_parquet_holds_the_same_with_units(result, tmp_path):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra scale)")
    import pyarrow.parquet as parquet

    write_parquet(result, tmp_path / "t.parquet")
    table = parquet.read_table(tmp_path / "t.parquet")
    assert table.column_names == [c.name for c in result.columns]
    assert table["volume_angstrom3"].to_pylist() == result.cells("volume_angstrom3")
    field = table.schema.field("volume_angstrom3")
    assert field.metadata[b"unit"] == b"angstrom^3"
    assert table.schema.metadata[b"schema"] == b'"isotunnel.scan/1"'


def test_without_pyarrow_it_says_what_to_install(result, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"isotunnel\[scale\]"):
        write_parquet(result, tmp_path / "t.parquet")
    assert list(tmp_path.glob("t.*")) == []


def test_schema(result):
    data = json.loads(json.dumps(result.as_dict(), allow_nan=False))
    found = schemas.validated(schemas.Scan, data)
    assert [p["status"] for p in found["points"]] == ["done", "done", "failed", "done"]
    names = {c["name"] for c in found["columns"]}
    for point in found["points"]:
        assert set(point["values"]) <= names
        assert set(point["reasons"]) <= names


def test_files(result, tmp_path):
    written = write_scan(result, tmp_path / "new" / "Cu@0.5")
    assert written.csv.name == "Cu@0.5.csv"
    names = {p.name for p in written.figures}
    assert {"Cu@0.5-volume.png", "Cu@0.5-gaps.svg", "Cu@0.5-thresholds.png"} <= names
    assert all(p.stat().st_size > 1000 for p in written.figures)
    svg = (tmp_path / "new" / "Cu@0.5-volume.svg").read_text()
    assert "volume per atom (Å³)" in svg
    assert "pressure asked for (GPa)" in svg
    page = written.html.read_text()
    checker = Checker()
    checker.feed(page)
    assert checker.loads == []
    assert checker.images == len(names) / 2
    assert "40 GPa: told to fail at 40 GPa" in page
    words = re.sub(r"base64,[^\"]*", "", page)
    assert not re.search(r"\b(nan|None|True|False)\b|\{\}|\[\]|&#39;: ", words.split("</style>")[1])


def test_gaps_and_thresholds_stand_among_the_main_numbers(result, tmp_path):
    page = write_scan(result, tmp_path / "x", figures=False).html.read_text()
    main = page.split("Main numbers")[1].split("</section>")[0]
    gap = result.gaps("atomic")
    assert "Lifting gaps" in main
    assert "atomic (eV)" in main
    shown = text.with_error(gap.values[0], result.gap_errors("atomic").values[0])
    assert shown in main.replace("\N{NO-BREAK SPACE}", " ")
    threshold = result.thresholds("procrystal", "density")
    assert "Density, procrystal (e/Å³)" in main
    assert f"{threshold.values[0]:.2f}" in main


def test_gap_figures_hold_zero_and_draw_it(result):
    makers = {name: make for name, _, make in scan_figures(result)}
    figure = makers["gaps"]()
    for axis in figure.axes:
        low, high = axis.get_ylim()
        assert low < 0 < high
        assert any(set(line.get_ydata()) == {0} for line in axis.lines)


def test_what_a_column_is_stands_in_the_column_not_in_its_name(result):
    renamed = {c.name: f"column {n}" for n, c in enumerate(result.columns)}
    columns = tuple(
        replace(c, name=renamed[c.name], error_of=renamed.get(c.error_of, ""))
        for c in result.columns
    )
    points = tuple(
        replace(p, values={renamed[k]: v for k, v in p.values.items()}, reasons={})
        for p in result.points
    )
    other = replace(result, columns=columns, points=points, _columns={}, _curves={})
    assert other.readings == result.readings
    for reading in ("atomic", "density"):
        assert other.gaps(reading, 2).cells == result.gaps(reading, 2).cells
        assert other.gap_errors(reading, 2).cells == result.gap_errors(reading, 2).cells
        assert other.states(reading).cells == result.states(reading).cells
    assert other.thresholds("procrystal", "density").cells == (
        result.thresholds("procrystal", "density").cells
    )
    drawn = {name for name, _, _ in scan_figures(other)}
    assert {"gaps", "thresholds"} <= drawn
    for wrong in (lambda: other.gaps("no such"), lambda: other.states("no such")):
        with pytest.raises(InputError, match="atomic"):
            wrong()
    with pytest.raises(InputError, match="density of procrystal"):
        other.thresholds("procrystal", "elf")


def test_a_page_of_failures_only(copper, toy, store, tmp_path):
    toy.told("fail", 0)
    result = scan(copper, pressures=[0], engine=toy, store=store, workers=1)
    written = write_scan(result, tmp_path / "x")
    assert written.figures == ()
    assert "told to fail" in written.html.read_text()


def test_words_from_files_are_escaped_in_the_page(result, tmp_path):
    odd = "<script>x</script>"
    there = replace(result, title=odd, sources=(odd,), settings={odd: odd})
    page = write_scan(there, tmp_path / "x", figures=False).html.read_text()
    assert odd not in page
    assert page.count("&lt;script&gt;x") == 5  # title twice, source, setting and its value


@pytest.fixture
def command(tmp_path, monkeypatch):
    from isotunnel.cli import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ISOTUNNEL_CACHE", str(tmp_path / "cache"))

    def invoke(*words: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(main.app, ["scan", *words])
        code = getattr(done.exception, "exit_code", done.exit_code)
        return code, done.stdout, str(done.exception or done.stderr)

    return invoke


def test_command(command, tmp_path):
    words = ("NaCl", "--engine", "procrystal", "--volume-ratio", "1.0,0.8", "--workers", "1")
    code, out, err = command(*words, "--json", "-o", "here/", "--figures", "here")
    assert code == 0, err
    found = schemas.validated(schemas.Scan, json.loads(out))
    assert (found["over"], found["computed"]) == ("volume_ratio", 2)
    assert {"NaCl-scan.csv", "NaCl-scan.html", "NaCl-scan.json", "NaCl-scan-gaps.png"} <= {
        p.name for p in (tmp_path / "here").iterdir()
    }
    code, out, err = command(*words, "--no-files")
    assert (code, "0 points computed" in out) == (0, True)
    assert not list(tmp_path.glob("NaCl*"))


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("NaCl",), 2, "--pressure or --volume-ratio"),
        (("NaCl", "--pressure", "1:2"), 2, "neither start:stop:step"),
        (("NaCl", "--pressure", "0:1:0"), 2, "step of 0"),
        (("NaCl", "--pressure=-100"), 2, "out of range"),
        (("Nowhere", "--pressure", "0"), 2, "unknown crystal"),
        (("NaCl", "--engine", "procrystal", "--pressure", "0"), 2, "--volume-ratio"),
        (("NaCl", "--volume-ratio", "9"), 2, "out of range"),
        (("NaCl", "--volume-ratio", "1", "-o", "file/x"), 2, "--output: "),
    ],
)
def test_bad_commands(command, words, code, message, tmp_path):
    (tmp_path / "file").write_text("")
    got, out, problem = command(*words)
    assert (got, out) == (code, ""), problem
    assert message in problem
    assert "\n" not in problem


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_is_clean_and_what_was_done_is_kept(tmp_path):
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from isotunnel.cli.main import run; run()"
    )
    words = ["scan", "NaCl", "--engine", "procrystal", "--workers", "2"]
    words += ["--volume-ratio", "1.0:0.5:0.01"]
    store = ScanStore(tmp_path / "cache" / "scans")
    victim = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=tmp_path,
        env={**os.environ, "ISOTUNNEL_CACHE": str(tmp_path / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # On a loaded machine the first point takes long: only a hanging process ends the wait.
    until = time.monotonic() + 600
    while not list(store.directory.rglob("*.json")):
        assert victim.poll() is None, victim.communicate()
        assert time.monotonic() < until
        time.sleep(0.05)
    victim.send_signal(signal.SIGINT)
    out, err = victim.communicate(timeout=600)
    assert victim.returncode == 130
    assert out == ""
    assert err.splitlines()[-1] == (
        "isotunnel: interrupted; points that are done are kept, and the same command goes on from "
        "there"
    )
    assert "Traceback" not in err
    assert [p.name for p in tmp_path.iterdir()] == ["cache"]
    assert not list(store.directory.rglob("*.part"))
