"""Flags of what took too long, and of stamps that cannot be right."""

from __future__ import annotations

import polars as pl

from beredt.indicators.review.looked_at import FLAGS, LookedAt
from beredt.missions.checks.rule import marks_of, rules_in
from beredt.missions.marks import has_mark

ACUTE = pl.col("urgency") == "A"


def flag_late(seen: LookedAt) -> pl.DataFrame:
    """Acute incidents that were reached later than their target by more than `late_by_s`.

    The target is the urban one where the municipality is known to be urban, the rural one everywhere else. Any unit
    that can begin treatment stops the clock here: what is to be looked at is that nobody came.
    """
    settings = seen.settings
    limit = pl.when(pl.col("urban")).then(settings.urban_target_s).otherwise(settings.rural_target_s)
    late = seen.incidents.filter(ACUTE).with_columns(limit.alias("limit"))
    return _flags(late.filter(pl.col("response_s") > pl.col("limit") + settings.late_by_s), "late", "response_s")


def flag_not_reached(seen: LookedAt) -> pl.DataFrame:
    """Acute incidents with a unit that was not called off, and none at the scene."""
    tried = seen.missions.group_by("incident").agg(
        value=(~pl.col("cancelled")).sum().cast(pl.Float64), reached=pl.col("scene_t").is_not_null().any()
    )
    missed = seen.incidents.filter(ACUTE).join(tried, on="incident").filter((pl.col("value") > 0) & ~pl.col("reached"))
    return _flags(missed.with_columns(limit=pl.lit(None, pl.Float64)), "not_reached", "value")


def flag_slow_handling(seen: LookedAt) -> pl.DataFrame:
    """Acute incidents whose first unit was alerted more than `handling_s` after the call."""
    slow = seen.incidents.filter((pl.col("urgency_first") == "A") & (pl.col("handling_s") > seen.settings.handling_s))
    return _flags(slow.with_columns(limit=pl.lit(seen.settings.handling_s)), "slow_handling", "handling_s")


def flag_slow_mobilisation(seen: LookedAt) -> pl.DataFrame:
    """Acute missions whose unit rolled more than `mobilisation_s` after the alert."""
    return _slow(seen, "slow_mobilisation", "mobilisation_s", seen.settings.mobilisation_s)


def flag_long_on_scene(seen: LookedAt) -> pl.DataFrame:
    """Acute missions whose unit was at the scene for more than `on_scene_s`."""
    return _slow(seen, "long_on_scene", "on_scene_s", seen.settings.on_scene_s)


def flag_long_handover(seen: LookedAt) -> pl.DataFrame:
    """Missions of any urgency whose unit was at the delivery point for more than `handover_s`."""
    return _slow(seen, "long_handover", "handover_s", seen.settings.handover_s, pl.lit(True))


def flag_wrongly_timed(seen: LookedAt) -> pl.DataFrame:
    """Missions with a mark of one of `timing_rules`; the value counts such marks, the detail names them."""
    rules = seen.settings.timing_rules
    mask = marks_of(*rules)
    marked = seen.missions.filter(has_mark(mask))
    named = [[rule for rule in rules_in(marks & mask) if rule in rules] for marks in marked["marks"].to_list()]
    return _flags(
        marked.with_columns(
            value=pl.Series([float(len(one)) for one in named], dtype=pl.Float64),
            limit=pl.lit(None, pl.Float64),
            detail=pl.Series(["+".join(one) for one in named], dtype=pl.String),
        ),
        "wrongly_timed",
        "value",
        of_mission=True,
    )


def flag_urgency_raised(seen: LookedAt) -> pl.DataFrame:
    """Incidents that were urgent or ordinary at first and acute at the end; the value counts the steps."""
    raised = seen.incidents.filter(ACUTE & pl.col("urgency_first").is_in(["H", "V"]))
    steps = pl.when(pl.col("urgency_first") == "V").then(2.0).otherwise(1.0)
    detail = pl.col("urgency_first").cast(pl.String) + " → A"
    return _flags(
        raised.with_columns(value=steps, limit=pl.lit(None, pl.Float64), detail=detail), "urgency_raised", "value"
    )


def _slow(seen: LookedAt, rule: str, column: str, limit_s: float, among: pl.Expr = ACUTE) -> pl.DataFrame:
    slow = seen.missions.filter(among & (pl.col(column) > limit_s))
    detail = pl.col("unit").cast(pl.String)
    return _flags(slow.with_columns(limit=pl.lit(limit_s), detail=detail), rule, column, of_mission=True)


def _flags(rows: pl.DataFrame, rule: str, value: str, *, of_mission: bool = False) -> pl.DataFrame:
    return rows.select(
        pl.lit(rule).alias("rule"),
        "incident",
        pl.col("row_id") if of_mission else pl.lit(None, pl.Int64).alias("row_id"),
        pl.col(value).cast(pl.Float64).alias("value"),
        pl.col("limit").cast(pl.Float64),
        pl.col("detail") if "detail" in rows.columns else pl.lit("").alias("detail"),
    ).match_to_schema(FLAGS)
