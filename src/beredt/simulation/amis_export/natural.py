"""What rules find in an export without a single planted fault, counted from what truly happened.

Counted here in the plainest way, apart from the rules themselves, so that the two can be held against each other.
"""

from __future__ import annotations

from itertools import pairwise

import polars as pl

NEAR_S = 60


def natural_counts(rows: pl.DataFrame, numbered: bool) -> dict[str, int]:
    """Rows that each rule marks, by its name; the rules that are not named mark none."""
    sent = rows.filter(pl.col("unit") != "")
    several = rows.filter(pl.len().over("incident") > 1).height
    return {
        "grouped": 0 if numbered else several,
        "no_unit": rows.height - sent.height,
        "cancelled": sent.filter("cancelled").height,
        "near_duplicate": _sent_again_at_once(sent),
    }


def _sent_again_at_once(sent: pl.DataFrame) -> int:
    """Rows of a unit that was taken off an incident and sent to it again within a minute."""
    again = 0
    pairs = sent.filter(pl.len().over("incident", "unit") > 1).sort("incident", "unit", "alerted_t")
    for _, group in pairs.group_by("incident", "unit", maintain_order=True):
        times = group["alerted_t"].to_list()
        again += sum((late - early).total_seconds() <= NEAR_S for early, late in pairwise(times))
    return again
