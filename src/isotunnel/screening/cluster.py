"""The Dask cluster that does the work: on this machine, or one that runs already."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from isotunnel.errors import EngineError, InputError
from isotunnel.processors import usable_cores
from isotunnel.screening.packages import need
from isotunnel.screening.settings import Settings

_ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")}
# Set in the worker only: Dask sets the others in this process too, for a moment, and numba
# refuses a change once it has started its threads.
_NUMBA = {"NUMBA_NUM_THREADS": "1"}
_QUIET = {"DASK_LOGGING__DISTRIBUTED": "critical"}
_CONNECT_S = 30


class StartError(EngineError):
    """Workers did not come up; another try may do."""


@contextmanager
def client_of(scheduler: str | None, workers: int | None, memory_per_worker: str) -> Iterator[Any]:
    """A client of the cluster, as long as the context lasts.

    Args:
        scheduler: address of a running scheduler, None for a cluster on this machine: processes
            with one thread each.
        workers: how many of them; None for one per core.
        memory_per_worker: "auto" (an equal share) or such as "4GiB"; a worker that holds more is
            ended, and its crystal fails.

    Raises:
        MissingExtraError: Dask is not installed.
        StartError: a worker died while it came up.
        InputError: no scheduler answers at the address, or its workers have several threads.
    """
    need("distributed", "screening many crystals")
    import distributed

    if scheduler is not None:
        try:
            client = distributed.Client(scheduler, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise InputError(f"--scheduler {scheduler}: no answer ({error})") from None
        with client:
            yield client
        return
    import dask

    # A worker gets one crystal at a time, so only that one is suspected where it dies.
    config = {
        "distributed.scheduler.worker-saturation": 1.0,
        "distributed.scheduler.allowed-failures": 0,
        "distributed.nanny.pre-spawn-environ": {**_ONE_THREAD, "MALLOC_TRIM_THRESHOLD_": 65536},
    }
    with (
        dask.config.set(config),
        tempfile.TemporaryDirectory(prefix="isotunnel-", ignore_cleanup_errors=True) as scratch,
        _local(distributed, workers or usable_cores(), memory_per_worker, scratch) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield client


def _local(distributed: Any, workers: int, memory_per_worker: str, scratch: str) -> Any:
    try:
        return distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            memory_limit=memory_per_worker,
            # None would still open a port, always the same one.
            dashboard_address="127.0.0.1:0",
            local_directory=scratch,
            silence_logs=logging.CRITICAL,
            env={**_ONE_THREAD, **_NUMBA, **_QUIET},
        )
    except ValueError as error:
        raise InputError(f"the workers cannot be started: {error}") from None
    except RuntimeError as error:
        raise StartError(f"the workers did not come up: {error}") from None


def make_ready(client: Any, settings: Settings) -> None:
    """Import and compile once on every worker, also on those that come later.

    Raises:
        InputError: workers have several threads.
        StartError: there are no workers, or they cannot compute.
    """
    from distributed import WorkerPlugin

    class WarmUp(WorkerPlugin):
        """Runs when a worker starts."""

        name = "isotunnel-warm-up"

        def setup(self, worker: Any) -> None:  # noqa: ARG002 - the plugin's interface
            """Pay for what is paid once."""
            from isotunnel.screening.worker import warm_up

            warm_up(settings)

    try:
        client.wait_for_workers(1, timeout=_CONNECT_S * 4)
    except TimeoutError:
        raise StartError("no worker came up within two minutes") from None
    threads = {w["nthreads"] for w in client.scheduler_info(n_workers=-1)["workers"].values()}
    if max(threads, default=1) > 1:
        raise InputError(
            "the workers have several threads, but a crystal that hangs is ended with its "
            "process: start them with --nthreads 1 (and --nworkers as many as cores)"
        )
    try:
        client.register_plugin(WarmUp())
    except Exception as error:  # whatever a foreign worker lacks
        raise StartError(f"the workers cannot compute: {error}") from None


def worker_count(client: Any) -> int:
    """How many workers there are now."""
    return len(client.scheduler_info(n_workers=-1)["workers"])
