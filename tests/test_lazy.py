"""Packages whose names come on first use."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

import isotunnel
from isotunnel.lazy import lazy_names

SOURCE = Path(isotunnel.__file__).parent
LAZY = sorted(
    ".".join(("isotunnel", *path.parent.relative_to(SOURCE).parts))
    for path in SOURCE.rglob("__init__.py")
    if "_HOMES = {" in path.read_text(encoding="utf-8")
)


def test_there_are_such_packages():
    assert len(LAZY) >= 6


@pytest.mark.parametrize("name", LAZY)
def test_every_public_name_has_its_home(name):
    package = importlib.import_module(name)
    assert set(package._HOMES) <= set(package.__all__)
    for public in package.__all__:
        assert getattr(package, public) is not None
    with pytest.raises(AttributeError, match=f"module '{name}' has no attribute 'nonesuch'"):
        _ = package.nonesuch


@pytest.mark.parametrize("name", LAZY)
def test_type_checkers_see_the_same_names(name):
    """What stands under TYPE_CHECKING is what ``_HOMES`` gives at run time."""
    package = importlib.import_module(name)
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.asname or alias.name
        for block in tree.body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for line in block.body
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    }
    assert seen == set(package._HOMES)


def test_a_name_is_looked_up_where_its_home_is():
    look_up = lazy_names("isotunnel", {"KELVIN": "nowhere", "InputError": "errors"})
    assert look_up("InputError") is isotunnel.InputError
    with pytest.raises(ModuleNotFoundError):
        look_up("KELVIN")
    with pytest.raises(AttributeError, match="nonesuch"):
        look_up("nonesuch")
