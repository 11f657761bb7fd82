"""Kilometres by the log and by roads, and the carbon dioxide of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from beredt.errors import OutOfRangeError
from beredt.indicators.kilometres.carbon import Carbon
from beredt.indicators.kilometres.table import kilometres_table
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.fleet import fleet_of
from beredt.model.dictionary import load_fields
from beredt.model.read import load_study
from beredt.roads.build import build_network
from tests.indicators.made_store import make_store
from tests.tiny_study import write_tiny_study

DAYS = ServiceDays("Europe/Oslo", date(2026, 1, 1), 1)
TEN = Carbon(0.2, 0.3, 0.4)


def sent(**more: Any) -> dict[str, Any]:
    return {"unit": "e-1", "station": "st-east", "call_t": 0.0, "alerted_t": 1.0, "scene_t": 9.0} | more


def whole(table: pl.DataFrame) -> dict[str, Any]:
    return table.filter(pl.col("station") == "", pl.col("kind") == "").row(0, named=True)


def by_log(tmp_path: Path, *rows: dict[str, Any], threshold: int = 0) -> pl.DataFrame:
    store = make_store(tmp_path / "store", rows)
    return kilometres_table(store, DAYS, fleet_of(store.missions()), carbon=TEN, threshold=threshold)


def test_kilometres_of_the_log_count_where_nearly_all_missions_tell_them(tmp_path: Path) -> None:
    table = by_log(tmp_path, *[sent(km=10.0)] * 9, sent(km=None))
    assert table.columns == [field.name for field in load_fields("missions_report/service_km")]
    found = whole(table)
    assert (found["missions"], found["with_km"], found["log_km"], found["basis"]) == (10, 9, 90.0, "log")
    assert found["km"] == pytest.approx(100.0)  # the tenth as long as the others
    assert [found[name] for name in ("co2_low_t", "co2_t", "co2_high_t")] == pytest.approx([0.02, 0.03, 0.04])


def test_where_many_do_not_tell_nothing_is_made_up(tmp_path: Path) -> None:
    found = whole(by_log(tmp_path, sent(km=10.0), sent(km=None)))
    assert (found["basis"], found["km"], found["co2_t"]) == ("none", None, None)


def test_cancelled_missions_and_those_of_other_days_do_not_count(tmp_path: Path) -> None:
    assert (
        whole(by_log(tmp_path, sent(km=1.0), sent(km=2.0, cancelled=True), sent(km=4.0, call_t=2_880.0)))["log_km"]
        == 1.0
    )


def test_kinds_and_stations_add_up(tmp_path: Path) -> None:
    rows = [sent(km=3.0), sent(km=5.0, unit="w-1", station="st-west"), sent(km=7.0, unit="d", unit_kind="doctor")]
    table = by_log(tmp_path, *rows)
    assert whole(table)["log_km"] == 15.0
    assert table.filter(pl.col("station") == "st-east", pl.col("kind") == "")["log_km"].to_list() == [10.0]
    assert table.filter(pl.col("station") == "", pl.col("kind") == "doctor")["log_km"].to_list() == [7.0]


def test_small_counts_take_their_kilometres_with_them(tmp_path: Path) -> None:
    table = by_log(tmp_path, *[sent(km=3.0)] * 4, threshold=5)
    assert table["suppressed"].all()
    assert table["km"].null_count() == table.height


def test_roads_tell_out_to_the_hospital_and_home(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path / "study"))
    network = build_network(study)
    area, station = study.service.areas[0], study.service.stations[0]
    rows = [
        sent(lat=area.lat, lon=area.lon),
        sent(lat=area.lat, lon=area.lon, dest_t=30.0, destination="Vest sykehus"),
        sent(lat=area.lat, lon=area.lon, dest_t=30.0),  # to the nearest: east
        sent(),
    ]
    store = make_store(tmp_path / "store", rows)
    fleet = fleet_of(store.missions(), study.service)
    found = whole(kilometres_table(store, DAYS, fleet, study, network, carbon=TEN, threshold=0))

    def km(start: str, end: str) -> float:
        return float(network.km[network.index_of(end), network.index_of(start)])

    home, scene = f"station:{station.id}", f"area:{area.id}"
    hospitals = [
        "hospital:hosp-west",
        min(("hospital:hosp-east", "hospital:hosp-west"), key=lambda one: km(scene, one)),
    ]
    assert found["with_roads"] == 3
    assert found["out_km"] == pytest.approx(3 * km(home, scene), rel=1e-6)
    assert found["transport_km"] == pytest.approx(sum(km(scene, one) for one in hospitals), rel=1e-6)
    back = km(scene, home) + sum(km(one, home) for one in hospitals)
    assert found["back_km"] == pytest.approx(back, rel=1e-6)
    assert found["basis"] == "none"  # one of four is nowhere


def test_carbon_is_given_in_order() -> None:
    with pytest.raises(OutOfRangeError, match="ascending order"):
        Carbon(0.4, 0.3, 0.2)
