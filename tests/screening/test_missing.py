"""Without the extra, one helpful line."""

from __future__ import annotations

import importlib.util

import pytest

from isotunnel.errors import MissingExtraError
from isotunnel.screening import ask, packages, screen


@pytest.mark.parametrize("absent", ["distributed", "duckdb", "pyarrow"])
def test_the_message_says_what_to_install(absent, tmp_path, monkeypatch):
    def none_of_it(name):
        return None if name == absent else importlib.util.find_spec(name)

    monkeypatch.setattr(packages, "find_spec", none_of_it)
    calls = {"duckdb": lambda: ask(tmp_path)}
    call = calls.get(absent, lambda: screen(["NaCl"], tmp_path))
    with pytest.raises(MissingExtraError, match=r"pip install 'isotunnel\[scale\]'"):
        call()
