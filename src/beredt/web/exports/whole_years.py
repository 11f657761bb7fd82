"""The years behind an answer, waited for: what a page shows is kept, so they are mostly there at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from fastapi.concurrency import run_in_threadpool

from beredt.indicators.runs import Runs
from beredt.web.answers.engine import Engine
from beredt.web.answers.stream import Understood


async def whole_years(engine: Engine, asked: Understood) -> Mapping[str, Runs]:
    """All replications of everything that a question compares, by name.

    Raises:
        SimulationError: a replication cannot be run.
    """
    loop, change = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        with suppress(RuntimeError):  # the server is going down, and its loop has gone first
            loop.call_soon_threadsafe(change.set)

    asking = await run_in_threadpool(engine.ask, asked.study_key, asked.telling.compared.proposals, asked.wanted, wake)
    try:
        while asking.due() != asked.wanted:
            if asking.error is not None:
                raise asking.error
            await change.wait()
            change.clear()
        return asking.runs(asked.wanted)
    finally:
        engine.drop(asking)
