"""The tables of the generated study, as `beredt study check` wants them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.spatial import KDTree

from benchmarks.norway.areas import MergedAreas
from benchmarks.norway.fleet import units_table
from benchmarks.norway.grid import YEAR, degrees
from benchmarks.norway.regions import ORGANISATIONS, CentreRegion, centre_of
from benchmarks.norway.sites import choose_sites, nearest_of
from benchmarks.norway.sizes import Sizes
from beredt.model.dictionary import load_fields

AGE_FILE, OUTLINE_FILE = "population_municipality_age.csv", "municipalities.geojson"
STATION_FAR_KM, HOSPITAL_FAR_KM = 30.0, 120.0
NEIGHBOUR_KM = 15.0
"""Centres with people this near to each other send each other units."""

DENSE_PER_KM2 = 200.0
RESERVE_UNITS = 2
RATE_REGION = "all"
EMPTY = ("districts", "places", "links", "water", "published")

MIX = {"A": 0.39, "H": 0.41, "V": 0.20}
"""Incidents by urgency, about as in the bundled study."""

MISSIONS_PER_INCIDENT = 1.114
"""Second units, responders and units sent again after a diversion, as it came out."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What has been decided about the country: areas, and the areas where sites stand (int64, in order of choosing)."""

    sizes: Sizes
    areas: MergedAreas
    centre: tuple[CentreRegion, ...]  # of every area
    stations: NDArray[np.int64]
    standby_points: NDArray[np.int64]
    hospitals: NDArray[np.int64]


def make_plan(areas: MergedAreas, sizes: Sizes) -> Plan:
    """Choose the sites."""
    posts = choose_sites(areas.xy_m, areas.people, sizes.stations + sizes.standby_points, STATION_FAR_KM)
    return Plan(
        sizes=sizes,
        areas=areas,
        centre=tuple(centre_of(number) for number in areas.municipality.tolist()),
        stations=posts[: sizes.stations],
        standby_points=posts[sizes.stations :],
        hospitals=choose_sites(areas.xy_m, areas.people, sizes.hospitals, HOSPITAL_FAR_KM),
    )


def study_tables(plan: Plan, source: Path) -> dict[str, pl.DataFrame]:
    """All tables but those borrowed from the bundled study, by name.

    Args:
        plan: areas and sites.
        source: folder with the age table and the municipalities.
    """
    stations = _sites(plan, plan.stations, "st", "station").with_columns(pl.lit("assumed").alias("basis"))
    station_m = plan.areas.xy_m[plan.stations]
    nearest = nearest_of(plan.areas.xy_m, station_m)[:, 0]
    people = np.bincount(nearest, plan.areas.people, len(plan.stations)).astype(np.float64)
    used = {centre.id: centre for centre in plan.centre}
    hospitals = _sites(plan, plan.hospitals, "h", "hospital").drop("centre").with_columns(pl.lit(1).alias("emergency"))
    return _empty_tables() | {
        "areas": _areas(plan),
        "population": pl.DataFrame(
            {"area": plan.areas.ids, "year": [YEAR] * len(plan.areas), "people": np.round(plan.areas.people, 1)}
        ),
        "age_shares": _age_shares(source / AGE_FILE, np.unique(plan.areas.municipality).tolist()),
        "municipalities": _municipalities(plan, source / OUTLINE_FILE),
        "organisations": pl.DataFrame(
            {
                "id": (found := sorted({centre.organisation for centre in used.values()})),
                "name": [f"Generated organisation {ORGANISATIONS[one]}" for one in found],
            }
        ),
        "centres": pl.DataFrame(
            {
                "id": list(used),
                "name": [f"Generated centre {centre.name}" for centre in used.values()],
                "organisation": [centre.organisation for centre in used.values()],
                "reserve_units": [RESERVE_UNITS] * len(used),
            }
        ),
        "stations": stations,
        "standby_points": _standby_points(plan, stations["id"].to_list()),
        "units": units_table(stations["id"].to_list(), people, plan.sizes.units, plan.sizes.responders),
        "hospitals": hospitals,
        "hospital_choice": _hospital_choice(used.values(), hospitals),
        "rates": _rates(plan),
        "border_rules": _border_rules(plan, list(used)),
    }


def _empty_tables() -> dict[str, pl.DataFrame]:
    """Tables without rows: nothing generated has districts, main roads, water or published figures."""
    return {name: pl.DataFrame(schema={field.name: pl.String for field in load_fields(name)}) for name in EMPTY}


def _areas(plan: Plan) -> pl.DataFrame:
    areas = plan.areas
    lat, lon = degrees(areas.xy_m)
    centres = [centre.id for centre in plan.centre]
    return pl.DataFrame(
        {
            "id": areas.ids,
            "lat": np.round(lat, 6),
            "lon": np.round(lon, 6),
            "size_m": areas.side_km * 1000,
            "municipality": [_municipality_id(number) for number in areas.municipality.tolist()],
            "district": pl.Series([None] * len(areas), dtype=pl.String),
            "urban": (areas.people / areas.side_km**2 >= DENSE_PER_KM2).astype(np.int8),
            "hospital_zone": centres,
            "rate_region": [RATE_REGION] * len(areas),
            "centre": centres,
            "organisation": [centre.organisation for centre in plan.centre],
        }
    )


def _municipality_id(number: str) -> str:
    return f"m{number}"


def _sites(plan: Plan, areas: NDArray[np.int64], prefix: str, word: str) -> pl.DataFrame:
    """Sites in the middle of their areas' people, with the area's centre and organisation."""
    lat, lon = degrees(plan.areas.xy_m[areas])
    centres = [plan.centre[area] for area in areas.tolist()]
    return pl.DataFrame(
        {
            "id": [f"{prefix}-{number:03}" for number in range(1, len(areas) + 1)],
            "name": [f"Generated {word} {number}" for number in range(1, len(areas) + 1)],
            "lat": np.round(lat, 6),
            "lon": np.round(lon, 6),
            "organisation": [centre.organisation for centre in centres],
            "centre": [centre.id for centre in centres],
        }
    )


def _standby_points(plan: Plan, stations: list[str]) -> pl.DataFrame:
    """Points that units of the three nearest stations may go to while another unit stays at home."""
    points = _sites(plan, plan.standby_points, "sb", "standby point").drop("organisation")
    near = nearest_of(plan.areas.xy_m[plan.standby_points], plan.areas.xy_m[plan.stations], 3)
    return points.with_columns(
        pl.Series("home_stations", [";".join(stations[s] for s in row) for row in near.tolist()]),
        pl.lit(1).alias("keep_home"),
        pl.lit(25).alias("max_drive_min"),
    )


def outlines_of(plan: Plan, source: Path) -> dict[str, Any]:
    """Shapes of the municipalities, as the study's `outlines.geojson` has them."""
    wanted = set(plan.areas.municipality.tolist())
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"kind": "municipality", "id": _municipality_id(number), "name": name},
                "geometry": geometry,
            }
            for number, name, geometry in _read_municipalities(source / OUTLINE_FILE)
            if number in wanted
        ],
    }


def _read_municipalities(file: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Number, name and shape."""
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return [(f["properties"]["kommunenummer"], f["properties"]["kommunenavn"], f["geometry"]) for f in features]


def _municipalities(plan: Plan, outlines: Path) -> pl.DataFrame:
    """Urban is a municipality of whose people half live in densely peopled areas."""
    areas = plan.areas
    name = {number: name for number, name, _ in _read_municipalities(outlines)}
    people = pl.DataFrame(
        {
            "number": areas.municipality,
            "people": areas.people,
            "dense": areas.people * (areas.people / areas.side_km**2 >= DENSE_PER_KM2),
        }
    )
    return (
        people.group_by("number")
        .agg(pl.col("people", "dense").sum())
        .sort("number")
        .select(
            pl.format("m{}", "number").alias("id"),
            "number",
            pl.col("number").replace_strict(name).alias("name"),
            (pl.col("dense") * 2 >= pl.col("people")).cast(pl.Int8).alias("urban"),
        )
    )


def _age_shares(file: Path, municipalities: list[str]) -> pl.DataFrame:
    """Shares of ten-year bands, of the people of each municipality."""
    ages = pl.read_csv(file, schema_overrides={"kommunenummer": pl.String})
    tens = pl.col("age") // 10
    band = pl.when(tens >= 9).then(pl.lit("90+")).otherwise(pl.format("{}-{}", tens * 10, tens * 10 + 9))
    return (
        ages.filter(pl.col("kommunenummer").is_in(municipalities))
        .group_by("kommunenummer", band.alias("age_band"))
        .agg(pl.col(str(YEAR)).sum().alias("people"))
        .sort("kommunenummer", "age_band")
        .select(
            pl.format("m{}", "kommunenummer").alias("region"),
            pl.lit(YEAR).alias("year"),
            "age_band",
            (pl.col("people") / pl.col("people").sum().over("kommunenummer")).round(6).alias("share"),
        )
    )


def _hospital_choice(centres: Iterable[CentreRegion], hospitals: pl.DataFrame) -> pl.DataFrame:
    """The nearest hospital for nine of ten, the one in the organisation's largest town for the tenth."""
    everywhere = ";".join(hospitals["id"])
    largest = dict(hospitals.select("organisation", "id").reverse().rows())  # the first chosen is written last
    rows = []
    for centre in centres:
        lists = [(everywhere, 0.9), (largest.get(centre.organisation, everywhere), 0.1)]
        if lists[0][0] == lists[1][0]:
            lists = [(everywhere, 1.0)]
        rows += [(centre.id, urgency, names, share) for urgency in MIX for names, share in lists]
    return pl.DataFrame(rows, schema=["hospital_zone", "urgency", "hospitals", "share"], orient="row")


def _rates(plan: Plan) -> pl.DataFrame:
    incidents = plan.sizes.missions / MISSIONS_PER_INCIDENT
    per_1000 = 1000.0 * incidents / float(plan.areas.people.sum())
    rows = [(RATE_REGION, urgency, round(per_1000 * share, 3)) for urgency, share in MIX.items()]
    return pl.DataFrame(rows, schema=["rate_region", "urgency", "per_1000"], orient="row")


def _border_rules(plan: Plan, centres: list[str]) -> pl.DataFrame:
    """Neighbours share units for acute incidents and ask each other for urgent ones; all else stays at home."""
    of_area = np.array([centre.id for centre in plan.centre])
    places = {one: plan.areas.xy_m[of_area == one] for one in centres}
    rows: list[tuple[str, str, str, str, int, int, str, int]] = []
    for asking in centres:
        tree = KDTree(places[asking])
        for owning in centres:
            if owning == asking:
                continue
            apart_m, _ = tree.query(places[owning])
            neighbours = bool(np.min(apart_m) <= NEIGHBOUR_KM * 1000)
            own_only = ("own_only", 0, 0, "live", 0)
            acute = ("seamless", 0, 0, "live", 0) if neighbours else own_only
            urgent = ("own_first", 300, 120, "stale", 300) if neighbours else own_only
            for urgency, rule in zip(MIX, (acute, urgent, own_only), strict=True):
                rows.append((asking, owning, urgency, *rule))
    columns = ["asking_centre", "owning_centre", "urgency", "policy", "margin_s", "ask_s", "view", "view_age_s"]
    return pl.DataFrame(rows, schema=columns, orient="row")
