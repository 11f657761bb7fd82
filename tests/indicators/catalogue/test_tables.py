"""Indicators of small logs: by hand, with everything left out told, and no small count."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from beredt.indicators.catalogue.count import Log, log_of
from beredt.indicators.catalogue.expression.names import Value
from beredt.indicators.catalogue.periods import days_of, list_periods, period_name
from beredt.indicators.catalogue.read_catalogue import load_catalogue, parse_catalogue
from beredt.indicators.catalogue.spread import Durations, means, one_group, quantiles, rates
from beredt.indicators.catalogue.tables import CatalogueTables, catalogue_tables
from beredt.model.dictionary import load_fields
from tests.indicators.made_store import START, make_store

DAY = 24 * 60
URBAN = Value("truth", pl.when(pl.col("municipality") != "").then(pl.col("municipality") == "Town"))


def tables_of(path: Path, rows: list[dict[str, Any]], threshold: int = 0, **more: Any) -> CatalogueTables:
    log = log_of(make_store(path / "store", rows))._replace(extra={"urban": URBAN})
    return catalogue_tables(log, more.pop("catalogue", load_catalogue("national")), threshold=threshold, **more)


def acute(call: float, response: float | None, municipality: str = "Town", **more: Any) -> dict[str, Any]:
    stamps = {"call_t": call, "alerted_t": call + 1, "rolling_t": call + 2}
    arrived = {} if response is None else {"scene_t": call + response}
    return {"urgency": "A", "municipality": municipality, "unit": "U", **stamps, **arrived, **more}


def test_the_national_indicator_to_the_letter(tmp_path: Path) -> None:
    """Exactly 12 minutes is in time; a changed urgency, a missing stamp and an unknown place are left out and told."""
    rows = [
        acute(0, 12.0),
        acute(1, 12.02),
        acute(2, 5.0),
        acute(3, 5.0, urgency_first="H"),
        acute(4, None),
        acute(5, 5.0, ""),
        acute(6, 24.0, "Hamlet"),
        acute(7, 5.0, urgency="H"),
        # Two units of one incident: it counts once, by the first that is there.
        acute(8, 20.0, incident=99),
        acute(8, 6.0, incident=99),
    ]
    found = tables_of(tmp_path, rows)
    urban = found.values.filter(indicator="response_urban", period="")
    assert urban.select("among", "left_out_rows", "size", "cases").row(0) == (7, 3, 4, 3)
    assert urban.select("value", "target", "meets").row(0) == (0.75, 0.9, "undecided")
    rural = found.values.filter(indicator="response_rural", period="")
    assert rural.select("among", "size", "cases").row(0) == (2, 1, 1)
    reasons = found.reasons.filter(indicator="response_urban", period="").select("reason", "n").rows()
    assert reasons == [("place_unknown", 1), ("urgency_changed", 1), ("stamps_missing", 1), ("not_known", 0)]
    assert found.not_computed.select("indicator", "name").rows() == [("answer_113", "answer")]
    median = found.values.filter(indicator="response_median_urban", period="")
    assert median["value"].item() == pytest.approx((360 + 720) / 2)


def test_without_a_study_nothing_is_guessed(tmp_path: Path) -> None:
    log = log_of(make_store(tmp_path / "store", [acute(0, 5)]))
    found = catalogue_tables(log, load_catalogue("national"))
    assert found.values.height == 0
    assert "urban" in found.not_computed["name"].to_list()


def test_what_a_log_never_tells_is_not_told_as_nought(tmp_path: Path) -> None:
    """Where no mission is cancelled and no urgency changed, the log has no word of either."""
    common = load_catalogue("common")
    silent = tables_of(tmp_path / "silent", [acute(0, 5), acute(1, 6)], catalogue=common)
    telling = [acute(0, 5, cancelled=True), acute(1, 6, urgency="H", urgency_first="A")]
    told = tables_of(tmp_path / "told", telling, catalogue=common)
    both = {"cancelled": "cancelled", "urgency_changed": "urgency_first"}
    assert dict(silent.not_computed.select("indicator", "name").iter_rows()) == both
    assert not set(silent.values["indicator"]) & both.keys()
    assert told.not_computed.height == 0
    whole = told.values.filter(pl.col("indicator").is_in(list(both)), by="", period="").sort("indicator")
    assert whole.select("indicator", "size", "cases").rows() == [("cancelled", 2, 1), ("urgency_changed", 2, 1)]


def test_a_reason_that_a_log_never_tells_is_not_told_as_nought(tmp_path: Path) -> None:
    silent = tables_of(tmp_path / "silent", [acute(0, 5), acute(1, None)])
    told = tables_of(tmp_path / "told", [acute(0, 5), acute(1, 6, urgency_first="H")])
    for found, changed in ((silent, (None, None, False)), (told, (1, 0.5, False))):
        whole = found.reasons.filter(indicator="response_urban", period="")
        rows = whole.select("reason", "n", "share", "left_out").rows()
        assert rows[0] == ("place_unknown", 0, 0.0, False)
        assert rows[1] == ("urgency_changed", *changed)
    assert silent.values.filter(indicator="response_urban", period="")["left_out_rows"].item() == 1


def test_values_are_parted_by_period_and_key(tmp_path: Path) -> None:
    rows = [acute(day * DAY, 5 + day % 20, "Town" if day % 2 else "Hamlet", cancelled=day == 3) for day in range(90)]
    found = tables_of(tmp_path, rows, catalogue=load_catalogue("common"), by=("municipality", "station"))
    p90 = found.values.filter(indicator="response_acute_p90")
    assert p90.filter(by="", period="2026-02")["size"].item() == 28
    assert p90.filter(by="municipality", key="Town", period="")["size"].item() == 45
    assert p90.filter(by="station").height == 0, "incidents belong to no station"
    per_day = found.values.filter(indicator="acute_per_day", by="")
    assert per_day.filter(period="")["exposure"].item() == 90
    assert per_day.filter(period="2026-02").select("exposure", "value").row(0) == (28.0, 1.0)
    cancelled = found.values.filter(indicator="cancelled", by="station", period="")
    assert cancelled.select("key", "size", "cases").rows() == [("unknown", 90, 1)]
    chart = found.charts.filter(indicator="acute_per_day", by="")
    assert chart["point"].to_list() == ["2026-01", "2026-02", "2026-03"]


def test_columns_are_those_of_the_dictionary(tmp_path: Path) -> None:
    empty = catalogue_tables(log_of(make_store(tmp_path / "empty", [])), load_catalogue("common"))
    for found in (tables_of(tmp_path, [acute(0, 5)]), empty):
        for name, table in {
            "catalogue": found.values,
            "catalogue_left_out": found.reasons,
            "catalogue_chart": found.charts,
            "catalogue_not_computed": found.not_computed,
            "catalogue_definitions": found.definitions,
        }.items():
            assert [field.name for field in load_fields(f"missions_report/{name}")] == table.columns


def test_duplicates_and_rows_that_are_no_response_are_not_counted(tmp_path: Path) -> None:
    rows = [
        acute(0, 5, incident=0, cancelled=True),
        acute(0, 5, incident=0, marks=1 << 1, cancelled=True),
        {"incident": 0, "urgency": "A", "unit": "U", "call_t": 0},
        {"incident": 0, "urgency": "A", "call_t": 0},
    ]
    found = tables_of(tmp_path, rows, catalogue=load_catalogue("common"))
    assert found.values.filter(indicator="cancelled", period="")["size"].item() == 1


def test_a_share_with_few_cases_is_left_out_and_so_is_its_chart_point(tmp_path: Path) -> None:
    rows = [acute(day * DAY, 5, cancelled=day in {0, 1, 40}) for day in range(59)]
    found = tables_of(tmp_path, rows, threshold=5, catalogue=load_catalogue("common"))
    january = found.values.filter(indicator="cancelled", period="2026-01")
    assert january.select("cases", "value", "left_out").row(0) == (None, None, True)
    point = found.charts.filter(indicator="cancelled", point="2026-01")
    assert point.select("value", "lower_limit", "left_out").row(0) == (None, None, True)
    for table in (found.values, found.reasons):
        for column in {"among", "size", "cases", "n"} & set(table.columns):
            assert table.filter(pl.col(column).is_between(1, 4)).height == 0


def test_responders_stop_the_clock_when_asked(tmp_path: Path) -> None:
    rows = [acute(0, 20, incident=0), acute(0, 4, incident=0, unit_kind="single_responder")]
    for switch, value in ((False, 1200.0), (True, 240.0)):
        found = tables_of(
            tmp_path / str(switch), rows, catalogue=load_catalogue("common"), responders_stop_the_clock=switch
        )
        assert found.values.filter(indicator="response_acute_p90", period="")["value"].item() == value


def test_a_log_larger_than_memory_is_counted_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [acute(n * 977.0, 5 + n % 30, ("Town", "Hamlet", "")[n % 3], station=f"S{n % 4}") for n in range(200)]
    log = log_of(make_store(tmp_path / "store", [*rows, {"urgency": "A", "municipality": "Town"}]))
    whole = catalogue_tables(log, load_catalogue("common"), ("municipality", "station"))
    monkeypatch.setattr("beredt.indicators.catalogue.count.ROWS_AT_ONCE", 7)
    monkeypatch.setattr("beredt.indicators.catalogue.count.MERGED_AT", 3)
    parts = catalogue_tables(log, load_catalogue("common"), ("municipality", "station"))
    for one, other in zip(whole, parts, strict=True):
        assert one.equals(other)


@pytest.mark.parametrize(
    ("call", "month"), [(datetime(2026, 1, 31, 22, 59), "2026-01"), (datetime(2026, 1, 31, 23, 0), "2026-02")]
)
def test_months_begin_at_midnight_of_the_clocks(tmp_path: Path, call: datetime, month: str) -> None:
    minutes = (call.replace(tzinfo=UTC) - START).total_seconds() / 60
    rows = [acute(minutes, 5), acute(-20 * DAY, 5), acute(90 * DAY, 5)]
    found = tables_of(tmp_path, rows, catalogue=load_catalogue("common")).values.filter(indicator="acute_per_day")
    assert found.filter(period=month)["size"].item() == 1


def test_targets_are_met_missed_or_undecided(tmp_path: Path) -> None:
    rows = [acute(n, 5 if n % 10 else 30) for n in range(2_000)]
    for limit, meets in ((0.8, "yes"), (0.9, "undecided"), (0.95, "no")):
        text = f"""[one]
title = {{ en = "x" }}
definition = {{ en = "x" }}
source = "x"
counting = "incident"
kind = "share"
counts = "response <= 12 min"
target = {{ at_least = {limit} }}
"""
        found = tables_of(tmp_path / str(limit), rows, catalogue=parse_catalogue("own.toml", text.encode()))
        assert found.values.filter(period="")["meets"].item() == meets


def test_the_log_may_bring_columns_of_a_study(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", [acute(0, 5), acute(0, 5, "Hamlet")])
    urban = (pl.col("municipality") == "Town").alias("is_urban")
    log = Log(
        store.incidents().with_columns(urban),
        store.missions().with_columns(urban),
        store.info.zone,
        {"urban": Value("truth", pl.col("is_urban"))},
    )
    found = catalogue_tables(log, load_catalogue("national"), threshold=0)
    assert found.values.filter(indicator="response_rural", period="")["size"].item() == 1


@pytest.mark.parametrize(
    ("period", "names"),
    [
        ("month", ["2025-12", "2026-01", "2026-02"]),
        ("week", ["2025-W52", "2026-W01", "2026-W02", "2026-W03", "2026-W04", "2026-W05"]),
        ("quarter", ["2025-Q4", "2026-Q1"]),
        ("year", ["2025", "2026"]),
    ],
)
def test_periods(period: Any, names: list[str]) -> None:
    days = (date(2025, 12, 28), date(2026, 2, 1))
    starts = list_periods(period, days)
    assert [period_name(start, period) for start in starts] == names
    assert sum(days_of(start, period, days) for start in starts) == 36


@given(st.lists(st.lists(st.integers(0, 40), max_size=60), min_size=1, max_size=4), st.sampled_from([0.5, 0.9]))
def test_quantiles_and_means_of_groups_agree_with_numpy(groups: list[list[int]], quantile: float) -> None:
    counted = [np.unique(np.array(group, float), return_counts=True) for group in groups]
    first = np.concatenate([[0], np.cumsum([second.size for second, _ in counted])])
    second, number = (np.concatenate([one[n] for one in counted]) for n in (0, 1))
    durations = Durations(first, second, number.astype(np.int64), np.array([float(sum(group)) for group in groups]))
    value, low, high = quantiles(durations, quantile, 0.95)
    mean = means(durations, 0.95)
    for n, group in enumerate(groups):
        if not group:
            assert np.isnan([value[n], low[n], high[n], mean.value[n]]).all()
            continue
        assert value[n] == pytest.approx(np.quantile(group, quantile))
        assert not low[n] > value[n]
        assert not high[n] < value[n]
        assert mean.value[n] == pytest.approx(np.mean(group))
        if len(group) > 1:
            assert mean.high[n] - mean.value[n] == pytest.approx(1.959964 * stats.sem(group), abs=1e-5)


def test_the_interval_of_a_median_holds_as_often_as_it_says() -> None:
    random, held = np.random.default_rng(6), 0
    for _ in range(2_000):
        found = quantiles(one_group(np.ceil(random.exponential(600, 80))), 0.5, 0.95)
        held += bool(found.low[0] - 1 <= 600 * np.log(2) <= found.high[0])
    assert 0.94 <= held / 2_000 <= 0.98


def test_rates_have_the_exact_interval() -> None:
    """Ten cases: 4.795 to 18.39, as in any table of the Poisson distribution."""
    found = rates(np.array([10, 0, 0]), np.array([2.0, 1.0, 0.0]), 0.95)
    assert (found.value[0], found.low[0], found.high[0]) == pytest.approx((5.0, 4.7954 / 2, 18.3904 / 2), abs=1e-4)
    assert (found.low[1], found.high[1]) == pytest.approx((0.0, 3.6889), abs=1e-4)
    assert np.isnan([found.value[2], found.low[2], found.high[2]]).all()
