"""What of a row decides which faults can be planted in it so that exactly they are found."""

from __future__ import annotations

import polars as pl

from beredt.missions.checks.local_clock import changes_between
from beredt.missions.checks.sheet import milliseconds
from beredt.missions.checks.stamps import HOUR_MS
from beredt.simulation.amis_export.faults.numbers import APART_DAYS
from beredt.simulation.amis_export.faults.stamps import UNIT_STAMPS
from beredt.simulation.amis_export.true_rows import ZONE


def with_conditions(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `true_rows` with what faults ask for.

    `row` is their place. `sound`: the only row of its incident, carried out, with every stamp. `next_row`,
    `next_rolling_t`, `next_sound`: the next mission of the unit, where it begins on the same day far from midnight.
    `other_row`, `other_incident`: a sound row weeks away. `leap_t`, `back_t`: what the clock shows an hour before it
    leaps, and two hours before it has been moved back, null where the rows span no such night.
    """
    rows = rows.with_row_index("row").with_columns(
        sound=(pl.len().over("incident") == 1)
        & ~pl.col("cancelled")
        & pl.all_horizontal(pl.col(*UNIT_STAMPS).is_not_null())
        & (pl.col("unit") != "")
    )
    leap, back = _nights(rows)
    rows = rows.join(_following(rows), on="row", how="left", maintain_order="left").with_columns(
        leap_t=pl.lit(leap, pl.Datetime("ms")), back_t=pl.lit(back, pl.Datetime("ms"))
    )
    return rows.join(_others(rows), on="row", how="left", maintain_order="left")


def _following(rows: pl.DataFrame) -> pl.DataFrame:
    by_unit = rows.filter((pl.col("unit") != "") & pl.col("rolling_t").is_not_null()).sort("unit", "rolling_t")
    after = {name: pl.col(name).shift(-1).over("unit") for name in ("row", "rolling_t", "call_t", "sound")}
    same_day = (pl.col("call_t").dt.date() == after["call_t"].dt.date()) & pl.col("call_t").dt.hour().is_between(4, 20)
    return by_unit.select(
        "row",
        next_row=after["row"],
        next_rolling_t=after["rolling_t"],
        next_sound=(after["sound"] & same_day & (after["rolling_t"] > pl.col("free_t"))).fill_null(value=False),
    )


def _others(rows: pl.DataFrame) -> pl.DataFrame:
    """Every sound row, and the sound row that lies half of all sound rows further on, if that is far enough."""
    sound = rows.filter("sound").select("row", "incident", "call_t")
    half = sound.height // 2
    paired = pl.concat(
        [sound.head(half), sound.slice(half, half).rename(lambda name: f"other_{name}")], how="horizontal"
    )
    return paired.filter(pl.col("other_call_t") - pl.col("call_t") > pl.duration(days=APART_DAYS)).select(
        "row", "other_row", "other_incident"
    )


def _nights(rows: pl.DataFrame) -> tuple[int | None, int | None]:
    """Beginnings of the stories of the first nights in which clocks are moved, milliseconds on the clock."""
    calls = milliseconds(rows["call_t"])
    if not calls.size:
        return None, None
    leap = back = None
    first, last = int(calls.min()), int(calls.max())
    for at, before, after in zip(*changes_between(ZONE, first, last), strict=True):
        if not first < at < last:
            continue
        if after > before and leap is None:
            leap = int(at + before) - HOUR_MS
        if after < before and back is None:
            back = int(at + before) - 2 * HOUR_MS
    return leap, back
