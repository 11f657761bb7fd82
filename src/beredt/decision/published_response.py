"""Published response times, simultaneity and hours of the day, from the result table `indicators`; and inputs."""

from __future__ import annotations

import re

import polars as pl

from beredt.decision.comparable import Found, Missing, Rule
from beredt.decision.place_terms import areas_named, named_places
from beredt.decision.today import Today
from beredt.model.alternative import TODAY

WHOLE_DAY = -1
"""In the column `hour`."""


def share_within(today: Today, arguments: str) -> Found | Missing:
    """Share of incidents reached within some minutes: `<urgency>:<minutes>:<place>`, of 12 and 25 minutes."""
    parts = arguments.split(":", 2)
    if len(parts) != 3:
        return Missing("bad_argument", arguments)
    urgency, minutes, place = parts
    return _indicator(today, f"share_within_{minutes}", urgency, place, "share")


def median_response(today: Today, arguments: str) -> Found | Missing:
    """Median response time: `<urgency>:<place>`."""
    urgency, colon, place = arguments.partition(":")
    return _indicator(today, "response_median_s", urgency, place, "time") if colon else _bad(arguments)


def incidents(today: Today, arguments: str) -> Found | Missing:
    """Incidents a year: `<urgency>:<place>`."""
    urgency, colon, place = arguments.partition(":")
    return _indicator(today, "incidents", urgency, place, "volume") if colon else _bad(arguments)


def days_without_conflict(today: Today, arguments: str) -> Found | Missing:
    """Days a year without a unit from outside at work for the local group: `<group>`, which must be that group."""
    section = today.study.settings.simultaneity
    if section is None or section.group != arguments:
        return Missing("not_in_results", f"the study counts no simultaneity in {arguments}")
    rows = _rows(today, "days_without_drawn_in")
    return _found(rows, "days") if rows.height == 1 else Missing("not_in_results", "days_without_drawn_in")


def hour_share(today: Today, arguments: str) -> Found | Missing:
    """Share of all incidents of an urgency that come between two clock hours: `<urgency>:<from>-<to>`."""
    match = re.fullmatch(r"([AHV]):(\d{1,2})-(\d{1,2})", arguments)
    if match is None or int(match[2]) >= int(match[3]) or int(match[3]) > 24:
        return _bad(arguments)
    rows = _rows(today, "incidents").filter(
        pl.col("urgency") == match[1], pl.col("group") == "all", pl.col("hour").is_between(0, 23)
    )
    total = float(rows["value"].sum())
    if rows.height != 24 or total <= 0.0:
        return Missing("not_in_results", "incidents by hour")
    between = rows.filter(pl.col("hour").is_between(int(match[2]), int(match[3]) - 1))
    return Found(float(between["value"].sum()) / total, "share", "input")


def interval_median(today: Today, arguments: str) -> Found | Missing:
    """Median of an interval as the model has it: `<interval>:<urgency>`."""
    name, _, urgency = arguments.partition(":")
    for interval in today.service.intervals:
        if (interval.interval, interval.urgency) == (name, urgency):
            return Found(interval.median_s, "s", "input")
    return Missing("not_in_results", f"no interval {arguments}")


def _bad(arguments: str) -> Missing:
    return Missing("bad_argument", arguments)


def _indicator(today: Today, measure: str, urgency: str, place: str, rule: Rule) -> Found | Missing:
    """One figure of a place that the results know as a group."""
    group = group_named(today, place)
    if group is None:
        return Missing("not_in_results", f"{place} is no group of its own in the results")
    rows = _rows(today, measure).filter(
        pl.col("urgency") == urgency, pl.col("group") == group, pl.col("hour") == WHOLE_DAY
    )
    return _found(rows, rule) if rows.height == 1 else Missing("not_in_results", f"{measure} {urgency} {group}")


def group_named(today: Today, place: str) -> str | None:
    """Id of the group of the results that has the areas of a place; None when there is none.

    `urban` and `rural` are all municipalities of that class in the national indicator. Raises UnknownIdError.
    """
    if place in {"urban", "rural"}:
        named = [m.id for m in today.service.municipalities if m.urban == (place == "urban")]
        if not named:
            return None
        place = "municipality:" + "+".join(named)
    wanted = areas_named(place, today.study)
    if wanted.all():
        return "all"
    for group in named_places(today.study):
        if (areas_named(group, today.study) == wanted).all():
            return group
    return None


def _rows(today: Today, measure: str) -> pl.DataFrame:
    return today.indicators.filter(pl.col("alternative") == TODAY, pl.col("measure") == measure)


def _found(rows: pl.DataFrame, rule: Rule) -> Found | Missing:
    row = rows.row(0, named=True)
    if row["value"] is None:
        return Missing("not_in_results", f"{row['measure']} has no value")
    return Found(row["value"], row["unit"], rule, row["low"], row["high"])
