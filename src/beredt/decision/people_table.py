"""Table `people`: who lives where, near which border, and with which nearest station."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
import polars as pl

from beredt.decision.border_people import people_near_other_centre, share_near_border
from beredt.decision.frames import Cell, result_frame
from beredt.decision.group_measures import F8
from beredt.decision.place_terms import areas_named, named_places
from beredt.demand.population import people_by_area
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network
from beredt.roads.reach import nearest_site

NEAR_KM = 2.0
"""How near is near a border between municipalities, as in the published figures."""

Row = tuple[str, str, str, float]
"""measure, alternative, what, people."""


def people_table(study: Study, network: Network, services: Mapping[str, Service]) -> pl.DataFrame:
    """Table `people` for every year of the population.

    Args:
        study: Areas, population and published figures.
        network: Roads of the study.
        services: Finished service by alternative id; only the borders between its centres are looked at.
    """
    years = sorted(study.population["year"].unique().to_list())
    printed = _printed(study)
    borders = _near_borders(study)
    rows: list[Mapping[str, Cell]] = []
    for year in years:
        residents = people_by_area(study.service.areas, study.population, year)
        for measure, alternative, what, value in _rows(study, network, services, borders, residents):
            rows.append(
                {
                    "measure": measure,
                    "alternative": alternative,
                    "what": what,
                    "year": year,
                    "value": value,
                    "printed": printed.get((measure, what, year)),
                }
            )
    return result_frame("people", rows)


def _near_borders(study: Study) -> dict[str, F8]:
    """Which part of every area lies near the border of each two municipalities, float64 (areas,) by their names."""
    pairs = combinations(sorted(one.id for one in study.service.municipalities), 2)
    return {f"{one}/{other}": share_near_border(study, one, other, NEAR_KM) for one, other in pairs}


def _rows(
    study: Study, network: Network, services: Mapping[str, Service], borders: Mapping[str, F8], residents: F8
) -> Iterator[Row]:
    yield from _population(study, residents)
    for pair, share in borders.items():
        near = float((residents * share).sum())
        if near > 0:
            yield "near_border", "", pair, near
    yield from _nearest_station(study, network, residents)
    for alternative, service in services.items():
        near_by_centre = people_near_other_centre(service, residents, service.misrouting.band_km)
        for centre, near in near_by_centre.items():
            yield "near_centre_border", alternative, centre, near


def _population(study: Study, residents: F8) -> Iterator[Row]:
    yield "population", "", "all", float(residents.sum())
    for name in named_places(study):
        yield "population", "", name, float(residents[areas_named(name, study)].sum())


def _nearest_station(study: Study, network: Network, residents: F8) -> Iterator[Row]:
    staffed = {unit.station for unit in study.service.units}
    stations = [station.id for station in study.service.stations if station.id in staffed]
    areas = study.service.areas
    nearest = nearest_site(network, [f"station:{one}" for one in stations], [area.id for area in areas])
    site = np.array([nearest[area.id].removeprefix("station:") for area in areas])
    municipality = np.array([area.municipality for area in areas])
    for place in study.service.municipalities:
        for station in stations:
            count = float(residents[(site == station) & (municipality == place.id)].sum())
            if count > 0:
                yield "nearest_station", "", f"{place.id}:{station}", count


def _printed(study: Study) -> dict[tuple[str, str, int], float]:
    """Published figures that are a row of this table: (measure, what, year) → figure."""
    found: dict[tuple[str, str, int], float] = {}
    for figure in study.published:
        match figure.indicator.split(":"):
            case ["people", year, _, what] | ["people", year, what] if "+" not in what:
                found["population", what, int(year)] = figure.value
            case ["people_near_border", year, km, one, other] if float(km) == NEAR_KM:
                found["near_border", "/".join(sorted((one, other))), int(year)] = figure.value
            case ["people_nearest_station", year, "municipality", place, station]:
                found["nearest_station", f"{place}:{station}", int(year)] = figure.value
            case _:
                pass
    return found
