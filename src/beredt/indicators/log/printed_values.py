"""What a log has beside a printed figure that is no count of missions: times, simultaneity, hours, use of stations.

Everything is read off tables as they are shown, so that nothing is told that they leave out:

    response_mean:URGENCY:WHERE     median_response:URGENCY:WHERE     response_p90:URGENCY:WHERE     seconds
    share_within:URGENCY:12|25:WHERE                                  share of incidents
    interval_median:INTERVAL:URGENCY                                  seconds
    incidents:URGENCY:WHERE          hour_share:URGENCY:FROM-TO       incidents, and share of them between clock hours
    days_without_conflict:GROUP                                       days in 365 without a unit drawn in
    active_share:STATION             standby_share:STATION            share of the hours on duty

WHERE is a place as `beredt.indicators.log.printed_places` reads it. Of several places a mean and a share are told, a
median and a 90th percentile are not: they do not add up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import polars as pl

from beredt.indicators.log.printed_places import find_keys
from beredt.indicators.suppress import ALL
from beredt.model.study import Study

LEFT_OUT, NOT_IN_LOG = "left_out", "not_in_log"
"""Why a log has no figure: a table leaves it out, or the log does not tell of it."""

DAYS_OF_YEAR = 365


class Seen(NamedTuple):
    """A figure of a log: shares as shares, times in seconds. Without a value `missing` says why."""

    value: float | None
    missing: str = ""


class Shown(NamedTuple):
    """Tables of a log as they are shown, the study that it is told by, and whose simultaneity is counted."""

    tables: Mapping[str, pl.DataFrame]
    study: Study | None
    local_group: str = ""

    def table(self, name: str) -> pl.DataFrame | None:
        """The table, None where the log has none."""
        return self.tables.get(name)


PrintedValue = Callable[[Shown, list[str]], Seen]

NOTHING = Seen(None, NOT_IN_LOG)
HIDDEN = Seen(None, LEFT_OUT)


def printed_values() -> Mapping[str, PrintedValue]:
    """How the log's figure is found, by the name of the indicator."""
    return {
        "response_mean": lambda shown, words: _response(shown, words, "mean_s", adds_up=True),
        "median_response": lambda shown, words: _response(shown, words, "median_s", adds_up=False),
        "response_p90": lambda shown, words: _response(shown, words, "p90_s", adds_up=False),
        "share_within": _share_within,
        "interval_median": _interval_median,
        "incidents": _incidents,
        "hour_share": _hour_share,
        "days_without_conflict": _days_without,
        "active_share": lambda shown, words: _use(shown, words, active=True),
        "standby_share": lambda shown, words: _use(shown, words, active=False),
    }


def _response(shown: Shown, words: list[str], column: str, *, adds_up: bool) -> Seen:
    if len(words) < 2:
        return NOTHING
    return _of_places(shown, words[0], ":".join(words[1:]), column, adds_up=adds_up)


def _share_within(shown: Shown, words: list[str]) -> Seen:
    if len(words) < 3 or words[1] not in ("12", "25"):
        return NOTHING
    return _of_places(shown, words[0], ":".join(words[2:]), f"share_{words[1]}", adds_up=True)


def _of_places(shown: Shown, urgency: str, where: str, column: str, *, adds_up: bool) -> Seen:
    """A figure of response times per incident, of several places weighed by how many responses each has."""
    keys, table = find_keys(where, shown.study), shown.table("intervals")
    if keys is None or table is None or (len(keys.keys) > 1 and not adds_up):
        return NOTHING
    rows = table.filter(
        pl.col("counting") == "incident",
        pl.col("interval") == "response",
        pl.col("urgency") == urgency,
        pl.col("by") == keys.by,
        pl.col("by2") == ALL,
        pl.col("key").is_in(keys.keys),
    ).filter(pl.col("n").is_null() | (pl.col("n") > 0))
    if rows.is_empty():
        return NOTHING
    if rows["n"].null_count() or rows[column].null_count():
        return HIDDEN
    weighed = (rows["n"] * rows[column]).sum()
    return Seen(float(weighed) / float(rows["n"].sum()))


def _interval_median(shown: Shown, words: list[str]) -> Seen:
    table = shown.table("intervals")
    if len(words) != 2 or table is None:
        return NOTHING
    rows = table.filter(interval=words[0], urgency=words[1], by=ALL, by2=ALL).sort("counting", descending=True)
    if rows.is_empty():
        return NOTHING
    told = rows["median_s"][0]  # per mission where the interval is a mission's
    return HIDDEN if told is None else Seen(float(told))


def _incidents(shown: Shown, words: list[str]) -> Seen:
    table = shown.table("incident_counts")
    keys = find_keys(":".join(words[1:]), shown.study) if len(words) > 1 else None
    if table is None or keys is None or keys.by not in (ALL, "municipality"):
        return NOTHING
    return _sum(table.filter(pl.col("by") == keys.by, pl.col("urgency") == words[0], pl.col("key").is_in(keys.keys)))


def _hour_share(shown: Shown, words: list[str]) -> Seen:
    table = shown.table("incident_counts")
    hours = re.fullmatch(r"(\d{1,2})-(\d{1,2})", words[1]) if len(words) == 2 else None
    if table is None or hours is None:
        return NOTHING
    own = table.filter(by="hour", urgency=words[0]).filter(pl.col("key").str.contains(r"^\d\d$"))
    between = [f"{hour:02d}" for hour in range(int(hours[1]), int(hours[2]))]
    part, whole = _sum(own.filter(pl.col("key").is_in(between))), _sum(own)
    if part.value is None or not whole.value:
        return Seen(None, part.missing or whole.missing or NOT_IN_LOG)
    return Seen(part.value / whole.value)


def _sum(rows: pl.DataFrame) -> Seen:
    if rows.is_empty():
        return NOTHING
    return HIDDEN if rows["n"].null_count() else Seen(float(rows["n"].sum()))


def _days_without(shown: Shown, words: list[str]) -> Seen:
    calendar = shown.table("service_calendar")
    group = words[0].rpartition(":")[2] if words else ""
    if calendar is None or calendar.is_empty() or not group or group != shown.local_group:
        return NOTHING
    days = calendar.group_by("date").agg(pl.col("drawn_in").max()).sort("date")["drawn_in"]
    if days.null_count():
        return NOTHING
    return Seen(float((days == 0).sum()) * DAYS_OF_YEAR / len(days))


def _use(shown: Shown, words: list[str], *, active: bool) -> Seen:
    """Active and standby make up the hours on duty."""
    table = shown.table("service_units")
    rows = table.filter(station=words[0], unit=ALL) if table is not None and words else None
    if rows is None or rows.is_empty():
        return NOTHING
    share = rows["utilisation"][0]
    if share is None:
        return HIDDEN if rows["suppressed"][0] else NOTHING
    return Seen(float(share) if active else 1.0 - float(share))
