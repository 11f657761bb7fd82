"""Shifts of one roster that run at the same time."""

from __future__ import annotations

from collections.abc import Sequence

from beredt.model.roster_row import RosterRow

WEEK_S = 7 * 86_400


def find_overlaps(rows: Sequence[RosterRow]) -> tuple[tuple[int, int], ...]:
    """Pairs of positions in `rows` (all of one roster) whose shifts overlap somewhere in the week.

    A shift may overlap itself when it is repeated before it ends. Shifts that only touch do not overlap.
    """
    shifts = sorted(
        ((day - 1) * 86_400 + row.start_s, row.length_s, position)
        for position, row in enumerate(rows)
        for day in row.weekdays
    )
    if not shifts:
        return ()
    following = [*shifts[1:], (shifts[0][0] + WEEK_S, shifts[0][1], shifts[0][2])]
    return tuple(
        (position, after)
        for (start, length, position), (next_start, _, after) in zip(shifts, following, strict=True)
        if start + length > next_start
    )
