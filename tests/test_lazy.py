"""Packages whose names come on first use."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import isotunnel

SOURCE = Path(isotunnel.__file__).parent
STUBS = sorted(SOURCE.rglob("__init__.pyi"))
LAZY = [".".join(("isotunnel", *path.parent.relative_to(SOURCE).parts)) for path in STUBS]


def test_there_are_such_packages():
    assert len(LAZY) >= 10
    attached = [p for p in SOURCE.rglob("__init__.py") if "attach_stub(" in p.read_text("utf-8")]
    assert sorted(p.with_suffix(".pyi") for p in attached) == STUBS


@pytest.mark.parametrize("name", LAZY)
def test_every_public_name_is_found(name):
    package = importlib.import_module(name)
    assert package.__all__
    for public in package.__all__:
        assert getattr(package, public) is not None
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = package.nonesuch


@pytest.mark.parametrize("path", STUBS, ids=LAZY)
def test_no_public_name_is_also_a_module(path):
    """Importing a module sets an attribute of its package, which would hide the name."""
    names = {
        alias.asname or alias.name
        for line in ast.parse(path.read_text("utf-8")).body
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    }
    modules = {p.stem for p in path.parent.glob("*.py")}
    modules |= {p.parent.name for p in path.parent.glob("*/__init__.py")}
    assert names
    assert not names & modules


def test_importing_a_lazy_package_imports_none_of_its_modules():
    code = "import sys, isotunnel.fields; print('isotunnel.fields.field' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
