"""Rosters for a need that is given: the fewest paid hours that meet it, with or without a study beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.errors import OptionError, UnknownIdError
from beredt.model.dictionary import load_fields
from beredt.model.service import Service
from beredt.siting.program import Limits, Stop
from beredt.siting.roster_design import on_duty_of, today_shifts
from beredt.siting.rosters.design import PROOF, Permitted, RosterPlan, Week, fewest_hours
from beredt.siting.rosters.rules import RosterRules
from beredt.siting.rosters.week import WEEK_H

I8 = NDArray[np.int64]

_TYPES = {"id": pl.String, "text": pl.String, "choice": pl.String, "int": pl.Int64, "float": pl.Float64}


@dataclass(frozen=True, slots=True, eq=False)
class NeedRoster:
    """A station: its `need`, int64 (168,), the roster of fewest paid hours, its full-time positions, and int64 (168,)
    units on duty `today`, None without a study.
    """

    station: str
    need: I8
    plan: RosterPlan
    fte: float
    today: I8 | None

    @property
    def short_h(self) -> int | None:
        """Hours of the week in which today's roster has fewer units than the need."""
        return None if self.today is None else int((self.today < self.need).sum())


@dataclass(frozen=True, slots=True, eq=False)
class NeedRosters:
    """Rosters for a need, and what they were made by. `service`: of the study, None without one."""

    rules: RosterRules
    stations: tuple[NeedRoster, ...]
    service: Service | None = None

    def name_of(self, station: str) -> str:
        """The name of a station where a study says it, else its id."""
        rows = () if self.service is None else self.service.stations
        return next((row.name for row in rows if row.id == station), station)


def run_need_rosters(
    need: Mapping[str, I8],
    rules: RosterRules,
    service: Service | None = None,
    *,
    stations: Sequence[str] = (),
    limits: Limits = PROOF,
    stop: Stop | None = None,
) -> NeedRosters:
    """Make the roster of fewest paid hours for each station of a need.

    Args:
        need: by station, int64 (168,), 0 or more.
        rules: permitted shifts and what they cost.
        service: of a study whose stations the need names, to hold today's rosters beside it.
        stations: ids; none for all that the need has.
        limits: when to be content with less than proof.
        stop: asked whether to stop with the best so far.

    Raises:
        OptionError: a station that the need does not have.
        UnknownIdError: a station that the study does not have.
        SitingError: no permitted roster meets the need of a station.
    """
    for name in stations:
        if name not in need:
            raise OptionError("--station", name, "the file of needs does not have it", f"give one of {', '.join(need)}")
    permitted = Permitted(rules.all_forms(), rules.handover_min, rules.least_units, rules.most_units)
    found = []
    for name, hours in need.items():
        if stations and name not in stations:
            continue
        today = None
        if service is not None:
            known = [row.id for row in service.stations]
            if name not in known:
                raise UnknownIdError("station", name, known)
            today = on_duty_of(today_shifts(service, name))
        # Nobody says how many calls an hour has: no hour weighs more than another.
        week = Week(np.asarray(hours, np.int64), np.zeros(WEEK_H), np.zeros(WEEK_H))
        plan = fewest_hours(week, permitted, limits, None, stop)
        found.append(NeedRoster(name, week.need, plan, plan.fte(rules.net_hours_per_fte), today))
    return NeedRosters(rules, tuple(found), service)


def need_tables(answer: NeedRosters) -> dict[str, pl.DataFrame]:
    """Tables by name; `model/fields/roster/` says what their columns hold."""
    rows = {
        "need_rosters": [row for one in answer.stations for row in _rosters(one)],
        "need_shifts": [row for one in answer.stations for row in _shifts(one)],
        "need_hours": [row for one in answer.stations for row in _hours(one)],
    }
    return {name: _frame(name, found) for name, found in rows.items()}


def need_json(answer: NeedRosters) -> dict[str, Any]:
    """What `beredt roster --need --json` prints."""
    return {
        "rules": answer.rules.model_dump(mode="json", exclude={"forms"}) | {"forms": len(answer.rules.all_forms())},
        "fte": sum(one.fte for one in answer.stations),
        "stations": [
            {
                **next(_rosters(one)),
                "need": one.need.tolist(),
                "on_duty": one.plan.on_duty.tolist(),
                "today": None if one.today is None else one.today.tolist(),
                "shifts": [{key: value for key, value in row.items() if key != "station"} for row in _shifts(one)],
            }
            for one in answer.stations
        ],
    }


def need_lines(answer: NeedRosters) -> list[str]:
    """A few lines for a terminal."""
    lines = []
    for one in answer.stations:
        shifts = ", ".join(f"{n} × {form.id}" for form, n in one.plan.lines)
        short = "" if one.short_h is None else f"; today's roster is below the need in {one.short_h} h"
        lines.append(f"{answer.name_of(one.station)}: need {one.need.min()} to {one.need.max()} units{short}")
        lines.append(
            f"  fewest  {one.fte:5.1f} FTE, {one.plan.paid_h:.1f} paid hours a week ({one.plan.status}, gap "
            f"{100 * one.plan.gap:.2g} %): {shifts}"
        )
    return lines


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {field.name: _TYPES[field.base_type] for field in load_fields(f"roster/{name}")}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _rosters(one: NeedRoster) -> Iterator[dict[str, Any]]:
    yield {
        "station": one.station,
        "units": one.plan.units,
        "paid_h": one.plan.paid_h,
        "bound_h": one.plan.bound_h,
        "fte": one.fte,
        "status": one.plan.status,
        "gap": one.plan.gap,
        "short_h": one.short_h,
    }


def _shifts(one: NeedRoster) -> Iterator[dict[str, Any]]:
    for form, number in one.plan.lines:
        yield {
            "station": one.station,
            "shift": form.id,
            "weekdays": ";".join(str(day) for day in form.weekdays),
            "start": f"{form.start_min // 60:02d}:{form.start_min % 60:02d}",
            "length_h": form.length_min / 60,
            "crew": form.crew,
            "cars": number,
        }


def _hours(one: NeedRoster) -> Iterator[dict[str, Any]]:
    for hour in range(WEEK_H):
        yield {
            "station": one.station,
            "hour": hour,
            "need": int(one.need[hour]),
            "on_duty": int(one.plan.on_duty[hour]),
            "today": None if one.today is None else int(one.today[hour]),
        }
