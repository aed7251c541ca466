"""Nothing on the terminal is cut, at any width, and every column of numbers says its unit."""

from __future__ import annotations

import re

import pytest
from command import DATA, isotunnel
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from isotunnel.cli.tables import FittingConsole, fitted

COMMANDS = {
    "tunnels": ("tunnels", DATA / "h3s_elf.cube.gz"),
    "analyze": ("analyze", DATA / "h3s_elf.cube.gz", "--engine", "procrystal", "--no-files"),
    "compare": ("compare", DATA / "h3s_elf.cube.gz", DATA / "h3s_elf.cube.gz"),
    "atlas": ("atlas",),
    "atlas of one": ("atlas", "H3S"),
    "hydrides": ("hydrides", "H3S"),
    "a hydride": ("hydrides", "S01"),
    "fits": ("fits", "Al"),
    "metal": ("metal",),
    "meissner": ("meissner", "Pb"),
    "critical": ("critical", "Sn"),
    "helium": ("helium", "--sweeps", "200"),
    "planet": ("planet", "Earth"),
    "crystals": ("crystals",),
    "a crystal": ("crystals", "H3S"),
    "data": ("data",),
    "a table": ("data", "elements_ambient", "--material", "Pb"),
    "many rows": ("data", "dtc_dp"),
    "scorecard": ("scorecard", "--claim", "C3"),
    "spacing": ("spacing", "T3"),
    "pairing --stored": ("pairing", "Nb", "--stored"),
    "cite": ("cite",),
}
PURE = {
    *("φ", "phi", "phi*", "Δ₃ density", "Δ₃ elf", "H fraction", "H share", "lambda", "Z"),
    *("points", "rows", "parameters", "metals", "wins", "fit/held", "source", "difference"),
    *(
        "exponent",
        "errors from 0",
        "errors from 0.5",
        "by volume",
        "by isochore",
        "value",
        "95 % interval",
        "p",
    ),
    *("on the grid", "threshold", "whole region, grid", "zero resistance", "London (as observed)"),
}
"""Columns of pure numbers and counts; the table of thresholds names the unit in its first two."""


@pytest.fixture
def tables(monkeypatch):
    """The tables that commands print."""
    found: list[Table] = []
    plain = FittingConsole.print

    def keeping(self, *objects, **options):
        found.extend(x for x in objects if isinstance(x, Table))
        plain(self, *objects, **options)

    monkeypatch.setattr(FittingConsole, "print", keeping)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_cut_and_numbers_have_units(command, tables):
    outcome = isotunnel(*COMMANDS[command], COLUMNS="80")
    assert outcome.status == 0, outcome
    assert "…" not in outcome.out
    assert tables or command in ("pairing --stored", "cite")
    for table in tables:
        for width in (60, 80, 200):
            _check_whole(table, width)
        headers = [str(c.header) for c in table.columns if table.show_header]
        for column in table.columns:
            if column.justify == "right" and not _says_its_unit(column, headers, table):
                raise AssertionError(f"{command}: no unit in {column.header!r} of {table.title}")


def _check_whole(table: Table, width: int) -> None:
    console = Console(width=width, highlight=False)
    with console.capture() as capture:
        for part in fitted(table, width):
            console.print(part)
    text = capture.get()
    assert "…" not in text
    assert all(cell_len(line) <= width for line in text.splitlines())
    for column in table.columns:
        if column.justify == "right":
            for cell in column.cells:
                assert Text.from_markup(str(cell)).plain in text


def _says_its_unit(column, headers, table) -> bool:
    header = str(column.header)
    beside = "unit" in headers or "%" in str(table.title)
    counts = all(re.fullmatch(r"\d*%?( %)?|–", str(c)) for c in column.cells)
    return header in PURE or "(" in header or beside or counts


@given(
    st.lists(
        st.lists(st.text("abc 0123456789.-", max_size=30), min_size=4, max_size=4), max_size=4
    ),
    st.integers(40, 200),
)
def test_a_table_keeps_every_word_at_any_width(rows, width):
    table = Table(title="made up")
    for name, justify in (("key", "left"), ("first", "right"), ("second", "right"), ("x", "left")):
        table.add_column(name, justify=justify)
    for row in rows:
        table.add_row(*row)
    console = Console(width=width, file=None, record=True, highlight=False, quiet=False)
    with console.capture() as capture:
        for part in fitted(table, width):
            console.print(part)
    text = capture.get()
    assert "…" not in text
    letters = re.sub(r"[^abc0-9.-]", "", text)
    for row in rows:
        for cell in row[1:3]:
            assert cell.strip() in text or len(cell) > width - 20
    assert len(letters) >= sum(len(re.sub(r"\s", "", c)) for row in rows for c in row)
