"""The national indicator of response times, to the letter, and beside it the same by where incidents truly were.

**To the letter** (Norwegian Directorate of Health): of the incidents that were red from the first to the last and have
every stamp from the call to the arrival, the share whose first ambulance was at the scene within 12 minutes (urban) or
25 minutes (rural). Incidents count, not units. The clock starts when the call is registered, in a log `call_t`. A
municipality is urban when it holds all or a part of a tettsted of more than 10,000 people. The target is 90 %.

**By true position** the place itself is urban or rural, not its municipality, and, if the analyst says so, a single
responder stops the clock.

An incident is left out for the first of these reasons that holds: its urgency changed; nobody who stops the clock was
at the scene; another stamp is missing or out of order; nobody knows whether the place is urban. How many were left out
and why stands beside every share: a share of few of many may say little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.count_alike import count_alike
from beredt.indicators.log.codes import chosen
from beredt.indicators.log.report_table import report_table
from beredt.indicators.suppress import ALL, Counts, Names, Protected, Split, protect
from beredt.indicators.suppression.names import INCIDENTS, PLACE
from beredt.indicators.wilson import wilson_share
from beredt.missions.intervals import incident_interval_s
from beredt.model.dictionary import load_fields

I4 = NDArray[np.int32]
I1 = NDArray[np.int8]
I8 = NDArray[np.int64]

NATIONAL, TRUE_POSITION = "national", "true_position"
URBAN, RURAL = "urban", "rural"
LIMIT_S: Final[Mapping[str, int]] = {URBAN: 12 * 60, RURAL: 25 * 60}
TARGET_SHARE: Final = 0.9

COUNTED = "counted"
CHANGED = "urgency_changed"
REASONS = (CHANGED, "not_reached", "stamp_missing", "place_unknown")
"""Why an incident is left out, in the order in which they are asked."""

_REASONS_AND_COUNTED = (*REASONS, COUNTED)
_CODE: Final[Mapping[str, int]] = {reason: number for number, reason in enumerate(_REASONS_AND_COUNTED)}
"""What an incident is while it is counted: words for every row would take longer than all else."""

NATIONAL_COLUMNS = ("year", "variant", "municipality", "where", "reason", "within")
KEYS = ("variant", "year", "municipality", "where")
_COUNTS = ("incidents", *REASONS, COUNTED, "within")


def count_national(
    rows: pl.DataFrame,
    year: pl.Series,
    municipality: I4,
    by_municipality: I1,
    by_position: I1,
    *,
    responders_stop_the_clock: bool,
) -> pl.DataFrame:
    """Count the red ones of some incidents.

    Args:
        rows: Incidents of a store.
        year: Of the call.
        municipality: [N] codes; -1 for none.
        by_municipality: [N] 1 where the municipality is urban, 0 where rural, -1 where nobody knows.
        by_position: [N] the same of the place itself.
        responders_stop_the_clock: In the variant by true position.

    Returns:
        `n` by the columns of NATIONAL_COLUMNS; `municipality` a code; `where` empty where nobody knows.
    """
    red = rows.with_columns(
        year,
        municipality=pl.Series(municipality),
        national=pl.Series(by_municipality),
        true_position=pl.Series(by_position),
    ).filter((pl.col("urgency") == "A") | (pl.col("urgency_first") == "A"))
    parts = []
    for variant in (NATIONAL, TRUE_POSITION):
        responders = responders_stop_the_clock and variant == TRUE_POSITION
        response_s = incident_interval_s("response", responders_stop_the_clock=responders)
        reached = pl.col("first_scene_t").is_not_null()
        if responders:
            reached = reached | pl.col("first_responder_scene_t").is_not_null()
        told = red.select(
            "year", "municipality", urban=variant, s=response_s, reason=_reason(variant, reached, response_s)
        )
        limit_s = pl.when(pl.col("urban") == 1).then(LIMIT_S[URBAN]).when(pl.col("urban") == 0).then(LIMIT_S[RURAL])
        within = ((pl.col("reason") == _CODE[COUNTED]) & (pl.col("s") <= limit_s)).fill_null(False)
        parts.append(_in_words(count_alike(told.select(pl.exclude("s"), within=within)), variant))
    return pl.concat(parts)


def _in_words(counts: pl.DataFrame, variant: str) -> pl.DataFrame:
    """Counts by numbers as counts by the columns of NATIONAL_COLUMNS."""
    return counts.select(
        "year",
        pl.lit(variant).alias("variant"),
        "municipality",
        pl.col("urban").replace_strict({1: URBAN, 0: RURAL}, default=ALL, return_dtype=pl.String).alias("where"),
        pl.col("reason").replace_strict(dict(enumerate(_REASONS_AND_COUNTED)), return_dtype=pl.String),
        "within",
        "n",
    )


def _reason(variant: str, reached: pl.Expr, response_s: pl.Expr) -> pl.Expr:
    """The number of why each incident is left out, or of COUNTED, in `_CODE`."""
    in_order = (pl.col("call_t") <= pl.col("first_alerted_t")) & (
        pl.col("first_alerted_t") <= pl.col("first_rolling_t")
    )
    changed, not_reached, stamp_missing, place_unknown = REASONS

    def code(reason: str) -> pl.Expr:
        return pl.lit(_CODE[reason], pl.Int8)

    return (
        pl.when(pl.col("urgency") != pl.col("urgency_first"))
        .then(code(changed))
        .when(~reached)
        .then(code(not_reached))
        .when(~in_order.fill_null(False) | response_s.is_null())
        .then(code(stamp_missing))
        .when(pl.col(variant) < 0)
        .then(code(place_unknown))
        .otherwise(code(COUNTED))
    )


def together(parts: Sequence[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    """Counts `n` of several parts as one, in order of their keys."""
    return pl.concat(parts).group_by(keys).agg(pl.col("n").sum()).sort(keys, nulls_last=True)


def national_counts(counts: pl.DataFrame, municipalities: Sequence[str]) -> list[Counts]:
    """The national indicator by year, variant, municipality and class: what counts, to be protected, by variant.

    Args:
        counts: As from `count_national`.
        municipalities: Ids by code.
    """
    named = counts.with_columns(
        year=pl.col("year").cast(pl.String).fill_null("none"),
        municipality=chosen(municipalities, counts["municipality"].to_numpy()).cast(pl.String).fill_null("none")
        if counts.height
        else pl.lit(ALL),
        where=pl.when(pl.col("where") == ALL).then(pl.lit("none")).otherwise("where"),
    )
    wide = named.group_by("variant", "year", "municipality", "where").agg(
        pl.col("n").sum().alias("incidents"),
        *(pl.col("n").filter(pl.col("reason") == reason).sum().alias(reason) for reason in (*REASONS, COUNTED)),
        pl.col("n").filter(pl.col("within")).sum().alias("within"),
    )
    keys = list(KEYS)
    rows = wide.select(*keys, *_COUNTS)
    for key in ("municipality", "where", "year"):
        others = [other for other in keys if other != key]
        margin = rows.group_by(others).agg(pl.col(_COUNTS).sum()).with_columns(pl.lit(ALL).alias(key))
        rows = pl.concat([rows, margin.select(rows.columns)])
    rows = rows.sort(keys).with_columns(
        late=pl.col(COUNTED) - pl.col("within"), left_out=pl.sum_horizontal(REASONS), target_share=TARGET_SHARE
    )
    share = wilson_share(rows["within"].to_numpy(), rows[COUNTED].to_numpy())
    rows = rows.with_columns(share=share.value, share_low=share.low, share_high=share.high).with_columns(
        pl.col(pl.Float64).fill_nan(None)
    )
    return [_counted(part) for part in rows.partition_by("variant", maintain_order=True)]


def national_table(counted: Sequence[Protected], threshold: int) -> pl.DataFrame:
    """The table `national_indicator`, small counts left out.

    What is left out of the indicator is protected apart from what counts, so that a few incidents left out for a rare
    reason take nothing from the share.

    Args:
        counted: By variant, as asked for by `national_counts`.
        threshold: Counts below it are left out.
    """
    parts = [
        protect(
            one.table, KEYS, ["left_out", *REASONS], {}, threshold=threshold, splits=[Split("left_out", REASONS)],
            rank=_rank(one.table),
        ).table
        for one in counted
    ]  # fmt: skip
    if not parts:
        return _nothing()
    # A log that never shows a change does not tell that there was none.
    changes = any(one.table[CHANGED].sum() for one in counted)
    table = _with_whole(pl.concat(parts)).with_columns(changes_told=pl.lit(changes))
    shown = table if changes else table.with_columns(pl.lit(None, pl.Int64).alias(CHANGED))
    return report_table("national_indicator", shown)


def _counted(rows: pl.DataFrame) -> Counts:
    """How many count, in time and late."""
    shares = ["share", "share_low", "share_high"]
    counts = [COUNTED, "within", "late"]
    acute = {"urgency": "A"}
    what = (INCIDENTS, f"{INCIDENTS} in time", f"{INCIDENTS} late")
    return Counts(
        rows,
        KEYS,
        counts,
        dict.fromkeys(counts, shares),
        splits=[Split(COUNTED, ("within", "late"))],
        rank=_rank(rows),
        names=Names(
            {"year": "year", "municipality": PLACE, "where": "class"},
            {count: (name, acute) for count, name in zip(counts, what, strict=True)},
        ),
    )


def _rank(rows: pl.DataFrame) -> I8:
    """Years are broken down last."""
    fine = (pl.col("municipality") != ALL).cast(pl.Int64) + 2 * (pl.col("year") != ALL).cast(pl.Int64)
    found: I8 = rows.select(fine).to_series().to_numpy()
    return found


def _nothing() -> pl.DataFrame:
    """The table of a log without an acute incident."""
    fields = load_fields("missions_report/national_indicator")
    return report_table("national_indicator", pl.DataFrame({field.name: [] for field in fields}))


def _with_whole(rows: pl.DataFrame) -> pl.DataFrame:
    """The number of incidents, where nobody can take one part of it away to be left with the other.

    Both variants part the incidents of a year and a municipality, each in its own way.
    """
    told = pl.col(COUNTED).is_not_null() & pl.col("left_out").is_not_null()
    by_both = (told | (pl.col("where") != ALL)).all().over("year", "municipality")
    return (
        rows.with_columns(incidents=pl.when(told & by_both).then("incidents"))
        .with_columns(left_out_share=pl.col("left_out") / pl.col("incidents"))
        .drop("late", "left_out")
    )
