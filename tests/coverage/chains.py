"""Markov chains written out state by state and solved in fractions or as one dense system: slow, and plain to see."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from fractions import Fraction
from typing import TypeVar

import numpy as np

State = TypeVar("State", bound=Hashable)
Moves = Callable[[State], Mapping[State, Fraction]]
"""Rates out of a state; a state may be named more than once by adding up."""


def reachable(start: State, moves: Moves[State]) -> list[State]:
    """All states that can be reached, the start first."""
    found, waiting = {start: None}, [start]
    while waiting:
        for after in moves(waiting.pop()):
            if after not in found:
                found[after] = None
                waiting.append(after)
    return list(found)


def shares_in_fractions(start: State, moves: Moves[State]) -> dict[State, Fraction]:
    """Share of time of each state, exactly: Gauss elimination of the balance equations."""
    states = reachable(start, moves)
    number = {state: index for index, state in enumerate(states)}
    size = len(states)
    # Row: what enters a state less what leaves it, and 0; the last row says that all shares sum to 1.
    rows = [[Fraction(0)] * (size + 1) for _ in states]
    for state in states:
        for after, rate in moves(state).items():
            rows[number[after]][number[state]] += rate
            rows[number[state]][number[state]] -= rate
    rows[-1] = [Fraction(1)] * (size + 1)
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column] != 0)
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(size):
            factor = rows[row][column]
            if row != column and factor != 0:
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return {state: rows[index][-1] for state, index in number.items()}


def shares(start: State, moves: Moves[State]) -> dict[State, float]:
    """Share of time of each state, as one dense system in floating point."""
    states = reachable(start, moves)
    number = {state: index for index, state in enumerate(states)}
    balance = np.zeros((len(states), len(states)))
    for state in states:
        for after, rate in moves(state).items():
            balance[number[after], number[state]] += float(rate)
            balance[number[state], number[state]] -= float(rate)
    balance[-1] = 1.0
    found = np.linalg.solve(balance, np.eye(len(states))[-1])
    return dict(zip(states, found.tolist(), strict=True))
