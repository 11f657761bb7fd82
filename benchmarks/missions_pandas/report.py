"""All tables of a report by name."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from benchmarks.missions_pandas.catalogue import catalogue_tables, indicators
from benchmarks.missions_pandas.counts import incident_counts, missions_by_station, national_indicator
from benchmarks.missions_pandas.form import Form
from benchmarks.missions_pandas.keys import Key, word_key
from benchmarks.missions_pandas.notes import Notes
from benchmarks.missions_pandas.service import service_tables
from benchmarks.missions_pandas.squares import density, reach
from benchmarks.missions_pandas.times import INCIDENT_INTERVALS, MISSION_INTERVALS, interval_table
from benchmarks.missions_pandas.work import in_days, service_of


def report(rows: pd.DataFrame, incidents: pd.DataFrame, notes: Notes, form: Form) -> dict[str, pd.DataFrame]:
    """Count everything.

    Args:
        rows: missions, cleaned.
        incidents: theirs.
        notes: of cleaning.
        form: in which everything is counted.
    """
    missions = rows[~rows["again"]]
    of_missions, of_incidents = keys_of(missions, form), keys_of(incidents, form)
    service = service_of(missions, incidents)
    days = service.start, service.days
    called = service.missions[service.missions["call_t"].notna()]
    within = incidents[in_days(incidents["local"], *days)]
    times = [
        interval_table(incidents, of_incidents, INCIDENT_INTERVALS, "incident", form),
        interval_table(missions, of_missions, MISSION_INTERVALS, "mission", form),
    ]
    asked = indicators(missions, of_missions["month"], incidents, of_incidents["month"], form)
    return {
        "incident_counts": incident_counts(of_incidents, form),
        "intervals": pd.concat(times, ignore_index=True),
        "missions_by_station": missions_by_station(of_missions, ~missions["cancelled"].to_numpy(), form),
        "national_indicator": national_indicator(incidents, of_incidents, form),
        **service_tables(service, form),
        **reach(called, service.home, service.going_first, form),
        "density": density(within, called[~called["cancelled"]], service.days, form),
        **catalogue_tables(asked, incidents["local"], form),
        "log_findings": notes.findings(),
        "log_corrections": notes.corrected(),
    }


def keys_of(rows: pd.DataFrame, form: Form) -> Mapping[str, Key]:
    """Urgency, places, kinds, and the clock of the call, as far as rows have them."""
    words = [name for name in ("urgency", "municipality", "station", "unit_kind") if name in rows.columns]
    return {**{name: word_key(rows[name]) for name in words}, **form.clock_keys(rows["local"])}
