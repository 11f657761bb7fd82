"""How far units reach from their stations, and whether published claims about it are reproduced.

Counted from departure, at acute speed: claims of this kind read best as "the reach area touches the place", not as
response times from the call. Published ones rest on observed missions, from wherever the units then were: a made
network can reproduce them or not, and cannot refute them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from beredt.decision.comparable import Missing
from beredt.decision.frames import Cell, result_frame
from beredt.decision.group_measures import F8
from beredt.decision.place_terms import B, areas_named
from beredt.decision.today import zone_of_areas
from beredt.demand.population import people_by_area
from beredt.errors import UnknownIdError
from beredt.model.published_figure import PublishedFigure
from beredt.model.study import Study
from beredt.roads.network import Network
from beredt.roads.reach import trip_minutes

REACH = "reach"
"""Name of the indicator of published claims about reach: `reach:<station>:<place>`, their value in minutes."""

MINUTES = (10, 15, 20)


def reach_minutes(study: Study, network: Network) -> dict[str, F8]:
    """Minutes of acute driving from every station of today to every area, by station: float64 (areas,)."""
    factor = next((speed.factor for speed in study.service.speeds if speed.purpose == "A"), 1.0)
    stations = [station.id for station in study.service.stations]
    minutes = trip_minutes(
        network, [f"station:{one}" for one in stations], [f"area:{area.id}" for area in study.service.areas]
    )
    return {station: minutes[row] * factor for row, station in enumerate(stations)}


def reach_table(study: Study, network: Network) -> pl.DataFrame:
    """Table `reach`: people of every zone that are reached from every station within 10, 15 and 20 minutes."""
    residents = people_by_area(study.service.areas, study.population, study.settings.study.year)
    names, zone = np.unique(zone_of_areas(study.service), return_inverse=True)
    total = np.bincount(zone, residents, len(names))
    rows: list[Mapping[str, Cell]] = []
    for station, minutes in reach_minutes(study, network).items():
        for limit in MINUTES:
            reached = np.bincount(zone, residents * (minutes <= limit), len(names))
            for name, people, everybody in zip(names.tolist(), reached.tolist(), total.tolist(), strict=True):
                share = people / everybody if everybody > 0 else None
                rows.append(
                    {"station": station, "minutes": float(limit), "zone": name, "people": people, "share": share}
                )
    return result_frame("reach", rows)


def reach_facts_table(study: Study, network: Network) -> pl.DataFrame:
    """Table `reach_facts`: every published claim about reach, held against the network."""
    residents = people_by_area(study.service.areas, study.population, study.settings.study.year)
    minutes = reach_minutes(study, network)
    claims = [figure for figure in study.published if figure.indicator.split(":")[0] == REACH]
    return result_frame("reach_facts", [_row(claim, study, minutes, residents) for claim in claims])


def verdict_of_share(share: float) -> str:
    """Reproduced from half the people on, touched when anybody is reached, else not reproduced."""
    return "reproduced" if share >= 0.5 else "touched" if share > 0.0 else "not_reproduced"


def _row(claim: PublishedFigure, study: Study, minutes: Mapping[str, F8], residents: F8) -> Mapping[str, Cell]:
    station, _, place = claim.indicator.removeprefix(f"{REACH}:").partition(":")
    row: dict[str, Cell] = {"id": claim.id, "station": station, "zone": place, "minutes": claim.value}
    inside = _inside(station, place, study, minutes, residents)
    if isinstance(inside, Missing):
        row |= {"verdict": None, "share": None, "half_min": None, "missing": inside.lack, "detail": inside.detail}
    else:
        there, drive = residents[inside], minutes[station][inside]
        share = float(there[drive <= claim.value].sum() / there.sum())
        half = _half_min(there, drive)
        row |= {"verdict": verdict_of_share(share), "share": share, "half_min": half, "missing": "", "detail": ""}
    return row | {"source": claim.source, "note": claim.note or ""}


def _inside(station: str, place: str, study: Study, minutes: Mapping[str, F8], residents: F8) -> B | Missing:
    if not station or not place:
        return Missing("bad_argument", f"{station}:{place}")
    if station not in minutes:
        return Missing("unknown_place", str(UnknownIdError("station", station, minutes)))
    try:
        inside = areas_named(place, study)
    except UnknownIdError as error:
        return Missing("unknown_place", str(error))
    return inside if residents[inside].sum() > 0 else Missing("unknown_place", f"nobody lives in {place}")


def _half_min(residents: F8, drive: F8) -> float:
    """Minutes by which half the residents (above 0 in all) are reached."""
    order = np.argsort(drive, kind="stable")
    reached = np.cumsum(residents[order])
    return float(drive[order][np.searchsorted(reached, reached[-1] / 2.0)])
