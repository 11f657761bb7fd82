"""What is counted of the live picture: events by what became of them, how old the newest is, how far it is behind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from beredt.errors import LiveStoreError
from beredt.live.live import Live
from beredt.live.store.entry import OWN
from beredt.web.watch.metrics import OTHER

MOST_SOURCES = 20
"""Sources that are told by name."""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,31}")
TAKEN = "taken"


def live_metrics(live: Live) -> Callable[[], Iterable[Metric]]:
    """Metrics of a log and its picture, the same after a restart: they are counted from the log."""

    def look() -> Iterable[Metric]:
        now_ms = live.clock() * 1000
        with live.lock:
            number, newest_ms = live.picture.number, live.picture.newest_ms
            sources = {name: (one.events, one.time_ms, dict(one.counts)) for name, one in live.picture.sources.items()}
        events = Counter[str]()
        for taken, _, counts in sources.values():
            events[TAKEN] += taken
            events.update(counts)
        told = CounterMetricFamily(
            "beredt_live_events", "Events of the log, and those that were not taken.", labels=("verdict",)
        )
        for verdict, count in sorted(events.items()):
            told.add_metric((verdict,), count)
        age = GaugeMetricFamily("beredt_live_newest_age_seconds", "Age of the newest datum.", labels=("source",))
        for name, time_ms in _by_name({name: one[1] for name, one in sources.items() if name != OWN}).items():
            age.add_metric((name,), max(0.0, now_ms - time_ms) / 1000)
        if newest_ms:
            yield GaugeMetricFamily(
                "beredt_live_picture_age_seconds", "Age of the newest datum of all.", max(0.0, now_ms - newest_ms) / 1e3
            )
        yield told
        yield age
        yield GaugeMetricFamily("beredt_live_entries", "Entries of the log that are in the picture.", number)
        yield from _behind(live, number)

    return look


def _behind(live: Live, number: int) -> Iterable[Metric]:
    """How many entries of the log are not in the picture yet: nothing is told while the database does not answer."""
    try:
        last = live.log.last_number()
    except LiveStoreError:
        return
    yield GaugeMetricFamily(
        "beredt_live_entries_behind", "Entries of the log that are not in the picture yet.", max(0, last - number)
    )


def _by_name(times: dict[str, int]) -> dict[str, int]:
    """Newest times by name of source; those whose names could be anything, and those beyond the first few, as one."""
    found: dict[str, int] = {}
    for name, time_ms in sorted(times.items()):
        plain = bool(_PLAIN.fullmatch(name)) and (name in found or len(found) < MOST_SOURCES)
        key = name if plain else OTHER
        found[key] = max(found.get(key, 0), time_ms)
    return found
