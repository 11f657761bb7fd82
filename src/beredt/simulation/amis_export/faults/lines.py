"""Faults of whole lines: said twice, cut, badly quoted, or numbered wrong."""

from __future__ import annotations

import copy
from datetime import timedelta
from random import Random

import polars as pl

from beredt.simulation.amis_export.export_row import GEOMETRY, ExportRow, stamp_text
from beredt.simulation.amis_export.faults.fault import Fault, Mark, Planted

ROOM_S = 10
"""Seconds by which a near duplicate was alerted later."""


def twice(row: ExportRow, random: Random) -> Planted:
    """The same line again."""
    again = copy.deepcopy(row)
    again.taken = True
    return Planted((row, again), (Mark("", "", "the line above once more"),))


def nearly_twice(row: ExportRow, random: Random) -> Planted:
    """The same line again, alerted a little later."""
    again = copy.deepcopy(row)
    again.taken = True
    later = stamp_text(row.truth["alerted_t"] + timedelta(seconds=random.randint(1, ROOM_S)))
    again.cells["varslet"] = later
    return Planted((row, again), (Mark("varslet", row.cells["varslet"], later),))


def unquoted(row: ExportRow, random: Random) -> Planted:
    """The comma of the geometry stands without quotation marks."""
    row.form = "unquoted"
    return Planted((row,), (Mark(GEOMETRY, f'"{row.cells[GEOMETRY]}"', row.cells[GEOMETRY]),))


def cut(row: ExportRow, random: Random) -> Planted:
    """The line ends too soon."""
    row.form = "cut"
    return Planted((row,), (Mark("", "", "only the first cells of the line"),))


_ROOM = (pl.col("rolling_t") - pl.col("alerted_t")).dt.total_seconds() >= ROOM_S

FAULTS = (
    Fault("duplicate", twice, also={"grouped": 2}, responses=1, needs="loose"),
    Fault("duplicate", twice, responses=1, needs="numbered"),
    Fault("near_duplicate", nearly_twice, _ROOM, also={"grouped": 2}, responses=1, needs="loose"),
    Fault("near_duplicate", nearly_twice, _ROOM, responses=1, needs="numbered"),
    Fault("joined_cells", unquoted),
    Fault("broken_row", cut, also={"no_unit": 1, "missing_call": 1, "position_missing": 1}, responses=-1),
)
