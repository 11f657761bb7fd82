"""A city and its calls as the files of a study."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from beredt.model.urgency import URGENCIES
from beredt.simulation.jemss.city import City
from beredt.simulation.jemss.places import Places
from beredt.simulation.jemss.study_toml import study_toml

ONE = "all"
"""Id of the one area, zone and region of an imported study."""
ALWAYS = "always"
KIND = "ambulance"


@dataclass(frozen=True, slots=True, eq=False)
class StudyFiles:
    """`settings` is the text of `study.toml`; `small` tables are written as CSV, `large` ones as Parquet."""

    settings: str
    small: Mapping[str, pl.DataFrame]
    large: Mapping[str, pl.DataFrame]


def study_files(city: City) -> StudyFiles:
    """The files of the study that replays the city's calls: one area, one centre, every ambulance always on duty."""
    name = city.name.replace("_", " ").strip() or "City"
    key = slug(name)
    title = name[0].upper() + name[1:]
    small = {
        **_organisation(city, key, title),
        "stations": _places(city.stations, "station").with_columns(
            organisation=pl.lit(key), centre=pl.lit(key), basis=pl.lit("published")
        ),
        "hospitals": _places(city.hospitals, "hospital").with_columns(organisation=pl.lit(key), emergency=pl.lit(1)),
        "units": _units(city),
        "travel_modes": pl.DataFrame(
            {"id": _numbered("mode", len(city.travel.off_road_kmh)), "off_road_kmh": city.travel.off_road_kmh}
        ),
        "travel_sets": _travel_sets(city),
        "travel_timing": pl.DataFrame(
            {
                "start_s": [start_s for start_s, _ in city.travel.timing],
                "set": [f"set-{number}" for _, number in city.travel.timing],
            }
        ),
    }
    if city.demand.cover:
        small["cover"] = pl.DataFrame(city.demand.cover, schema=["urgency", "cover_s", "rate_per_day"], orient="row")
    large = {**_roads(city), "trace": city.calls.trace}
    if not city.demand.points.is_empty():
        large["demand_points"] = city.demand.points
    return StudyFiles(study_toml(city, key, title), small, large)


def slug(text: str) -> str:
    """An id of lower-case letters, digits and hyphens that reads like the text."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "city"


def _organisation(city: City, key: str, title: str) -> dict[str, pl.DataFrame]:
    """The one municipality, organisation, centre, area, roster and kind of unit that the files do not tell apart."""
    area = {
        "id": ONE,
        "lat": (city.city_map.south + city.city_map.north) / 2,
        "lon": (city.city_map.west + city.city_map.east) / 2,
        "municipality": key,
        "urban": 1,
        "hospital_zone": ONE,
        "rate_region": ONE,
        "centre": key,
        "organisation": key,
    }
    kind = {"id": KIND, "name_en": "ambulance", "name_nb": "ambulanse", "transports": 1, "stops_clock": 1}
    return {
        "areas": pl.DataFrame([area]),
        "municipalities": pl.DataFrame([{"id": key, "number": "0", "name": title, "urban": 1}]),
        "organisations": pl.DataFrame([{"id": key, "name": title}]),
        "centres": pl.DataFrame([{"id": key, "name": title, "organisation": key, "reserve_units": 0}]),
        "rosters": pl.DataFrame([{"id": ALWAYS, "weekdays": "mon-sun", "start": "00:00", "end": "24:00"}]),
        "unit_kinds": pl.DataFrame([{**kind, "primary": 1, "second": 0, "responder": 0}]),
    }


def _numbered(what: str, count: int) -> list[str]:
    return [f"{what}-{number}" for number in range(1, count + 1)]


def _places(places: Places, what: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"id": _numbered(what, len(places.names)), "name": places.names, "lat": places.lat, "lon": places.lon}
    )


def _units(city: City) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "id": _numbered(KIND, len(city.ambulances)),
            "station": [f"station-{station}" for station in city.ambulances],
        }
    ).with_columns(kind=pl.lit(KIND), roster=pl.lit(ALWAYS), basis=pl.lit("published"))


def _travel_sets(city: City) -> pl.DataFrame:
    rows = [
        (f"set-{number}", purpose, f"mode-{modes[purpose]}")
        for number, modes in city.travel.sets.items()
        for purpose in (*URGENCIES, "transport", "return")
    ]
    return pl.DataFrame(rows, schema=["set", "purpose", "mode"], orient="row")


def _roads(city: City) -> dict[str, pl.DataFrame]:
    """Nodes and arcs with the numbers of their source, and times in days, arc by arc."""
    roads = city.roads
    modes, arcs = roads.arc_days.shape
    nodes = np.arange(1, len(roads.lon) + 1)
    numbers = np.arange(1, arcs + 1)
    return {
        "road_nodes": pl.DataFrame({"id": nodes, "lat": roads.lat, "lon": roads.lon, "access": roads.access}),
        "road_arcs": pl.DataFrame(
            {"id": numbers, "from_node": roads.arc_from, "to_node": roads.arc_to, "km": roads.arc_km}
        ),
        "road_times": pl.DataFrame(
            {
                "arc": np.tile(numbers, modes),
                "mode": np.repeat(_numbered("mode", modes), arcs),
                "time": roads.arc_days.ravel(),
            }
        ),
    }
