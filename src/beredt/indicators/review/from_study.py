"""What a study tells a reviewer about a log: where stations are, who serves whom, and which places are urban."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import polars as pl

from beredt.indicators.observing.fleet import lookup, plain
from beredt.indicators.review.road_times import RoadTimes
from beredt.indicators.review.station_times import Place, StationTimes, StraightLines
from beredt.missions.store import Store
from beredt.model.service import Service
from beredt.roads.network import Network


class StudyFacts(NamedTuple):
    """By names as the log writes them; what the study does not know is not in it."""

    urban: Mapping[str, bool]
    responsible: Mapping[str, str]
    station_times: StationTimes | None


def facts_for(store: Store, service: Service, network: Network | None) -> StudyFacts:
    """Match the words of a log with a study.

    A municipality may be written as its id, number or name, a station and an organisation as id or name; case and
    blanks do not count. A municipality whose areas belong to several organisations is nobody's alone.

    Args:
        store: The log.
        service: Of the study.
        network: Its roads; None for straight lines.
    """
    towns = lookup((row.id, row.number) for row in service.municipalities)
    towns = {**towns, **lookup((row.id, row.name) for row in service.municipalities)}
    municipality = _matched(_words(store, "municipality"), towns)
    stations = lookup((row.id, row.name) for row in service.stations)
    station = _matched(_words(store, "station"), stations)
    urban = {row.id: row.urban for row in service.municipalities}
    organisations: dict[str, set[str]] = {}
    for area in service.areas:
        organisations.setdefault(area.municipality, set()).add(area.organisation)
    own = lookup((row.id, row.name) for row in service.organisations)
    written: dict[str, str] = {}
    for word, organisation in _matched(_words(store, "organisation"), own).items():
        written.setdefault(organisation, word)
    responsible = {
        word: written[next(iter(organisations[town]))]
        for word, town in municipality.items()
        if len(organisations.get(town, ())) == 1 and next(iter(organisations[town])) in written
    }
    return StudyFacts(
        urban={word: urban[town] for word, town in municipality.items()},
        responsible=responsible,
        station_times=_times(service, network, station) if station else None,
    )


def _times(service: Service, network: Network | None, stations: Mapping[str, str]) -> StationTimes:
    if network is not None:
        return RoadTimes(service, network, stations)
    places = {row.id: Place(row.lat, row.lon) for row in service.stations}
    return StraightLines({word: places[station] for word, station in stations.items()})


def _words(store: Store, column: str) -> list[str]:
    table = store.missions().select(pl.col(column).cast(pl.String)).unique().collect().to_series()
    return sorted(table.drop_nulls().to_list())


def _matched(words: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    return {word: known[plain(word)] for word in words if plain(word) in known}
