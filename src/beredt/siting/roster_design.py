"""Rosters for the stations of a study: what its units are on duty for, what the need is, and what would meet it.

The load of an hour is the calls of the station's catchment (all urgencies, see `catchments`) times the mean work that
a call makes, which a few simulated years tell. The station is looked at alone: neighbours neither help nor call. Three
rosters are told of every station:

* **today**: as the study has it;
* **moved**: the same cars with the same lengths and weekdays, each part-day car at the hours where it saves most acute
  calls from finding no unit free;
* **fewest**: the fewest paid hours that meet the need of every hour, made of the permitted shifts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.errors import UnknownIdError
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import urgency_code
from beredt.simulation.run import Simulator
from beredt.simulation.study_roads import StudyRoads
from beredt.siting.catchment_tally import CatchmentCounter, mean_work_s
from beredt.siting.catchments import catchments_of
from beredt.siting.program import Limits, Stop
from beredt.siting.rosters.design import PROOF, Permitted, RosterPlan, Week, best_within, fewest_hours
from beredt.siting.rosters.need import blocked_share, need_of
from beredt.siting.rosters.rules import RosterRules
from beredt.siting.rosters.shift_form import DAY_MIN, ShiftForm
from beredt.siting.rosters.week import HOUR_MIN, WEEK_H, cover_of

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

CREW = 2
"""People in an ambulance of today: the study does not say."""

OnStage = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """A roster of a station with what it is worth.

    `on_duty`: int64 (168,). `paid_h`: a week, all people. `blocked`: share of acute calls of the catchment that find no
    unit of the station free, by Erlang B hour by hour. `short_h`: hours of the week with fewer units than the need.
    """

    on_duty: I8
    paid_h: float
    fte: float
    blocked: float
    short_h: int


@dataclass(frozen=True, slots=True, eq=False)
class StationRosters:
    """One station: its week, and its three rosters. `moved` is None where it has no part-day car."""

    station: str
    week: Week
    today_lines: tuple[tuple[ShiftForm, int], ...]
    today: Evaluated
    moved_plan: RosterPlan | None
    moved: Evaluated | None
    fewest_plan: RosterPlan
    fewest: Evaluated


def design_rosters(
    study: Study,
    service: Service,
    simulator: Simulator,
    roads: StudyRoads,
    rules: RosterRules,
    *,
    stations: Sequence[str],
    replications: int,
    on_stage: OnStage,
    limits: Limits = PROOF,
    stop: Stop | None = None,
) -> tuple[StationRosters, ...]:
    """Make rosters for stations of a service.

    Args:
        study: its base or an alternative is `service`.
        service: whose stations and units they are.
        simulator: of the study, to learn how much work a call makes.
        roads: of the study.
        rules: permitted shifts and what they cost.
        stations: ids; none for all that have an ambulance.
        replications: simulated years behind the work of a call, at least 1.
        on_stage: told how far each stage has come.
        limits: when to be content with less than proof.
        stop: asked whether to stop with the best so far.

    Raises:
        UnknownIdError: a station that the service does not have.
        SitingError: no permitted roster meets the need of a station.
    """
    known = [row.id for row in service.stations]
    for name in stations:
        if name not in known:
            raise UnknownIdError("station", name, known)
    staffed = staffed_stations(service)
    catchments = catchments_of(study, service, roads, staffed, borders=True)
    counter = CatchmentCounter(catchments.station_ids, catchments.of_area)
    on_stage(STAGE_WORK, 0, replications)
    tallies = simulator.simulate({"": service}, replications, counter, km=False)[""]
    on_stage(STAGE_WORK, replications, replications)
    work_h = mean_work_s(list(tallies)) / 3600.0
    load = (catchments.calls_per_h * work_h[:, :, np.newaxis]).sum(axis=1)
    wanted = [name for name in staffed if not stations or name in stations]
    found = []
    for number, name in enumerate(wanted):
        on_stage(STAGE_ROSTERS, number, len(wanted))
        place = catchments.station_ids.index(name)
        calls = catchments.calls_per_h[place, urgency_code("A")]
        week = Week(need_of(load[place], rules.blocking), load[place], calls)
        found.append(_station(name, week, today_shifts(service, name), rules, limits, stop))
    on_stage(STAGE_ROSTERS, len(wanted), len(wanted))
    return tuple(found)


STAGE_WORK = "Learning how much work a call makes"
STAGE_ROSTERS = "Making rosters"


def staffed_stations(service: Service) -> tuple[str, ...]:
    """Stations with a unit that may go first on some roster, in the order of the study."""
    primary = {kind.id for kind in service.unit_kinds if kind.primary}
    at = {unit.station for unit in service.units if unit.kind in primary}
    return tuple(row.id for row in service.stations if row.id in at)


def today_shifts(service: Service, station: str) -> tuple[tuple[ShiftForm, int], ...]:
    """The shifts of a station's units that may go first, with the number of cars of each, in the order of the units."""
    primary = {kind.id for kind in service.unit_kinds if kind.primary}
    rows: dict[str, list[RosterRow]] = {}
    for row in service.rosters:
        rows.setdefault(row.id, []).append(row)
    cars: dict[ShiftForm, int] = {}
    for unit in service.units:
        if unit.station == station and unit.kind in primary:
            for number, row in enumerate(rows[unit.roster]):
                name = unit.roster if len(rows[unit.roster]) == 1 else f"{unit.roster}-{number + 1}"
                form = ShiftForm(name, row.weekdays, row.start_s // 60, row.length_s // 60, CREW, name)
                cars[form] = cars.get(form, 0) + 1
    return tuple(cars.items())


def movable(cars: Mapping[ShiftForm, int]) -> tuple[tuple[ShiftForm, ...], bool]:
    """Every hour at which the same cars could begin, and whether any of them may be moved.

    A car round the clock stays as it is: moving it changes nobody's hours on duty. Cars of equal length and weekdays
    make one family, which keeps its number of cars.
    """
    forms: list[ShiftForm] = []
    families: dict[tuple[tuple[int, ...], int], int] = {}
    for form, number in cars.items():
        if form.length_min == DAY_MIN:
            forms.append(ShiftForm(form.id, form.weekdays, form.start_min, form.length_min, form.crew, form.id, number))
        else:
            key = form.weekdays, form.length_min
            families[key] = families.get(key, 0) + number
    for number, ((weekdays, length_min), cars_of) in enumerate(families.items()):
        name = f"part-day-{number + 1}"
        forms += [
            ShiftForm(f"{name}-{start // HOUR_MIN:02d}", weekdays, start, length_min, CREW, name, cars_of)
            for start in range(0, DAY_MIN, HOUR_MIN)
        ]
    return tuple(forms), bool(families)


def _station(
    name: str,
    week: Week,
    today: tuple[tuple[ShiftForm, int], ...],
    rules: RosterRules,
    limits: Limits,
    stop: Stop | None,
) -> StationRosters:
    lines = dict(today)
    paid_min = sum(form.paid_min(rules.handover_min) * cars for form, cars in today)
    forms, part_day = movable(lines)
    moved_plan = None
    if part_day:
        permitted = Permitted(forms, rules.handover_min)
        moved_plan = best_within(week, permitted, paid_min / 60.0, limits, None, stop)
    permitted = Permitted(rules.all_forms(), rules.handover_min, rules.least_units, rules.most_units)
    fewest_plan = fewest_hours(week, permitted, limits, None, stop)
    return StationRosters(
        station=name,
        week=week,
        today_lines=today,
        today=_evaluated(on_duty_of(today), paid_min / 60.0, week, rules),
        moved_plan=moved_plan,
        moved=None if moved_plan is None else _evaluated(moved_plan.on_duty, moved_plan.paid_h, week, rules),
        fewest_plan=fewest_plan,
        fewest=_evaluated(fewest_plan.on_duty, fewest_plan.paid_h, week, rules),
    )


def on_duty_of(lines: Sequence[tuple[ShiftForm, int]]) -> I8:
    """Fewest cars on duty within every hour of the week, int64 (168,)."""
    if not lines:
        return np.zeros(WEEK_H, np.int64)
    step = 1 if any((form.start_min % HOUR_MIN) or (form.length_min % HOUR_MIN) for form, _ in lines) else HOUR_MIN
    cover = cover_of([form for form, _ in lines], step) @ np.array([cars for _, cars in lines], np.int64)
    fewest: I8 = cover.reshape(WEEK_H, -1).min(axis=1)
    return fewest


def _evaluated(on_duty: I8, paid_h: float, week: Week, rules: RosterRules) -> Evaluated:
    return Evaluated(
        on_duty=on_duty,
        paid_h=paid_h,
        fte=paid_h * (365 / 7) / rules.net_hours_per_fte,
        blocked=blocked_share(on_duty, week.load, week.calls),
        short_h=int((on_duty < week.need).sum()),
    )
