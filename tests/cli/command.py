"""Run the command line in this process, and the small files that it is run on."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np

from isotunnel.cli.main import run
from isotunnel.schemas import validated

DATA = Path(__file__).parent.parent / "data"
STEP = 0.5


@dataclass(frozen=True)
class Outcome:
    """What a run left: its exit status and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out, parse_constant=_refuse)

    @property
    def problem(self) -> str:
        """The one line of a failed run, behind lines that tell of progress."""
        *before, last = self.err.splitlines()
        assert all(line.startswith("... ") for line in before), self.err
        assert last.startswith("isotunnel: ")
        assert "Traceback" not in self.err
        return last.removeprefix("isotunnel: ")


class Keys(dict):
    """A JSON object whose keys are attributes too."""

    def __getattr__(self, key):
        return self[key]


def checked(shape, values) -> Keys:
    """A JSON document that keeps to its shape, else the test fails."""
    return json.loads(json.dumps(validated(shape, values)), object_hook=Keys)


def _refuse(word):
    raise AssertionError(f"{word} is no JSON")


def isotunnel(*args: object, **environment: str) -> Outcome:
    """Run ``isotunnel ARGS`` as its entry point does."""
    out, err = io.StringIO(), io.StringIO()
    status: int | str | None = 0
    with (
        mock.patch.object(sys, "argv", ["isotunnel", *map(str, args)]),
        mock.patch.dict(os.environ, {"COLUMNS": "140", "NO_COLOR": "1", **environment}),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            run()
        except SystemExit as leaving:
            status = leaving.code
    assert status is None or isinstance(status, int)
    return Outcome(status or 0, out.getvalue(), err.getvalue())


def refused(*args: object, status: int = 2) -> str:
    """The one line with which a run is refused; nothing may stand on stdout."""
    outcome = isotunnel(*args)
    assert outcome.status == status, outcome
    assert outcome.out == ""
    return outcome.problem


def process(*args: object, **options) -> subprocess.Popen[str]:
    """The command in a process of its own, where Ctrl-C works even if ours ignores it."""
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from isotunnel.cli.main import run; run()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def schwarz(shape=(6, 6, 6)):
    """cos x + cos y + cos z from 0 to 1: above 2/3 and below 1/3 nothing percolates."""
    axes = np.meshgrid(*(2 * np.pi * np.arange(n) / n for n in shape), indexing="ij")
    return 0.5 + sum(np.cos(u) for u in axes) / 6


def rows(values, per_line=6):
    words = [f"{x:.10e}" for x in values]
    return "".join(" ".join(words[i : i + per_line]) + "\n" for i in range(0, len(words), per_line))


def cube_text(values=None, comment="ELF", *, atom="    1 0.0 0.0 0.0 0.0\n"):
    """Hydrogen in a simple cubic cell, steps of half a bohr."""
    values = schwarz() if values is None else values
    head = f"{comment}\nby hand\n    {1 if atom else 0} 0.0 0.0 0.0\n"
    for axis, n in enumerate(values.shape):
        step = ["0.0"] * 3
        step[axis] = f"{STEP * 12 / n:.9f}"
        head += f"{n:5d} {' '.join(step)}\n"
    return head + atom + rows(values.ravel())


def poscar_text(symbols="H", scaled=((0, 0, 0),), edge=3.0):
    lines = ["a crystal", "1.0", f"{edge} 0 0", f"0 {edge} 0", f"0 0 {edge}"]
    lines += [symbols, " ".join("1" for _ in symbols.split()), "Direct"]
    return "\n".join(lines) + "\n" + "".join(f"{x} {y} {z}\n" for x, y, z in scaled)


def chgcar_text(*blocks, head=None):
    text = head or poscar_text()
    for values in blocks or (schwarz() * 27.0,):
        n = " ".join(map(str, values.shape))
        text += f"\n{n}\n" + rows(values.ravel(order="F"), 5)
    return text


def xsf_text(values=None, *, grid=True):
    values = schwarz() if values is None else values
    cell = "3.0 0 0\n0 3.0 0\n0 0 3.0\n"
    text = f"CRYSTAL\nPRIMVEC\n{cell}PRIMCOORD\n1 1\nH 0.0 0.0 0.0\n"
    if not grid:
        return text
    values = np.pad(values, ((0, 1),) * 3, mode="wrap")
    n = " ".join(map(str, values.shape))
    text += f"BEGIN_BLOCK_DATAGRID_3D\nelf\nBEGIN_DATAGRID_3D_elf\n{n}\n0 0 0\n{cell}"
    return text + rows(values.ravel(order="F")) + "END_DATAGRID_3D\nEND_BLOCK_DATAGRID_3D\n"
