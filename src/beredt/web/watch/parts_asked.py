"""Which parts a server is asked about, and how each is asked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from beredt.errors import AdviceError, BeredtError
from beredt.live.live import Live
from beredt.live.webhooks.webhooks import Webhooks
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.watch.health import Part, Starting

LEAST_FREE_BYTES = 100_000_000
"""Room on the disk below which a server is not ready: the next commit might be the one that fails."""


class NotWellError(Exception):
    """A part does not work: the message says why."""


def room_part(folder: Path) -> Part:
    """A data folder with room."""

    def check() -> None:
        place = next(one for one in (folder, *folder.parents) if one.is_dir())
        found = os.statvfs(place) if hasattr(os, "statvfs") else None
        if found is not None and found.f_bavail * found.f_frsize < LEAST_FREE_BYTES:
            raise NotWellError(f"less than {LEAST_FREE_BYTES // 1_000_000} MB are free where the data folder lies")

    return Part(check)


def jobs_part(queue: JobQueue) -> Part:
    """The queue of jobs: pages answer without it, and nothing long is done."""

    def check() -> None:
        if not queue.is_working():
            raise NotWellError("the thread that works off the queue has ended")

    return Part(check, needed=False)


def log_part(live: Live) -> Part:
    """The log of live events: its database answers, and the thread that writes is there."""

    def check() -> None:
        if not live.is_writing():
            raise NotWellError("the thread that writes the log has ended")
        live.log.last_number()

    return Part(check)


def webhooks_part(webhooks: Webhooks) -> Part:
    """What sends to other systems. How a target is stands in the metrics: here it would tell anybody what others do."""

    def check() -> None:
        if not webhooks.are_working():
            raise NotWellError("a thread that sends to a target has ended")

    return Part(check, needed=False)


def advice_part(ground: Callable[[], object]) -> Part:
    """Readiness and advice: the picture goes on without them."""

    def check() -> None:
        try:
            ground()
        except AdviceError as error:
            raise Starting(str(error)) from error
        except BeredtError as error:
            raise NotWellError(str(error)) from error

    return Part(check, needed=False)
