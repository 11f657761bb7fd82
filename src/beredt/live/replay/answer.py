"""A replay as a whole: which log, which days, what was found and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl

from beredt.errors import OptionError
from beredt.live.ground.ground import Ground
from beredt.live.known import known_of
from beredt.live.limits import LiveLimits
from beredt.live.replay.beside import Replayed
from beredt.live.replay.cause import CAUSES
from beredt.live.replay.from_log import past_of_log
from beredt.live.replay.from_store import past_of_store
from beredt.live.replay.past import Past, Stretch, day_of
from beredt.live.replay.replay import Wait, replay
from beredt.live.replay.sums import Sums, sums_of
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import FILE, open_live_database
from beredt.missions.store import INFO_FILE, open_store

NEVER_S = 1e9
"""A log of stamps is not silent because nothing happened for two minutes."""


@dataclass(frozen=True, slots=True, eq=False)
class ReplayAnswer:
    """What a replay answers.

    `left_out` counts incidents that could not be asked about, by reason; `noted` what of the log could not be taken as
    it stands. `places_told` is whether the log itself tells where units were; `generated` None where nobody knows.
    """

    study: str
    log: str
    stretch: Stretch
    generated: bool | None
    places_told: bool
    found: Replayed
    sums: tuple[Sums, ...]
    left_out: Mapping[str, int]
    noted: Mapping[str, int]

    @property
    def differing(self) -> int:
        """Incidents in which the advice was another than what was done."""
        return sum(not one.agreed for one in self.found.incidents)

    @property
    def causes(self) -> Mapping[str, int]:
        """Incidents in which the advice was another, by why it may have been."""
        found = [one.cause for one in self.found.incidents]
        return {cause: found.count(cause) for cause in CAUSES if cause in found}

    @property
    def not_reckoned(self) -> Mapping[str, int]:
        """Incidents without a difference, by reason."""
        reasons = [one.not_reckoned for one in self.found.incidents if one.not_reckoned]
        return {reason: reasons.count(reason) for reason in sorted(set(reasons))}

    def as_json(self) -> dict[str, Any]:
        """The answer without its rows."""
        last = self.stretch.first + timedelta(days=self.stretch.days - 1)
        moves = self.found.moves
        return {
            "study": self.study,
            "log": self.log,
            "generated": self.generated,
            "first_day": self.stretch.first.isoformat(),
            "last_day": last.isoformat(),
            "places": "told" if self.places_told else "reckoned",
            "sums": [one.as_json() for one in self.sums],
            "differing": self.differing,
            "causes": dict(self.causes),
            "not_reckoned": dict(self.not_reckoned),
            "left_out": dict(self.left_out),
            "noted": dict(self.noted),
            "moves": {"advised": len(moves), "km": round(sum(one.km for one in moves), 1)},
        }


def replay_log(path: Path, ground: Ground, stretch: Stretch | None, wait: Wait) -> ReplayAnswer:
    """Replay days of a log.

    Args:
        path: a store of missions; a live log, or the data folder that holds it.
        ground: the study.
        stretch: which days; None for all of them.
        wait: told before every decision.

    Raises:
        OptionError: there is no log, or it has not what is asked for.
        StoreError: the store cannot be read.
        LiveStoreError: the live log cannot be read.
    """
    is_store = (path / INFO_FILE).is_file()
    past = _store_past(path, ground, stretch) if is_store else _log_past(path, ground, stretch)
    limits = LiveLimits(silent_s=NEVER_S, position_s=NEVER_S, late_s=NEVER_S) if is_store else LiveLimits()
    known = known_of(ground.study, ground.service, limits)
    found, left_out = replay(past, ground, known, wait)
    name = ground.study.settings.study.id
    return ReplayAnswer(name, path.name, past.stretch, past.generated, not is_store, found, sums_of(found), left_out,
                        past.noted)  # fmt: skip


def _store_past(path: Path, ground: Ground, stretch: Stretch | None) -> Past:
    store = open_store(path)
    if stretch is None:
        column = pl.col("alerted_t")
        ends = store.missions().select(first=column.min(), last=column.max()).collect().row(0)
        if ends[0] is None:
            raise OptionError("STORE", str(path), "no unit was sent anywhere in it", "name another store")
        stretch = _between(*(round(one.timestamp() * 1000) for one in ends))
    return past_of_store(store, ground, stretch)


def _log_past(path: Path, ground: Ground, stretch: Stretch | None) -> Past:
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        remedy = "make a store with beredt missions import, or name the data folder of the live server"
        raise OptionError("STORE", str(path), f"there is neither a store of missions nor a live log ({FILE})", remedy)
    log = EventLog(lambda: open_live_database(file.parent), ground.study.settings.study.id)
    try:
        if stretch is None:
            first_ms, last_ms = _ends_of(log)
            if first_ms is None or last_ms is None:
                raise OptionError("STORE", str(path), "it has no entries of this study", "name the study of the server")
            stretch = _between(first_ms, last_ms)
        return past_of_log(log, str(path), ground, stretch)
    except BaseException:
        log.close()
        raise


def _ends_of(log: EventLog) -> tuple[int | None, int | None]:
    """When the first and the last event of a log happened, ms since 1970."""
    first_ms = last_ms = None
    for entry in log.entries():
        first_ms = entry.time_ms if first_ms is None else min(first_ms, entry.time_ms)
        last_ms = entry.time_ms if last_ms is None else max(last_ms, entry.time_ms)
    return first_ms, last_ms


def _between(first_ms: int, last_ms: int) -> Stretch:
    first, last = day_of(first_ms), day_of(last_ms)
    return Stretch(first, (last - first).days + 1)
