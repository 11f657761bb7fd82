"""Where stations are, and where they could be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from beredt.errors import OptionError
from beredt.model.alternative import Alternative
from beredt.model.edits.open_station import OpenStation
from beredt.model.field import ID_PATTERN
from beredt.model.service import Service
from beredt.model.study import Study

STANDBY, ALTERNATIVES, PLACES = "standby", "alternatives", "places"
SOURCES = (STANDBY, ALTERNATIVES, PLACES)
"""Where new sites may come from beside a file: standby points, stations that alternatives open, named places."""

CANDIDATES = "search-candidates"
"""Id of the alternative that opens every new site, so that the roads reach them all."""

SAME_PLACE_KM = 0.1
"""Two sites nearer to each other than this are one."""


@dataclass(frozen=True, slots=True)
class SearchSite:
    """A station, or a place where one may be opened (`is_new`). Degrees, WGS84."""

    id: str
    name: str
    lat: float
    lon: float
    organisation: str
    centre: str
    is_new: bool

    def opened(self) -> OpenStation:
        """The edit that opens it."""
        return OpenStation(
            id=self.id,
            name=self.name,
            lat=self.lat,
            lon=self.lon,
            organisation=self.organisation,
            centre=self.centre,
        )


def search_sites(study: Study, sources: Sequence[str], stations: Sequence[str] | None = None) -> tuple[SearchSite, ...]:
    """Stations of the base, then new sites, each once.

    A new site belongs to the organisation and centre that are responsible for the nearest area.

    Args:
        study: whose base is looked at.
        sources: of new sites: `standby`, `alternatives`, `places`, or the path of a CSV with id, name, lat, lon.
        stations: only these stations of the base; None for all.

    Raises:
        OptionError: no such source, or a file that cannot be used.
    """
    service = study.service
    found = [
        SearchSite(s.id, s.name, s.lat, s.lon, s.organisation, s.centre, is_new=False)
        for s in service.stations
        if stations is None or s.id in stations
    ]
    taken = {station.id for station in service.stations}
    known = [(s.lat, s.lon) for s in service.stations]
    for source in sources:
        for name, title, lat, lon in _proposed(study, source):
            if name in taken or any(_km(lat, lon, *other) < SAME_PLACE_KM for other in known):
                continue
            organisation, centre = _responsible(service, lat, lon)
            found.append(SearchSite(name, title, lat, lon, organisation, centre, is_new=True))
            taken.add(name)
            known.append((lat, lon))
    return tuple(found)


def with_candidates(study: Study, sites: Iterable[SearchSite]) -> Study:
    """The study with an alternative that opens every new site: its roads then reach them all."""
    edits = tuple(site.opened() for site in sites if site.is_new)
    if not edits:
        return study
    title = {"en": "Sites of the search"}
    return replace(study, alternatives=(*study.alternatives, Alternative(CANDIDATES, title, title, edits, {}, "")))


def _proposed(study: Study, source: str) -> Iterator[tuple[str, str, float, float]]:
    if source == STANDBY:
        yield from ((p.id, p.name, p.lat, p.lon) for p in study.service.standby_points)
    elif source == ALTERNATIVES:
        opened = [edit for plan in study.alternatives for edit in plan.edits if isinstance(edit, OpenStation)]
        yield from ((edit.id, edit.name, edit.lat, edit.lon) for edit in opened)
    elif source == PLACES:
        yield from study.places.select("id", "name", "lat", "lon").rows()
    elif Path(source).is_file():
        yield from _read_file(study, Path(source))
    else:
        remedy = f"use {', '.join(SOURCES)}, or the path of a CSV file with id, name, lat, lon"
        raise OptionError("--candidates", source, "no such source of sites", remedy)


def _read_file(study: Study, path: Path) -> Iterator[tuple[str, str, float, float]]:
    import re

    remedy = "give it the columns id, name, lat and lon, with places (degrees) inside the region of the study"
    try:
        rows = pl.read_csv(path).select(pl.col("id", "name").cast(pl.String), pl.col("lat", "lon").cast(pl.Float64))
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        raise OptionError("--candidates", str(path), f"cannot be read ({error})", remedy) from error
    region = study.settings.study.region
    for number, (name, title, lat, lon) in enumerate(rows.rows(), start=2):
        sound = name and re.fullmatch(ID_PATTERN, name) and title and lat is not None and lon is not None
        if not sound or not region.holds(lat, lon):
            raise OptionError("--candidates", str(path), f"line {number} is no place of the study", remedy)
        yield name, title, lat, lon


def _responsible(service: Service, lat: float, lon: float) -> tuple[str, str]:
    nearest = min(service.areas, key=lambda area: _km(lat, lon, area.lat, area.lon))
    return nearest.organisation, nearest.centre


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres on a flat map, good for a region."""
    east = (lon - other_lon) * 111.32 * math.cos(math.radians(lat))
    return math.hypot(east, (lat - other_lat) * 110.57)
