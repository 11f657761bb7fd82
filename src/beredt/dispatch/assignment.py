"""Whom to send where, so that the sum of all costs is least.

Costs are whole numbers (milliseconds), so that sums are exact and a tie is a tie. Among equally cheap assignments the
answer is the first in the order of a dictionary: the lowest possible column for row 0, then for row 1, and so on. So it
is one well-defined answer, whatever the method.

Method: shortest augmenting paths with potentials [1]; then every row in order takes the lowest column that the
potentials leave open (an edge is part of some least assignment only where its reduced cost is 0).

[1] R. Jonker and A. Volgenant, A shortest augmenting path algorithm for dense and sparse linear assignment problems,
    Computing 38 (1987) 325–340, doi 10.1007/BF02278710.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compiled import apart, compiled
from beredt.dispatch.roads import I4, I8

NEVER_MS = 10**12
"""Cost of what should not happen (31 years). Far from it that a sum of thousands would overflow."""

_ENDLESS = 2**62


class AssignmentRoom(NamedTuple):
    """Room for one assignment of up to n rows; what is in it between calls means nothing."""

    row_price: I8  # [n]
    column_price: I8  # [n]
    least: I8  # [n] least reduced cost of a path to each column
    row_of: I4  # [n] row that has each column
    came_from: I4  # [n] column before it on the path; in the second part the column after it
    done: I4  # [n]


def assignment_room(n: int) -> AssignmentRoom:
    """Room for assignments of up to n rows."""
    prices, numbers = np.zeros((3, n), np.int64), np.zeros((3, n), np.int32)
    return AssignmentRoom(prices[0], prices[1], prices[2], numbers[0], numbers[1], numbers[2])


@apart
def assign(cost_ms: I8, n: int, column_of: I4, room: AssignmentRoom) -> int:
    """The cheapest way to give each of n rows a column of its own.

    Args:
        cost_ms: [≥ n, ≥ n] of which the first n rows and columns count; each from 0 to `NEVER_MS`.
        n: number of rows and of columns; 0 is allowed.
        column_of: [≥ n] the answer is written here.
        room: from `assignment_room(n)` or more.

    Returns:
        The sum of the costs.
    """
    for i in range(n):
        room.row_price[i] = 0
        room.column_price[i] = 0
        room.row_of[i] = -1
    for i in range(n):
        _add_row(cost_ms, n, i, room)
    for j in range(n):
        column_of[room.row_of[j]] = j
    total = 0
    for i in range(n):
        _take_lowest(cost_ms, n, i, column_of, room)
        total += cost_ms[i, column_of[i]]
    return total


@compiled
def _add_row(cost_ms: I8, n: int, i: int, room: AssignmentRoom) -> None:
    """Give row i a column along the shortest path of reassignments."""
    for j in range(n):
        room.least[j] = _ENDLESS
        room.done[j] = 0
    row, column = i, -1
    while row >= 0:
        best, best_ms = -1, _ENDLESS
        for j in range(n):
            if room.done[j]:
                continue
            reduced = cost_ms[row, j] - room.row_price[row] - room.column_price[j]
            if reduced < room.least[j]:
                room.least[j] = reduced
                room.came_from[j] = column
            if room.least[j] < best_ms:
                best, best_ms = j, room.least[j]
        room.row_price[i] += best_ms
        for j in range(n):
            if room.done[j]:
                room.row_price[room.row_of[j]] += best_ms
                room.column_price[j] -= best_ms
            else:
                room.least[j] -= best_ms
        room.done[best] = 1
        column = best
        row = room.row_of[best]
    while column >= 0:
        before = room.came_from[column]
        room.row_of[column] = i if before < 0 else room.row_of[before]
        column = before


@compiled
def _take_lowest(cost_ms: I8, n: int, i: int, column_of: I4, room: AssignmentRoom) -> None:
    """Let row i have the lowest column of any least assignment that leaves the rows before it as they are."""
    now = column_of[i]
    for j in range(n):
        room.done[j] = 0
    room.done[now] = 1
    grown = True
    while grown:  # columns whose rows can make way, one after another, until somebody takes the column of row i
        grown = False
        for row in range(i + 1, n):
            own = column_of[row]
            if room.done[own]:
                continue
            for j in range(n):
                if room.done[j] and cost_ms[row, j] == room.row_price[row] + room.column_price[j]:
                    room.done[own] = 1
                    room.came_from[own] = j
                    grown = True
                    break
    for j in range(now):
        if room.done[j] and cost_ms[i, j] == room.row_price[i] + room.column_price[j]:
            row, to = i, j
            while to != now:
                other = room.row_of[to]
                column_of[row], room.row_of[to] = to, row
                row, to = other, room.came_from[to]
            column_of[row], room.row_of[to] = to, row
            return
