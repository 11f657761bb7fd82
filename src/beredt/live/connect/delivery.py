"""What another system wrote, translated by its adapter and sent until it is acknowledged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from beredt.live.events.adapter import Adapter
from beredt.live.feed.send import BATCH, post

ABOUT = {"unknown_status": "status", "unknown_unit": "unit", "unknown_place": "hospital"}
"""Rules that an event meets by a word that nobody has explained, and where that stands in it."""
MOST_WORDS = 5

Clock = Callable[[], float]
"""Tells the time in seconds since 1970."""


@dataclass(slots=True)
class Delivered:
    """What became of something that was delivered: counts, and what was refused, with its place, id and reason.

    `newest_age_s` is how old its newest event was when it was acknowledged, by the clock of its source and ours; None
    where no event told its time. `words` are those of the rules in `ABOUT`: what is to be added to the adapter.
    """

    taken: int = 0
    doubled: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    noted: Counter[str] = field(default_factory=Counter)
    words: dict[str, set[str]] = field(default_factory=dict)
    newest_age_s: float | None = None

    def line(self) -> str:
        """For a person."""
        noted = "".join(f", {count} {rule}{self._which(rule)}" for rule, count in sorted(self.noted.items()))
        age = "unknown" if self.newest_age_s is None else f"{self.newest_age_s:.0f} s"
        counts = f"{self.taken} taken, {self.doubled} doubled, {len(self.refused)} refused{noted}"
        return f"{counts}; newest datum {age} old"

    def _which(self, rule: str) -> str:
        found = sorted(self.words.get(rule, ()))
        return f" ({', '.join(found[:MOST_WORDS])}{', …' if len(found) > MOST_WORDS else ''})" if found else ""

    def refusals(self) -> str:
        """Why the first one was refused, and how many others were, for a person; "" where none was."""
        if not self.refused:
            return ""
        first, others = self.refused[0], len(self.refused) - 1
        more = f", and {others} more" if others else ""
        return f"refused was number {first['at'] + 1} ({first['id'] or 'without id'}): {first['message']}{more}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The way to a live server.

    `url` is the server's, `key` that of the feed or None on one's own machine, `adapter` says how the system writes.
    """

    url: str
    key: str | None
    adapter: Adapter
    sleep: Callable[[float], None]
    clock: Clock

    def deliver(self, sent: Any) -> Delivered:
        """Send what was found; a server that does not answer is asked for ever.

        Raises LiveStoreError when the server refuses the feed itself, as with a wrong key.
        """
        events, told = self.adapter.translate(sent), Delivered()
        for begin in range(0, len(events), BATCH):
            receipt = post(self.url, events[begin : begin + BATCH], self.key, self.sleep, tries=None)
            told.taken += receipt["taken"]
            told.doubled += receipt["doubled"]
            told.refused += [{**one, "at": begin + one["at"]} for one in receipt["refused"]]
            for one in receipt["noted"]:
                told.noted[one["rule"]] += 1
                word = events[begin + one["at"]].get(ABOUT.get(one["rule"], ""))
                if word is not None:
                    told.words.setdefault(one["rule"], set()).add(str(word))
        moments = [moment for event in events if (moment := _moment(event.get("time"))) is not None]
        if moments:
            told.newest_age_s = self.clock() - max(moments)
        return told


def _moment(text: Any) -> float | None:
    try:
        return datetime.fromisoformat(text).timestamp()
    except (TypeError, ValueError):
        return None
