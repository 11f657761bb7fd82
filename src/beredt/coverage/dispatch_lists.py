"""In which order stations are asked to serve an area, put so that all areas can be worked out at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.coverage.erlang import F8
from beredt.errors import OutOfRangeError

I8 = NDArray[np.int64]

NOBODY = -1
"""Fills a list to the end, behind the last station that may serve the area."""


class Ways(NamedTuple):
    """Lists of areas read from front to back, only stations with units."""

    station: I8  # [J, K] station of each rank; the last one again behind the end of a list
    listed: NDArray[np.bool_]  # [J, K] whether there is such a rank
    before: I8  # [J, K] units at all ranks before
    first: I8  # [J] station of the first rank
    group: I8  # [J] which areas list the same stations, in whatever order
    members: NDArray[np.bool_]  # [G, S] the stations that a group lists


def check_lists(wanted: F8, lists: I8, at: I8) -> None:
    """Refuse calls, lists and units that do not fit each other.

    Args:
        wanted: [J] calls of each area.
        lists: [J, S] numbers of stations in the order in which they are asked, filled up with `NOBODY`.
        at: [S] units of each station.

    Raises:
        OutOfRangeError: names the first fault.
    """
    if wanted.ndim != 1 or not np.all((wanted >= 0.0) & np.isfinite(wanted)) or wanted.sum() <= 0.0:
        raise OutOfRangeError("calls", wanted.tolist(), "give one rate per area, 0 or more, and not only zeros")
    if at.ndim != 1 or np.any(at < 0) or at.sum() < 1:
        raise OutOfRangeError("units", at.tolist(), "give the number of units of each station, at least one in all")
    if lists.shape != (wanted.size, at.size):
        remedy = f"give a list of {at.size} stations for each of {wanted.size} areas"
        raise OutOfRangeError("the shape of preferences", lists.shape, remedy)
    ranked = np.sort(lists, axis=1)
    twice = ((ranked[:, 1:] == ranked[:, :-1]) & (ranked[:, 1:] >= 0)).any()
    if ranked.min() < NOBODY or ranked.max() >= at.size or twice:
        raise OutOfRangeError("preferences", lists.tolist(), f"stations are 0 to {at.size - 1}, and none stands twice")
    if ((lists[:, 1:] >= 0) & (lists[:, :-1] < 0)).any():
        raise OutOfRangeError("preferences", lists.tolist(), f"{NOBODY} stands only at the end of a list")


def read_ways(lists: I8, at: I8) -> Ways:
    """Leave stations without units out of lists, and group areas by the stations that they list.

    Args:
        lists: [J, S] as in :func:`check_lists`.
        at: [S] units.

    Raises:
        OutOfRangeError: a list without any station that has units.
    """
    listed = (lists >= 0) & (at[lists] > 0)
    if not listed.any(axis=1).all():
        area = int(np.flatnonzero(~listed.any(axis=1))[0])
        raise OutOfRangeError(f"the list of area {area}", lists[area].tolist(), "name at least one station with units")
    order = np.argsort(~listed, axis=1, kind="stable")
    station, listed = np.take_along_axis(lists, order, axis=1), np.take_along_axis(listed, order, axis=1)
    width = int(listed.sum(axis=1).max())
    station, listed = np.where(listed, station, 0)[:, :width], listed[:, :width]
    count = np.where(listed, at[station], 0)
    before = np.cumsum(count, axis=1) - count
    members = np.zeros((lists.shape[0], at.size), np.bool_)
    np.logical_or.at(members, (np.arange(lists.shape[0])[:, None], station), listed)
    distinct, group = np.unique(members, axis=0, return_inverse=True)
    return Ways(station, listed, before, station[:, 0], group.reshape(-1), distinct)
