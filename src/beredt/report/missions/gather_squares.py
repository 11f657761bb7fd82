"""What a report tells by squares of a map and by zones: where incidents happen, and where units arrived in time."""

from __future__ import annotations

from datetime import timedelta

from beredt.decision.reach_claims import reach_claims_table
from beredt.errors import BeredtError
from beredt.indicators.density.count import count_squares, grid_of_store
from beredt.indicators.density.table import density_table
from beredt.indicators.log.printed_figures import read_printed
from beredt.indicators.observing.days import ServiceDays, days_of
from beredt.indicators.observing.observe import ObservedService
from beredt.indicators.reach_seen.arrivals import arrivals_of
from beredt.indicators.reach_seen.tables import reach_squares_table, reach_zones_table
from beredt.indicators.square_grid import SquareGrid
from beredt.missions.store import Store
from beredt.model.published_figure import PublishedFigure
from beredt.report.missions.choices import ReportChoices
from beredt.report.missions.gathered import Gathered

COMPARED_DAYS = 365
"""A log of two such periods is compared with itself; a shorter one would compare seasons."""


def squares_of(store: Store) -> SquareGrid | None:
    """The squares of a log's region; None where it has no positions."""
    try:
        return grid_of_store(store)
    except BeredtError:
        return None


def ask_density(found: Gathered, store: Store, choices: ReportChoices, grid: SquareGrid | None) -> None:
    """Where incidents happen and units are sent, then and now."""
    if grid is None or found.days is None:
        found.not_answered["maps"] = "no_positions"
        return
    days = found.days
    earlier, then_days = choices.previous, None
    if earlier is not None:
        then_days = days_of(earlier.incidents(), earlier.info.zone)
    elif days.days >= 2 * COMPARED_DAYS:
        last = days.last
        days = ServiceDays(days.zone, last - timedelta(days=COMPARED_DAYS - 1), COMPARED_DAYS)
        earlier = store
        then_days = ServiceDays(days.zone, days.start - timedelta(days=COMPARED_DAYS), COMPARED_DAYS)
    now = count_squares(store, days, grid)
    then = count_squares(earlier, then_days, grid) if earlier is not None and then_days is not None else None
    found.tables["density"] = density_table(now, then, choices.threshold)
    found.facts |= {"map_square_m": grid.size_m, "map_first": str(days.start), "map_last": str(days.last)}
    if then_days is not None:
        found.facts |= {"map_then_first": str(then_days.start), "map_then_last": str(then_days.last)}
    else:
        found.not_answered["then_and_now"] = "one_period"


def ask_reach(
    found: Gathered, store: Store, choices: ReportChoices, observed: ObservedService, grid: SquareGrid | None
) -> None:
    """Where units really arrived in time."""
    if grid is None:
        found.not_answered["reach"] = "no_positions"
        return
    arrivals = arrivals_of(store, observed.days, observed.fleet, observed.frame, grid, choices.study)
    if arrivals.rows.is_empty():
        found.not_answered["reach"] = "no_acute_arrivals"
        return
    found.tables["reach_squares"] = reach_squares_table(arrivals, threshold=choices.threshold)
    found.tables["reach_zones"] = reach_zones_table(arrivals, threshold=choices.threshold)
    if choices.study is not None:
        claims = reach_claims_table(choices.study, arrivals, choices.threshold, printed_of(choices))
        found.tables["reach_claims"] = claims


def printed_of(choices: ReportChoices) -> tuple[PublishedFigure, ...]:
    """The printed figures that a log is held against: of the file, else of the study."""
    if choices.printed is not None:
        return read_printed(choices.printed)
    return choices.study.published if choices.study else ()
