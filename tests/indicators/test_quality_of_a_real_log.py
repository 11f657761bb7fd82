"""Ten years of a real service: indicators and flags against plain loops over its rows, and a queue worked off."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest

from beredt.indicators.catalogue.count import log_of
from beredt.indicators.catalogue.read_catalogue import load_catalogue
from beredt.indicators.catalogue.tables import CatalogueTables, catalogue_tables
from beredt.indicators.pathway.records import records_of_store
from beredt.indicators.pathway.repeat_callers import repeat_callers
from beredt.indicators.review.cases import cases_of
from beredt.indicators.review.find_flags import find_flags
from beredt.indicators.review.looked_at import look_at
from beredt.indicators.review.queue import open_queue
from beredt.indicators.review.queued import Period
from beredt.indicators.review.rules import choose_rules
from beredt.indicators.triage.count import count_triage
from beredt.indicators.triage.scale import load_scales
from beredt.indicators.triage.tables import triage_tables
from beredt.missions.find_profile import load_profile
from beredt.missions.importing.import_log import import_log
from beredt.missions.importing.plan import ImportPlan
from beredt.missions.marks import impossible_mask
from beredt.missions.store import Store, open_store

pytestmark = [pytest.mark.reference, pytest.mark.slow]

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def store(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    (log,) = (reference_data / "calls" / "rvfd").glob("*.csv.gz")
    plan = ImportPlan((log,), load_profile("rvfd"), tmp_path_factory.mktemp("rvfd") / "store")
    import_log(plan, lambda _stage, _done, _total: None, lambda _line: None)
    return open_store(plan.out)


@pytest.fixture(scope="module")
def tables(store: Store) -> CatalogueTables:
    return catalogue_tables(log_of(store), load_catalogue("common"), threshold=0)


@pytest.fixture(scope="module")
def missions(store: Store) -> list[dict[str, Any]]:
    """Unit responses, each once."""
    rows = store.missions().filter(pl.col("unit") != "").collect().rows(named=True)
    stamps = ("alerted_t", "rolling_t", "scene_t", "patient_t", "leave_t", "dest_t", "free_t")
    return [row for row in rows if not row["marks"] & 0b110 and any(row[stamp] for stamp in stamps)]


def seconds(row: dict[str, Any], begin: str, end: str) -> float | None:
    """An interval, unless a stamp is missing, doubted or before the other."""
    if row[begin] is None or row[end] is None or row["marks"] & impossible_mask(begin, end):
        return None
    elapsed: float = (row[end] - row[begin]).total_seconds()
    return elapsed if elapsed >= 0 else None


def value(tables: CatalogueTables, indicator: str, period: str = "") -> dict[str, Any]:
    return tables.values.filter(indicator=indicator, by="", period=period).row(0, named=True)


def test_mobilisation_against_a_plain_loop(tables: CatalogueTables, missions: list[dict[str, Any]]) -> None:
    among = [row for row in missions if row["urgency_first"] == "A" and not row["cancelled"]]
    known = [one for one in (seconds(row, "alerted_t", "rolling_t") for row in among) if one is not None]
    found = value(tables, "mobilisation_acute")
    assert (found["among"], found["size"]) == (len(among), len(known))
    assert found["cases"] == sum(one <= 120 for one in known)


def test_times_against_a_plain_loop_month_by_month(
    tables: CatalogueTables, missions: list[dict[str, Any]], store: Store
) -> None:
    months = defaultdict(list)
    zone = ZoneInfo(store.info.zone)
    for row in missions:
        taken = seconds(row, "alerted_t", "free_t")
        if taken is not None and row["call_t"] is not None:
            months[row["call_t"].astimezone(zone).strftime("%Y-%m")].append(taken)
    for month, times in months.items():
        found = value(tables, "mission_time", month)
        assert (found["size"], found["value"]) == (len(times), pytest.approx(np.mean(times)))
    assert len(months) > 100


def test_response_against_a_plain_loop(tables: CatalogueTables, store: Store) -> None:
    rows = store.incidents().filter(pl.col("urgency") == "A").collect().rows(named=True)
    known = [
        (row["first_scene_t"] - row["call_t"]).total_seconds()
        for row in rows
        if row["call_t"] and row["first_scene_t"] and row["first_scene_t"] >= row["call_t"]
    ]
    found = value(tables, "response_acute_p90")
    assert (found["among"], found["size"]) == (len(rows), len(known))
    assert found["value"] == pytest.approx(np.quantile(np.ceil(known), 0.9))


def test_every_row_is_counted_or_left_out_by_name(tables: CatalogueTables) -> None:
    told = tables.reasons.group_by("indicator", "by", "key", "period").agg(pl.col("n").sum())
    both = tables.values.join(told, on=["indicator", "by", "key", "period"])
    assert both.height == tables.values.height
    assert both.filter(pl.col("among") != pl.col("size") + pl.col("n")).is_empty()


def test_late_incidents_against_a_plain_loop(store: Store) -> None:
    found = find_flags(look_at(store), ["late"])
    expected = set()
    for row in store.incidents().filter(pl.col("urgency") == "A").collect().rows(named=True):
        scene = min((t for t in (row["first_scene_t"], row["first_responder_scene_t"]) if t), default=None)
        if scene and row["call_t"] and (scene - row["call_t"]).total_seconds() > 1_500 + 300:
            expected.add(row["incident"])
    assert set(found["incident"]) == expected
    assert len(expected) > 20


def test_a_queue_of_ten_years_is_worked_off_and_flagged_again(store: Store, tmp_path: Path) -> None:
    seen = look_at(store)
    rules = [rule for rule in choose_rules() if rule != "nearest_not_sent"]
    flags = find_flags(seen, rules)
    cases = cases_of(seen, flags)
    assert len({case.name for case in cases}) == len(cases) == flags["incident"].n_unique()
    with open_queue(tmp_path / "q.sqlite", make=True) as queue:
        assert queue.add(cases, rules, "ann", NOW, Period()).new == len(cases)
        gravest = queue.list_cases(limit=20)
        for case in gravest:
            queue.set_status(case.id, "closed", "ann", NOW, "looked at")
        again = queue.add(cases, rules, "ann", NOW, Period())
        assert (again.new, again.reopened, again.flags, again.gone) == (0, 0, 0, 0)
        assert queue.counts()["status"]["closed"] == 20
        by_rule = Counter(rule for case in queue.list_cases(status=["new"]) for rule in case.rules)
        assert dict(by_rule) == queue.counts()["open_by_rule"]


def test_a_log_without_triage_or_patients_says_so(store: Store) -> None:
    tables = triage_tables(count_triage(store, load_scales()["retts"]), load_scales()["retts"])
    assessed = tables.measures.filter(by="all", measure="assessed").row(0, named=True)
    assert (assessed["cases"], assessed["value"]) == (0, 0.0)
    concordance = tables.measures.filter(by="all", measure="concordance")["value"].item()
    assert concordance is None or math.isnan(concordance)
    callers = repeat_callers(records_of_store(store))
    assert (callers.by, callers.nobody_knows) == ("place_and_age", 19_520)
