"""Tests that tell two logs of calls apart: wrong as seldom as promised when they are alike, and able to see faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from scipy import stats

from beredt.demand.generate import Demand, demand_of, draw_happenings
from beredt.demand.likeness import TESTS, CallLog, compare_logs
from beredt.demand.paired_weeks import paired_weeks
from beredt.errors import OutOfRangeError
from beredt.model.read import load_study
from beredt.model.study import Study
from tests.demand.varied_study import varied
from tests.tiny_study import write_tiny_study

WEEKS = 52
BUSY = 8.0
PAIRS = 60
LEVEL = 0.05
UNLIKELY = 1e-5
MONDAY_S = 4 * 86_400.0
"""The study's year begins on a Thursday."""
VARIED = {"day_variance": 0.1, "cluster_share": 0.1, "cluster_size": 1.0, "cluster_minutes": 20.0}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Study:
    study = load_study(write_tiny_study(tmp_path_factory.mktemp("likeness") / "tiny"))
    areas = tuple(replace(area, need_factor=BUSY) for area in study.service.areas)
    return replace(study, service=replace(study.service, areas=areas))


def demand(study: Study, variation: dict[str, float]) -> Demand:
    one = varied(study, days=7 * WEEKS + 4, **variation)  # type: ignore[arg-type]  # keywords of the section
    return demand_of(one, one.service)


def log(source: Demand, replication: int) -> CallLog:
    found = draw_happenings(source, 5, replication)
    found = found.taken(np.argsort(found.call_t, kind="stable"))
    found = found.taken(found.call_t >= MONDAY_S)
    return CallLog(found.call_t - MONDAY_S, found.area.astype(np.int64), found.urgency.astype(np.int64))


@pytest.fixture(scope="module")
def source(busy: Study) -> Demand:
    return demand(busy, VARIED)


def told(one: CallLog, other: CallLog) -> dict[str, float]:
    return {test.name: test.p_of_all for test in compare_logs(one, other, WEEKS)}


def test_false_alarms_come_as_often_as_promised(source: Demand) -> None:
    """Years of one source, days scattered and incidents in clusters: every p-value is as a lot, and alarms are rare."""
    found = np.array(
        [
            [(test.p, test.p_of_all) for test in compare_logs(log(source, 2 * n), log(source, 2 * n + 1), WEEKS, n)]
            for n in range(PAIRS)
        ]
    )
    for name, p in zip(TESTS, found[:, :, 0].T, strict=True):
        assert stats.kstest(p, "uniform").pvalue > UNLIKELY, name
    alarms = (found[:, :, 1].min(axis=1) < LEVEL).sum()
    assert alarms <= stats.binom.ppf(1 - UNLIKELY, PAIRS, LEVEL)


def _an_hour_late(one: CallLog) -> CallLog:
    moved = (one.call_t + 3600.0) % (WEEKS * 604_800.0)
    order = np.argsort(moved, kind="stable")
    return CallLog(moved[order], one.area[order], one.urgency[order])


def _an_area_emptied(one: CallLog) -> CallLog:
    return one._replace(area=np.where(one.area == 3, 2, one.area))


def _more_urgent(one: CallLog) -> CallLog:
    lot = np.random.default_rng(1).random(len(one.area)) < 0.08
    return one._replace(urgency=np.where(lot & (one.urgency == 1), 0, one.urgency))


def _fewer(one: CallLog) -> CallLog:
    kept = np.random.default_rng(1).random(len(one.area)) < 0.85
    return CallLog._make(column[kept] for column in one)


FAULTS: dict[str, Callable[[CallLog], CallLog]] = {
    "hour_of_week": _an_hour_late,
    "area": _an_area_emptied,
    "urgency": _more_urgent,
    "total": _fewer,
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_seen(source: Demand, name: str) -> None:
    assert told(log(source, 0), FAULTS[name](log(source, 1)))[name] < LEVEL


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("dispersion", {"day_variance": 0.0}),
        ("followers", {"cluster_share": 0.0}),
        ("inter_arrival", {"cluster_share": 0.0}),
    ],
)
def test_chance_alone_is_not_demand_that_varies(
    busy: Study, source: Demand, name: str, changed: dict[str, float]
) -> None:
    assert told(log(source, 0), log(demand(busy, VARIED | changed), 1))[name] < LEVEL


def test_two_equal_logs_are_alike(source: Demand) -> None:
    assert set(told(log(source, 0), log(source, 0)).values()) == {1.0}


def test_too_little_is_refused(source: Demand) -> None:
    one = log(source, 0)
    with pytest.raises(OutOfRangeError, match="7 weeks"):
        compare_logs(one, one, 7)


def test_weeks_are_paired_by_their_number() -> None:
    """A table from a Wednesday on, and one of two years: whole weeks that both have stand at the same place."""
    days = pl.datetime_range(pl.datetime(2025, 1, 1), pl.datetime(2025, 3, 30), "1d", eager=True)
    later = pl.datetime_range(pl.datetime(2025, 12, 29), pl.datetime(2026, 12, 6), "1d", eager=True)
    both = [
        pl.DataFrame({"time": time.dt.offset_by("6h"), "area": "x", "urgency": "A"})
        for time in (days, pl.concat([days, later]))
    ]
    first, second, weeks = paired_weeks(*both)
    assert weeks == 12  # weeks 2 to 13 of the year
    assert first.call_t[0] == second.call_t[0] == 6 * 3600.0
    assert len(first.call_t) == len(second.call_t) == 7 * weeks
