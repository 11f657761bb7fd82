"""Calls that are handed over: by hand, by a slow twin, and the known case of the bundled study."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.decision.patient_travel.handed_over import calls_between, kinds_of, sum_by_kind
from beredt.decision.patient_travel.offices import office_tables
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.run_study import chosen_services
from beredt.roads.build import load_or_build_network
from beredt.roads.network import Network


def test_somebody_away_from_home_is_where_people_are_and_near() -> None:
    # 100 calls from the first area, a fifth of them from elsewhere. The second has 3,000 people close by, the third
    # 1,000 so far off (10 km · ln 3) that they pull a third as much each: 3,000 to 333.3, that is 9 to 1.
    km = np.array([[0.0, 0.0, 10.0 * np.log(3.0)], [0.0, 0.0, 5.0], [5.0, 5.0, 0.0]])
    away = calls_between(np.array([100.0, 0.0, 0.0]), np.array([500.0, 3000.0, 1000.0]), km, 0.2, 10.0)
    assert away[0] == pytest.approx([0.0, 18.0, 2.0])
    assert away[1:].sum() == 0.0


def test_nobody_is_away_where_there_is_nowhere_to_be() -> None:
    assert calls_between(np.array([10.0]), np.array([50.0]), np.zeros((1, 1)), 0.5, 5.0).tolist() == [[0.0]]


@settings(max_examples=30)
@given(st.integers(2, 6), st.integers(0, 10_000), st.floats(0.0, 1.0), st.floats(0.5, 30.0))
def test_it_is_the_slow_twin_and_loses_no_call(n: int, seed: int, share: float, roam: float) -> None:
    rng = np.random.default_rng(seed)
    calls, people, km = rng.random(n) * 100, rng.random(n) * 1000 + 1, rng.random((n, n)) * 40
    away = calls_between(calls, people, km, share, roam)
    assert away.sum(axis=1) == pytest.approx(calls * share)
    for h in range(n):
        whole = sum(people[k] * np.exp(-km[h, k] / roam) for k in range(n) if k != h)
        for j in range(n):
            wanted = 0.0 if h == j else calls[h] * share * people[j] * np.exp(-km[h, j] / roam) / whole
            assert away[h, j] == pytest.approx(wanted)
    kind = rng.integers(0, 3, n)
    sums = sum_by_kind(away, kind, 3)
    for one in range(3):
        for other in range(3):
            assert sums[one, other] == pytest.approx(away[np.ix_(kind == one, kind == other)].sum())


@pytest.fixture(scope="module")
def bundled() -> Study:
    return load_study("asker-baerum")


@pytest.fixture(scope="module")
def roads(bundled: Study) -> Network:
    return load_or_build_network(bundled)


@pytest.fixture(scope="module")
def tables(bundled: Study, roads: Network) -> dict[str, pl.DataFrame]:
    return office_tables(bundled, roads, chosen_services(bundled, ()))


def test_old_asker_phoned_in_from_royken_and_hurum_is_handed_over_until_one_office_has_both(
    tables: dict[str, pl.DataFrame],
) -> None:
    handed = tables["travel_handed_over"]
    known = handed.filter((pl.col("home_zone") == "asker-gamle") & pl.col("call_zone").is_in(["royken", "hurum"]))
    by_alternative = dict(known.group_by("alternative", maintain_order=True).agg(pl.len()).iter_rows())
    assert by_alternative == {"today": 2, "0+": 2}
    today = known.filter(pl.col("alternative") == "today")
    assert set(today["home_office"]) == {"ous"}
    assert set(today["call_office"]) == {"vv"}
    assert (today["calls_low"] > 0).all()
    assert (today["calls_low"] < today["calls"]).all()
    assert (today["calls"] < today["calls_high"]).all()


def test_what_offices_hand_on_is_what_is_handed_over(tables: dict[str, pl.DataFrame]) -> None:
    offices, handed = tables["travel_offices"], tables["travel_handed_over"]
    for alternative in ("today", "0+", "1", "2", "3"):
        own = offices.filter(pl.col("alternative") == alternative)
        across = handed.filter(pl.col("alternative") == alternative)
        assert own["handed_on"].sum() == pytest.approx(across["calls"].sum())
        assert own["calls"].sum() == pytest.approx(0.6 * float(own["trips"].sum()))
    people = offices.group_by("alternative").agg(pl.col("people").sum())["people"]
    assert people.to_list() == pytest.approx([people[0]] * 5)


def test_areas_are_told_apart_only_where_offices_differ(bundled: Study) -> None:
    services = chosen_services(bundled, ())
    kinds, kind = kinds_of({name: service.areas for name, service in services.items()})
    assert {one[0] for one in kinds} >= {"asker-gamle", "royken", "hurum", "baerum", "oslo"}
    assert "asker" not in {one[0] for one in kinds}
    assert kind.size == len(bundled.service.areas)
