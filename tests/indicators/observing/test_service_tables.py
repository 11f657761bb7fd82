"""A day of a small log, worked out by hand, and its tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from beredt.indicators.observing.frame import Local
from beredt.indicators.observing.observe import Observation, ObservedService, observe_service
from beredt.indicators.observing.service_tables import NOT_IN_A_LOG, TABLES, as_simulated, service_tables
from beredt.missions.store import Store
from beredt.model.dictionary import load_fields
from tests.indicators.made_store import make_store

# Minutes after 12:00 UTC, which is 13:00 in Oslo. Two cars of Town, one of Far; incidents in the town and outside it.
ROWS: list[dict[str, Any]] = [
    {"incident": 0, "unit": "town-1", "station": "Town", "municipality": "Town", "urgency": "A",
     "call_t": 0.0, "alerted_t": 2.0, "scene_t": 10.0, "free_t": 62.0, "km": 8.0},
    {"incident": 1, "unit": "town-2", "station": "Town", "municipality": "Town", "urgency": "H",
     "call_t": 20.0, "alerted_t": 22.0, "scene_t": 40.0, "free_t": 82.0, "km": 5.0},
    {"incident": 2, "unit": "far-1", "station": "Far", "municipality": "Town", "urgency": "A",
     "call_t": 30.0, "alerted_t": 32.0, "scene_t": 50.0, "free_t": 152.0, "km": 40.0},
    {"incident": 3, "unit": "town-1", "station": "Town", "municipality": "Village", "urgency": "V",
     "call_t": 120.0, "alerted_t": 122.0, "scene_t": 140.0, "free_t": 182.0, "km": None},
    {"incident": 4, "unit": "town-2", "station": "Town", "municipality": "Village", "urgency": "A",
     "call_t": 125.0, "alerted_t": 126.0, "free_t": 131.0, "cancelled": True, "km": 1.0},
]  # fmt: skip
ROSTER = "\n".join(
    ["unit,on,off", *(f"{unit},2026-01-01 08:00,2026-01-01 20:00" for unit in ("town-1", "town-2", "far-1")), ""]
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_store(tmp_path / "store", ROWS)


@pytest.fixture
def observed(store: Store, tmp_path: Path) -> ObservedService:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, encoding="utf-8")
    return observe_service(store, how=Observation(roster=file, local=Local("Town", ("Town",))))


def row(table: pl.DataFrame, **keys: object) -> dict[str, Any]:
    same = [pl.col(name).cast(pl.String) == str(value) for name, value in keys.items()]
    return table.filter(pl.all_horizontal(same)).row(0, named=True)


def test_tables_have_the_columns_of_their_dictionaries(observed: ObservedService) -> None:
    tables = service_tables(observed, threshold=0)
    assert tuple(tables) == TABLES
    for name, table in tables.items():
        assert table.columns == [field.name for field in load_fields(f"missions_report/{name}")]


def test_flows_say_who_was_sent_where(observed: ObservedService) -> None:
    flows = service_tables(observed, threshold=0)["service_flows"]
    assert row(flows, station="Far", zone="Town", urgency="A")["missions"] == 1
    assert row(flows, station="Town", zone="", urgency="")["missions"] == 3  # one was broken off before the scene
    assert row(flows, station="", zone="", urgency="")["first_units"] == 4
    assert row(flows, station="", zone="Village", urgency="")["missions"] == 1


def test_the_calendar_shows_what_was_drawn_in_and_what_was_left(observed: ObservedService) -> None:
    calendar = service_tables(observed)["service_calendar"]
    assert calendar.height == 24
    one = row(calendar, date="2026-01-01", hour=13)
    assert (one["drawn_in"], one["free_local_least"], one["conflict"]) == (1, 0, True)  # 13:22 to 14:02
    assert row(calendar, hour=15)["drawn_in"] == 1  # until 15:32
    assert row(calendar, hour=16)["drawn_in"] == 0
    assert row(calendar, hour=7)["free_least"] == 0  # nobody on duty
    assert row(calendar, hour=12)["free_local_least"] == 2


def test_hours_without_a_free_car_are_told_from_true_conflicts(observed: ObservedService) -> None:
    hours = service_tables(observed)["service_hours"]
    local = row(hours, fleet="Town", kind="local", hour=-1)
    assert (local["hours"], local["hours_conflict"]) == (24, 3)  # 13 and 14; 15:06 to 15:11 both were out again
    assert local["hours_none_free"] == 12 + 3  # off duty, too
    own = row(hours, fleet="Far", kind="station", hour=13)
    assert (own["hours_none_free"], own["hours_one_free"]) == (1, 0)
    assert row(service_tables(observed)["service_months"], fleet="all", kind="all", month="2026-01")["hours"] == 24


def test_units_are_told_by_station_from_the_least_busy_on(observed: ObservedService) -> None:
    units = service_tables(observed, threshold=0)["service_units"]
    town = row(units, station="Town", unit="")
    assert town["duty_h"] == pytest.approx(24.0)
    assert town["active_h"] == pytest.approx((60 + 60 + 60 + 5) / 60)
    assert town["standby_h"] == pytest.approx(24.0 - 185 / 60)
    assert (town["missions"], town["rank"]) == (3, 1)
    assert row(units, station="Far", unit="")["rank"] == 2
    assert row(units, station="Far", unit="far-1")["utilisation"] == pytest.approx(2.0 / 12.0)
    assert row(units, station="", unit="")["km"] == pytest.approx(54.0)


def test_small_counts_and_what_tells_them_are_left_out(observed: ObservedService) -> None:
    tables = service_tables(observed)
    assert tables["service_flows"]["missions"].max() is None
    assert tables["service_flows"]["suppressed"].all()
    assert tables["service_units"]["active_h"].max() is None
    assert tables["service_units"]["duty_h"].is_not_null().all()


def test_duty_worked_out_from_missions_is_left_out_with_them(store: Store) -> None:
    units = service_tables(observe_service(store))["service_units"]
    assert units["duty_h"].max() is None


def test_notes_say_on_what_the_hours_stand(store: Store, observed: ObservedService) -> None:
    notes = dict(service_tables(observed)["service_notes"].iter_rows())
    assert notes["duty_roster"] == 3
    assert notes["without_km"] == 1
    assert notes["missions"] == 5
    assert "duty_seen" in dict(service_tables(observe_service(store))["service_notes"].iter_rows())


def test_a_log_looks_like_a_simulated_year_without_what_it_cannot_know(observed: ObservedService) -> None:
    tables = as_simulated(observed, "2026")
    assert not set(tables["indicators"]["measure"]) & set(NOT_IN_A_LOG)
    assert tables["simultaneity"].filter(pl.col("drawn_in") > 0)["hour"].to_list() == [13, 14, 15]
    assert set(tables["flows"]["alternative"]) == {"2026"}
