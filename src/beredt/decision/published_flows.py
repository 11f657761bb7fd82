"""Published counts of who serves whom, from the result table `flows`.

An interval of a sum of flows is made of the sum of their half-widths. It is at least as wide as it should be, since a
sum's standard deviation is at most the sum of the standard deviations, however the flows hang together.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import polars as pl

from beredt.decision.comparable import Found, Missing
from beredt.decision.place_terms import areas_named, zones_named
from beredt.decision.today import Today
from beredt.errors import UnknownIdError
from beredt.model.alternative import TODAY
from beredt.model.urgency import URGENCIES

Counting = Literal["missions", "first_units"]

NO_FLOWS = Missing("not_in_results", "flows of today")


def flow(today: Today, arguments: str, counting: Counting) -> Found | Missing:
    """Missions a year: `<urgencies>:<stations>:<place>`, such as `A+H:smestad+sentrum:baerum`."""
    parts = arguments.split(":", 2)
    if len(parts) != 3:
        return Missing("bad_argument", arguments)
    total = _total(today, parts[0], parts[1], parts[2], counting)
    if total is None:
        return NO_FLOWS
    return Found(total.value, "missions", "flow", *total.bounds())


def flow_share(today: Today, arguments: str, counting: Counting) -> Found | Missing:
    """Share of missions: `<urgencies>[/<of urgencies>]:<stations>:<place>[/<of place>]`, each part of its whole."""
    parts = arguments.split(":", 2)
    if len(parts) != 3:
        return Missing("bad_argument", arguments)
    urgencies, stations, places = parts
    part = _total(today, urgencies.split("/")[0], stations, places.split("/")[0], counting)
    whole = _total(today, urgencies.split("/")[-1], stations, places.split("/")[-1], counting)
    if part is None or whole is None:
        return NO_FLOWS
    if whole.value <= 0.0:
        return Missing("not_in_results", f"no missions: {arguments}")
    return Found(part.value / whole.value, "share", "share")


def missions_per_1000(today: Today, arguments: str, counting: Counting) -> Found | Missing:
    """Missions per 1,000 residents of the study's year: `<urgencies>:<place>`."""
    urgencies, colon, place = arguments.partition(":")
    if not colon:
        return Missing("bad_argument", arguments)
    people = float(today.people(today.study.settings.study.year)[areas_named(place, today.study)].sum())
    if people <= 0.0:
        return Missing("not_in_results", f"nobody lives in {place}")
    total = _total(today, urgencies, "", place, counting)
    if total is None:
        return NO_FLOWS
    return Found(total.value, "per 1,000", "volume", *total.bounds()).scaled(1000.0 / people, "per 1,000")


class _Total(NamedTuple):
    value: float
    half: float | None  # None where an interval is not known

    def bounds(self) -> tuple[float, float] | tuple[None, None]:
        return (None, None) if self.half is None else (self.value - self.half, self.value + self.half)


def _total(today: Today, urgencies: str, stations: str, place: str, counting: Counting) -> _Total | None:
    """Sum of the flows; None when nothing at all was counted in that way, so that no row means no mission."""
    wanted = _urgencies(urgencies)
    counted = today.flows.filter(pl.col("alternative") == TODAY, pl.col("counting") == counting)
    rows = counted.filter(
        pl.col("urgency").is_in(wanted),
        pl.col("zone").is_in(sorted(zones_named(place, today.study))),
    )
    if stations:
        rows = rows.filter(pl.col("station").is_in(_stations(today, stations)))
    if counted.is_empty():
        return None
    half = (rows["high"] - rows["low"]) / 2.0
    return _Total(float(rows["value"].sum()), None if half.has_nulls() else float(half.sum()))


def _urgencies(text: str) -> list[str]:
    wanted = text.split("+")
    for one in wanted:
        if one not in URGENCIES:
            raise UnknownIdError("urgency", one, URGENCIES)
    return wanted


def _stations(today: Today, text: str) -> list[str]:
    known = [station.id for station in today.service.stations]
    for one in text.split("+"):
        if one not in known:
            raise UnknownIdError("station", one, known)
    return text.split("+")
