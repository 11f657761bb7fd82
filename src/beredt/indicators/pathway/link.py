"""Link the records of two logs: by the key where both have it, by a match score elsewhere."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.observed import F8, I8
from beredt.indicators.pathway.assign import assign
from beredt.indicators.pathway.belief import pair_probabilities
from beredt.indicators.pathway.pairs import MS_PER_MIN, Pairs, levels_of, pairs_in_window, score_of
from beredt.indicators.pathway.rule import LinkRule, Weights, weights_of

KEPT_BELOW_BITS = 10.0
"""Pairs so far below the threshold are still told of, to choose another threshold by."""

LEAST_WORTH = 1e-3
"""A pair exactly at the threshold is still worth something."""

_DECIDING = ("source_row", "target_row", "bits", "gap_min")

LINKS = pl.Schema(
    {
        "source_row": pl.Int64(),
        "target_row": pl.Int64(),
        "by": pl.String(),
        "bits": pl.Float64(),
        "probability": pl.Float64(),
        "margin_bits": pl.Float64(),
        "gap_min": pl.Float64(),
        "outside_window": pl.Boolean(),
    }
)
"""A link: rows of the two records; `by` key or score; its score, the probability that it is right, and how many bits
the
best rival of either record is behind (null without one, and for keys); minutes from the one to the other, and whether a
key links records whose times do not fit."""

LOST = pl.Schema({"source_row": pl.Int64(), "reason": pl.String(), "best_bits": pl.Float64()})
"""A record without a link: nobody_alike in the window, below_threshold or taken_by_another,
and its best score where it is not far below the threshold."""


class Linked(NamedTuple):
    """The links between two logs.

    `links` has the columns of LINKS, `lost` those of LOST; `below` holds, of pairs under the threshold, the best of
    each record, as links would stand; `target_lost` counts records of the target without a link; `pairs` counts all
    that were compared, `weights` is what they were judged by.
    """

    links: pl.DataFrame
    lost: pl.DataFrame
    below: pl.DataFrame
    target_lost: int
    pairs: int
    weights: Weights


def link(source: pl.DataFrame, target: pl.DataFrame, rule: LinkRule, weights: Weights | None = None) -> Linked:
    """Link two logs.

    First records that share a key, each with the nearest in time where several do. Then, of the records left over, the
    pairs of the window that reach the threshold, so that the sum of scores above it is greatest.

    Args:
        source: The columns of RECORDS.
        target: The columns of RECORDS.
        rule: Window, bands and threshold.
        weights: What bands are worth [default: as the rule states].
    """
    weights = weights_of(rule) if weights is None else weights
    by_key = _by_key(source, target, rule)
    rest = source.join(by_key, left_on="row", right_on="source_row", how="anti", maintain_order="left")
    free = target.join(by_key, left_on="row", right_on="target_row", how="anti", maintain_order="left")
    scored, compared = _scored(rest, free, rule, weights)
    odds = prior_odds(rest.height, free.height, compared, rule.expected_share)
    judged = _with_probability(_with_margin(scored), odds)
    candidates = judged.filter(pl.col("bits") >= rule.threshold_bits)
    source_row, target_row, bits, gap = (candidates[name].to_numpy() for name in _DECIDING)
    # Of equal scores the nearer in time wins.
    nearness = LEAST_WORTH / (1 + np.abs(gap))
    chosen = assign(source_row, target_row, bits - rule.threshold_bits + nearness)
    links = candidates.filter(pl.Series(chosen, dtype=pl.Boolean))
    by_score = links.with_columns(by=pl.lit("score"), outside_window=pl.lit(value=False)).match_to_schema(
        LINKS, extra_columns="ignore"
    )
    return Linked(
        links=pl.concat([by_key, by_score]).sort("source_row"),
        lost=_lost(rest, scored, by_score, rule.threshold_bits),
        below=_below(judged, rule.threshold_bits),
        target_lost=free.height - by_score.height,
        pairs=compared,
        weights=weights,
    )


def prior_odds(source: int, target: int, pairs: int, expected_share: float) -> float:
    """Odds, before anything is compared, that a pair of the window belongs together rather than its source to nobody.

    With s the share of the source's records that have a partner and n their mean number of pairs: (s / n) / (1 − s).

    Args:
        source: Records of one log.
        target: Records of the other.
        pairs: Of the window.
        expected_share: Of the smaller log, how many have a partner.
    """
    share = expected_share * min(source, target) / max(source, 1)
    return share / (1 - share) / max(pairs / max(source, 1), 1.0)


def _with_probability(scored: pl.DataFrame, odds: float) -> pl.DataFrame:
    """The pairs, with the probability that each belongs together when everybody belongs to one at most."""
    source, target, bits = (scored[name].to_numpy() for name in ("source_row", "target_row", "bits"))
    probability = pair_probabilities(source, target, odds * np.exp2(np.clip(bits, -100.0, 100.0)))
    return scored.with_columns(probability=pl.Series(probability))


def _by_key(source: pl.DataFrame, target: pl.DataFrame, rule: LinkRule) -> pl.DataFrame:
    """Links of records that share a key: the nearest in time of each."""
    gap = (pl.col("start_right") - pl.col(rule.measured)).dt.total_milliseconds() / MS_PER_MIN
    pairs = (
        source.filter(pl.col("key").is_not_null())
        .join(target.select("key", "row", "start").rename({"row": "row_right", "start": "start_right"}), on="key")
        .select(source_row="row", target_row="row_right", gap_min=gap)
        .sort("source_row", "target_row")
    )
    near = 1.0 / (1.0 + pairs["gap_min"].abs().fill_null(1e9).to_numpy())
    chosen = assign(pairs["source_row"].to_numpy(), pairs["target_row"].to_numpy(), near)
    outside = ~pl.col("gap_min").is_between(rule.earliest_min, rule.latest_min)
    return pairs.filter(pl.Series(chosen, dtype=pl.Boolean)).with_columns(
        by=pl.lit("key"),
        bits=pl.lit(None, pl.Float64),
        probability=pl.lit(1.0),
        margin_bits=pl.lit(None, pl.Float64),
        outside_window=outside.fill_null(value=False),
    ).match_to_schema(LINKS)  # fmt: skip


def _scored(source: pl.DataFrame, target: pl.DataFrame, rule: LinkRule, weights: Weights) -> tuple[pl.DataFrame, int]:
    """Pairs of the window with their bits, those far below the threshold left out, and how many there were."""
    parts, compared = [], 0
    rows, other = source["row"].to_numpy(), target["row"].to_numpy()
    for pairs in pairs_in_window(source, target, rule):
        bits = score_of(levels_of(source, target, pairs, rule), weights)
        compared += bits.size
        kept = np.flatnonzero(bits >= rule.threshold_bits - KEPT_BELOW_BITS)
        parts.append(_frame(rows, other, pairs, bits, kept))
    empty = pl.DataFrame(
        schema={"source_row": pl.Int64, "target_row": pl.Int64, "bits": pl.Float64, "gap_min": pl.Float64}
    )
    return pl.concat([empty, *parts]), compared


def _frame(rows: I8, other: I8, pairs: Pairs, bits: F8, kept: I8) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "source_row": rows[pairs.source[kept]],
            "target_row": other[pairs.target[kept]],
            "bits": bits[kept],
            "gap_min": pairs.gap_min[kept],
        }
    )


def _with_margin(scored: pl.DataFrame) -> pl.DataFrame:
    """The pairs, with how far each is ahead of the best rival of either record; below 0 where it is behind."""

    def rival(side: str) -> pl.Expr:
        """The best score of the record's other pairs."""
        best, second = pl.col("bits").max().over(side), pl.col("bits").top_k(2).min().over(side)
        other = pl.when(pl.col("bits") < best).then(best).otherwise(second)
        return pl.when(pl.len().over(side) > 1).then(other)

    return scored.with_columns(margin_bits=pl.col("bits") - pl.max_horizontal(rival("source_row"), rival("target_row")))


def _lost(source: pl.DataFrame, scored: pl.DataFrame, links: pl.DataFrame, threshold: float) -> pl.DataFrame:
    best = scored.group_by("source_row").agg(best_bits=pl.col("bits").max())
    reason = (
        pl.when(pl.col("best_bits") >= threshold)
        .then(pl.lit("taken_by_another"))
        .when(pl.col("best_bits").is_not_null())
        .then(pl.lit("below_threshold"))
        .otherwise(pl.lit("nobody_alike"))
    )
    return (
        source.select(source_row="row")
        .join(links, on="source_row", how="anti", maintain_order="left")
        .join(best, on="source_row", how="left", maintain_order="left")
        .select("source_row", reason=reason, best_bits="best_bits")
        .sort("source_row")
    )


def _below(scored: pl.DataFrame, threshold: float) -> pl.DataFrame:
    under = scored.filter(pl.col("bits") < threshold).sort(
        "source_row", "bits", "target_row", descending=[False, True, False]
    )
    return under.unique("source_row", keep="first", maintain_order=True)
