"""Who lives where, in tables that can be held against other counts: near borders, by nearest station, within reach."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.decision.border_people import people_near_border
from beredt.decision.reach_facts import reach_table
from beredt.demand.population import people_by_area
from beredt.model.study import Study
from beredt.roads.network import Network
from beredt.roads.reach import nearest_site


class PeopleChecks(NamedTuple):
    """`near_border` (one, other, within_km, people), `nearest_station` (municipality, station, people), `reach`
    (station, minutes, zone, people, share).
    """

    near_border: pl.DataFrame
    nearest_station: pl.DataFrame
    reach: pl.DataFrame


def people_checks(study: Study, network: Network, within_km: Sequence[float]) -> PeopleChecks:
    """Count the people of the study's year.

    Args:
        study: Areas, people and outlines.
        network: Its roads: nearest and within reach go by car time.
        within_km: How near is near a border, one table row each.

    Raises:
        StudyError: Areas without people in the study's year.
        NetworkError: The study has no station.
    """
    residents = people_by_area(study.service.areas, study.population, study.settings.study.year)
    return PeopleChecks(
        _near_border(study, residents, within_km),
        _nearest_station(study, network, residents),
        reach_table(study, network),
    )


def _near_border(study: Study, residents: np.ndarray, within_km: Sequence[float]) -> pl.DataFrame:
    names = sorted(one.id for one in study.service.municipalities)
    rows = []
    for one, other in combinations(names, 2):
        for limit in within_km:
            near = people_near_border(study, residents, one, other, limit)
            if near > 0.0:
                rows.append((one, other, float(limit), near))
    schema = {"one": pl.String(), "other": pl.String(), "within_km": pl.Float64(), "people": pl.Float64()}
    return pl.DataFrame(rows, schema, orient="row")


def _nearest_station(study: Study, network: Network, residents: np.ndarray) -> pl.DataFrame:
    staffed = {unit.station for unit in study.service.units}
    stations = [f"station:{station.id}" for station in study.service.stations if station.id in staffed]
    areas = study.service.areas
    nearest = nearest_site(network, stations, [area.id for area in areas])
    rows = pl.DataFrame(
        {
            "municipality": [area.municipality for area in areas],
            "station": [nearest[area.id].removeprefix("station:") for area in areas],
            "people": residents,
        }
    )
    found = rows.group_by("municipality", "station").agg(pl.col("people").sum())
    return found.filter(pl.col("people") > 0.0).sort("municipality", "station")
