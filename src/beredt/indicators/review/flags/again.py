"""Flags of patients who were left without transport and needed an acute unit soon after."""

from __future__ import annotations

import polars as pl

from beredt.indicators.review.looked_at import FLAGS, LookedAt
from beredt.indicators.review.station_times import distance_m


def flag_called_again(seen: LookedAt) -> pl.DataFrame:
    """The first of two incidents: nobody was transported, and an acute one follows within `called_again_h`.

    The two are one patient's where the log says so; where it does not, when they are within `same_place_m` of each
    other and name the same age. A place without an age is too little: blocks of flats and care homes call often. The
    value is the number of hours between the calls, the detail says by what the two were joined.
    """
    first = (
        seen.missions.group_by("incident", maintain_order=True)
        .agg(
            pl.col("call_t", "lat", "lon", "age", "patient").first(),
            seen_at_all=pl.col("scene_t").is_not_null().any(),
            carried=pl.col("dest_t").is_not_null().any(),
        )
        .filter(pl.col("seen_at_all") & ~pl.col("carried"))
    )
    later = seen.around.filter(pl.col("urgency") == "A").unique("incident", keep="first", maintain_order=True)
    later = later.select("incident", "call_t", "lat", "lon", "age", "patient").rename(
        {name: f"later_{name}" for name in ("incident", "call_t")}
    )
    by_patient = first.join(later, on="patient", maintain_order="left").with_columns(detail=pl.lit("patient"))
    by_place = _same_place(first.filter(pl.col("patient").is_null()), later, seen.settings.same_place_m)
    columns = ["incident", "call_t", "later_incident", "later_call_t", "detail"]
    hours = (pl.col("later_call_t") - pl.col("call_t")).dt.total_milliseconds() / 3_600_000
    soon = (
        pl.concat([by_patient.select(columns), by_place.select(columns)])
        .with_columns(value=hours)
        .filter((pl.col("incident") != pl.col("later_incident")) & (pl.col("value") > 0))
        .filter(pl.col("value") <= seen.settings.called_again_h)
        .sort("incident", "value")
        .unique("incident", keep="first", maintain_order=True)
    )
    return soon.select(
        pl.lit("called_again").alias("rule"),
        "incident",
        pl.lit(None, pl.Int64).alias("row_id"),
        "value",
        pl.lit(seen.settings.called_again_h).alias("limit"),
        "detail",
    ).match_to_schema(FLAGS)


def _same_place(first: pl.DataFrame, later: pl.DataFrame, metres: float) -> pl.DataFrame:
    """Pairs of the same age at the same place. Places meet in squares of a side, and in the eight around each."""
    # Degrees of latitude; four times as many degrees of longitude are as long at 75° north.
    side = metres / 111_000.0
    cell = [(pl.col("lat") / side).floor().cast(pl.Int64), (pl.col("lon") / (4 * side)).floor().cast(pl.Int64)]
    known = pl.all_horizontal(pl.col("lat", "lon", "age").is_not_null())
    here = first.filter(known).with_columns(y=cell[0], x=cell[1])
    there = later.filter(known).with_columns(y=cell[0], x=cell[1]).rename({"lat": "later_lat", "lon": "later_lon"})
    around = [here.with_columns(y=pl.col("y") + dy, x=pl.col("x") + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    pairs = pl.concat(around).join(there, on=["age", "y", "x"], maintain_order="left")
    columns = (pairs[name].to_numpy() for name in ("lat", "lon", "later_lat", "later_lon"))
    near = distance_m(*columns) <= metres
    return pairs.filter(pl.Series(near)).with_columns(detail=pl.lit("place and age"))
