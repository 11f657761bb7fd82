"""How far the bundled study's travel times can be trusted: against car times measured on OpenStreetMap.

The measured times (OSRM, free flow) judge the network and are nowhere part of it. What is printed with `-s` is the
table in the study's SOURCES.md.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.roads.calibration.fit import trip_error
from beredt.roads.network import Network

STATION_COLUMNS = {
    "Lorenskog_s": "station:lorenskog",
    "Nittedal_s": "station:nittedal",
    "Brobekk_s": "station:brobekk",
    "Sentrum_s": "station:sentrum",
    "Ullevaal_s": "station:ulleval",
    "Nordre Follo_s": "station:nordre-follo",
    "Sondre Follo_s": "station:sondre-follo",
    "Prinsdal_s": "station:prinsdal",
    "Asker_s": "station:asker",
    "Baerum_s": "station:baerum",
    "Smestad_s": "station:smestad",
    "Ryen_s": "standby:ryen",
    "Grorud_s": "standby:grorud",
    "Bekkestua_s": "standby:bekkestua",
}
FREE_FLOW_TO_ORDINARY = 1.2


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study("asker-baerum")


@pytest.fixture(scope="module")
def network(study: Study) -> Network:
    return build_network(study)


@pytest.fixture(scope="module")
def trips(study: Study, network: Network, reference_data: Path) -> pl.DataFrame:
    """Station to 1 km cell: measured_s and model_s, the people-weighted mean over the cell's areas."""
    measured = pl.read_csv(reference_data / "asker-baerum" / "osrm_seconds_station_to_cell_1km.csv").select(
        (pl.col("easting") // 1000).alias("east"),
        (pl.col("northing") // 1000).alias("north"),
        *(pl.col(column).cast(pl.Float64) for column in STATION_COLUMNS),
    )
    corner = pl.col("area").str.extract_groups(r"-(\d+)-(\d+)$")
    areas = study.population.filter(pl.col("year") == study.settings.study.year).with_columns(
        (corner.struct["1"].cast(pl.Int64) // 10).alias("east"),
        (corner.struct["2"].cast(pl.Int64) // 10).alias("north"),
    )
    nodes = np.array([network.index_of(f"area:{area}") for area in areas["area"]])
    parts = []
    for column, node_id in STATION_COLUMNS.items():
        site = network.index_of(node_id)
        model = network.leg_s[site] + network.seconds[nodes, site].astype(np.float64) + network.leg_s[nodes]
        weighted = areas.with_columns(pl.Series("model_s", model) * pl.col("people"))
        cells = weighted.group_by("east", "north").agg(pl.col("model_s", "people").sum())
        cells = cells.filter(pl.col("people") >= 10).with_columns(pl.col("model_s") / pl.col("people"))
        of_station = measured.select("east", "north", pl.col(column).alias("measured_s"))
        parts.append(cells.join(of_station, on=["east", "north"]).with_columns(station=pl.lit(node_id)))
    return (
        pl.concat(parts)
        .filter(pl.col("measured_s").is_between(30, 2400))
        .with_columns(
            error=pl.col("model_s") / pl.col("measured_s") - 1,
            late_min=(pl.col("model_s") - pl.col("measured_s")) / 60,
        )
        .sort("station", "east", "north")
    )


def summary(trips: pl.DataFrame) -> dict[str, float]:
    error = trips["error"].abs()
    return {
        "trips": trips.height,
        "median_error": float(np.median(error)),
        "p90_error": float(np.quantile(error, 0.9)),
        "bias_min": float(trips["late_min"].to_numpy().mean()),
        "mean_error_min": float(trips["late_min"].abs().to_numpy().mean()),
    }


@pytest.mark.reference
def test_accuracy_over_all_trips(trips: pl.DataFrame) -> None:
    found = summary(trips)
    print("all", found)
    assert found["trips"] > 8000
    assert found["median_error"] <= 0.075
    assert found["p90_error"] <= 0.20
    assert abs(found["bias_min"]) <= 0.5


@pytest.mark.reference
def test_accuracy_of_trips_of_ten_to_twenty_minutes(trips: pl.DataFrame) -> None:
    found = summary(trips.filter(pl.col("measured_s").is_between(600, 1200)))
    print("10-20 min", found)
    assert found["median_error"] <= 0.10
    assert found["mean_error_min"] <= 1.9


@pytest.mark.reference
def test_short_trips_are_uncertain_and_that_is_known(trips: pl.DataFrame) -> None:
    found = summary(trips.filter(pl.col("measured_s") < 600))
    print("below 10 min", found)
    assert found["p90_error"] <= 0.45
    assert found["mean_error_min"] <= 1.3


@pytest.mark.reference
def test_no_station_is_far_off(trips: pl.DataFrame) -> None:
    for station in STATION_COLUMNS.values():
        found = summary(trips.filter(pl.col("station") == station))
        print(station, found)
        assert found["median_error"] <= 0.11, station


@pytest.mark.reference
def test_error_by_the_measure_of_calibrated_speeds(trips: pl.DataFrame) -> None:
    """The network is never fitted to these times: all trips are held out."""
    found = trip_error(trips["model_s"].to_numpy(), trips["measured_s"].to_numpy())
    print("as roads calibrate tells it", found)
    assert found.median <= 0.075
    assert found.p90 <= 0.20
    assert abs(found.bias_s) <= 30.0


@pytest.mark.reference
def test_second_source_of_short_trips_agrees_less(study: Study, network: Network, reference_data: Path) -> None:
    """Car minutes between cells on another time scale: one factor, found on half of the origins, judged on the rest."""
    corner = pl.col("area").str.extract_groups(r"-(\d+)-(\d+)$")
    areas = (
        study.population.filter(pl.col("year") == study.settings.study.year)
        .with_columns(*((corner.struct[number].cast(pl.Int64) // 10).alias(number) for number in ("1", "2")))
        .sort("people", "area", descending=True)
        .unique(["1", "2"], keep="first", maintain_order=True)
    )
    node = {
        f"{2_000_000 + east * 1000}{north * 1000}": network.index_of(f"area:{area}")
        for east, north, area in areas.select("1", "2", "area").iter_rows()
    }
    told = json.loads((reference_data / "asker-baerum/minutes_between_cells_1km.json").read_text("utf-8"))
    rows = [
        (node[cell], node[there], minutes * 60.0)
        for cell, reached in told.items()
        if cell in node
        for there, minutes in reached.items()
        if there in node and 3.0 <= minutes <= 10.0
    ]
    origin, end, driven = np.array(rows).T
    origin, end = origin.astype(np.int64), end.astype(np.int64)
    model = network.leg_s[origin] + network.seconds[end, origin] + network.leg_s[end]
    aside = origin % 2 == 1
    raw = trip_error(model[aside], driven[aside])
    scale = float(np.median(driven[~aside] / model[~aside]))
    scaled = trip_error(model[aside] * scale, driven[aside])
    print("between cells", len(rows), scale, raw, scaled)
    assert aside.sum() > 15_000
    assert 0.80 <= scale <= 0.90
    assert raw.median <= 0.25  # unscaled it would be no comparison
    assert scaled.median <= 0.17
    assert scaled.p90 <= 0.42
    assert abs(scaled.bias_s) <= 15.0


@pytest.mark.reference
@pytest.mark.parametrize(
    ("station", "column", "within"),
    [
        ("station:asker", "Asker_s", 0.10),
        ("station:baerum", "Baerum_s", 0.10),
        ("station:smestad", "Smestad_s", 0.10),
        ("station:nordre-follo", "Nordre Follo_s", 0.10),
        ("station:sondre-follo", "Sondre Follo_s", 0.15),
    ],
)
def test_trips_to_storsand_take_the_tunnel(
    network: Network, reference_data: Path, station: str, column: str, within: float
) -> None:
    measured = pl.read_csv(reference_data / "asker-baerum" / "osrm_seconds_station_to_cell_1km.csv")
    place = network.index_of("place:storsand")
    away = (pl.col("lat") - network.lat[place]) ** 2 + ((pl.col("lon") - network.lon[place]) / 2) ** 2
    nearest = measured.sort(away)[column].cast(pl.Float64)[0]
    assert network.trip_s(network.index_of(station), place) == pytest.approx(nearest, rel=within)


@pytest.mark.parametrize(
    ("origin", "destination", "shortest_min", "longest_min"),
    [
        ("station:asker", "place:royken", 13, 15),
        ("station:asker", "place:saetre", 25, 28),
        ("station:asker", "place:heggedal", 7, 9),
        ("station:asker", "place:tofte", 40, 44),
        ("station:asker", "place:drobak", 34, 40),
        ("place:stromso", "station:asker", 18, 20),
        ("place:stromso", "station:baerum", 25, 25),
        ("place:saetre", "place:drobak", 13, 15),
    ],
)
def test_free_flow_minutes_where_nothing_was_measured(
    network: Network, origin: str, destination: str, shortest_min: float, longest_min: float
) -> None:
    ordinary_s = network.trip_s(network.index_of(origin), network.index_of(destination))
    free_flow_min = ordinary_s / 60 / FREE_FLOW_TO_ORDINARY
    assert shortest_min * 0.9 <= free_flow_min <= longest_min * 1.1


def test_the_network_of_the_study_is_whole_and_its_hops_add_up(network: Network) -> None:
    assert 2300 <= len(network.node_ids) <= 2450
    assert len(network.remnants) <= 5
    assert all(node.startswith("area:oslo-") for node in network.remnants)
    rows = np.arange(len(network.node_ids))
    for destination in range(0, len(rows), 7):
        hop = network.hop[destination].astype(np.int64)
        by_hop = network.seconds[hop, rows].astype(np.float64) + network.seconds[destination, hop]
        np.testing.assert_allclose(by_hop, network.seconds[destination], rtol=3e-7, atol=1e-3)
        km = network.km[hop, rows].astype(np.float64) + network.km[destination, hop]
        np.testing.assert_allclose(km, network.km[destination], rtol=3e-7, atol=1e-4)


def test_sites_come_first_and_those_of_alternatives_last(network: Network) -> None:
    kinds = [node.split(":")[0] for node in network.node_ids[:-1]]
    order = ["station", "standby", "hospital", "place", "area"]
    assert kinds == sorted(kinds, key=order.index)
    assert network.node_ids[-1] == "station:bekkestua"
