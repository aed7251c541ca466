"""What happens in a job's process: limits, the work, and a result that appears whole."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from isotunnel.errors import IsotunnelError
from isotunnel.web.jobs.job import Job
from isotunnel.web.jobs.kinds import KINDS
from isotunnel.web.jobs.store import Store
from isotunnel.web.problems import body, problem_of

TELLING_PAUSE_S = 0.2
_PR_SET_PDEATHSIG = 1


def prepare(memory_bytes: int) -> None:
    """Once per process: it dies with the server, and takes no more memory than it may."""
    # Ctrl-C in the terminal is the server's business.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import resource

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def run(job: Job, home: Path) -> dict[str, Any] | None:
    """Do a job; its result lies in ``results/ID`` of the home folder when this returns.

    Returns:
        None, or the error in its one shape.
    """
    folder = home / "results" / job.id
    folder.mkdir(parents=True, exist_ok=True)
    try:
        KINDS[job.kind].run(job.request, home, folder, _teller(job, home))
    except IsotunnelError as error:
        return dict(problem_of(error)[1]["error"])
    except MemoryError:
        message = "needs more memory than a job may take here; try a smaller cell or a coarser grid"
        return dict(body("memory", message, 4)["error"])
    return None


def _teller(job: Job, home: Path) -> Callable[[str, float | None], None]:
    """Progress into the database, a few times a second at most, from a thread of its own."""
    latest: list[tuple[str, float | None]] = []
    changed = threading.Event()

    def write() -> None:
        store = Store(home)
        while True:
            changed.wait()
            changed.clear()
            store.tell(job.id, job.attempt, *latest[-1])
            time.sleep(TELLING_PAUSE_S)

    def tell(message: str, fraction: float | None) -> None:
        latest[:] = [(message, fraction)]
        changed.set()

    threading.Thread(target=write, daemon=True).start()
    return tell
