"""A study held against a log of missions.

    study + store → log → areas, rates, profile, intervals, needs, speeds → a calibration

Every figure is fitted twice: to the whole log, which is what a new study takes, and to its odd ISO weeks, which is
tested on the even ones beside the study's own value. A row whose fit does not foretell the even weeks better than the
study did stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.area_fit import FITTED
from beredt.decision.calibration.areas import AreaCalibration, RateSpread, calibrate_areas
from beredt.decision.calibration.change import Change, inside_limits, without_few
from beredt.decision.calibration.intervals import calibrate_intervals
from beredt.decision.calibration.log import CalibrationLog, read_log
from beredt.decision.calibration.needs import calibrate_needs
from beredt.decision.calibration.places import with_places
from beredt.decision.calibration.profiles import calibrate_profiles
from beredt.decision.calibration.rates import RateGround, calibrate_rates, rate_ground
from beredt.decision.calibration.speeds import calibrate_speeds
from beredt.demand.intensity import weekly_profile
from beredt.errors import StudyError
from beredt.missions.store import Store
from beredt.missions.store_info import StoreInfo
from beredt.model.area_factor import AreaFactor
from beredt.model.issue import Issue
from beredt.model.study import Study
from beredt.simulation.incident_rules import prepare_incident_rules
from beredt.simulation.study_roads import load_or_build_roads, study_roads

F8 = NDArray[np.float64]

TABLES = ("rates", "area_factors", "profile", "intervals", "needs", "speeds")
"""Tables that a log can say something of, in the order in which they are told."""

UNTOUCHED = (
    "hospital_origin_share",
    "hospital_choice",
    "age_rates",
    "noise_sigma",
    "travel_hours",
    "misrouting",
    "border_rules",
    "rosters",
)
"""What stays as the study has it, whatever the log: the language files say why."""


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What a log says of a study.

    `changes` are all rows of `TABLES` that it was asked about, kept ones with their reason. `profile_before` and
    `profile_after` are float64 [3, 168], mean 1. `first` and `last` are the days of the log, `days` counts those that
    are used; `incidents` and `missions` count what was looked at, `unusable` and `outside` the incidents that were not:
    without time or urgency, and outside all areas. `uncovered` are municipalities that the log is not about, and
    `people_year` the year whose people the rates are of. `area_factors` and `rate_spread` are those of the new study,
    all of them: how areas differ, and what the log leaves open of both.
    """

    study: Study
    store: StoreInfo
    changes: tuple[Change, ...]
    profile_before: F8
    profile_after: F8
    first: date
    last: date
    days: int
    incidents: int
    missions: int
    unusable: int
    outside: int
    uncovered: tuple[str, ...]
    people_year: int
    area_factors: tuple[AreaFactor, ...]
    rate_spread: tuple[RateSpread, ...]

    @property
    def leaves_open(self) -> bool:
        """Whether the log says how sure its rates are, so that a simulation can draw them."""
        return any(row.source == FITTED for row in self.rate_spread)

    def of_table(self, table: str) -> tuple[Change, ...]:
        """The changes of one table."""
        return tuple(change for change in self.changes if change.table == table)


def calibrate(study: Study, store: Store) -> Calibration:
    """Hold a study against a store of missions.

    Raises:
        StudyError: The study replays a call trace, so that it has nothing to calibrate.
        StoreError: Nothing in the log lies inside the study.
        NetworkError: The roads cannot be made.
    """
    if study.trace is not None:
        remedy = "calibrate a study whose demand comes from rates"
        message = "the study replays a call trace: it has no rates, profile or durations of its own"
        raise StudyError([Issue("study.toml", None, "demand.source", "trace", 1, message, remedy)])
    roads = study_roads(study, load_or_build_roads(study))
    log = read_log(study, store)
    missions = with_places(study, store, log, roads)
    rules = prepare_incident_rules(study.service, roads)
    areas = calibrate_areas(study, log, rules, rate_ground(study, log, rules))
    # Rates stand on the factors of areas that will be in the new study.
    on_areas = replace(study, service=replace(study.service, area_factors=areas.area_factors))
    ground = rate_ground(on_areas, log, rules)
    of_profile, weeks = calibrate_profiles(study, log)
    changes = (
        *calibrate_rates(study, log, ground),
        *areas.changes,
        *of_profile,
        *calibrate_intervals(study, log, missions),
        *calibrate_needs(study, missions),
        *calibrate_speeds(study, log, missions),
    )
    return _told(study, store, log, changes, weeks, ground, areas)


def _told(
    study: Study,
    store: Store,
    log: CalibrationLog,
    changes: tuple[Change, ...],
    weeks: F8,
    ground: RateGround,
    areas: AreaCalibration,
) -> Calibration:
    dates: pl.Series = log.days["date"]
    return Calibration(
        study=study,
        store=store.info,
        changes=tuple(inside_limits(without_few(change)) for change in changes),
        profile_before=weekly_profile(study.service.profile),
        profile_after=weeks,
        first=dates[0],
        last=dates[-1],
        days=len(dates),
        incidents=log.incidents.height,
        missions=log.missions.height,
        unusable=log.unusable,
        outside=log.outside,
        uncovered=ground.uncovered,
        people_year=ground.year,
        area_factors=areas.area_factors,
        rate_spread=areas.rate_spread,
    )
