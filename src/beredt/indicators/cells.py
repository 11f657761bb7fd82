"""Cells that incidents are counted in: group of areas × urgency × clock hour of the call, with a place for "all"."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from beredt.indicators.observed import I4, I8, URGENCY_COUNT, Frame

ALL_URGENCIES: Final = URGENCY_COUNT
"""Place of all urgencies together on an axis of four."""

WHOLE_DAY: Final = 24
"""Place of all hours together on an axis of 25."""


class GroupsOfAreas(NamedTuple):
    """The groups that each area belongs to: those of area a are `group[first[a] : first[a + 1]]`."""

    first: I8  # [A + 1]
    group: I8


def groups_of_areas(frame: Frame) -> GroupsOfAreas:
    """Turn the table of groups around."""
    area, group = np.nonzero(frame.groups.T)
    first = np.zeros(len(frame.area_ids) + 1, np.int64)
    np.cumsum(np.bincount(area, minlength=len(frame.area_ids)), out=first[1:])
    return GroupsOfAreas(first, group.astype(np.int64))


def add_margins(cells: I4 | I8) -> None:
    """Fill the places for "all" of cells [G, 4, 25, …] in place, from those of each urgency and hour."""
    cells[:, :, WHOLE_DAY] = cells[:, :, :WHOLE_DAY].sum(axis=2)
    cells[:, ALL_URGENCIES] = cells[:, :ALL_URGENCIES].sum(axis=1)
