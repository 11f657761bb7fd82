"""Incidents of a store as a table of calls: when by the clock, in which area, how urgent."""

from __future__ import annotations

import polars as pl

from beredt.decision.calibration.log import CalibrationLog
from beredt.missions.intervals import local
from beredt.model.study import Study


def calls_of_log(study: Study, log: CalibrationLog) -> pl.DataFrame:
    """Columns time (local, without zone), area (id), urgency, in order of the time."""
    areas = pl.Series([area.id for area in study.service.areas])
    clock = log.incidents.with_columns(time=local("call_t", log.zone).dt.replace_time_zone(None))
    place = clock["area"].cast(pl.Int64)
    return clock.select("time", area=areas.gather(place), urgency="urgency").sort("time")
