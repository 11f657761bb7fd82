"""All tables that this room makes of a log."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from beredt.indicators.log.missions_table import missions_table
from beredt.indicators.log.options import LogOptions
from beredt.indicators.log.printed_figures import CountedMissions, printed_table
from beredt.indicators.log.scan import LogTally, tally_log
from beredt.indicators.log.times_tables import times_tables
from beredt.indicators.suppress import Guard, protect_together
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
    tally = tally_log(store, study, options)
    missions = missions_table(tally.sent, tally.dimensions, tally.options.threshold)
    return {
        **times_of(tally, store),
        "missions_by_station": missions,
        "printed_figures": printed_missions(tally, missions, figures, study),
    }


def times_of(tally: LogTally, store: Store, guard: Guard = protect_together) -> dict[str, pl.DataFrame]:
    """The tables intervals and national_indicator of a log that has been counted; see `times_tables`."""
    tables = times_tables(tally, guard)
    if store.info.call_from != "call_t":
        tables["intervals"] = tables["intervals"].filter(pl.col("interval") != "handling")
    return tables


def printed_missions(
    tally: LogTally, missions: pl.DataFrame, printed: Iterable[PublishedFigure], study: Study | None
) -> pl.DataFrame:
    """The table printed_figures: those about missions.

    Args:
        tally: The log, counted.
        missions: Its table missions_by_station.
        printed: Printed figures of all kinds.
        study: Whose targets they are about.
    """
    figures, settings = tuple(printed), study.settings if study else None
    if not figures:
        return printed_table((), settings)
    counted = missions_table(tally.sent, tally.dimensions, 0)
    own = CountedMissions(missions, counted, tally.options.threshold)
    return printed_table(figures, settings, own)
