"""Who was sent where: missions by municipality of the incident, urgency and station, beside the year before."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from beredt.indicators.log.codes import chosen
from beredt.indicators.log.dimensions import NONE_KEY, Dimensions
from beredt.indicators.log.options import MUNICIPALITY, STATION
from beredt.indicators.log.report_table import report_table
from beredt.indicators.suppress import ALL, Counts, Names, Protected, fineness, protect_together
from beredt.indicators.suppression.names import MISSIONS, PLACE
from beredt.model.urgency import URGENCIES

KEYS = ("year", "municipality", "urgency", "station")
_PLACES = ("municipality", "station")

MANY = 2_000
"""Rows by both municipality and station from which on they are left out as a whole where most of them are small."""


def missions_table(sent: pl.DataFrame, dimensions: Dimensions, threshold: int) -> pl.DataFrame:
    """The table `missions_by_station`.

    Cancelled missions do not count. Every year has all margins: a key that is empty takes all its values together.
    `share_of_place` is the station's share of the missions in the municipality, of that urgency; `share_of_station` the
    municipality's share of the station's missions. Rows by both municipality and station are missing where there are
    many of them and most of them small. Missions without an urgency have a row of their own only in all together.

    Args:
        sent: Missions as counted by `scan`.
        dimensions: What was counted by.
        threshold: Counts below it are left out, and every share and change that would tell them.
    """
    return shown_missions(protect_together([missions_counts(sent, dimensions, threshold)], threshold)[0])


def missions_counts(sent: pl.DataFrame, dimensions: Dimensions, threshold: int) -> Counts:
    """The table with all its counts in it, to be protected; see `missions_table`."""
    rows = with_margins(_named(sent.filter(~pl.col("cancelled")), dimensions), ("municipality", "urgency", "station"))
    rows = _without_mostly_small(rows, threshold)
    # How few missions of a place nobody gave an urgency is a matter of the log, and must not cost the place.
    rows = rows.filter((pl.col("urgency") != NONE_KEY) | pl.Series(fineness(rows, _PLACES) == 0))
    told = {"municipality": PLACE, "urgency": "urgency", "station": "station"}
    if rows.filter(pl.col("year") != NONE_KEY)["year"].n_unique() > 1:
        told["year"] = "year"  # a log of one year is, in other tables, the whole log
    names = Names(told, {"missions": (MISSIONS, {})})
    return Counts(rows, KEYS, ["missions"], harmless_rests=["urgency"], rank=fineness(rows, _PLACES), names=names)


def shown_missions(found: Protected) -> pl.DataFrame:
    """The table `missions_by_station`, once it has been protected."""
    return report_table("missions_by_station", _with_change(_with_shares(found.table)).sort(KEYS))


def _without_mostly_small(rows: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """The rows but, of many, those by both municipality and station where over half of them are small.

    Such rows would show next to nothing; not even that a station was never sent somewhere is told then.
    """
    both = fineness(rows, _PLACES) == len(_PLACES)
    few = both & (rows["missions"] < threshold).to_numpy()
    return rows.filter(~both) if both.sum() > MANY and few.sum() > both.sum() / 2 else rows


def with_margins(rows: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The counts with those of all values of each key together, under the key `ALL`."""
    for key in keys:
        others = [column for column in rows.columns if column not in (key, "missions")]
        margin = rows.group_by(others).agg(pl.col("missions").sum()).with_columns(pl.lit(ALL).alias(key))
        rows = pl.concat([rows, margin.select(rows.columns)])
    return rows.sort(pl.exclude("missions"))


def _named(sent: pl.DataFrame, dimensions: Dimensions) -> pl.DataFrame:
    """Ids instead of codes."""
    urgency = chosen((*URGENCIES, NONE_KEY), sent["urgency"].to_numpy())
    return sent.select(
        year=pl.col("year").cast(pl.String).fill_null(NONE_KEY),
        municipality=chosen(dimensions.keys[MUNICIPALITY], sent[MUNICIPALITY].to_numpy()).cast(pl.String),
        urgency=urgency.cast(pl.String),
        station=chosen(dimensions.keys[STATION], sent[STATION].to_numpy()).cast(pl.String),
        missions="n",
    ).group_by(KEYS).agg(pl.col("missions").sum())  # fmt: skip


def _with_shares(rows: pl.DataFrame) -> pl.DataFrame:
    """Shares of what is shown in what is shown: where either was left out there is none."""

    def wholes(key: str, name: str) -> pl.DataFrame:
        others = [one for one in KEYS if one != key]
        return rows.filter(pl.col(key) == ALL).select(*others, pl.col("missions").alias(name))

    others_of_place, others_of_station = ("year", "municipality", "urgency"), ("year", "urgency", "station")
    return (
        rows.join(wholes("station", "of_place"), on=others_of_place, how="left")
        .join(wholes("municipality", "of_station"), on=others_of_station, how="left")
        .with_columns(
            share_of_place=pl.col("missions") / pl.col("of_place"),
            share_of_station=pl.col("missions") / pl.col("of_station"),
        )
        .drop("of_place", "of_station")
    )


def _with_change(rows: pl.DataFrame) -> pl.DataFrame:
    """The count of the year before, 0 where that year is in the log and nobody was sent, and the change from it."""
    years = [int(year) for year in rows["year"].unique() if year != NONE_KEY]
    number = pl.col("year").cast(pl.Int64, strict=False)
    before = rows.select(
        (number + 1).alias("number"), *KEYS[1:], pl.col("missions").alias("before"), told=pl.lit(True)
    ).drop_nulls("number")
    has_before = (number - 1).is_in(years)
    nobody = has_before & pl.col("told").is_null()
    return (
        rows.with_columns(number=number)
        .join(before, on=["number", *KEYS[1:]], how="left")
        .with_columns(before=pl.when(nobody.fill_null(False)).then(0).otherwise("before"))
        .with_columns(change=pl.col("missions") - pl.col("before"))
        .with_columns(change_share=pl.when(pl.col("before") > 0).then(pl.col("change") / pl.col("before")))
        .with_columns(suppressed=pl.col("missions").is_null())
        .drop("number", "told")
    )
