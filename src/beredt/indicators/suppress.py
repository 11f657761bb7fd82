"""Tables with small counts left out, and so many others that no total gives them away.

The rule stands in `beredt.indicators.suppression.choose`. What is left out is listed, but not why: a reader who knew
which counts are small and which only protect them would know more than the rule allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.suppression.additive import I8
from beredt.indicators.suppression.choose import Told, choose_hidden
from beredt.indicators.suppression.ledger import Ledger, Names
from beredt.indicators.suppression.sums import ALL, Nesting, Split, table_of

__all__ = [
    "ALL",
    "INCIDENTS",
    "MISSIONS",
    "PLACE",
    "THRESHOLD",
    "Ledger",
    "Names",
    "Nesting",
    "Protected",
    "Split",
    "fineness",
    "protect",
    "protect_counts",
]

PLACE = "place"
"""In the names of counts, a municipality, a district or a zone that is one of them."""

MISSIONS, INCIDENTS = "missions", "incidents"
"""In the names of counts, what is counted."""

THRESHOLD = 5
"""Counts from 1 to one less are small."""


class Protected(NamedTuple):
    """A table with its small counts left out."""

    table: pl.DataFrame  # as given, with nulls where something was left out
    hidden: pl.DataFrame  # one column of truth values per count: left out or not
    listed: pl.DataFrame  # the keys of every row with something left out, and `left_out`, the counts that were


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
    rank: Sequence[int] | I8 | None = None,
    names: Names | None = None,
) -> Protected:
    """Leave out every small count, all that would give it away, and all columns that are made of such counts.

    Args:
        table: One row per combination of keys; a key of `ALL` takes all its values together. Rows that count nothing
            may be missing: to a reader that is a printed zero.
        keys: Columns of text that name a row; none may be null.
        counts: Columns of whole numbers: first the number of things counted, then parts of it, such as how many
            were late. Where the first is left out the whole row is.
        tells: By count, the columns that would tell it: they become null with it, and with any other that names them.
        threshold: Counts from 1 to threshold − 1 are small; 0 leaves everything in.
        splits: Which counts of a row add up.
        nestings: Which keys lie in which.
        harmless_rests: Keys of which it harms nobody to know how many have none, though no row says so: that of two
            incidents nobody noted the urgency, say.
        rank: Of every row, 0 or more: rows of a lower rank are kept rather than those of a higher one [default: the
            number of its keys that are not `ALL`].
        names: What its counts are called in a ledger that other tables share [default: no other table has them].

    Returns:
        The table, and what was left out of it.
    """
    chosen = np.zeros((table.height, len(counts)), dtype=np.bool_)
    if threshold > 1 and table.height:
        ranks = fineness(table, keys) if rank is None else rank
        cells, own = table_of(table, keys, counts, splits, nestings, harmless_rests, ranks)
        called = names.of(table, list(counts)) if names else None
        told = _told(names, called, cells.counts.size)
        chosen = choose_hidden(cells, threshold, told).hidden[:own].reshape(chosen.shape)
        if names and called is not None:
            names.ledger.note(called, chosen)
    hidden = pl.DataFrame(chosen, schema=dict.fromkeys(counts, pl.Boolean))
    told_by: dict[str, list[str]] = {}
    for count in counts:
        for column in (count, *tells.get(count, ())):
            told_by.setdefault(column, []).append(count)
    shown = table.with_columns(
        pl.when(~pl.Series(chosen[:, [counts.index(count) for count in own_counts]].any(axis=1)))
        .then(pl.col(column))
        .alias(column)
        for column, own_counts in told_by.items()
    )
    every = np.array(counts, dtype=object)
    left_out = ["+".join(every[row]) for row in chosen]
    listed = (
        table.select(keys).with_columns(left_out=pl.Series(left_out, dtype=pl.String)).filter(pl.col("left_out") != "")
    )
    return Protected(shown, hidden, listed)


def _told(names: Names | None, called: pl.DataFrame | None, cells: int) -> Told | None:
    """What the ledger knows of the cells."""
    if names is None or called is None:
        return None
    found = np.zeros((2, cells), dtype=np.bool_)
    for which, known in enumerate(names.ledger.look_up(called)):
        found[which, : known.size] = known.ravel()
    return Told(*found)


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
    rank: Sequence[int] | I8 | None = None,
    names: Names | None = None,
) -> Protected:
    """The same for a table with one count per row; `others` are the columns that are left out with it."""
    told = {count: others}
    return protect(table, keys, [count], told, threshold=threshold, nestings=nestings, rank=rank, names=names)
