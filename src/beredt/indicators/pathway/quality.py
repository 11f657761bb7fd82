"""How good links are: against known pairs, and, where none are known, by their own probabilities."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.pathway.link import KEPT_BELOW_BITS, Linked
from beredt.indicators.wilson import wilson_share


class Quality(NamedTuple):
    """Against known pairs.

    `precision` is the share of links that are right, `recall` that of known pairs that were linked, each with its
    interval (Wilson); `f1` their harmonic mean.
    """

    right: int
    links: int
    known: int
    precision: tuple[float, float, float]
    recall: tuple[float, float, float]
    f1: float


def quality_against(links: pl.DataFrame, truth: pl.DataFrame) -> Quality:
    """Hold links against known pairs.

    Args:
        links: With the columns source_row and target_row.
        truth: Known pairs, with the same columns; each record at most once on its side. A link of a record without a
            known partner is wrong.
    """
    right = links.join(truth, on=["source_row", "target_row"], how="semi").height
    precision, recall = (_share(right, size) for size in (links.height, truth.height))
    both = links.height + truth.height
    return Quality(right, links.height, truth.height, precision, recall, 2 * right / both if both else np.nan)


def threshold_table(linked: Linked, threshold_bits: float, step_bits: float = 1.0) -> pl.DataFrame:
    """How many links there would be at other thresholds, and how many of them wrong, by their probabilities.

    What is left of rivals does not change much with the threshold: links above it stay, and of pairs below it the best
    of each record is taken, so the numbers below the threshold are upper limits.

    Args:
        linked: Links with all that was kept below the threshold.
        threshold_bits: At which they were made.
        step_bits: Between the rows.

    Returns:
        Columns threshold_bits, links (by score), expected_wrong, expected_precision; from 10 bits below to 10 above.
    """
    columns = ["bits", "probability"]
    scored = pl.concat([linked.links.filter(by="score").select(columns), linked.below.select(columns)])
    bits, probability = scored["bits"].to_numpy(), scored["probability"].to_numpy()
    rows = []
    for threshold in np.arange(
        threshold_bits - KEPT_BELOW_BITS, threshold_bits + KEPT_BELOW_BITS + step_bits / 2, step_bits
    ):
        inside = bits >= threshold
        number, wrong = int(inside.sum()), float((1 - probability[inside]).sum())
        rows.append((float(threshold), number, wrong, 1 - wrong / number if number else None))
    schema = {
        "threshold_bits": pl.Float64,
        "links": pl.Int64,
        "expected_wrong": pl.Float64,
        "expected_precision": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _share(cases: int, size: int) -> tuple[float, float, float]:
    value, low, high = (float(one) for one in wilson_share(np.array(cases), np.array(size)))
    return value, low, high
