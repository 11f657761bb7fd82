"""Run rules of review over the last days of a log, and put what they flag into its queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from beredt.indicators.review.cases import cases_of
from beredt.indicators.review.find_flags import find_flags, list_unused
from beredt.indicators.review.from_study import StudyFacts
from beredt.indicators.review.looked_at import look_at
from beredt.indicators.review.queue import open_queue
from beredt.indicators.review.queue_file import iso
from beredt.indicators.review.queued import Added, Period
from beredt.indicators.review.settings import ReviewSettings
from beredt.missions.store import Store

NO_FACTS = StudyFacts({}, {}, None)


@dataclass(frozen=True, slots=True)
class RulesRun:
    """What came of a run.

    `looked_at` and `flagged` count incidents, `added` says what changed in the queue, `counts` how its cases stand now.
    `unused` are rules that could look at nothing, with what they would need.
    """

    looked_at: int
    flagged: int
    added: Added
    unused: Mapping[str, str]
    counts: Mapping[str, Mapping[str, int]]


def run_rules(
    store: Store,
    queue: Path,
    rules: Sequence[str],
    who: str,
    now: datetime,
    *,
    days: int = 0,
    facts: StudyFacts = NO_FACTS,
    settings: ReviewSettings | None = None,
) -> RulesRun:
    """Look, flag and take in. Cases that are known keep their status.

    Args:
        store: The log.
        queue: File of the queue; made where it is missing.
        rules: Names, as from `choose_rules`.
        who: Who runs them.
        now: When, with its time zone.
        days: How many of the last days of the log are looked at; 0 for all of it.
        facts: What a study tells, or a list of stations.
        settings: Limits.

    Raises:
        QueueError: The queue cannot be used.
    """
    since = _begin_of(store, days)
    seen = look_at(
        store,
        since,
        settings=settings,
        urban=facts.urban,
        station_times=facts.station_times,
        responsible=facts.responsible,
    )
    unused = list_unused(seen, rules)
    used = [one for one in rules if one not in unused]
    cases = cases_of(seen, find_flags(seen, used))
    with open_queue(queue, make=True) as held:
        added = held.add(cases, used, who, now, Period(iso(since) if since else ""))
        counts = held.counts()
    return RulesRun(seen.incidents.height, len(cases), added, unused, counts)


def _begin_of(store: Store, days: int) -> datetime | None:
    """Beginning of the last days of a log."""
    if not days:
        return None
    last: datetime | None = store.incidents().select("call_t").max().collect().item()
    return None if last is None else last - timedelta(days=days)
