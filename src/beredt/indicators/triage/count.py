"""Count the incidents of a store by telephone urgency and the first triage at the scene."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from beredt.indicators.triage.scale import TriageScale, level_of
from beredt.missions.intervals import local
from beredt.missions.store import Store
from beredt.model.urgency import URGENCIES

NOT_ASSESSED = -1
"""Level of an incident whose crew has set none, or one that the scale does not know."""

UNKNOWN = "unknown"
"""Key of incidents without a month or criterion."""

ALL, MONTH, CRITERION_GROUP = "all", "month", "criterion_group"


class TriageCounts(NamedTuple):
    """What a store says about triage.

    `counts` has the columns by (all, month or criterion_group), key ("" for all), urgency (code of the telephone's),
    level (place in the scale, NOT_ASSESSED) and n (incidents, ≥ 1); `codes` what stands in the log: triage, level
    (null where the scale does not know it) and n (missions). `no_urgency` incidents have no telephone urgency and
    are in none.
    """

    counts: pl.DataFrame
    codes: pl.DataFrame
    no_urgency: int


def count_triage(store: Store, scale: TriageScale) -> TriageCounts:
    """Count incidents by telephone urgency and level, in all, by month and by criterion group.

    The telephone's urgency is the one that the incident was given first. The triage of an incident is the one that the
    first unit at the scene set that set any: later units know more, and the question is what the telephone missed.
    Months are those of the call on the clocks of the store.

    Args:
        store: Whole.
        scale: What the column `triage` is written in.
    """
    assessed = first_triage(store.missions(), scale)
    code = {name: place for place, name in enumerate(URGENCIES)}
    call = local("call_t", store.info.zone)
    rows = (
        store.incidents()
        .select(
            "incident",
            urgency=pl.col("urgency_first").cast(pl.String).replace_strict(code, default=None, return_dtype=pl.Int8),
            month=call.dt.year() * 100 + call.dt.month().cast(pl.Int32),
            group=criterion_group(),
        )
        .join(assessed, on="incident", how="left")
        .with_columns(pl.col("level").fill_null(NOT_ASSESSED))
        .select("urgency", "level", "month", "group")
    )
    month = pl.format("{}-{}", pl.col("month") // 100, (pl.col("month") % 100).cast(pl.String).str.zfill(2))
    whole, by_month, by_group, codes = pl.collect_all(
        [
            rows.group_by("urgency", "level").agg(n=pl.len()),
            rows.group_by("urgency", "level", "month").agg(n=pl.len()),
            rows.group_by("urgency", "level", "group").agg(n=pl.len()),
            _codes(store.missions(), scale),
        ]
    )
    parts = [
        whole.select(pl.lit(ALL).alias("by"), pl.lit("").alias("key"), "urgency", "level", "n"),
        by_month.select(pl.lit(MONTH).alias("by"), month.fill_null(UNKNOWN).alias("key"), "urgency", "level", "n"),
        by_group.select(pl.lit(CRITERION_GROUP).alias("by"), pl.col("group").alias("key"), "urgency", "level", "n"),
    ]
    counts = pl.concat([part.with_columns(pl.col("n").cast(pl.Int64)) for part in parts])
    return TriageCounts(
        counts=counts.drop_nulls("urgency").sort("by", "key", "urgency", "level"),
        codes=codes.sort("n", "triage", descending=[True, False]),
        no_urgency=int(whole.filter(pl.col("urgency").is_null())["n"].sum()),
    )


def first_triage(missions: pl.LazyFrame, scale: TriageScale) -> pl.LazyFrame:
    """Incident and level: of its missions with a triage that the scale knows, that of the first unit at the scene."""
    return (
        missions.select("incident", "scene_t", "row_id", level=level_of(scale))
        .drop_nulls("level")
        .group_by("incident")
        .agg(pl.col("level").sort_by("scene_t", "row_id", nulls_last=True).first())
    )


def criterion_group(column: str = "criterion") -> pl.Expr:
    """Group of a criterion as text: its chapter or card number, otherwise the criterion itself.

    Criteria of the Norwegian index and of dispatch protocols begin with a number, perhaps after the letter of an
    urgency: `A.10.02`, `H 25.1` and `33C2` belong to 10, 25 and 33.
    """
    text = pl.col(column).cast(pl.String).str.strip_chars()
    number = text.str.extract(r"^(?:[A-Za-zÆØÅæøå][\s.:\-]*)?0*(\d{1,3})(?:\D|$)", 1)
    return pl.when(text == "").then(pl.lit(UNKNOWN)).otherwise(pl.coalesce(number, text, pl.lit(UNKNOWN)))


def triage_codes(store: Store) -> pl.DataFrame:
    """What stands in the log as triage, and how often: columns triage and n, for `guess_scale`."""
    word = pl.col("triage").cast(pl.String).str.strip_chars()
    rows = store.missions().select(triage=word).filter(pl.col("triage") != "")
    return rows.group_by("triage").agg(n=pl.len().cast(pl.Int64)).sort("triage").collect()


def _codes(missions: pl.LazyFrame, scale: TriageScale) -> pl.LazyFrame:
    return (
        missions.select(triage=pl.col("triage").cast(pl.String).str.strip_chars())
        .filter(pl.col("triage") != "")
        .group_by("triage")
        .agg(n=pl.len().cast(pl.Int64))
        .with_columns(level=level_of(scale))
        .select("triage", "level", "n")
    )
