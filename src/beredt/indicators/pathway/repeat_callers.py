"""People who had more than one incident, and how soon the next one came.

A person is known by the patient's keyed hash. A log without one can still tell places that call with the same age:
that is less than a person (a move hides them, a birthday too) and more (two of one age at a care home), so the answer
says by which of the two people were told apart.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.suppress import ALL, THRESHOLD, Split, protect, protect_counts
from beredt.indicators.wilson import wilson_share

HOURS = (24, 72, 168, 720)
BANDS = {1: "1", 2: "2", 3: "3", 4: "4"}
DEGREES = 4
"""Decimals of degrees that make a place: some ten metres."""

_CALLERS = {
    "calls": pl.String,
    "people": pl.Int64,
    "incidents": pl.Int64,
    "share_of_incidents": pl.Float64,
    "left_out": pl.Boolean,
}
_WITHIN = {
    "hours": pl.Int64,
    "incidents": pl.Int64,
    "again": pl.Int64,
    "share": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "left_out": pl.Boolean,
}


class RepeatCallers(NamedTuple):
    """`repeat_callers` and `repeat_within`; by what people were told apart, and incidents whose person nobody knows
    (None where that is a small number).
    """

    callers: pl.DataFrame
    within: pl.DataFrame
    by: Literal["patient", "place_and_age"]
    nobody_knows: int | None


def repeat_callers(records: pl.DataFrame, *, threshold: int = THRESHOLD) -> RepeatCallers:
    """Count people by how many incidents they had, and incidents by whether another followed.

    Args:
        records: The columns of RECORDS, one row per incident.
        threshold: Smaller counts are left out, and all that would give them away; 0 leaves everything in.
    """
    by: Literal["patient", "place_and_age"] = (
        "patient" if records["patient"].null_count() < records.height else "place_and_age"
    )
    place = pl.format("{} {} {}", *(pl.col(name).round(DEGREES) for name in ("lat", "lon")), pl.col("age"))
    person = pl.col("patient") if by == "patient" else place
    known = records.select(person.alias("person"), "start", "row").drop_nulls("person")
    unknown = records.height - known.height
    return RepeatCallers(
        callers=_callers(known, threshold),
        within=_within(known.drop_nulls("start"), records["start"].max(), threshold),
        by=by,
        nobody_knows=None if 0 < unknown < threshold else unknown,
    )


def _callers(known: pl.DataFrame, threshold: int) -> pl.DataFrame:
    band = pl.when(pl.col("n") >= 10).then(pl.lit("10+")).when(pl.col("n") >= 5).then(pl.lit("5-9"))
    counted = (
        known.group_by("person")
        .agg(n=pl.len().cast(pl.Int64))
        .group_by(calls=band.otherwise(pl.col("n").replace_strict(BANDS, default="", return_dtype=pl.String)))
        .agg(people=pl.len().cast(pl.Int64), incidents=pl.col("n").sum())
    )
    whole = pl.DataFrame(
        [(ALL, counted["people"].sum(), counted["incidents"].sum())], schema=counted.schema, orient="row"
    )
    order = {name: place for place, name in enumerate((ALL, *BANDS.values(), "5-9", "10+"))}
    table = (
        pl.concat([whole, counted])
        .with_columns(share_of_incidents=pl.col("incidents") / max(known.height, 1))
        .sort(pl.col("calls").replace_strict(order, return_dtype=pl.Int64))
    )
    shown = protect_counts(table, ["calls"], "people", ["incidents", "share_of_incidents"], threshold=threshold)
    return shown.table.with_columns(left_out=shown.hidden["people"]).match_to_schema(pl.Schema(_CALLERS))


def _within(known: pl.DataFrame, last: Any, threshold: int) -> pl.DataFrame:
    following = known.sort("person", "start", "row").with_columns(
        hours=(pl.col("start").shift(-1).over("person") - pl.col("start")).dt.total_milliseconds() / 3_600_000
    )
    rows = []
    for hours in HOURS:
        followed = following.filter(pl.lit(last) - pl.col("start") >= pl.duration(hours=hours)) if last else following
        again = int((followed["hours"] <= hours).sum())
        share = [float(one) for one in wilson_share(np.array(again), np.array(followed.height))]
        rows.append(
            (hours, followed.height, again, followed.height - again, *(None if np.isnan(s) else s for s in share))
        )
    schema = ["hours", "incidents", "again", "others", "share", "low", "high"]
    table = pl.DataFrame(rows, schema={name: _WITHIN.get(name, pl.Int64) for name in schema}, orient="row")
    shown = protect(
        table.with_columns(name=pl.col("hours").cast(pl.String)), ["name"], ["incidents", "again", "others"],
        {"again": ["share", "low", "high"]}, threshold=threshold, splits=[Split("incidents", ("again", "others"))],
    )  # fmt: skip
    out = shown.hidden.select(pl.any_horizontal("incidents", "again", "others")).to_series()
    return shown.table.with_columns(
        *(pl.when(~out).then(name).alias(name) for name in ("share", "low", "high")), left_out=out
    ).select(*_WITHIN)
