"""A store of missions observed as a service: who serves whom, simultaneity, free units, and what units do.

    store → days → fleet → duty → frame → stretches → tallies → one tally

The tally is the one that simulated years have: the same tables, figures and words tell of both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.free_units import changes_of
from beredt.indicators.moments import moments_of
from beredt.indicators.observed import NONE, Frame, Year, contiguous
from beredt.indicators.observing.area_words import AreaOf, areas_by_position, areas_by_words
from beredt.indicators.observing.days import DAY_S, MS_PER_S, ServiceDays, days_of, midnight_ms
from beredt.indicators.observing.duty import Duty, duty_of_rosters
from beredt.indicators.observing.duty_seen import DAY_HOURS, duty_seen
from beredt.indicators.observing.fleet import Fleet, fleet_of
from beredt.indicators.observing.fleets import Fleets, join_fleets, tally_fleets, with_fleets
from beredt.indicators.observing.frame import (
    Local,
    ground_of_log,
    ground_of_study,
    local_of_study,
    places_of_log,
    with_fleet,
    with_local,
)
from beredt.indicators.observing.join_tallies import join_tallies, tally_service
from beredt.indicators.observing.roster_against_log import hold_against_log
from beredt.indicators.observing.roster_file import RosterFile, read_roster
from beredt.indicators.observing.stretches import ROWS_AT_ONCE, Stretch, cut_log, unit_missions
from beredt.indicators.observing.work import MISSING, WORK_STAMPS
from beredt.indicators.observing.year import ASSUMED, StretchedLog, rows_of_words, stretch_log, year_of_stretch
from beredt.indicators.sort_numbers import sort_numbers
from beredt.indicators.tally import Tally
from beredt.missions.checks.local_clock import to_local
from beredt.missions.checks.stamps import HOUR_MS
from beredt.missions.incident_table import RESPONDERS
from beredt.missions.store import Store
from beredt.model.study import Study


@dataclass(frozen=True, slots=True)
class Observation:
    """How a store is looked at.

    `first` and `last` are the days that count, None for what the log shows; `responders` says whether single
    responders stop the clock, None for what the study says of that kind of unit, and without a study they do not;
    `roster` is a roster file; `local` says whose simultaneity is counted, None for what the study says, and nobody's
    where there is none.
    """

    first: date | None = None
    last: date | None = None
    responders: bool | None = None
    roster: Path | None = None
    local: Local | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ObservedService:
    """A log observed.

    `frame` and `tally` are what every table of a service is made of; `duty` says on what its hours stand; `roster`
    is the roster file's content where one was given; `fleets` are those of municipalities or stations. `notes` counts
    what was assumed or could not be used, by a name that the language files know.
    """

    days: ServiceDays
    fleet: Fleet
    duty: Duty
    roster: RosterFile | None
    frame: Frame
    tally: Tally
    fleets: Fleets
    notes: Mapping[str, int]


def observe_service(store: Store, study: Study | None = None, how: Observation | None = None) -> ObservedService:
    """Observe a whole store, stretch by stretch.

    Args:
        store: cleaned.
        study: whose areas, groups, stations and rosters the log is told by; None for what the log itself names.
        how: which days, whose roster, who is local.

    Raises:
        OutOfRangeError: no call times, or no days.
        StudyError: the roster file cannot be used.
        UnknownIdError: no such local group or station.
    """
    how = how or Observation()
    days, fleet, duty, roster, frame, of_roster = _setting(store, study, how)
    area_of = areas_by_words(frame) if study is None else areas_by_position(frame, study)
    notes: Counter[str] = Counter({"moved_units": fleet.moved, "unmatched_stations": len(fleet.unmatched_stations)})
    notes.update(of_roster)
    fleets = with_fleets(frame, study)
    parts, fleet_parts = [], []
    for stretch in cut_log(store, days, ROWS_AT_ONCE):
        own, laid_out, assumed = year_of(frame, fleet, days, stretch, area_of)
        year = contiguous(laid_out)
        moments = moments_of(own, year)
        changes = changes_of(own, year, moments)
        parts.append(tally_service(own, year, moments, changes))
        of_fleets = own._replace(centre_ids=fleets.centre_ids, unit_centre=fleets.unit_centre)
        fleet_parts.append(tally_fleets(of_fleets, year, moments, changes))
        notes.update(assumed)
    by_fleet = join_fleets(fleets.centre_ids, study, fleet_parts)
    return ObservedService(days, fleet, duty, roster, frame, join_tallies(parts), by_fleet, dict(notes))


def year_of(
    frame: Frame, fleet: Fleet, days: ServiceDays, stretch: Stretch, area_of: AreaOf
) -> tuple[Frame, Year, Mapping[str, int]]:
    """A stretch of a log as a year, with the frame of its days, and what was assumed about it.

    Args:
        frame: of the whole log.
        fleet: its units.
        days: its days.
        stretch: some of them.
        area_of: finds the areas of incidents.
    """
    units = {name: row for row, name in enumerate(fleet.unit)}
    log = stretch_log(stretch.missions, stretch.incidents, units, days.zone, days.start)
    area = area_of(log.incidents).to_numpy()
    begin_s = float(stretch.first * DAY_S)
    own = frame._replace(start_s=begin_s, end_s=begin_s + stretch.days * DAY_S)
    year = year_of_stretch(own, log, area)
    return _with_duty_within(own, year), year, _assumed(log, area, own)


def _with_duty_within(frame: Frame, year: Year) -> Frame:
    """The frame of a stretch with the duty alone that reaches into it: a long log has many times as much.

    An incident of the stretch meets the units on duty when it is ready for one, which may be after the last day.
    """
    until_s = np.fmax.reduce(year.incidents.ready_t, initial=frame.end_s)  # nobody knows when, of some
    within = (frame.duty_off_t > frame.start_s) & (frame.duty_on_t <= until_s)
    return frame._replace(
        duty_unit=frame.duty_unit[within], duty_on_t=frame.duty_on_t[within], duty_off_t=frame.duty_off_t[within]
    )


def _setting(
    store: Store, study: Study | None, how: Observation
) -> tuple[ServiceDays, Fleet, Duty, RosterFile | None, Frame, Mapping[str, int]]:
    """All that does not depend on single missions, and counts of what a roster says nothing of."""
    days = days_of(store.incidents(), store.info.zone, how.first, how.last)
    fleet = fleet_of(store.missions(), study.service if study else None)
    roster = read_roster(how.roster, fleet) if how.roster else None
    notes: Mapping[str, int] = {}
    if roster is None:
        duty = _duty_without_file(store, study, fleet, days)
    else:
        duty, roster, notes = hold_against_log(roster, fleet, days, _sent(store, fleet, days))
    ground = ground_of_study(study, days) if study else ground_of_log(places_of_log(store.incidents()), days)
    responders = _responders(study) if how.responders is None else how.responders
    frame = with_fleet(ground, fleet, duty, responders=responders, study=study)
    local = how.local or (local_of_study(study) if study else None)
    return days, fleet, duty, roster, with_local(frame, local) if local else frame, notes


def _responders(study: Study | None) -> bool:
    """Whether a kind of unit that does not transport stops the clock in a study."""
    kinds = study.service.unit_kinds if study else ()
    return any(kind.stops_clock and kind.id in RESPONDERS for kind in kinds)


def _duty_without_file(store: Store, study: Study | None, fleet: Fleet, days: ServiceDays) -> Duty:
    """By the study's rosters where its units are the log's, or by what units were seen doing."""
    by_study = duty_of_rosters(study, fleet, days) if study else None
    if by_study is not None:
        return by_study
    return duty_seen(_sent(store, fleet, days), len(fleet.unit), days.start, days.days)


def _sent(store: Store, fleet: Fleet, days: ServiceDays) -> NDArray[np.int64]:
    """Every time that a unit was sent within the days, as `duty_seen` takes it: one number for each, in order."""
    begin, hours = pl.coalesce(WORK_STAMPS), days.days * DAY_HOURS
    rows = {name: row for row, name in enumerate(fleet.unit)}
    begun = unit_missions(store).select("unit", begun=begin).filter(pl.col("begun").is_not_null())
    found = [np.zeros(0, np.int64)]
    for part in begun.collect_batches(chunk_size=ROWS_AT_ONCE):
        unit = rows_of_words(part["unit"], rows)
        clock = to_local(part["begun"].dt.epoch("ms").to_numpy(), days.zone)
        hour = (clock - midnight_ms(days.start)) // HOUR_MS
        inside = (unit >= 0) & (hour >= 0) & (hour < hours)
        found.append(unit[inside] * np.int64(hours) + hour[inside])
    return sort_numbers(np.concatenate(found))


def _assumed(log: StretchedLog, area: NDArray[np.int32], frame: Frame) -> Mapping[str, int]:
    """Counts of what was assumed, each mission and incident in the one stretch in which it began."""
    begin_ms, end_ms = frame.start_s * MS_PER_S, frame.end_s * MS_PER_S
    own = (log.anchor >= begin_ms) & (log.anchor < end_ms)
    sent = own[log.incident]
    urgency = log.incidents["urgency"].cast(pl.String).fill_null("").filter(pl.Series(own))
    found = {name: int((getattr(log.work, name) & sent).sum()) for name in ASSUMED}
    return found | {
        "missions": int(sent.sum()),
        "incidents": int(own.sum()),
        "without_call": int((own & (log.call == MISSING)).sum()),
        "without_urgency": int((urgency == "").sum()),
        "without_area": int((own & (area == NONE)).sum()),
        "without_km": int((sent & np.isnan(log.km)).sum()),
    }
