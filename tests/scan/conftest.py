from __future__ import annotations

from pathlib import Path

import pytest
from ase.build import bulk
from toy_engine import ToyEngine

from isotunnel.scan.store import ScanStore


@pytest.fixture
def toy(tmp_path: Path) -> ToyEngine:
    folder = tmp_path / "toy"
    folder.mkdir()
    return ToyEngine(str(folder))


@pytest.fixture
def store(tmp_path: Path) -> ScanStore:
    return ScanStore(tmp_path / "store")


@pytest.fixture
def copper():
    return bulk("Cu")
