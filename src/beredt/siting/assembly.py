"""Putting a programme together from blocks of columns and blocks of rows, as arrays all the way."""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array

from beredt.siting.program import F8, Program, Sense

I8 = NDArray[np.int64]


class Assembly:
    """Columns and rows of a programme that is being put together; :meth:`finish` makes it.

    Blocks stay in the order in which they were added. Nothing here knows what a column means.
    """

    def __init__(self) -> None:
        self._cost: list[F8] = []
        self._low: list[F8] = []
        self._high: list[F8] = []
        self._integer: list[NDArray[np.bool_]] = []
        self._columns = 0
        self._row: list[I8] = []
        self._column: list[I8] = []
        self._value: list[F8] = []
        self._row_low: list[F8] = []
        self._row_high: list[F8] = []
        self._rows = 0

    @property
    def columns(self) -> int:
        """How many columns there are by now."""
        return self._columns

    def add_columns(
        self, count: int, *, low: ArrayLike = 0.0, high: ArrayLike = 1.0, cost: ArrayLike = 0.0, integer: bool
    ) -> I8:
        """Add a block of columns.

        Args:
            count: how many.
            low, high, cost: one value for all, or one each.
            integer: whether they are whole.

        Returns:
            int64 (count,), their numbers.
        """
        for kept, given in ((self._low, low), (self._high, high), (self._cost, cost)):
            kept.append(np.broadcast_to(np.asarray(given, np.float64), (count,)))
        self._integer.append(np.full(count, integer))
        self._columns += count
        return np.arange(self._columns - count, self._columns)

    def add_cost(self, columns: I8, cost: ArrayLike) -> None:
        """Add to what columns cost.

        Args:
            columns: numbers; one may stand there more than once.
            cost: one value for all, or one each.
        """
        whole = np.concatenate(self._cost)
        np.add.at(whole, columns, cost)
        self._cost = [whole]

    def add_rows(
        self, *terms: tuple[csr_array, I8], low: ArrayLike = -inf, high: ArrayLike = inf, count: int | None = None
    ) -> I8:
        """Add a block of rows, low ≤ Σ_terms matrix · x[columns] ≤ high.

        Args:
            terms: a matrix (m, n) and the n columns that it multiplies, all with the same m.
            low, high: one value for all rows, or one each.
            count: m, needed only where it may be that there is no term.

        Returns:
            int64 (m,), their numbers.
        """
        m = count if count is not None else int(terms[0][0].shape[0])
        for matrix, columns in terms:
            entries = coo_array(matrix)
            row, column = entries.coords
            self._row.append(row.astype(np.int64) + self._rows)
            self._column.append(columns[column])
            self._value.append(entries.data.astype(np.float64))
        for kept, given in ((self._row_low, low), (self._row_high, high)):
            kept.append(np.broadcast_to(np.asarray(given, np.float64), (m,)))
        self._rows += m
        return np.arange(self._rows - m, self._rows)

    def finish(self, sense: Sense, constant: float = 0.0) -> Program:
        """Make the programme.

        Args:
            sense: "min" or "max".
            constant: added to the objective.
        """
        entries = (_joined(self._value), (_joined(self._row), _joined(self._column)))
        return Program(
            cost=_joined(self._cost),
            low=_joined(self._low),
            high=_joined(self._high),
            integer=np.concatenate(self._integer) if self._integer else np.zeros(0, np.bool_),
            rows=csr_array(coo_array(entries, shape=(self._rows, self._columns))),
            row_low=_joined(self._row_low),
            row_high=_joined(self._row_high),
            sense=sense,
            constant=constant,
        )


def one_row(values: ArrayLike) -> csr_array:
    """A matrix of one row, for a sum over columns."""
    return csr_array(np.atleast_2d(np.asarray(values, np.float64)))


def diagonal(values: ArrayLike, count: int) -> csr_array:
    """A square matrix with these values on its diagonal; one value for all, or one each."""
    number = np.arange(count)
    return csr_array(
        (np.broadcast_to(np.asarray(values, np.float64), (count,)), (number, number)), shape=(count, count)
    )


def _joined(parts: list[F8] | list[I8]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.zeros(0)
