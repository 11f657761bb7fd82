"""The forecast of the coming hours, kept fresh in the background while somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import TYPE_CHECKING

from beredt.errors import BeredtError
from beredt.live.readiness.volume import Volume, by_study
from beredt.live.sharing.sight import Seen

if TYPE_CHECKING:
    from beredt.demand.forecast.counts import Counts

FRESH_MS = 6 * 3_600_000
"""A forecast is made anew after so long."""
AGAIN_MS = 3_600_000
"""Where there was none, so long is waited before it is tried again."""


ONE_OF_SEVERAL = "one_of_several"


class Outlook:
    """How many incidents the coming hours bring. Its method may be called by several threads."""

    def __init__(self, live: Seen, count_history: Callable[[], Counts | None]) -> None:
        """Nothing is reckoned before the first question.

        Args:
            live: whose log is counted.
            count_history: incidents by hour from before the live log, None where nobody has any.
        """
        self._live, self._count_history = live, count_history
        self._volume, self._due_ms, self._lock = by_study("being_reckoned"), 0, Lock()

    def volume(self) -> Volume:
        """What is known by now; what is not fresh is reckoned anew meanwhile.

        An organisation has counted its own incidents only: of the others' areas they tell nothing, and so it is told
        what the study's rates say.
        """
        if self._live.known.viewer:
            return by_study(ONE_OF_SEVERAL)
        now_ms = round(self._live.clock() * 1000)
        with self._lock:
            if now_ms >= self._due_ms:
                self._due_ms = now_ms + AGAIN_MS
                Thread(target=self._reckon, args=(now_ms,), name="live-outlook", daemon=True).start()
            return self._volume

    def _reckon(self, now_ms: int) -> None:
        from beredt.live.readiness.forecast_volume import forecast_volume

        with self._live.lock:
            opened = {hour: list(counts) for hour, counts in self._live.picture.opened.items()}
        try:
            found = forecast_volume(opened, self._count_history(), now_ms)
        except BeredtError as error:
            found = by_study(f"history_unreadable: {error}")
        with self._lock:
            self._volume = found
            if not found.reason:
                self._due_ms = now_ms + FRESH_MS
