"""Nights in which clocks are moved: missions that are added, since the simulation knows no such nights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random

import polars as pl

from beredt.simulation.amis_export.export_row import ID, NUMBER, ExportRow, cells_of
from beredt.simulation.amis_export.faults.fault import Fault, Mark, Planted

# Minutes on the clock after `leap_t` or `back_t`, an hour or two before the clock is moved. In spring one stamp is in
# the hour that never was; in autumn only the order of the stamps tells the two equal hours apart.
_SPRING = {
    "call_t": 25,
    "created_t": 26,
    "alerted_t": 27,
    "rolling_t": 29,
    "scene_t": 40,
    "leave_t": 65,
    "dest_t": 135,
    "free_t": 150,
}
_AUTUMN = {
    "call_t": 40,
    "created_t": 41,
    "alerted_t": 42,
    "rolling_t": 44,
    "scene_t": 110,
    "leave_t": 70,
    "dest_t": 95,
    "free_t": 130,
}


def never(row: ExportRow, random: Random) -> Planted:
    """A mission more, with a stamp in the hour that the clock leapt over."""
    return _added(row, random, "leap_t", _SPRING, "avg_hentested")


def again(row: ExportRow, random: Random) -> Planted:
    """A mission more, in the hour that the clock showed twice."""
    return _added(row, random, "back_t", _AUTUMN, "ank_hentested")


def _added(row: ExportRow, random: Random, night: str, minutes: Mapping[str, int], column: str) -> Planted:
    second = random.randint(0, 59)
    times = {stamp: row.truth[night] + timedelta(minutes=minute, seconds=second) for stamp, minute in minutes.items()}
    truth = dict(row.truth) | times | {"unit": f"{row.truth['unit']}-reserve-{row.truth['incident']}"}
    new = ExportRow(cells_of(truth), truth, taken=True)
    new.cells |= {ID: "", NUMBER: f"9{row.cells[NUMBER]}"}
    return Planted((row, new), (Mark(column, "", new.cells[column]),))


FAULTS = (
    Fault("missing_clock", never, pl.col("leap_t").is_not_null(), incidents=1, responses=1),
    Fault("ambiguous_clock", again, pl.col("back_t").is_not_null(), incidents=1, responses=1),
)
