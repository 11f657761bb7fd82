"""Fleets whose free units are counted apart: the units that belong to each municipality, or to each station."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from beredt.indicators.area_groups import places_in
from beredt.indicators.free_units import FIRST_CENTRE, FreeTally, tally_free_units
from beredt.indicators.moments import Moments
from beredt.indicators.observed import I8, NONE, Frame, Year
from beredt.indicators.observing.area_finder import make_area_finder
from beredt.indicators.response import Responses
from beredt.model.study import Study


@dataclass(frozen=True, slots=True, eq=False)
class Fleets:
    """F fleets, `ids`, all of one `kind`; fleet f is row f of `least`, `conflict` and `ms` of `free`."""

    ids: tuple[str, ...]
    kind: Literal["municipality", "station"]
    free: FreeTally


def with_fleets(frame: Frame, study: Study | None) -> Frame:
    """The frame with a fleet for each municipality in which stations of the study lie, else for each station.

    They stand in the place of centres, which a unit has one of, too.
    """
    home = dict(zip(frame.station_ids, frame.station_ids, strict=True)) if study is None else _municipalities(study)
    named = [home.get(frame.station_ids[station], "") for station in frame.unit_station.tolist()]
    ids = tuple(sorted({name for name in named if name}))
    return frame._replace(centre_ids=ids, unit_centre=places_in(named, ids))


def tally_fleets(frame: Frame, year: Year, moments: Moments, changes: I8) -> FreeTally:
    """Count the free units of every fleet of a frame from `with_fleets`; the other arguments as of `tally_service`."""
    nobody = np.zeros(len(year.incidents.call_t), np.int8)
    unused = np.zeros(len(nobody), np.int64)
    unanswered = Responses(nobody, unused, unused, nobody, nobody)
    free = tally_free_units(frame, year, moments, unanswered, changes)
    own = slice(FIRST_CENTRE, None)
    return FreeTally(free.least[own], free.conflict[own], free.ms[own], free.local_calls)


def join_fleets(ids: tuple[str, ...], study: Study | None, parts: Sequence[FreeTally]) -> Fleets:
    """Stretches that follow each other, as one."""
    free = FreeTally(
        least=np.concatenate([part.least for part in parts], axis=1),
        conflict=np.concatenate([part.conflict for part in parts], axis=1),
        ms=np.sum([part.ms for part in parts], axis=0),
        local_calls=parts[0].local_calls,
    )
    return Fleets(ids, "station" if study is None else "municipality", free)


def _municipalities(study: Study) -> dict[str, str]:
    """The municipality in which each station of a study stands; a station outside all areas has none."""
    stations, areas = study.service.stations, study.service.areas
    found = make_area_finder(areas).find(
        np.array([station.lat for station in stations]), np.array([station.lon for station in stations])
    )
    return {
        station.id: areas[area].municipality
        for station, area in zip(stations, found.tolist(), strict=True)
        if area != NONE
    }
