"""People who had more than one incident, and how soon the next one came.

A person is known by the patient's keyed hash. A log without one can still tell places that call with the same age:
that is less than a person (a move hides them, a birthday too) and more (two of one age at a care home), so the answer
says by which of the two people were told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.pathway.told_people import Band, told_people
from beredt.indicators.suppress import ALL, THRESHOLD
from beredt.indicators.suppression.additive import Relation, additive_table
from beredt.indicators.suppression.choose import choose_hidden
from beredt.indicators.wilson import wilson_share

HOURS = (24, 72, 168, 720)
BANDS = {"1": (1, 1), "2": (2, 2), "3": (3, 3), "4": (4, 4), "5-9": (5, 9), "10+": (10, None)}
"""Numbers of incidents that people are counted by: from and to."""
NAMES = {1: "1", 2: "2", 3: "3", 4: "4"}
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
    within = _within(known.drop_nulls("start"), records["start"].max(), threshold)
    return RepeatCallers(
        callers=_callers(known, max(within["again"].fill_null(0).to_list()), threshold),
        within=within,
        by=by,
        nobody_knows=None if 0 < unknown < threshold else unknown,
    )


def _callers(known: pl.DataFrame, most_again: int, threshold: int) -> pl.DataFrame:
    band = pl.when(pl.col("n") >= 10).then(pl.lit("10+")).when(pl.col("n") >= 5).then(pl.lit("5-9"))
    counted = (
        known.group_by("person")
        .agg(n=pl.len().cast(pl.Int64))
        .group_by(calls=band.otherwise(pl.col("n").replace_strict(NAMES, default="", return_dtype=pl.String)))
        .agg(people=pl.len().cast(pl.Int64), incidents=pl.col("n").sum())
        .sort(pl.col("calls").replace_strict({name: place for place, name in enumerate(BANDS)}, return_dtype=pl.Int64))
    )
    whole = pl.DataFrame(
        [(ALL, counted["people"].sum(), counted["incidents"].sum())], schema=counted.schema, orient="row"
    )
    bands = [Band(*BANDS[calls], *numbers) for calls, *numbers in counted.iter_rows()]
    told = told_people(bands, most_again, threshold)
    shown = pl.concat([whole, counted.head(len(told.bands))])
    small = pl.col("incidents").is_between(1, threshold - 1)
    is_told = pl.Series([told.people, *told.bands], dtype=pl.Boolean)
    of_band = pl.col("calls") != ALL
    return shown.with_columns(
        people=pl.when(is_told).then("people"),
        incidents=pl.when(pl.when(of_band).then(is_told).otherwise(~small)).then("incidents"),
        share_of_incidents=pl.when(is_told).then(pl.col("incidents") / max(known.height, 1)),
        left_out=~is_told,
    ).match_to_schema(pl.Schema(_CALLERS))


def _within(known: pl.DataFrame, last: Any, threshold: int) -> pl.DataFrame:
    following = known.sort("person", "start", "row").with_columns(
        hours=(pl.col("start").shift(-1).over("person") - pl.col("start")).dt.total_milliseconds() / 3_600_000
    )
    rows: list[tuple[Any, ...]] = []
    for hours in HOURS:
        followed = following.filter(pl.lit(last) - pl.col("start") >= pl.duration(hours=hours)) if last else following
        again = int((followed["hours"] <= hours).sum())
        share = [float(one) for one in wilson_share(np.array(again), np.array(followed.height))]
        rows.append((hours, followed.height, again, *(None if np.isnan(s) else s for s in share), False))
    hidden = _hidden_again([(row[1], row[2]) for row in rows], threshold)
    return pl.DataFrame(rows, schema=_WITHIN, orient="row").with_columns(
        *(pl.when(~pl.Series(gone)).then(name).alias(name) for name, gone in hidden.items()),
        left_out=pl.any_horizontal(*(pl.Series(name, gone) for name, gone in hidden.items())),
    )


def _hidden_again(counts: Sequence[tuple[int, int]], threshold: int) -> dict[str, list[bool]]:
    """Which incidents, and how many of them again, are left out, and the shares that would tell.

    Those again within three days are those within one and those between: few between are small as well, and so are few
    of whom nobody called again.
    """
    cells: list[int] = []
    relations: list[Relation] = []
    leader: list[int] = []
    rests: list[tuple[int, int]] = []
    for incidents, again in counts:
        first, before = len(cells), len(cells) - 3
        cells += [incidents, again, incidents - again]
        relations.append(Relation(first, (first + 1, first + 2)))
        leader += [first, first, first]
        if before >= 0 and again >= cells[before + 1]:
            rests.append((first + 1, before + 1))
    for now, before in rests:
        relations.append(Relation(now, (before, len(cells))))
        leader.append(len(cells))
        cells.append(cells[now] - cells[before])
    unprinted = range(3 * len(counts), len(cells))
    gone = choose_hidden(additive_table(cells, relations, leader, unprinted), threshold).hidden[: 3 * len(counts)]
    rows = gone.reshape(-1, 3)
    some = rows.any(axis=1).tolist()
    return {
        "incidents": rows[:, 0].tolist(),
        "again": rows[:, 1].tolist(),
        **dict.fromkeys(("share", "low", "high"), some),
    }
