"""The shipped tables are what the script makes, and say what the sources say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pyproj
import pytest
import shapely
from polars.testing import assert_frame_equal

from beredt.model.read import find_study_folder, read_study
from beredt.model.study import Study
from tools.asker_baerum.asker_parts import asker_part
from tools.asker_baerum.public_files import PublicFiles
from tools.make_asker_baerum import make_study_tables

MADE = ("areas", "population", "municipalities", "districts", "age_shares", "age_rates", "profile")
TEXT = {"number": pl.String}
UTM = pyproj.Transformer.from_crs(4326, 25833, always_xy=True)


def metres(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda points: np.column_stack(UTM.transform(points[:, 0], points[:, 1])))


@pytest.fixture(scope="module")
def folder() -> Path:
    return find_study_folder("asker-baerum")


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    found, issues = read_study(folder)
    assert not issues, [issue.text() for issue in issues]
    assert found is not None
    return found


@pytest.fixture(scope="module")
def made(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made")
    make_study_tables(PublicFiles(reference_data), out)
    return out


@pytest.mark.reference
@pytest.mark.parametrize("table", MADE)
def test_a_shipped_table_is_what_the_script_makes(folder: Path, made: Path, table: str) -> None:
    shipped = pl.read_csv(folder / f"{table}.csv", schema_overrides=TEXT)
    assert_frame_equal(shipped, pl.read_csv(made / f"{table}.csv", schema_overrides=TEXT), abs_tol=2e-6, rel_tol=0)


@pytest.mark.reference
def test_shipped_outlines_are_what_the_script_makes(folder: Path, made: Path) -> None:
    shipped, again = (json.loads((place / "outlines.geojson").read_text(encoding="utf-8")) for place in (folder, made))
    assert [one["properties"] for one in shipped["features"]] == [one["properties"] for one in again["features"]]
    for one, other in zip(shipped["features"], again["features"], strict=True):
        first, second = (metres(shapely.from_geojson(json.dumps(shape["geometry"]))) for shape in (one, other))
        assert shapely.area(shapely.symmetric_difference(first, second)) <= 0.002 * shapely.area(first)


@pytest.mark.reference
def test_no_people_are_lost_between_grid_and_areas(study: Study, reference_data: Path) -> None:
    cells = pl.read_csv(PublicFiles(reference_data).grid, schema_overrides={"kommunenummer": pl.String})
    numbers = {one.number: one.id for one in study.service.municipalities}
    municipality = {area.id: area.municipality for area in study.service.areas}
    for year, column in ((2022, "pop_2022"), (2026, "pop_2026_scaled")):
        of_year = study.population.filter(pl.col("year") == year)
        found: dict[str, float] = dict.fromkeys(numbers.values(), 0.0)
        for area, people in of_year.select("area", "people").rows():
            found[municipality[area]] += people
        for number, key in numbers.items():
            expected = cells.filter(pl.col("kommunenummer") == number)[column].sum()
            assert found[key] == pytest.approx(expected, abs=30), key


# Border, and by how much areas may deviate from 250 m cells (of which the printed figure is another count).
BORDERS = [("baerum", "oslo", 0.03, 90_000), ("baerum", "asker", 0.10, 30_000), ("asker", "lier", 0.10, 15_000)]


@pytest.mark.reference
@pytest.mark.parametrize(("one", "other", "within", "printed"), BORDERS)
def test_people_within_two_kilometres_of_a_border(
    study: Study, reference_data: Path, one: str, other: str, within: float, printed: int
) -> None:
    shapes = {
        feature["properties"]["id"]: metres(shapely.from_geojson(json.dumps(feature["geometry"])))
        for feature in study.outlines["features"]
        if feature["properties"]["kind"] == "municipality"
    }
    border = shapely.intersection(shapely.buffer(shapes[one], 50), shapely.buffer(shapes[other], 50))
    areas = [area for area in study.service.areas if area.municipality in {one, other}]
    people = dict(study.population.filter(pl.col("year") == 2022).select("area", "people").rows())
    east, north = UTM.transform([area.lon for area in areas], [area.lat for area in areas])
    near = shapely.distance(shapely.points(east, north), border) <= 2000
    by_areas = float(sum(people[area.id] for area, is_near in zip(areas, near, strict=True) if is_near))
    numbers = [m.number for m in study.service.municipalities if m.id in {one, other}]
    cells = pl.read_csv(PublicFiles(reference_data).grid, schema_overrides={"kommunenummer": pl.String}).filter(
        pl.col("kommunenummer").is_in(numbers)
    )
    points = shapely.points(cells["easting"].to_numpy(), cells["northing"].to_numpy())
    by_cells = float(cells["pop_2022"].to_numpy()[shapely.distance(points, border) <= 2000].sum())
    assert by_areas == pytest.approx(by_cells, rel=within)
    assert by_areas == pytest.approx(printed, rel=0.10)


@pytest.mark.reference
def test_roads_are_those_written_down_by_hand(study: Study, reference_data: Path) -> None:
    by_hand = pl.read_csv(reference_data / "asker-baerum" / "roads_by_hand" / "links.csv")
    assert study.links["km"].to_list() == by_hand["km"].to_list()
    assert study.links["minutes"].to_list() == by_hand["min"].to_list()
    assert study.links["road"].to_list() == by_hand["road"].to_list()


def test_the_study_is_small(folder: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < 2_000_000
    assert sizes["outlines.geojson"] < 400_000


def test_counts_that_the_documentation_prints(study: Study) -> None:
    areas = study.service.areas
    assert (len(areas), sum(area.size_m == 500 for area in areas)) == (2237, 659)
    assert (study.places.height, study.links.height) == (112, 151)
    totals = dict(study.population.group_by("year").agg(pl.col("people").sum()).rows())
    assert totals[2022] == pytest.approx(1_286_961, abs=1)
    assert totals[2026] == pytest.approx(1_349_362, abs=10)


def test_the_parts_of_asker(study: Study) -> None:
    places = {"Heggedal": (59.785, 10.448), "Slemmestad": (59.779, 10.492), "Vollen": (59.804, 10.486)}
    places |= {"Åros": (59.703, 10.511), "Sætre": (59.680, 10.526), "Spikkestad": (59.743, 10.341)}
    lat, lon = (np.array([place[i] for place in places.values()]) for i in (0, 1))
    assert dict(zip(places, asker_part(lat, lon).tolist(), strict=True)) == {
        "Heggedal": "asker-gamle",
        "Slemmestad": "royken",
        "Vollen": "asker-gamle",
        "Åros": "royken",
        "Sætre": "hurum",
        "Spikkestad": "royken",
    }
    people = dict(study.population.filter(pl.col("year") == 2022).select("area", "people").rows())
    south = sum(people[area.id] for area in study.service.areas if area.district in {"royken", "hurum"})
    assert south == pytest.approx(32_000, rel=0.05)


def test_shares_of_the_day_are_those_published(study: Study) -> None:
    for urgency, share in (("A", 0.58), ("H", 0.57), ("V", 0.70)):
        hours = [hour for hour in study.service.profile if hour.urgency == urgency]
        by_day = sum(hour.weight for hour in hours if 9 <= hour.hour < 19)
        assert by_day / sum(hour.weight for hour in hours) == pytest.approx(share, abs=0.0005)
        weekdays = {hour.hour: hour.weight for hour in hours if hour.weekday == 1}
        assert min(weekdays, key=weekdays.__getitem__) in {3, 4, 5}


def test_the_oldest_need_eight_times_as_much_as_the_middle_aged(study: Study) -> None:
    relative = {rate.age_band: rate.relative for rate in study.service.age_rates}
    assert relative["80-89"] < 7.9 * relative["50-59"] < 7.9 * relative["60-69"]
    assert relative["90+"] > relative["80-89"] > relative["70-79"] > relative["60-69"] > 1


def cars(study: Study, weekday: int, at_s: int, organisations: set[str]) -> int:
    """Ambulances on duty at a time of day."""
    owner = {station.id: station.organisation for station in study.service.stations}
    on_duty = {row.id for row in study.service.rosters if weekday in row.weekdays and row.start_s <= at_s < row.end_s}
    return sum(
        unit.roster in on_duty and unit.kind == "ambulance" and owner[unit.station] in organisations
        for unit in study.service.units
    )


def test_the_fleet_is_the_published_one_less_the_stations_outside(study: Study) -> None:
    outside_by_day, outside_by_night = 6, 5
    assert cars(study, 2, 12 * 3600, {"ous"}) + outside_by_day == 45
    assert cars(study, 2, 3 * 3600, {"ous"}) + outside_by_night == 29
    assert (cars(study, 2, 12 * 3600, {"vv"}), cars(study, 2, 3 * 3600, {"vv"})) == (9, 5)


def test_what_the_alternatives_change(study: Study) -> None:
    from beredt.model.edits.apply import apply_edits

    base = study.service
    after = {one.id: apply_edits(base, one.edits) for one in study.alternatives}
    assert list(after) == ["0+", "1", "2", "3"]
    assert after["0+"] == base
    assert {one: len(service.units) - len(base.units) for one, service in after.items()} == {
        "0+": 0, "1": 0, "2": 1, "3": 1,
    }  # fmt: skip
    assert len(after["2"].stations) == len(base.stations) + 1
    drammen = {
        one: {area.municipality for area in service.areas if area.centre == "drammen"} for one, service in after.items()
    }
    assert drammen["0+"] == drammen["1"] == {"drammen", "lier"}
    assert drammen["2"] == {"drammen", "lier", "asker", "baerum"}
    assert drammen["3"] == {"drammen", "lier", "asker"}
    owners = {one: {s.id for s in service.stations if s.organisation == "vv"} for one, service in after.items()}
    assert owners["0+"] == {"saetre", "drammen"}
    assert owners["1"] == {"drammen"}
    assert owners["2"] == {"saetre", "drammen", "asker", "baerum", "bekkestua"}
    assert owners["3"] == {"saetre", "drammen", "asker"}
