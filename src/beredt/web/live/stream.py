"""The stream of changes: what is other than what this listener was told last."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

from beredt.live.desk import Desk
from beredt.live.picture.view import View
from beredt.web.live.shapes import ChangeOut, IncidentOut, UnitOut, incident_out, source_out, unit_out

LOOKS_EVERY_S = 0.1
"""How often a stream looks whether the log has grown."""
BEATS_EVERY_S = 2.0
"""How often it looks at what changes by itself, such as data that grow old, and says so although nothing has."""
STREAM_S = 600.0
"""A stream ends after so long, and whoever listens comes again: with a session that is still good."""


class Telling:
    """What one listener has been told."""

    def __init__(self) -> None:
        self._units: dict[str, UnitOut] = {}
        self._incidents: dict[str, IncidentOut] = {}

    def change(self, view: View) -> ChangeOut:
        """What of a view is new to them."""
        units = [unit_out(one) for one in view.units]
        incidents = [incident_out(one) for one in view.incidents]
        there = {one.id for one in incidents}
        change = ChangeOut(
            number=view.number,
            at_ms=view.at_ms,
            advice_on=view.advice_on,
            units=[one for one in units if self._units.get(one.id) != one],
            incidents=[one for one in incidents if self._incidents.get(one.id) != one],
            gone=[name for name in self._incidents if name not in there],
            sources=[source_out(one) for one in view.sources],
        )
        self._units = {one.id: one for one in units}
        self._incidents = {one.id: one for one in incidents}
        return change


async def changes(desk: Desk, is_ending: Callable[[], bool] = lambda: False) -> AsyncIterator[ChangeOut]:
    """Changes of what is seen at a desk as they come, the first one with everything.

    One is told when what is seen here has changed, and every other second: never because of what is not seen. The
    stream ends when the server does: nobody has to be cut off.
    """
    telling, told, told_at, ends = Telling(), -1, 0.0, time.monotonic() + STREAM_S
    while (now := time.monotonic()) < ends and not is_ending():
        if desk.number != told or now - told_at >= BEATS_EVERY_S:
            view = await asyncio.to_thread(desk.view)
            yield telling.change(view)
            told, told_at = view.number, now
        await asyncio.sleep(LOOKS_EVERY_S)
