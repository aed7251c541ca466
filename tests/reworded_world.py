"""Every source and note of the tables in other words, and what comes out of them.

Run as a program it prints the numbers, marks and verdicts as JSON; with ``--reword`` every text
that only people read is replaced, as it is loaded, by one that would mislead a program reading it.
Equal texts stay equal: a source is also the name of a set of rows.
"""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import json
import sys
from collections.abc import Iterator
from typing import Any

READ_BY_PEOPLE = ("source", "note", "doi", "url", "fitted_to", "insulator", "_state")
"""Columns whose name holds one of these carry words for people."""

VERDICTS = ("verdict", "verdicts", "state", "id", "side", "part", "kind", "put_into")
"""Words that are results, not wording."""


def reworded(text: str) -> str:
    """Other words for a text; nothing for nothing."""
    if not text:
        return text
    mark = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"assumed: fitted to Tc = 3 K of {mark}; semimetal; measured: {mark}"


def is_wording(column: str) -> bool:
    """Whether a column holds words that only people read."""
    return any(part in column for part in READ_BY_PEOPLE)


class Rewording(csv.DictReader):
    """Rows of a table with their words replaced."""

    def __next__(self) -> dict[str, str]:
        row = super().__next__()
        return {k: reworded(v) if is_wording(k) else v for k, v in row.items()}


def reword_everything() -> int:
    """Replace the words of the tables as they are loaded; the number of columns replaced."""
    from isotunnel import measured
    from isotunnel.matter import library as matter
    from isotunnel.measured import load
    from isotunnel.substances import library as substances

    class Reader:
        DictReader = Rewording

    replaced = 0
    for name in measured.tables():
        rows = []
        table = measured.table(name)
        words = [c.name for c in table.columns if c.kind == "text" and is_wording(c.name)]
        replaced += len(words)
        for row in table.rows:
            values = {n: reworded(str(v)) if n in words and v else v for n, v in row.items()}
            rows.append(dataclasses.replace(row, values_by_name=values))
        known[name] = dataclasses.replace(table, rows=tuple(rows))
    load._table = known.__getitem__  # type: ignore[assignment]
    matter.csv = Reader  # type: ignore[attr-defined]
    substances.csv = Reader  # type: ignore[attr-defined]
    return replaced


known: dict[str, Any] = {}


def results(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every number, flag, mark and verdict of a document with its place."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from results(item, f"{place}/{key}")
    elif isinstance(value, list | tuple):
        for i, item in enumerate(value):
            yield from results(item, f"{place}/{i}")
    elif not isinstance(value, str) or place.rsplit("/", 1)[-1] in VERDICTS:
        yield place, value


def catalogue() -> dict[str, Any]:
    """Parameters of every substance, and what stays of them without fits."""
    from isotunnel.plain import plain
    from isotunnel.substances import substances

    found = {}
    for about in substances():
        blind = [about.without_fits(), about.without_fits("dtc_dp"), about.without_fits("tc_k")]
        found[about.name] = [plain(x.entries) for x in (about, *blind)]
    return found


def marks() -> dict[str, Any]:
    """What was put into each theory, and the measured points that it is."""
    from isotunnel.diagrams.axes import Axis
    from isotunnel.diagrams.calibration_marks import inputs_of, is_input
    from isotunnel.measured.points import measured_points
    from isotunnel.schemas import document
    from isotunnel.schemas.diagram import TheoryInput
    from isotunnel.substances import substances
    from isotunnel.theories import RIVALS, TUNNEL_THEORIES

    everywhere = Axis(0.0, 1000.0, log=False)
    found = {}
    for about in substances():
        points = measured_points((about.name, *about.aliases)).points
        for theory in (*RIVALS, *TUNNEL_THEORIES):
            told = inputs_of(theory, about, everywhere) or ()
            found[f"{about.name} {theory.name}"] = [
                [
                    document(TheoryInput, ("", item)),
                    [n for n, p in enumerate(points) if is_input(item, p)],
                ]
                for _, item in told
            ]
    return found


def verdicts() -> dict[str, Any]:
    """The scorecard."""
    from isotunnel.claims import scorecard

    return scorecard().as_dict()


def spacing() -> dict[str, Any]:
    """The tests of spacing."""
    from isotunnel.studies.spacing import spacing_tests

    return {test.id: test.as_dict() for test in spacing_tests()}


PARTS = {"catalogue": catalogue, "marks": marks, "spacing": spacing, "verdicts": verdicts}


def main(arguments: list[str]) -> None:
    """Print the results of one part, and a mark of everything printed."""
    if "--reword" in arguments:
        assert reword_everything() > 50
    text = json.dumps(PARTS[arguments[0]](), default=str)
    everything = hashlib.sha256(text.encode()).hexdigest()
    print(json.dumps({"results": list(results(json.loads(text))), "everything": everything}))


if __name__ == "__main__":
    main(sys.argv[1:])
