"""``isotunnel serve`` for scripts and tests that drive its page."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(home: Path, *more: str) -> Iterator[str]:
    """A web lab of its own; its address."""
    command = [sys.executable, "-c", "from isotunnel.cli.main import run; run()"]
    options = ["serve", "--port", "0", "--no-open", "--home", str(home), *more]
    with subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.search(r"http://\S+/", process.stderr.readline())
        try:
            assert found
            yield found[0]
        finally:
            process.terminate()
