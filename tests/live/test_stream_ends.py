"""A stream of changes ends when the server is told to stop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from beredt.live.desk import Desk
from beredt.live.picture.view import View
from beredt.web.live.stream import changes


class QuietDesk:
    """A desk at which nothing happens."""

    number = 1

    def view(self) -> View:
        """An empty picture."""
        return View(1, 0, (), (), (), False)


async def _listen() -> int:
    looks = iter([False, True])
    return len([one async for one in changes(cast(Desk, QuietDesk()), lambda: next(looks))])


def test_a_listener_is_let_go_when_the_server_is_told_to_stop() -> None:
    """It has the whole picture once, and then an end instead of being cut off."""
    # In a thread of its own: where a browser is open in this process, its thread has a loop already.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, asyncio.wait_for(_listen(), 5)).result() == 1
