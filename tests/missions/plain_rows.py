"""Rows of a small log, plain as a person would write them down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import polars as pl

from beredt.missions.clean import Cleaned, clean
from beredt.missions.cleaning_context import CleaningContext, Region
from beredt.missions.schema import ROWS, STAMPS

REGION = Region(south=59.3, west=9.8, north=60.3, east=11.5)
"""Around Asker and Bærum."""

CALL = datetime(2026, 3, 10, 12, 0)

X, Y = 253_000.5, 6_648_000.25
"""Somewhere in Bærum, EPSG:25833."""

STEPS_MIN = {
    "call_t": 0,
    "created_t": 1,
    "alerted_t": 2,
    "rolling_t": 3,
    "scene_t": 11,
    "leave_t": 31,
    "dest_t": 46,
    "free_t": 61,
}

CONTEXT = CleaningContext(region=REGION, latest=None)


def mission(call: datetime = CALL, /, **changes: Any) -> dict[str, Any]:
    """A mission as it should be, but for `changes`. A stamp may be given as `HH:MM` of the day of the call."""
    row: dict[str, Any] = {
        "unit": "bil-1",
        "unit_kind": "ambulance",
        "station": "baerum",
        "urgency": "A",
        "key": "",
        "x": X,
        "y": Y,
        **{stamp: call + timedelta(minutes=minutes) for stamp, minutes in STEPS_MIN.items()},
    }
    day = call.strftime("%Y-%m-%d")
    row |= {
        name: datetime.fromisoformat(f"{day} {value}") if name in STAMPS and isinstance(value, str) else value
        for name, value in changes.items()
    }
    return row


def log(*missions: dict[str, Any]) -> pl.DataFrame:
    """Missions as cleaning takes them, numbered as they come; stamps are what a clock on the wall shows."""
    schema = {name: pl.Datetime("ms") if name in STAMPS else dtype for name, dtype in ROWS.items()}
    numbered = [
        {"row_id": number, "source": 0, "row": number + 2, "part": 0, "marks": 0} | row
        for number, row in enumerate(missions)
    ]
    words = {name: pl.String() if isinstance(dtype, pl.Categorical) else dtype for name, dtype in schema.items()}
    return pl.DataFrame(numbered, schema=words).with_columns(
        pl.col(name).fill_null("").cast(dtype) for name, dtype in schema.items() if isinstance(dtype, pl.Categorical)
    )


def cleaned(*missions: dict[str, Any], context: CleaningContext = CONTEXT) -> Cleaned:
    """What becomes of these missions."""
    return clean(log(*missions), context)


def marked(done: Cleaned, rule: str) -> list[int]:
    """Numbers of the missions that a rule has marked."""
    from beredt.missions.checks.rule import get_rule
    from beredt.missions.marks import has_mark

    rows = done.missions.filter(has_mark(get_rule(rule).mask)).sort("row_id")
    return rows["row_id"].to_list()


def doubted(done: Cleaned) -> dict[int, list[str]]:
    """Stamps that are held to be impossible, by number of the mission."""
    from beredt.missions.marks import impossible_mask

    found = {}
    for row in done.missions.sort("row_id").iter_rows(named=True):
        names = [stamp for stamp in STAMPS if row["marks"] & impossible_mask(stamp)]
        if names:
            found[row["row_id"]] = names
    return found


def utc(text: str) -> datetime:
    """A point in time written without its zone."""
    return datetime.fromisoformat(f"{text}+00:00")
