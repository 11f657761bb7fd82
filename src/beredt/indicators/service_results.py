"""All tables about the service that a log shows, in one go: what a report of missions is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from beredt.indicators.density.count import SQUARE_M, count_squares, grid_of_store
from beredt.indicators.density.table import density_table
from beredt.indicators.kilometres.carbon import Carbon
from beredt.indicators.kilometres.table import kilometres_table
from beredt.indicators.observing.days import ServiceDays, days_of
from beredt.indicators.observing.observe import Observation, ObservedService, observe_service
from beredt.indicators.observing.roster_hours import roster_hours_table
from beredt.indicators.observing.roster_issues import roster_issues_table
from beredt.indicators.observing.service_tables import service_tables
from beredt.indicators.reach_seen.arrivals import Arrivals, arrivals_of
from beredt.indicators.reach_seen.tables import reach_squares_table, reach_zones_table
from beredt.indicators.suppress import THRESHOLD
from beredt.missions.store import Store
from beredt.model.study import Study
from beredt.roads.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class ServiceResults:
    """A log observed: its tables by name, those of a log without positions or roster left out.

    `arrivals` are what the tables of reach were made of, None without positions.
    """

    observed: ObservedService
    tables: Mapping[str, pl.DataFrame]
    arrivals: Arrivals | None


@dataclass(frozen=True, slots=True)
class ServiceQuestion:
    """What is asked of a log.

    `then` is the earlier log that maps are compared with: another store, or the same with other days in `then_days`
    (None: the days that store shows). `square_m` is the side of the squares of maps; counts below `threshold` are left
    out, 0 leaves all in; `carbon` is carbon dioxide per km.
    """

    how: Observation = field(default_factory=Observation)
    then: Store | None = None
    then_days: ServiceDays | None = None
    square_m: int = SQUARE_M
    threshold: int = THRESHOLD
    carbon: Carbon = field(default_factory=Carbon)


def service_results(
    store: Store, study: Study | None = None, network: Network | None = None, asked: ServiceQuestion | None = None
) -> ServiceResults:
    """Work out every table of the service of a log.

    Args:
        store: the log.
        study: whose places it is told by; None for what the log itself names.
        network: of the study, for kilometres by roads; None where its roads are a graph.
        asked: what is asked of it.

    Raises:
        OutOfRangeError: no call times, no days, or squares too small.
        StudyError: the roster file cannot be used.
        UnknownIdError: no such local group or station.
    """
    asked = asked or ServiceQuestion()
    seen = observe_service(store, study, asked.how)
    tables = service_tables(seen, asked.threshold)
    tables["service_km"] = kilometres_table(
        store, seen.days, seen.fleet, study, network, carbon=asked.carbon, threshold=asked.threshold
    )
    if seen.roster is not None:
        tables["roster_hours"] = roster_hours_table(seen.roster, seen.fleet, seen.days)
        tables["roster_issues"] = roster_issues_table(seen.roster)
    if not _has_positions(store):
        return ServiceResults(seen, tables, None)
    grid = grid_of_store(store, asked.square_m)
    now = count_squares(store, seen.days, grid)
    then = None
    if asked.then is not None:
        days = asked.then_days or days_of(asked.then.incidents(), asked.then.info.zone)
        then = count_squares(asked.then, days, grid)
    tables["density"] = density_table(now, then, asked.threshold)
    arrivals = arrivals_of(store, seen.days, seen.fleet, seen.frame, grid, study)
    tables["reach_squares"] = reach_squares_table(arrivals, threshold=asked.threshold)
    tables["reach_zones"] = reach_zones_table(arrivals, threshold=asked.threshold)
    return ServiceResults(seen, tables, arrivals)


def _has_positions(store: Store) -> bool:
    placed = pl.col("lat").is_not_null() & pl.col("lon").is_not_null()
    return bool(store.incidents().select(placed.any()).collect(engine="streaming").item())
