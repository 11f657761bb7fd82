"""The tables of one month: missions, times, the indicator, free units and hours of a roster."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from beredt.errors import OptionError
from beredt.indicators.catalogue.count import log_of
from beredt.indicators.catalogue.placed_log import placed_log
from beredt.indicators.catalogue.read_catalogue import load_catalogue
from beredt.indicators.catalogue.tables import catalogue_tables
from beredt.indicators.log.incident_counts import incident_counts_table
from beredt.indicators.log.options import DISTRICT, MUNICIPALITY, STATION, TETTSTED, LogOptions
from beredt.indicators.log.tables import log_tables
from beredt.indicators.observing.observe import Observation, observe_service
from beredt.indicators.observing.roster_hours import roster_hours_table
from beredt.indicators.observing.roster_issues import roster_issues_table
from beredt.indicators.observing.service_tables import service_tables
from beredt.missions.store import Store
from beredt.report.missions.choices import ReportChoices
from beredt.report.missions.gather_apart import CATALOGUE
from beredt.report.missions.log_quality import notes_without_small
from beredt.report.missions.part_of_store import check_month, month_of_store

BREAKDOWNS: tuple[tuple[str, ...], ...] = ((), (MUNICIPALITY,), (DISTRICT,), (TETTSTED,), (STATION,))


@dataclass(frozen=True, slots=True)
class MonthTables:
    """Tables of a month by name, where its hours on duty come from, and the local group, "" without one."""

    month: str
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    duty: str = ""
    local_group: str = ""


def gather_month(store: Store, month: str, choices: ReportChoices) -> MonthTables:
    """Count the calls of a month; units are looked at with what they still had to do from the month before.

    Raises:
        OptionError: No month, or one without a call.
        StudyError: The roster cannot be used.
    """
    first, last = days_of_month(month)
    options = LogOptions(
        threshold=choices.threshold,
        responders_stop_the_clock=choices.responders,
        breakdowns=BREAKDOWNS,
        jobs=choices.jobs,
    )
    with TemporaryDirectory(prefix="beredt-") as folder:
        part = month_of_store(store, month, Path(folder) / "store")
        log = placed_log(part, choices.study) if choices.study else log_of(part)
        tables = {"incident_counts": incident_counts_table(log.incidents, log.zone, choices.threshold)}
        tables |= log_tables(part, choices.study, options, printed=())
        national = catalogue_tables(log, load_catalogue("national"), threshold=choices.threshold)
        tables |= dict(zip(CATALOGUE, national, strict=True))
        responses = part.info.unit_responses
    if not responses:
        return MonthTables(month, tables)
    how = Observation(first=first, last=last, responders=choices.responders or None, roster=choices.roster)
    observed = observe_service(store, choices.study, how)
    service = service_tables(observed, choices.threshold)
    service["service_notes"] = notes_without_small(service["service_notes"], choices.threshold)
    tables |= service
    if observed.roster is not None:
        tables["roster_hours"] = roster_hours_table(observed.roster, observed.fleet, observed.days)
        tables["roster_issues"] = roster_issues_table(observed.roster)
    return MonthTables(month, tables, observed.duty.basis, observed.frame.local_group or "")


def find_year_before(store: Store, month: str, choices: ReportChoices) -> MonthTables | None:
    """The same month a year earlier, of the earlier log where one is named; None where there is no call in it."""
    earlier = f"{int(month[:4]) - 1:04d}{month[4:]}"
    try:
        return gather_month(choices.previous or store, earlier, choices)
    except OptionError:
        return None


def days_of_month(month: str) -> tuple[date, date]:
    """First and last day of a month such as 2024-02. Raises OptionError for what is no month."""
    check_month(month)
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
