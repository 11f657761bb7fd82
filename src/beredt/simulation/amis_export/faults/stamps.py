"""Faults of time stamps."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import polars as pl

from beredt.simulation.amis_export.export_row import STAMP_COLUMNS, ExportRow, stamp_text
from beredt.simulation.amis_export.faults.fault import Fault, Planted, changed, rewritten

UNIT_STAMPS = ("alerted_t", "rolling_t", "scene_t", "leave_t", "dest_t", "free_t")

_BY_DAY = pl.col("call_t").dt.hour().is_between(2, 17)
"""Calls far from midnight."""

_OVER_MIDNIGHT = (pl.col("free_t").dt.date() == pl.col("call_t").dt.date() + pl.duration(days=1)) & (
    pl.col("alerted_t").dt.date() == pl.col("call_t").dt.date()
)
"""Missions that began before midnight and ended after it."""

UNREADABLE = ("31.02.2026 10:15:00", "kl. 10.15", "25:71", "i går", "########")


def midnight(row: ExportRow, random: Random) -> Planted:
    """All that happened after midnight has the date of the call."""
    day = row.truth["call_t"].date()
    late = [stamp for stamp in STAMP_COLUMNS if row.truth[stamp] is not None and row.truth[stamp].date() > day]
    return rewritten(row, {STAMP_COLUMNS[stamp]: stamp_text(row.truth[stamp] - timedelta(days=1)) for stamp in late})


def scene_before_call(row: ExportRow, random: Random) -> Planted:
    """The unit was at the scene before anybody had called."""
    early = row.truth["call_t"] - timedelta(minutes=random.randint(5, 60))
    return changed(row, ank_hentested=stamp_text(early))


def first_day_of_calendar(row: ExportRow, random: Random) -> Planted:
    """A stamp that was never set shows the first day of a calendar."""
    first = random.choice([datetime(1900, 1, 1), datetime(1970, 1, 1)])
    return changed(row, ank_levsted=stamp_text(first))


def ten_years_ahead(row: ExportRow, random: Random) -> Planted:
    """The year of the last stamp was typed wrong."""
    free = row.truth["free_t"]
    return changed(row, ledig=stamp_text(free + timedelta(days=3653)))


def forgotten_button(row: ExportRow, random: Random) -> Planted:
    """Nobody pressed that the unit was free until the next shift."""
    return changed(row, ledig=stamp_text(row.truth["free_t"] + timedelta(hours=random.randint(14, 30))))


def no_call(row: ExportRow, random: Random) -> Planted:
    """The time of the call is absent."""
    return changed(row, tidspunkt="")


def no_scene(row: ExportRow, random: Random) -> Planted:
    """A finished mission lacks its arrival at the scene."""
    return changed(row, ank_hentested="")


def no_stamps(row: ExportRow, random: Random) -> Planted:
    """There is a unit, and not one stamp of it."""
    return rewritten(row, {STAMP_COLUMNS[stamp]: "" for stamp in UNIT_STAMPS})


def unreadable(row: ExportRow, random: Random) -> Planted:
    """A cell that should hold a time holds something else."""
    return changed(row, ank_levsted=random.choice(UNREADABLE))


def cancelled(row: ExportRow, random: Random) -> Planted:
    """The unit was called back on its way."""
    return changed(row, ank_hentested="", avg_hentested="", ank_levsted="", avbestilt="Ja")


def broken_off(row: ExportRow, random: Random) -> Planted:
    """The unit never came to the scene, and nothing says why."""
    return changed(row, ank_hentested="", avg_hentested="", ank_levsted="")


def still_busy(row: ExportRow, random: Random) -> Planted:
    """The unit is free only after it has rolled on its next mission."""
    return changed(row, ledig=stamp_text(row.truth["next_rolling_t"] + timedelta(minutes=4)))


FAULTS = (
    Fault("midnight", midnight, _OVER_MIDNIGHT),
    Fault("early_stamp", first_day_of_calendar),
    Fault("future_stamp", ten_years_ahead),
    Fault("stamp_order", scene_before_call, _BY_DAY),
    Fault("long_interval", forgotten_button),
    Fault("missing_call", no_call),
    Fault("missing_stamp", no_scene),
    Fault("no_stamps", no_stamps, responses=-1),
    Fault("unreadable_time", unreadable),
    Fault("cancelled", cancelled),
    Fault("broken_off", broken_off),
    Fault(
        "overlapping_missions",
        still_busy,
        pl.col("next_sound") & (pl.col("next_rolling_t") - pl.col("free_t")).dt.total_minutes().is_between(1, 300),
    ),
)
