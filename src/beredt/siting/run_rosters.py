"""`beredt roster`: from a study to rosters for its stations, as tables and as an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from beredt.model.alternative import TODAY
from beredt.model.dictionary import load_fields
from beredt.model.edits.service_of import service_of
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.run import Simulator, default_jobs
from beredt.simulation.simulate_study import COMPILING
from beredt.simulation.study_roads import load_or_build_roads, study_roads
from beredt.siting.catchment_tally import CatchmentCounter
from beredt.siting.catchments import catchments_of
from beredt.siting.program import Stop
from beredt.siting.roster_design import Evaluated, OnStage, StationRosters, design_rosters, staffed_stations
from beredt.siting.rosters.design import RosterPlan
from beredt.siting.rosters.rules import RosterRules
from beredt.siting.rosters.shift_form import ShiftForm
from beredt.siting.rosters.week import WEEK_H

TODAY_ROSTER, MOVED, FEWEST = "today", "moved", "fewest"

_TYPES = {
    **dict.fromkeys(("text", "id", "choice", "clock"), pl.String),
    "int": pl.Int64,
    "float": pl.Float64,
}


@dataclass(frozen=True, slots=True, eq=False)
class RosterAnswer:
    """Rosters for stations of a study's alternative, and what they were made by."""

    study: Study
    alternative: str
    service: Service
    rules: RosterRules
    replications: int
    stations: tuple[StationRosters, ...]


def run_rosters(
    study: Study,
    rules: RosterRules,
    *,
    alternative: str | None,
    stations: Sequence[str],
    replications: int,
    jobs: int | None,
    progress: OnStage,
    stop: Stop | None = None,
) -> RosterAnswer:
    """Make rosters for stations of the base or an alternative.

    Args:
        study: checked.
        rules: permitted shifts and what they cost.
        alternative: its id, None or `today` for the base.
        stations: ids; none for all that have an ambulance.
        replications: simulated years behind the work of a call, at least 1.
        jobs: worker processes, None for one per core; the results are the same.
        progress: told how far each stage has come.
        stop: asked whether to stop with the best so far.

    Raises:
        UnknownIdError: no such alternative or station.
        SitingError: a study of a trace, or a need that no permitted roster meets.
    """
    service = service_of(study, alternative)
    network = load_or_build_roads(study, progress=progress, services=[service])
    roads = study_roads(study, network, service)
    with Simulator(study, network, min(jobs or default_jobs(), replications)) as simulator:
        progress(COMPILING, 0, 1)
        catchments = catchments_of(study, service, roads, staffed_stations(service), borders=True)
        simulator.warm_up(service, CatchmentCounter(catchments.station_ids, catchments.of_area))
        progress(COMPILING, 1, 1)
        found = design_rosters(
            study,
            service,
            simulator,
            roads,
            rules,
            stations=stations,
            replications=replications,
            on_stage=progress,
            stop=stop,
        )
    return RosterAnswer(study, alternative or TODAY, service, rules, replications, found)


def rosters_of(
    one: StationRosters,
) -> Iterator[tuple[str, Evaluated, Sequence[tuple[ShiftForm, int]], RosterPlan | None]]:
    """The rosters of a station by name, with their cars; a plan where a programme was solved."""
    yield TODAY_ROSTER, one.today, one.today_lines, None
    if one.moved is not None and one.moved_plan is not None:
        yield MOVED, one.moved, one.moved_plan.lines, one.moved_plan
    yield FEWEST, one.fewest, one.fewest_plan.lines, one.fewest_plan


def roster_tables(answer: RosterAnswer) -> dict[str, pl.DataFrame]:
    """Tables by name; `model/fields/roster/` says what their columns hold."""
    rows = {
        "rosters": [row for one in answer.stations for row in _rosters(one)],
        "roster_shifts": [row for one in answer.stations for row in _shifts(one)],
        "roster_hours": [row for one in answer.stations for row in _hours(one)],
    }
    return {name: _frame(name, found) for name, found in rows.items()}


def roster_json(answer: RosterAnswer) -> dict[str, Any]:
    """What `beredt roster --json` prints."""
    tables = {name: table.to_dicts() for name, table in roster_tables(answer).items()}
    return {
        "study": answer.study.settings.study.id,
        "alternative": answer.alternative,
        "replications": answer.replications,
        "rules": answer.rules.model_dump(mode="json", exclude={"forms"}) | {"forms": len(answer.rules.all_forms())},
        "fte": {
            name: sum(row["fte"] for row in tables["rosters"] if row["roster"] == name)
            for name in (TODAY_ROSTER, FEWEST)
        },
        "stations": [
            {
                "station": one.station,
                "need": one.week.need.tolist(),
                "on_duty": {name: found.on_duty.tolist() for name, found, _, _ in rosters_of(one)},
                "rosters": [_without_station(row) for row in tables["rosters"] if row["station"] == one.station],
                "shifts": [_without_station(row) for row in tables["roster_shifts"] if row["station"] == one.station],
            }
            for one in answer.stations
        ],
    }


def roster_lines(answer: RosterAnswer) -> list[str]:
    """A few lines for a terminal."""
    lines = []
    for one in answer.stations:
        need = one.week.need
        lines.append(f"{one.station}: need {need.min()} to {need.max()} units")
        for name, found, cars, plan in rosters_of(one):
            shifts = ", ".join(f"{n} × {form.id}" for form, n in cars)
            proof = "" if plan is None else f" ({plan.status}, gap {100 * plan.gap:.2g} %)"
            lines.append(
                f"  {name:7s} {found.fte:5.1f} FTE, {100 * found.blocked:4.1f} % find none free, "
                f"{found.short_h} h below need{proof}: {shifts}"
            )
    return lines


def _without_station(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "station"}


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {field.name: _TYPES[field.base_type] for field in load_fields(f"roster/{name}")}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _rosters(one: StationRosters) -> Iterator[dict[str, Any]]:
    for name, found, _, plan in rosters_of(one):
        yield {
            "station": one.station,
            "roster": name,
            "units": int(found.on_duty.max()),
            "paid_h": found.paid_h,
            "fte": found.fte,
            "blocked": found.blocked,
            "short_h": found.short_h,
            "status": "given" if plan is None else plan.status,
            "gap": None if plan is None else plan.gap,
        }


def _shifts(one: StationRosters) -> Iterator[dict[str, Any]]:
    for name, _, cars, _ in rosters_of(one):
        for form, number in cars:
            yield {
                "station": one.station,
                "roster": name,
                "shift": form.id,
                "weekdays": ";".join(str(day) for day in form.weekdays),
                "start": f"{form.start_min // 60:02d}:{form.start_min % 60:02d}",
                "length_h": form.length_min / 60,
                "crew": form.crew,
                "cars": number,
            }


def _hours(one: StationRosters) -> Iterator[dict[str, Any]]:
    moved = one.moved.on_duty if one.moved is not None else one.today.on_duty
    for hour in range(WEEK_H):
        yield {
            "station": one.station,
            "hour": hour,
            "load": float(one.week.load[hour]),
            "acute_calls": float(one.week.calls[hour]),
            "need": int(one.week.need[hour]),
            "today": int(one.today.on_duty[hour]),
            "moved": int(moved[hour]),
            "fewest": int(one.fewest.on_duty[hour]),
        }
