"""All tables of a log's service: there when there is something to tell, and as their dictionaries say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.observe import Observation
from beredt.indicators.service_results import ServiceQuestion, service_results
from beredt.model.dictionary import load_fields
from tests.indicators.made_store import make_store

PLACE = {"lat": 59.9, "lon": 10.7}


def sent(call: float, **more: Any) -> dict[str, Any]:
    own = {"unit": "a", "station": "Town", "municipality": "Town", "urgency": "A"}
    return own | {"call_t": call, "alerted_t": call + 2, "scene_t": call + 9, "free_t": call + 60} | more


def test_a_log_without_positions_has_no_maps(tmp_path: Path) -> None:
    found = service_results(make_store(tmp_path / "store", [sent(0.0)]))
    assert found.arrivals is None
    assert not {"density", "reach_squares", "reach_zones", "roster_hours"} & set(found.tables)


def test_with_positions_and_a_roster_there_is_everything_and_it_fits_its_dictionary(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("unit,on,off\na,2026-01-01 08:00,2026-01-01 20:00\n", encoding="utf-8")
    store = make_store(tmp_path / "store", [sent(0.0, **PLACE), sent(90.0, **PLACE)])
    found = service_results(store, asked=ServiceQuestion(Observation(roster=roster)))
    assert {"density", "reach_squares", "reach_zones", "roster_hours", "service_km"} <= set(found.tables)
    for name, table in found.tables.items():
        assert table.columns == [field.name for field in load_fields(f"missions_report/{name}")], name


def test_a_map_can_be_held_against_other_days_of_the_same_log(tmp_path: Path) -> None:
    rows = [sent(60.0 * hour, **PLACE) for hour in range(5)] + [
        sent(1_440.0 * 40 + 60.0 * n, **PLACE) for n in range(9)
    ]
    store = make_store(tmp_path / "store", rows)
    days = {name: date(2026, month, 1) for name, month in (("first", 2), ("last", 2))}
    asked = ServiceQuestion(
        Observation(first=days["first"], last=date(2026, 2, 28)),
        then=store,
        then_days=ServiceDays("Europe/Oslo", date(2026, 1, 1), 31),
    )
    table = service_results(store, asked=asked).tables["density"]
    whole = table.filter(pl.col("counting") == "incident", pl.col("part") == "")
    assert whole.select("then", "now").rows() == [(5, 9)]
