"""What adds up in a table with margins: rows over their keys, and counts within a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy.sparse import csr_array, hstack, vstack

from beredt.indicators.suppression.additive import I8, AdditiveTable, Sums, additive_table, parts_matrix

ALL = ""
"""Key of a row that takes all values of that key together."""


class Nesting(NamedTuple):
    """Every value of the key column `inner` lies in one of the key column `outer`, as districts in municipalities."""

    inner: str
    outer: str
    outer_of: Mapping[str, str]


class Split(NamedTuple):
    """Within every row, the count in column `whole` is the sum of those in the columns `parts`.

    `where` names a column of truth values: in the other rows nothing of the kind holds; empty for all rows.
    """

    whole: str
    parts: tuple[str, ...]
    where: str = ""


def table_of(
    table: pl.DataFrame,
    keys: Sequence[str],
    counts: Sequence[str],
    splits: Sequence[Split] = (),
    nestings: Sequence[Nesting] = (),
    harmless_rests: Sequence[str] = (),
    rank: Sequence[int] | I8 = (),
) -> tuple[AdditiveTable, int]:
    """The counts of a table as cells, row by row, with all that adds up in them.

    Where the printed parts make less than their total, the rest is a cell of its own at the end; where they make more
    (parts that overlap) nothing adds up.

    Args:
        table: One row per combination of keys; a key of `ALL` takes all its values together.
        keys: Columns of text.
        counts: Columns of whole numbers, the number of things counted first: the others are parts of it, and are
            left out where it is. A null is 0.
        splits: What adds up within a row.
        nestings: Which keys lie in which.
        harmless_rests: Keys of which it harms nobody to know how many have none.
        rank: Of every row; none: all are equal.

    Returns:
        The cells, count number c of row r at r · len(counts) + c, and how many of them are not rests.
    """
    values = table.select(pl.col(counts).fill_null(0).cast(pl.Int64)).to_numpy().astype(np.int64)
    found = [
        *((_over_rows(_margins(table, keys, key), values), key in harmless_rests) for key in keys),
        *((_over_rows(own, values), False) for own in _nested(table, keys, nestings)),
        *((own, False) for own in _within_rows(table, values, counts, splits)),
    ]
    cells = values.ravel()
    total = np.concatenate([sums.total for sums, _ in found])
    parts = csr_array(vstack([sums.parts for sums, _ in found]))
    may_be_known = np.repeat([known for _, known in found], [sums.total.size for sums, _ in found])
    rest = cells[total] - (parts @ cells).astype(np.int64)
    kept = np.flatnonzero(rest >= 0)
    total, parts, rest, may_be_known = total[kept], csr_array(parts[kept]), rest[kept], may_be_known[kept]
    more = np.flatnonzero(rest)
    rests = np.arange(cells.size, cells.size + more.size)
    with_rests = hstack([parts, parts_matrix(more, np.arange(more.size), (total.size, more.size))])
    leader = np.arange(cells.size) // max(1, len(counts)) * len(counts)
    ranks = np.repeat(np.asarray(rank if len(rank) else np.zeros(table.height), dtype=np.int64), len(counts))
    ranks = np.concatenate([ranks, np.zeros(more.size, dtype=np.int64)])
    relations = Sums(total, csr_array(with_rests))
    everything, leaders = np.concatenate([cells, rest[more]]), np.concatenate([leader, rests])
    return additive_table(everything, relations, leaders, rests, rests[may_be_known[more]], ranks), cells.size


def _margins(table: pl.DataFrame, keys: Sequence[str], key: str) -> Sums:
    """The row of all values of a key, and the rows of each, all other keys being equal. Places of rows."""
    others = [other for other in keys if other != key]
    lines = (
        table.select(keys)
        .with_row_index("row")
        .with_columns(whole=pl.col(key) == ALL)
        .group_by(others or pl.lit(0).alias("all"))
        .agg(total=pl.col("row").filter("whole"), parts=pl.col("row").filter(~pl.col("whole")))
        .filter(pl.col("total").list.len() == 1, pl.col("parts").list.len() > 0)
        .sort(pl.col("total").list.first())
    )
    return _sums(lines.with_columns(pl.col("total").list.first()), table.height)


def _nested(table: pl.DataFrame, keys: Sequence[str], nestings: Sequence[Nesting]) -> Iterator[Sums]:
    """For every outer value: its row, and the rows of the inner values that lie in it."""
    numbered = table.select(keys).with_row_index("row")
    for inner, outer, outer_of in nestings:
        others = [key for key in keys if key not in (inner, outer)]
        wholes = numbered.filter(pl.col(outer) != ALL, pl.col(inner) == ALL)
        parts = (
            numbered.filter(pl.col(outer) == ALL, pl.col(inner).is_in(list(outer_of)))
            .with_columns(pl.col(inner).replace_strict(dict(outer_of), return_dtype=pl.String).alias(outer))
            .group_by([*others, outer], maintain_order=True)
            .agg(parts=pl.col("row"))
        )
        lines = wholes.join(parts, on=[*others, outer]).sort("row")
        yield _sums(lines.select(pl.col("row").alias("total"), "parts"), table.height)


def _sums(lines: pl.DataFrame, rows: int) -> Sums:
    """Relations of which each line has the row of the total, and a list of the rows of its parts."""
    number = np.repeat(np.arange(lines.height), lines["parts"].list.len().to_numpy())
    part = lines["parts"].explode().to_numpy().astype(np.int64)
    return Sums(lines["total"].to_numpy().astype(np.int64), parts_matrix(number, part, (lines.height, rows)))


def _over_rows(rows: Sums, values: I8) -> Sums:
    """The same relations between rows for each of their counts, but where there is nothing to count."""
    width = values.shape[1]
    relation, count = np.nonzero(rows.parts @ (values != 0))
    own = rows.parts[relation]
    cells = own.indices.astype(np.int64) * width + np.repeat(count, np.diff(own.indptr))
    numbers = np.repeat(np.arange(relation.size), np.diff(own.indptr))
    return Sums(rows.total[relation] * width + count, parts_matrix(numbers, cells, (relation.size, values.size)))


def _within_rows(table: pl.DataFrame, values: I8, counts: Sequence[str], splits: Sequence[Split]) -> Iterator[Sums]:
    place = {name: number for number, name in enumerate(counts)}
    for whole, parts, where in splits:
        holds = table[where].to_numpy() if where else np.ones(len(values), dtype=np.bool_)
        rows = np.flatnonzero(holds & (values[:, place[whole]] != 0))
        first = rows * len(counts)
        cells = (first[:, None] + np.array([place[part] for part in parts])).ravel()
        numbers = np.repeat(np.arange(rows.size), len(parts))
        yield Sums(first + place[whole], parts_matrix(numbers, cells, (rows.size, values.size)))
