"""A log counted once for all tables of missions, times and the national indicator."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.count_alike import count_alike
from beredt.indicators.log.cells import cells_of
from beredt.indicators.log.dimensions import DimensionCodes, Dimensions, dimensions_of, urgency_codes
from beredt.indicators.log.interval_counts import NO_TARGET, IntervalCounter, IntervalCounts
from beredt.indicators.log.national import NATIONAL_COLUMNS, count_national, together
from beredt.indicators.log.options import MONTH, MUNICIPALITY, STATION, LogOptions
from beredt.indicators.log.places.place_finder import Places
from beredt.indicators.log.rows import PLACE_WORDS, LogSource
from beredt.indicators.log.spread.durations import MS_PER_S
from beredt.missions.intervals import (
    INCIDENT_INTERVALS,
    MISSION_INTERVALS,
    incident_interval_ms,
    mission_interval_ms,
)
from beredt.missions.store import Store
from beredt.model.settings import StudySettings
from beredt.model.study import Study
from beredt.model.urgency import urgency_code

I8 = NDArray[np.int64]
I1 = NDArray[np.int8]

MONTHS_OF_YEAR = 12


class LogTally(NamedTuple):
    """Everything that the tables of a log are made of."""

    dimensions: Dimensions
    options: LogOptions
    missions: IntervalCounts
    incidents: IntervalCounts
    sent: pl.DataFrame  # missions by year, municipality, urgency, station (codes), cancelled, as `n`
    national: pl.DataFrame  # see `national`


class _Part(NamedTuple):
    """Some rows with all that they are counted by."""

    rows: pl.DataFrame
    places: Places
    codes: DimensionCodes
    urgency: I1
    urban: I1  # 1, 0, or -1 where nothing is known, as the options want it


def tally_log(store: Store, study: Study | None = None, options: LogOptions | None = None) -> LogTally:
    """Count a log: one look at its words, one pass over its missions, one over its incidents.

    Memory holds a million rows at a time, what was counted, and a few bytes of every row, see `interval_rows`.

    Args:
        store: The log.
        study: Its places, stations and targets. None: municipalities and stations are those that the log names, and
            nothing has a target.
        options: Choices of the analyst [default: LogOptions()].
    """
    chosen = options or LogOptions()
    source = LogSource(store)
    dimensions = dimensions_of(source, study)
    target_ms = targets_of(study.settings if study else None)
    with ThreadPoolExecutor(max(1, chosen.jobs)) as pool:
        missions, sent = _count_missions(source, dimensions, chosen, target_ms, pool)
        incidents, national = _count_incidents(source, dimensions, chosen, target_ms, pool)
    return LogTally(dimensions, chosen, missions, incidents, sent, national)


def targets_of(settings: StudySettings | None) -> I8:
    """The longest response in time [urgency code, rural or urban], ms; NO_TARGET for none, the last for unknown."""
    found = np.full((4, 3), NO_TARGET, np.int64)
    for target in settings.targets if settings else ():
        found[urgency_code(target.urgency), int(target.where == "urban")] = round(target.minutes * 60 * MS_PER_S)
    return found


def _count_missions(
    source: LogSource, dimensions: Dimensions, options: LogOptions, target_ms: I8, pool: ThreadPoolExecutor
) -> tuple[IntervalCounts, pl.DataFrame]:
    cells, expected = cells_of(dimensions, options.breakdowns, missions=True), source.store.info.missions
    counter = IntervalCounter(cells, tuple(MISSION_INTERVALS), expected)
    sent: list[pl.DataFrame] = []
    for part in _parts(source, dimensions, options, "missions"):
        times = part.rows.select(mission_interval_ms(name) for name in MISSION_INTERVALS)
        counter.add(times, part.codes, part.urgency, _targets(part, target_ms), pool)
        sent.append(_sent(part, dimensions))
    keys = ("year", MUNICIPALITY, "urgency", STATION, "cancelled")
    return counter.result(), together(sent, keys)


def _count_incidents(
    source: LogSource, dimensions: Dimensions, options: LogOptions, target_ms: I8, pool: ThreadPoolExecutor
) -> tuple[IntervalCounts, pl.DataFrame]:
    cells, expected = cells_of(dimensions, options.breakdowns, missions=False), source.store.info.incidents
    counter = IntervalCounter(cells, tuple(INCIDENT_INTERVALS), expected)
    national: list[pl.DataFrame] = []
    responders = options.responders_stop_the_clock
    for part in _parts(source, dimensions, options, "incidents"):
        times = part.rows.select(
            incident_interval_ms(name, responders_stop_the_clock=responders) for name in INCIDENT_INTERVALS
        )
        counter.add(times, part.codes, part.urgency, _targets(part, target_ms), pool)
        by_municipality, by_position = (
            _urban(part.places, dimensions, "municipality"),
            _urban(part.places, dimensions, "position"),
        )
        national.append(
            count_national(
                part.rows, _years(part.codes, dimensions), part.places.municipality, by_municipality, by_position,
                responders_stop_the_clock=responders,
            )
        )  # fmt: skip
    return counter.result(), together(national, NATIONAL_COLUMNS)


def _parts(source: LogSource, dimensions: Dimensions, options: LogOptions, table: str) -> Iterator[_Part]:
    place = ["lat", "lon", *PLACE_WORDS]
    if table == "missions":
        stamps = sorted({stamp for one in MISSION_INTERVALS.values() for stamp in (one.begin, one.end)})
        found = source.missions([*place, *stamps, "urgency", "station", "unit_kind", "cancelled", "marks"])
    else:
        stamps = sorted({stamp for one in INCIDENT_INTERVALS.values() for stamp in (one.begin, one.end)})
        found = source.incidents([*place, *stamps, "first_responder_scene_t", "urgency", "urgency_first"])
    for rows in found:
        places = dimensions.finder.find(rows, areas=table == "incidents" or options.urban_by == "position")
        codes = dimensions.codes(rows, places)
        urban = _urban(places, dimensions, options.urban_by)
        yield _Part(rows, places, codes, urgency_codes(rows["urgency"]), urban)


def _urban(places: Places, dimensions: Dimensions, by: str) -> I1:
    """Whether each row is urban: 1, 0, or -1 where nothing is known."""
    finder = dimensions.finder
    if by == "position":
        return np.append(finder.area_urban, np.int8(-1))[places.area]
    return np.append(finder.municipality_urban, np.int8(-1))[places.municipality]


def _targets(part: _Part, target_ms: I8) -> I8:
    found: I8 = target_ms[part.urgency, part.urban]
    return found


def _years(codes: DimensionCodes, dimensions: Dimensions) -> pl.Series:
    """Calendar year of every row; null without a call."""
    month = codes[MONTH]
    known = month < len(dimensions.keys[MONTH]) - 1
    year = (month + dimensions.first_month) // MONTHS_OF_YEAR
    return pl.Series("year", year, dtype=pl.Int32).set(pl.Series(~known), None)


def _sent(part: _Part, dimensions: Dimensions) -> pl.DataFrame:
    return count_alike(
        pl.DataFrame(
            {
                "year": _years(part.codes, dimensions),
                MUNICIPALITY: part.codes[MUNICIPALITY],
                "urgency": part.urgency,
                STATION: part.codes[STATION],
                "cancelled": part.rows["cancelled"],
            }
        )
    )
