"""Server-sent events: how a job goes, until it is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from isotunnel.web.jobs.store import Store

PAUSE_S = 0.25
SIGN_OF_LIFE_S = 15.0


async def events(store: Store, identity: str) -> AsyncIterator[bytes]:
    """One event per change, ``event: job`` with the job as JSON; the stream ends with the job."""
    told = ""
    silent = 0.0
    while True:
        job = await asyncio.to_thread(store.get, identity)
        current = job.model_dump_json()
        if current != told:
            told, silent = current, 0.0
            yield f"event: job\ndata: {current}\n\n".encode()
        elif silent >= SIGN_OF_LIFE_S:
            silent = 0.0
            yield b": still here\n\n"
        if job.state.is_over:
            return
        await asyncio.sleep(PAUSE_S)
        silent += PAUSE_S
