"""The whole of patient travel on the bundled study: what it must hold, and figures that change only on purpose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from beredt.decision.patient_travel.figures import read_figures, read_trip_rates
from beredt.decision.patient_travel.generate_visits import generate_visits, weekdays_of
from beredt.decision.patient_travel.import_visits import import_visits
from beredt.decision.patient_travel.tables import travel_tables
from beredt.decision.patient_travel.timetable import read_timetable
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.run_study import chosen_services
from beredt.roads.build import load_or_build_network

PRICES = ("taxi_nok_per_trip", "taxi_nok_per_km", "bus_nok_per_km")


@pytest.fixture(scope="module")
def bundled() -> Study:
    return load_study("asker-baerum")


@pytest.fixture(scope="module")
def tables(bundled: Study) -> dict[str, pl.DataFrame]:
    return travel_tables(bundled, load_or_build_network(bundled), chosen_services(bundled, ("0+", "2")))


def row(tables: dict[str, pl.DataFrame], alternative: str, municipality: str = "") -> dict[str, Any]:
    wanted = (pl.col("alternative") == alternative) & (pl.col("municipality") == municipality)
    return tables["travel_trips"].filter(wanted).row(0, named=True)


def test_a_year_has_its_weekdays() -> None:
    # Of 261, without 1 January, Easter's three, 1 and 14 May, Whit Monday and 25 December.
    assert len(weekdays_of(2026)) == 253
    assert weekdays_of(2026)[:3] == (5, 1, 2)


def test_generated_visits_are_as_many_as_the_rates_say(bundled: Study) -> None:
    figures = read_figures(bundled.decision["travel_figures"])
    visits = generate_visits(
        np.array([9000.0, 1000.0]), np.array([[0.75, 0.25], [0.0, 1.0]]), ("a", "b"), figures, 2026, 7
    )
    again = generate_visits(
        np.array([9000.0, 1000.0]), np.array([[0.75, 0.25], [0.0, 1.0]]), ("a", "b"), figures, 2026, 7
    )
    assert np.array_equal(visits.appointment_s, again.appointment_s)
    assert visits.generated
    # Half as many visits as trips; four standard deviations of a Poisson number.
    for count, wanted in (
        (len(visits), 5000.0),
        (int((visits.destination == 0).sum()), 3375.0),
        (int((visits.area == 1).sum()), 500.0),
    ):
        assert abs(count - wanted) < 4.0 * wanted**0.5
    assert visits.appointment_s.min() >= 8 * 3600
    assert visits.appointment_s.max() <= 15 * 3600
    assert (visits.ready_s >= visits.appointment_s + 29 * 60).all()


def test_no_trips_without_rates(bundled: Study) -> None:
    assert read_trip_rates(None) is None
    without = bundled.decision["travel_figures"].filter(pl.col("age_band") != "90+")
    assert read_trip_rates(without) is None


def test_today_no_bus_stops_in_asker_or_baerum(bundled: Study) -> None:
    lines, stops = bundled.decision["bus_lines"], bundled.decision["bus_stops"]
    names = {stop.name for line in read_timetable(lines, stops, "today") for stop in line.stops}
    assert not names & {"Asker", "Sandvika"}
    assert {"Asker", "Sandvika"} <= {stop.name for line in read_timetable(lines, stops, "2") for stop in line.stops}
    in_three = {stop.name for line in read_timetable(lines, stops, "3") for stop in line.stops}
    assert "Asker" in in_three
    assert "Sandvika" not in in_three
    out = next(line for line in read_timetable(lines, stops, "2") if line.id == "al-ringerike-out")
    assert [stop.name for stop in out.stops] == ["Hønefoss", "Sandvika", "Rikshospitalet", "Ullevål"]
    assert [line.id for line in read_timetable(lines, stops, "today")].count("drammen-out") == 0


def test_every_trip_is_made_once_and_alternatives_share_their_trips(tables: dict[str, pl.DataFrame]) -> None:
    for one in tables["travel_trips"].iter_rows(named=True):
        assert one["bus"] + one["pooled"] + one["alone"] == one["trips"]
        assert one["taxi_km"] <= one["alone_km"]
    whole, today = row(tables, "2"), row(tables, "today")
    assert whole["trips"] == today["trips"]
    assert whole["alone_km"] == today["alone_km"]
    for name in ("trips", "bus", "pooled", "alone"):
        assert row(tables, "2", "asker")[name] + row(tables, "2", "baerum")[name] == whole[name]
    assert today["bus"] == 0
    riders = tables["travel_lines"].filter(pl.col("alternative") == "2")["riders"].sum()
    assert riders == whole["bus"] > 0
    assert row(tables, "0+") == today | {"alternative": "0+"}


def test_golden(tables: dict[str, pl.DataFrame]) -> None:
    # Changed only on purpose: the figures of the bundled study.
    today, whole = row(tables, "today"), row(tables, "2")
    found = [int(one[name]) for one in (today, whole) for name in NAMES]
    assert found == GOLDEN


NAMES = ("trips", "bus", "pooled", "alone")
GOLDEN = [68_996, 0, 41_564, 27_432, 68_996, 7_745, 34_295, 26_956]


def test_a_price_is_told_only_when_all_of_it_is_known(bundled: Study, tables: dict[str, pl.DataFrame]) -> None:
    assert tables["travel_trips"]["nok"].null_count() == tables["travel_trips"].height
    frame = bundled.decision["travel_figures"]
    for known, told in ((PRICES[:2], False), (PRICES, True)):
        rows = [
            {
                "figure": name,
                "age_band": "all",
                "low": 1.0,
                "likely": 2.0,
                "high": 3.0,
                "basis": "assumed",
                "source": "x",
            }
            for name in known
        ]
        visit = {"id": "v", "lat": 59.8331, "lon": 10.4354, "destination": "baerum", "day": "2026-03-02",
                 "appointment": 36_000, "visit_min": 60.0, "needs": "seat", "companion": False}  # fmt: skip
        study = replace(bundled, decision={**bundled.decision, "patient_trips": pl.DataFrame([visit]),
                                           "travel_figures": pl.concat([frame, pl.DataFrame(rows)])})  # fmt: skip
        made = travel_tables(study, load_or_build_network(study), {"today": study.service})
        line = row(made, "today")
        assert (line["origin"], line["trips"], line["alone"]) == ("imported", 2, 2)
        assert (line["nok"] is not None) == told
        if told:
            assert line["nok"] == pytest.approx(2.0 * (2 + line["taxi_km"] + line["bus_km"]))


def test_an_imported_home_is_in_the_nearest_area(bundled: Study) -> None:
    area = bundled.service.areas[100]
    table = pl.DataFrame(
        {"id": ["b", "a"], "lat": [area.lat] * 2, "lon": [area.lon] * 2, "destination": ["baerum", "ulleval"],
         "day": ["2026-03-03", "2026-03-02"], "appointment": [36_000, 40_000], "visit_min": [30.0, 60.0],
         "needs": ["wheelchair", "seat"], "companion": [False, True]}
    )  # fmt: skip
    visits = import_visits(table, bundled.service.areas)
    assert visits.area.tolist() == [100, 100]
    assert visits.weekday.tolist() == [1, 2]
    assert visits.seats.tolist() == [2, 1]
    assert visits.ready_s.tolist() == [43_600.0, 37_800.0]
    assert not visits.generated
