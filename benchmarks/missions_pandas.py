"""What an analyst would do with a log of missions, in pandas: `python -m benchmarks.missions_pandas LOG.csv OUT`.

The same as `beredt missions import` and `report`, whole columns at a time and never row by row: text to times, DST,
midnight, codes, positions mended, stamps out of order, too late or missing, duplicates, units of an incident, missions
of a unit that overlap, lists of corrections and findings; missions and incidents as Parquet; and these tables:

- every interval of missions and incidents by eight breakdowns and urgency, with number, mean, median, 90th percentile
  and shares in time, each with its interval (order statistics, Wilson);
- incidents by clock and place, and by squares of a map; the national indicator;
- who was sent where, with shares and the change from the year before; missions from stations to municipalities;
- hours at work, missions and utilisation of every unit and station; the least number of free units in every hour, of
  all units and of each station.

A test holds that these tables are Beredt's, but those of squares, of incidents by clock, and the national indicator.

Beredt does more. Left out are: the bootstrap of means (all have the normal interval), rules that this log does not call
for, the switching off of rules, what units were seen doing as their hours of duty (all are on duty around the clock),
the suppression of small counts, squares reached in time, control charts and indicators of catalogues, the page with its
figures, Excel. And the whole log must fit into memory.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas as pd

from benchmarks import missions_pandas_service as service
from benchmarks import missions_pandas_tables as tables
from benchmarks.missions_pandas_clean import Notes, clean, group, read


def main() -> None:
    """Do it, and print how long it took."""
    log, out = Path(sys.argv[1]), Path(sys.argv[2])
    begin, notes = time.perf_counter(), Notes()
    rows = read(log)
    read_s = time.perf_counter() - begin
    rows = clean(rows, notes)
    incidents = group(rows)
    write(rows, incidents, notes, out)
    import_s = time.perf_counter() - begin
    for name, table in report(rows, incidents).items():
        table.to_parquet(out / f"{name}.parquet")
    seconds = time.perf_counter() - begin
    print(json.dumps({"rows": len(rows), "read_s": read_s, "import_s": import_s, "seconds": seconds}))


def write(rows: pd.DataFrame, incidents: pd.DataFrame, notes: Notes, out: Path) -> None:
    """The log itself as files."""
    rows.to_parquet(out / "missions.parquet")
    incidents.to_parquet(out / "incidents.parquet")
    if notes.corrections:
        pd.concat(notes.corrections).to_parquet(out / "corrections.parquet")
    pd.Series(notes.findings).to_csv(out / "findings.csv")


def report(rows: pd.DataFrame, incidents: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """All tables by name."""
    counted = tables.with_clock(rows[~rows["again"]], "call")
    calls = tables.with_clock(incidents, "call")
    return {
        "intervals_of_missions": tables.interval_tables(counted, tables.MISSION_INTERVALS),
        "intervals_of_incidents": tables.interval_tables(calls, tables.INCIDENT_INTERVALS),
        "missions_by_station": tables.missions_by_station(counted),
        "incident_counts": tables.incident_counts(calls),
        "national_indicator": tables.national_indicator(calls),
        "squares": tables.squares(calls),
        **service_tables(counted, calls),
    }


def service_tables(rows: pd.DataFrame, incidents: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Units, free units by hour and flows, over the days from the first call to the last."""
    local = incidents["call"].dt.tz_convert("Europe/Oslo").dt.tz_localize(None)
    start, end = local.min().normalize(), local.max().normalize() + service.DAY
    home, kind = service.homes(rows, "stasjon"), service.homes(rows, "kind")
    work = service.work_of(rows)
    work = work.assign(home=work["ressurs_id"].map(home))
    first = kind[kind == service.PRIMARY].index
    going = work[work["ressurs_id"].isin(first)]
    whole = service.free_units(going.assign(fleet="all"), pd.Series({"all": len(first)}), start, end)
    stations = service.free_units(going.assign(fleet=going["home"]), home[first].value_counts(), start, end)
    return {
        "units": service.unit_table(work, start, end),
        "free_units": whole,
        "free_units_by_hour": service.hour_table(pd.concat([whole, stations])).reset_index(),
        "flows": service.flow_table(work, start, end),
    }


if __name__ == "__main__":
    main()
