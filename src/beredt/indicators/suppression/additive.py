"""A table of counts with everything that adds up in it, as whoever wants to work a count out would write it down.

Every cell is a count. Every relation says that a total is the sum of its parts, exactly: what a total holds beside the
printed parts, such as incidents without a known place, is a cell of its own that is never printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_diag, csr_array, vstack

I8 = NDArray[np.int64]
F8 = NDArray[np.float64]
B = NDArray[np.bool_]

LEAST_HIDDEN = 1
"""Zeros are printed, so what is not printed is no zero."""


class Relation(NamedTuple):
    """A total, and the parts that it is the sum of. Places of cells."""

    total: int
    parts: tuple[int, ...]


class Sums(NamedTuple):
    """R relations between C cells, many at a time: what `Relation` says of one."""

    total: I8  # [R] places of cells
    parts: csr_array  # [R, C] 1 at the parts


class AdditiveTable(NamedTuple):
    """C counts and R relations between them."""

    counts: I8  # [C] each 0 or more
    relations: csr_array  # [R, C] 1 at the parts of a relation, -1 at its total
    leader: I8  # [C] a cell is left out whenever its leader is; its own place where it has none
    unprinted: B  # [C] never printed, small or not
    harmless: B  # [C] may be worked out, small or not
    rank: I8  # [C] those of a lower rank are kept before those of a higher one


def additive_table(
    counts: Sequence[int] | I8,
    relations: Sequence[Relation] | Sums,
    leader: Sequence[int] | I8 | None = None,
    unprinted: Iterable[int] = (),
    harmless: Iterable[int] = (),
    rank: Sequence[int] | I8 | None = None,
) -> AdditiveTable:
    """Counts with their relations.

    Args:
        counts: [C] each 0 or more.
        relations: What adds up.
        leader: [C] for every cell the cell that it may not outlive: where the number of incidents is left out, the
            number of late ones is left out too. None: no cell has a leader but itself.
        unprinted: Cells that are never printed.
        harmless: Cells that count as small in no case.
        rank: [C] what is kept before what: a year is of more use than its months. A cell that has a leader is of the
            leader's rank or a higher one. None: all are equal.

    Raises:
        ValueError: A count is below 0, or the parts of a relation do not make its total.
    """
    values = np.asarray(counts, dtype=np.int64)
    if values.size and values.min() < 0:
        raise ValueError(f"cell {values.argmin()} counts {values.min()}: a count is 0 or more")
    sums = relations if isinstance(relations, Sums) else sums_of(relations, values.size)
    number = sums.total.size
    totals = csr_array((np.ones(number), (np.arange(number), sums.total)), shape=(number, values.size))
    matrix = csr_array(sums.parts - totals)
    apart = np.flatnonzero(matrix @ values)
    if apart.size:
        wrong = int(sums.total[apart[0]])
        raise ValueError(
            f"the parts of cell {wrong} make {int((sums.parts @ values)[apart[0]])}, not {values[wrong]}: "
            "add a cell for what is missing"
        )
    leaders = np.arange(values.size) if leader is None else np.asarray(leader)
    flags = np.zeros((2, values.size), dtype=np.bool_)
    for which, cells in enumerate((unprinted, harmless)):
        flags[which, list(cells)] = True
    ranks = np.zeros(values.size) if rank is None else np.asarray(rank)
    return AdditiveTable(values, matrix, leaders.astype(np.int64), flags[0], flags[1], ranks.astype(np.int64))


def sums_of(relations: Sequence[Relation], cells: int) -> Sums:
    """Relations between so many cells, as arrays."""
    row = [number for number, relation in enumerate(relations) for _ in relation.parts]
    part = [cell for relation in relations for cell in relation.parts]
    total = np.array([relation.total for relation in relations], np.int64)
    return Sums(total, parts_matrix(np.array(row, np.int64), np.array(part, np.int64), (total.size, cells)))


def parts_matrix(row: I8, part: I8, shape: tuple[int, int]) -> csr_array:
    """Which cells are the parts of which relations: [R, C], 1 at each pair."""
    return csr_array((np.ones(row.size), (row, part)), shape=shape)


def joined(tables: Sequence[AdditiveTable], same: Sequence[tuple[int, int]]) -> AdditiveTable:
    """Several tables as one, cells of the first before those of the second and so on.

    Args:
        tables: At least one.
        same: Pairs of cells, by their places among all, that count the same.
    """
    first = np.cumsum([0, *(table.counts.size for table in tables)])
    counts = np.concatenate([table.counts for table in tables])
    total, part = np.array(same, np.int64).reshape(-1, 2).T
    alike = Sums(total, parts_matrix(np.arange(total.size), part, (total.size, counts.size)))
    equal = additive_table(counts, alike)
    return equal._replace(
        relations=csr_array(vstack([block_diag([table.relations for table in tables]), equal.relations])),
        leader=np.concatenate([table.leader + start for table, start in zip(tables, first, strict=False)]),
        unprinted=np.concatenate([table.unprinted for table in tables]),
        harmless=np.concatenate([table.harmless for table in tables]),
        rank=np.concatenate([table.rank for table in tables]),
    )


def with_followers(table: AdditiveTable, hidden: B) -> B:
    """The hidden cells, those never printed, and those whose leader is hidden, a cell that counts 0 included."""
    return hidden | table.unprinted | hidden[table.leader]
