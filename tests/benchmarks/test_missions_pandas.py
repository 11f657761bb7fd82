"""The analyst's pandas says of a log what Beredt says: else comparing their speed would say nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import numpy as np
import pandas as pd
import polars as pl
import pytest

from benchmarks import missions_pandas as twin
from benchmarks.missions_log import REGION, write_csv
from benchmarks.missions_pandas_clean import Notes, clean, group, read
from beredt.indicators.log.options import LogOptions
from beredt.indicators.log.tables import log_tables
from beredt.indicators.observing.observe import Observation, observe_service
from beredt.indicators.observing.service_tables import service_tables
from beredt.missions.find_profile import load_profile
from beredt.missions.importing.import_log import import_log
from beredt.missions.importing.plan import ImportPlan

ROWS = 12_000
BY = {"": "", "kommune": "municipality", "stasjon": "station", "kind": "unit_kind", "kommune×month": "municipality"}
TIMES = [f"{name}{end}_s" for name in ("median", "p90") for end in ("", "_low", "_high")]
SHARES = [f"share_{limit}{end}" for limit in ("12", "25") for end in ("", "_low", "_high")]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Both = tuple[Mapping[str, pd.DataFrame], Mapping[str, pl.DataFrame], Notes, Mapping[str, int]]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Tables by pandas and by Beredt, what each has found, every unit on duty around the clock."""
    folder = tmp_path_factory.mktemp("both")
    log = folder / "log.csv"
    write_csv(ROWS, log, REGION)
    notes = Notes()
    rows = clean(read(log), notes)
    plan = ImportPlan((log,), load_profile("amis"), folder / "store")
    store = import_log(plan, lambda *_: None, lambda _: None).store
    units = store.missions().select(pl.col("unit").cast(pl.String).unique()).collect()["unit"].sort().to_list()
    call = store.incidents().select(first=pl.col("call_t").min(), last=pl.col("call_t").max()).collect()
    first, last = call["first"][0].date() - timedelta(days=1), call["last"][0].date() + timedelta(days=2)
    shifts = [
        f"{unit},{day} 00:00,{day + timedelta(days=1)} 00:00,true,"
        for unit in units
        for day in (first + timedelta(days=number) for number in range((last - first).days))
    ]
    roster = folder / "roster.csv"
    roster.write_text("unit,on,off,staffed,reason\n" + "\n".join(shifts) + "\n", encoding="utf-8")
    observed = observe_service(store, how=Observation(roster=roster))
    tables = log_tables(store, options=LogOptions(threshold=0)) | service_tables(observed, threshold=0)
    return twin.report(rows, group(rows)), tables, notes, store.info.rules


def same(pandas: pd.DataFrame, beredt: pl.DataFrame, keys: list[str], values: list[str]) -> None:
    """Hold two tables with the same columns against each other, whatever the order of their rows."""
    left = pl.DataFrame({name: pandas[name].to_numpy() for name in [*keys, *values]})
    left = left.with_columns(pl.col(keys).cast(pl.String), pl.col(values).cast(pl.Float64)).sort(keys)
    right = beredt.select(pl.col(keys).cast(pl.String), pl.col(values).cast(pl.Float64)).sort(keys)
    assert left.select(keys).rows() == right.select(keys).rows()
    for name in values:
        np.testing.assert_allclose(
            left[name].fill_null(np.nan).to_numpy(), right[name].fill_null(np.nan).to_numpy(), rtol=1e-9, err_msg=name
        )


@pytest.mark.parametrize("counting", ["mission", "incident"])
def test_times_with_their_intervals(both: Both, counting: str) -> None:
    by_twin, by_beredt, _, _ = both
    twins = by_twin[f"intervals_of_{counting}s"].replace({"urgency": {"all": ""}})
    intervals = by_beredt["intervals"].filter(pl.col("counting") == counting)
    for by in twins["by"].unique():
        own = twins[twins["by"] == by]
        names = [name for name in by.split("×") if name]
        key = own[names[0]].map(_word(names[0])) if names else ""
        key2 = own[names[1]].map(_word(names[1])) if len(names) > 1 else ""
        right = intervals.filter(
            pl.col("by") == BY.get(by, by), pl.col("by2") == ("month" if len(names) > 1 else "")
        ).with_columns(pl.col(SHARES).fill_null(0.0))
        left = own.assign(key=key, key2=key2)
        response = left["interval"] == "response"
        left[SHARES] = left[SHARES].where(response, 0.0)
        same(left, right, ["interval", "urgency", "key", "key2"], ["n", "mean_s", *TIMES, *SHARES])


def _word(name: str) -> Callable[[object], str]:
    """How Beredt writes a key."""
    if name == "month":
        return lambda month: f"{int(float(str(month))) // 100}-{int(float(str(month))) % 100:02d}"
    if name == "weekday":
        return lambda day: WEEKDAYS[int(float(str(day)))]
    return (lambda hour: f"{int(float(str(hour))):02d}") if name == "hour" else str


def test_who_was_sent_where(both: Both) -> None:
    by_twin, by_beredt, _, _ = both
    names = {"kommune": "municipality", "stasjon": "station"}
    left = by_twin["missions_by_station"].rename(columns=names).replace("all", "")
    values = ["missions", "share_of_place", "share_of_station"]
    same(left, by_beredt["missions_by_station"], ["year", "municipality", "urgency", "station"], values)


def test_units_at_work(both: Both) -> None:
    by_twin, by_beredt, _, _ = both
    left = by_twin["units"].rename(columns={"ressurs_id": "unit", "stasjon": "station"}).replace("all", "")
    same(left, by_beredt["service_units"], ["station", "unit"], ["active_h", "duty_h", "missions", "utilisation"])


def test_free_units_in_every_hour(both: Both) -> None:
    by_twin, by_beredt, _, _ = both
    free = by_twin["free_units"]
    left = free.assign(date=free["t"].dt.strftime("%Y-%m-%d"), hour=free["t"].dt.hour, free_least=free["free"])
    same(left, by_beredt["service_calendar"], ["date", "hour"], ["free_least"])


def test_how_often_a_station_has_none_free(both: Both) -> None:
    by_twin, by_beredt, _, _ = both
    names = {"none": "hours_none_free", "one": "hours_one_free", "mean": "free_least_mean"}
    left = by_twin["free_units_by_hour"].rename(columns=names)
    right = by_beredt["service_hours"].filter(pl.col("hour") >= 0)
    same(left, right, ["fleet", "hour"], ["hours", *names.values()])


def test_who_serves_whom(both: Both) -> None:
    by_twin, by_beredt, _, _ = both
    left = by_twin["flows"].rename(columns={"home": "station", "kommune": "zone"}).replace("all", "")
    same(left, by_beredt["service_flows"], ["station", "zone", "urgency"], ["missions"])


def test_what_cleaning_finds(both: Both) -> None:
    _, _, notes, rules = both
    assert sum(count for rule, count in notes.findings.items() if rule.startswith("midnight")) == rules["midnight"] > 0
    assert notes.findings["near duplicate"] == rules["near_duplicate"]
    assert notes.findings["broken off"] == rules["broken_off"]
