"""All tables of a report by name."""

from __future__ import annotations

import pandas as pd

from benchmarks.missions_pandas.catalogue import catalogue_tables, indicators
from benchmarks.missions_pandas.counts import incident_counts, missions_by_station, national_indicator
from benchmarks.missions_pandas.keys import keys_of
from benchmarks.missions_pandas.notes import Notes
from benchmarks.missions_pandas.service import service_tables
from benchmarks.missions_pandas.squares import density, reach
from benchmarks.missions_pandas.times import INCIDENT_INTERVALS, MISSION_INTERVALS, interval_table
from benchmarks.missions_pandas.work import in_days, service_of


def report(rows: pd.DataFrame, incidents: pd.DataFrame, notes: Notes) -> dict[str, pd.DataFrame]:
    """Count everything.

    Args:
        rows: missions, cleaned.
        incidents: theirs.
        notes: of cleaning.
    """
    missions = rows[~rows["again"]]
    of_missions, of_incidents = keys_of(missions), keys_of(incidents)
    service = service_of(missions, incidents)
    days = service.start, service.days
    called = service.missions[service.missions["call_t"].notna()]
    times = [
        interval_table(incidents, of_incidents, INCIDENT_INTERVALS, "incident"),
        interval_table(missions, of_missions, MISSION_INTERVALS, "mission"),
    ]
    asked = indicators(missions, of_missions["month"], incidents, of_incidents["month"])
    return {
        "incident_counts": incident_counts(of_incidents),
        "intervals": pd.concat(times, ignore_index=True),
        "missions_by_station": missions_by_station(of_missions, ~missions["cancelled"].to_numpy()),
        "national_indicator": national_indicator(incidents, of_incidents),
        **service_tables(service),
        **reach(called, service.home, service.going_first),
        "density": density(incidents[in_days(incidents["local"], *days)], called[~called["cancelled"]], service.days),
        **catalogue_tables(asked, incidents["local"]),
        "log_findings": notes.findings(),
        "log_corrections": notes.corrected(),
    }
