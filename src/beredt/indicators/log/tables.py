"""All tables that this room makes of a log."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from beredt.indicators.log.interval_table import interval_table
from beredt.indicators.log.missions_table import missions_table
from beredt.indicators.log.national import national_table
from beredt.indicators.log.options import MUNICIPALITY, LogOptions
from beredt.indicators.log.printed_figures import CountedMissions, printed_table
from beredt.indicators.log.scan import LogTally, tally_log
from beredt.missions.store import Store
from beredt.model.published_figure import PublishedFigure
from beredt.model.study import Study


def log_tables(
    store: Store,
    study: Study | None = None,
    options: LogOptions | None = None,
    printed: Iterable[PublishedFigure] | None = None,
) -> dict[str, pl.DataFrame]:
    """Count a log and lay it out.

    Args:
        store: The log.
        study: Its places, stations and targets; None: only what the log names.
        options: Choices of the analyst [default: LogOptions()].
        printed: Printed figures to be made again [default: those of the study].

    Returns:
        By name: intervals, missions_by_station, national_indicator, printed_figures. Their columns stand in the field
        dictionary, `missions_report/<name>`. Small counts are left out of all of them. Handling is in none where the
        log does not know when the call came: its clock then starts with the first alert.
    """
    figures = printed if printed is not None else (study.published if study else ())
    tables = tables_of(tally_log(store, study, options), study, figures)
    if store.info.call_from != "call_t":
        tables["intervals"] = tables["intervals"].filter(pl.col("interval") != "handling")
    return tables


def tables_of(tally: LogTally, study: Study | None, printed: Iterable[PublishedFigure]) -> dict[str, pl.DataFrame]:
    """The tables of a log that has been counted; see `log_tables`."""
    threshold, jobs = tally.options.threshold, tally.options.jobs
    missions = missions_table(tally.sent, tally.dimensions, threshold)
    counted = missions_table(tally.sent, tally.dimensions, 0)
    municipalities = tally.dimensions.keys[MUNICIPALITY][:-1]
    return {
        "intervals": interval_table(tally.missions, tally.incidents, tally.dimensions, threshold, jobs),
        "missions_by_station": missions,
        "national_indicator": national_table(tally.national, municipalities, threshold),
        "printed_figures": printed_table(
            printed, study.settings if study else None, CountedMissions(missions, counted, threshold)
        ),
    }
