"""Flags of calls that may have reached the wrong centre first."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.indicators.review.looked_at import FLAGS, LookedAt


def flag_misrouted(seen: LookedAt) -> pl.DataFrame:
    """Incidents whose first unit was another organisation's and was called off, and then the own organisation came.

    Which organisation serves a municipality comes from a study; elsewhere it is the one whose ambulances are first at
    `serves_share` or more of the incidents of the log there, of `serves_incidents` at least. The value is the time in
    seconds from the first alert until the own unit's.
    """
    serves = {**learn_responsible(seen), **seen.responsible}
    rows = seen.missions.filter(pl.col("alerted_t").is_not_null() & (pl.col("organisation") != "")).with_columns(
        own=pl.col("municipality").cast(pl.String).replace_strict(serves, default=None, return_dtype=pl.String),
        organisation=pl.col("organisation").cast(pl.String),
    )
    first = rows.sort("incident", "alerted_t", "row_id").unique("incident", keep="first", maintain_order=True)
    called_off = pl.col("cancelled") & pl.col("scene_t").is_null()
    strange = first.filter((pl.col("organisation") != pl.col("own")) & called_off)
    came = (
        rows.filter((pl.col("organisation") == pl.col("own")) & pl.col("scene_t").is_not_null())
        .group_by("incident")
        .agg(came_t=pl.col("alerted_t").min())
    )
    both = strange.join(came, on="incident", maintain_order="left").filter(pl.col("came_t") >= pl.col("alerted_t"))
    return both.select(
        pl.lit("misrouted").alias("rule"),
        "incident",
        "row_id",
        ((pl.col("came_t") - pl.col("alerted_t")).dt.total_milliseconds() / 1000.0).alias("value"),
        pl.lit(None, pl.Float64).alias("limit"),
        (pl.col("organisation") + " → " + pl.col("own")).alias("detail"),
    ).match_to_schema(FLAGS)


def learn_responsible(seen: LookedAt) -> Mapping[str, str]:
    """Municipality → organisation, as far as the log tells."""
    first = (
        seen.around.filter(
            (pl.col("unit_kind") == "ambulance")
            & pl.col("scene_t").is_not_null()
            & (pl.col("municipality") != "")
            & (pl.col("organisation") != "")
        )
        .sort("incident", "scene_t", "row_id")
        .unique("incident", keep="first", maintain_order=True)
        .select(pl.col("municipality", "organisation").cast(pl.String))
    )
    shares = first.group_by("municipality", "organisation").agg(n=pl.len()).sort("municipality", "organisation")
    total = pl.col("n").sum().over("municipality")
    settings = seen.settings
    sure = shares.filter((pl.col("n") / total >= settings.serves_share) & (total >= settings.serves_incidents))
    return dict(sure.select("municipality", "organisation").iter_rows())
