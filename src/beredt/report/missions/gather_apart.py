"""Questions that need nothing but the store, so that a process beside may answer them before it has more to do."""

from __future__ import annotations

from concurrent.futures import Future

from beredt.indicators.catalogue.choose_catalogue import choose_catalogue
from beredt.indicators.catalogue.count import log_of
from beredt.indicators.catalogue.placed_log import placed_log
from beredt.indicators.catalogue.read_catalogue import BUILT_IN
from beredt.indicators.catalogue.tables import catalogue_tables
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.square_grid import SquareGrid
from beredt.missions.store import Store
from beredt.report.missions.choices import ReportChoices
from beredt.report.missions.gather_squares import ask_density, squares_of
from beredt.report.missions.gathered import Gathered

CATALOGUE = ("catalogue", "catalogue_left_out", "catalogue_chart", "catalogue_not_computed", "catalogue_definitions")


def density_apart(
    store: Store, choices: ReportChoices, days: ServiceDays | None, squares: Future[SquareGrid | None] | None = None
) -> Gathered:
    """Where incidents happen and units are sent.

    Args:
        store: The log.
        choices: Of the analyst.
        days: Those of the log, None where no incident has the time of its call.
        squares: Somebody who finds the squares of the map, in this process; None: nobody does.
    """
    found = Gathered(days=days)
    ask_density(found, store, choices, squares_of(store) if squares is None else squares.result())
    return found


def catalogue_apart(store: Store, choices: ReportChoices) -> Gathered:
    """The indicators of the built-in catalogues and of the analyst's, with their charts."""
    log = placed_log(store, choices.study) if choices.study else log_of(store)
    catalogue = choose_catalogue([*BUILT_IN, *map(str, choices.catalogues)])
    # Not parted by municipality: the national indicator is, and the same count twice is harder to keep from telling.
    tables = catalogue_tables(log, catalogue, responders_stop_the_clock=choices.responders, threshold=choices.threshold)
    return Gathered(tables=dict(zip(CATALOGUE, tables, strict=True)))
