"""The bits of `marks`: one for each rule, and one for each time that is impossible.

A rule of cleaning has a number below 40, a rule of reading one from 40 to 47. Whatever rule finds that a time cannot
be right sets its own bit and, from 48 on, the bit of that time: intervals that need it are then empty.
"""

from __future__ import annotations

import polars as pl

from beredt.missions.schema import STAMPS

READING_RULES_FROM = 40
IMPOSSIBLE_FROM = 48


def rule_mask(number: int) -> int:
    """The bit of a rule."""
    return 1 << number


def impossible_mask(*stamps: str) -> int:
    """The bits that say that any of these stamps, such as `scene_t`, is impossible."""
    return sum(1 << (IMPOSSIBLE_FROM + STAMPS.index(stamp)) for stamp in stamps)


def has_mark(mask: int, column: str = "marks") -> pl.Expr:
    """Whether any bit of `mask` is set in a column of marks."""
    return (pl.col(column) & pl.lit(mask, dtype=pl.UInt64)) != 0
