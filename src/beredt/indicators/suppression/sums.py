"""What adds up in a table with margins: rows over their keys, and counts within a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.suppression.additive import I8, AdditiveTable, Relation, additive_table

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
        *((one, key in harmless_rests) for key in keys for one in _over_rows(_margins(table, keys, key), values)),
        *((one, False) for one in _over_rows(_nested(table, keys, nestings), values)),
        *((one, False) for one in _within_rows(table, values, counts, splits)),
    ]
    cells = values.ravel()
    relations: list[Relation] = []
    rests: list[int] = []
    harmless: list[int] = []
    for relation, may_be_known in found:
        rest = int(cells[relation.total] - cells[list(relation.parts)].sum())
        if rest == 0:
            relations.append(relation)
        elif rest > 0:
            relations.append(Relation(relation.total, (*relation.parts, cells.size + len(rests))))
            harmless += [cells.size + len(rests)] * may_be_known
            rests.append(rest)
    leader = np.arange(cells.size) // max(1, len(counts)) * len(counts)
    everything = np.concatenate([cells, np.array(rests, dtype=np.int64)])
    leaders = np.concatenate([leader, np.arange(cells.size, everything.size)])
    ranks = np.repeat(np.asarray(rank if len(rank) else np.zeros(table.height), dtype=np.int64), len(counts))
    ranks = np.concatenate([ranks, np.zeros(len(rests), dtype=np.int64)])
    never = range(cells.size, everything.size)
    return additive_table(everything, relations, leaders, never, harmless, ranks), cells.size


def _margins(table: pl.DataFrame, keys: Sequence[str], key: str) -> Iterator[Relation]:
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
    for total, parts in lines.select("total", "parts").iter_rows():
        yield Relation(total[0], tuple(parts))


def _nested(table: pl.DataFrame, keys: Sequence[str], nestings: Sequence[Nesting]) -> Iterator[Relation]:
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
        for total, own in wholes.join(parts, on=[*others, outer]).sort("row").select("row", "parts").iter_rows():
            yield Relation(total, tuple(own))


def _over_rows(rows: Iterable[Relation], values: I8) -> Iterator[Relation]:
    """The same relation between rows for each of their counts, but where there is nothing to count."""
    width = values.shape[1]
    for total, parts in rows:
        for count in range(width):
            if values[list(parts), count].any():
                yield Relation(total * width + count, tuple(part * width + count for part in parts))


def _within_rows(table: pl.DataFrame, values: I8, counts: Sequence[str], splits: Sequence[Split]) -> Iterator[Relation]:
    place = {name: number for number, name in enumerate(counts)}
    for whole, parts, where in splits:
        holds = table[where].to_numpy() if where else np.ones(len(values), dtype=np.bool_)
        for row in np.flatnonzero(holds).tolist():
            first = row * len(counts)
            if values[row, place[whole]]:
                yield Relation(first + place[whole], tuple(first + place[part] for part in parts))
