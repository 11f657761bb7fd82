"""Tables with small counts left out, and so many others that no total gives them away.

The rule stands in `beredt.indicators.suppression.choose`. What is left out is listed, but not why: a reader who knew
which counts are small and which only protect them would know more than the rule allows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.suppression.additive import I8, AdditiveTable, B, joined
from beredt.indicators.suppression.choose import choose_hidden
from beredt.indicators.suppression.names import INCIDENTS, MISSIONS, PLACE, Names, pairs_of
from beredt.indicators.suppression.sums import ALL, Nesting, Split, table_of

__all__ = [
    "ALL",
    "INCIDENTS",
    "MISSIONS",
    "PLACE",
    "THRESHOLD",
    "Counts",
    "Guard",
    "Names",
    "Nesting",
    "Protected",
    "Split",
    "fineness",
    "protect",
    "protect_counts",
    "protect_together",
]

THRESHOLD = 5
"""Counts from 1 to one less are small."""


class Protected(NamedTuple):
    """A table with its small counts left out."""

    table: pl.DataFrame  # as given, with nulls where something was left out
    hidden: pl.DataFrame  # one column of truth values per count: left out or not
    listed: pl.DataFrame  # the keys of every row with something left out, and `left_out`, the counts that were


@dataclass(frozen=True, slots=True)
class Counts:
    """A table whose small counts are to be left out.

    `table`: one row per combination of keys; a key of `ALL` takes all its values together. Rows that count nothing may
    be missing: to a reader that is a printed zero. `keys`: columns of text that name a row; none may be null.
    `counts`: columns of whole numbers: first the number of things counted, then parts of it, such as how many were
    late. Where the first is left out the whole row is. `tells`: by count, the columns that would tell it: they become
    null with it, and with any other that names them. `splits`: which counts of a row add up. `nestings`: which keys lie
    in which. `harmless_rests`: keys of which it harms nobody to know how many have none, though no row says so: that of
    two incidents nobody noted the urgency, say. `rank`: of every row, 0 or more: rows of a lower rank are kept rather
    than those of a higher one; None: the number of its keys that are not `ALL`. `names`: what its counts are called,
    where other tables may hold them, too.
    """

    table: pl.DataFrame
    keys: Sequence[str]
    counts: Sequence[str]
    tells: Mapping[str, Sequence[str]] = field(default_factory=dict)
    splits: Sequence[Split] = ()
    nestings: Sequence[Nesting] = ()
    harmless_rests: Sequence[str] = ()
    rank: I8 | None = None
    names: Names | None = None

    def cells(self) -> tuple[AdditiveTable, int]:
        """The counts with all that adds up, and how many cells there are before the rests."""
        rank = fineness(self.table, self.keys) if self.rank is None else self.rank
        return table_of(self.table, self.keys, self.counts, self.splits, self.nestings, self.harmless_rests, rank)

    def called(self, cells: int) -> pl.Series:
        """The names of its cells; null for those that no other table holds."""
        nameless = pl.Series([None], dtype=pl.String)
        if self.names is None:
            return nameless.new_from_index(0, cells)
        own = self.names.of(self.table, self.counts)
        return pl.concat([own, nameless.new_from_index(0, cells - own.len())])


def protect_together(asked: Sequence[Counts], threshold: int = THRESHOLD) -> list[Protected]:
    """Leave out every small count, all that would give it away, and all columns that are made of such counts.

    What can be worked out from all the tables taken together is looked at: a count that several of them hold under one
    name is one and the same.

    Args:
        asked: Tables.
        threshold: Counts from 1 to threshold − 1 are small; 0 leaves everything in.
    """
    if threshold <= 1 or not any(one.table.height for one in asked):
        return [_shown(one, np.zeros((one.table.height, len(one.counts)), dtype=np.bool_)) for one in asked]
    tables = [one.cells() for one in asked]
    names = pl.concat(one.called(cells.counts.size) for one, (cells, _) in zip(asked, tables, strict=True))
    hidden = choose_hidden(joined([cells for cells, _ in tables], pairs_of(names)), threshold).hidden
    found, first = [], 0
    for one, (cells, own) in zip(asked, tables, strict=True):
        found.append(_shown(one, hidden[first : first + own].reshape(one.table.height, len(one.counts))))
        first += cells.counts.size
    return found


Guard = Callable[[Sequence[Counts], int], list[Protected]]
"""`protect_together`, or somebody who has it done elsewhere."""


def protect(
    table: pl.DataFrame,
    keys: Sequence[str],
    counts: Sequence[str],
    tells: Mapping[str, Sequence[str]],
    *,
    threshold: int = THRESHOLD,
    splits: Sequence[Split] = (),
    nestings: Sequence[Nesting] = (),
    harmless_rests: Sequence[str] = (),
    rank: I8 | None = None,
) -> Protected:
    """The same for one table by itself; the arguments are those of `Counts`."""
    asked = Counts(table, keys, counts, tells, splits, nestings, harmless_rests, rank)
    return protect_together([asked], threshold)[0]


def _shown(asked: Counts, chosen: B) -> Protected:
    """The table without what was chosen."""
    counts = list(asked.counts)
    hidden = pl.DataFrame(chosen, schema=dict.fromkeys(counts, pl.Boolean))
    told_by: dict[str, list[str]] = {}
    for count in counts:
        for column in (count, *asked.tells.get(count, ())):
            told_by.setdefault(column, []).append(count)
    shown = asked.table.with_columns(
        pl.when(~pl.Series(chosen[:, [counts.index(count) for count in own_counts]].any(axis=1)))
        .then(pl.col(column))
        .alias(column)
        for column, own_counts in told_by.items()
    )
    every = np.array(counts, dtype=object)
    left_out = pl.Series(["+".join(every[row]) for row in chosen], dtype=pl.String)
    listed = asked.table.select(asked.keys).with_columns(left_out=left_out).filter(pl.col("left_out") != "")
    return Protected(shown, hidden, listed)


def fineness(table: pl.DataFrame, keys: Sequence[str]) -> I8:
    """How many of its keys each row has that do not take all values together."""
    found: I8 = (
        table.select(pl.sum_horizontal((pl.col(key) != ALL).cast(pl.Int64) for key in keys)).to_series().to_numpy()
    )
    return found


def protect_counts(
    table: pl.DataFrame,
    keys: Sequence[str],
    count: str,
    others: Sequence[str] = (),
    *,
    threshold: int = THRESHOLD,
    nestings: Sequence[Nesting] = (),
    rank: I8 | None = None,
) -> Protected:
    """The same for a table with one count per row; `others` are the columns that are left out with it."""
    return protect(table, keys, [count], {count: others}, threshold=threshold, nestings=nestings, rank=rank)
