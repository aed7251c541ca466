"""Every table of measured facts, read once."""

from __future__ import annotations

import pytest

from isotunnel import measured


@pytest.fixture(params=measured.tables())
def table(request):
    return measured.table(request.param)
