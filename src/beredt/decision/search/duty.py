"""When rosters are on duty, and how many hours of duty every site has in a layout."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.decision.search.layout import Layout, RosterHours
from beredt.decision.search.space import Space
from beredt.demand.intensity import WEEK_HOURS
from beredt.model.service import Service

F8 = NDArray[np.float64]

DAY_H = 24
DAYTIME_H = range(8, 20)
"""Hours of the day that are told apart from the others: need is high, and day shifts are on."""


def on_duty(service: Service, rosters: Sequence[str], hours: Sequence[RosterHours]) -> NDArray[np.bool_]:
    """[R, 168] whether a roster is on duty for the larger part of each hour of the week.

    Args:
        service: whose rosters they are.
        rosters: ids, in the order of the rows.
        hours: rosters that have other hours than in the service.
    """
    other = {one.roster: one for one in hours}
    minutes = np.zeros((len(rosters), WEEK_HOURS * 60), np.bool_)
    for row in service.rosters:
        start = other[row.id].start_s if row.id in other else row.start_s
        end = other[row.id].end_s if row.id in other else row.end_s
        length = end - start if end > start else end - start + 86_400
        for day in row.weekdays:
            first = (day - 1) * 1_440 + start // 60
            minutes[rosters.index(row.id), np.arange(first, first + length // 60) % (WEEK_HOURS * 60)] = True
    on: NDArray[np.bool_] = minutes.reshape(len(rosters), WEEK_HOURS, 60).mean(axis=2) >= 0.5
    return on


class DutyHours:
    """Duty hours of layouts by kind of unit and site, as a share of the week, by day and by night."""

    def __init__(self, space: Space) -> None:
        """Number the sites and rosters of a space."""
        self._service = space.service
        self._rosters = list(dict.fromkeys(row.id for row in space.service.rosters))
        pairs = [(kind, site.id) for kind in space.kinds for site in space.sites]
        self._column = {pair: number for number, pair in enumerate(pairs)}
        self._shares: dict[tuple[RosterHours, ...], dict[str, F8]] = {}
        daytime = np.isin(np.arange(WEEK_HOURS) % DAY_H, DAYTIME_H)
        self._halves = np.stack([daytime, ~daytime], axis=1) / WEEK_HOURS  # [168, 2]

    @property
    def size(self) -> int:
        """Columns of `of`."""
        return 2 * len(self._column)

    def of(self, layout: Layout) -> F8:
        """[2 · kinds · sites] share of the week that units are on duty: by day, then by night; 1 is one unit always."""
        found = np.zeros((2, len(self._column)))
        shares = self._by_roster(layout.hours)
        for slot, count in layout.units:
            found[:, self._column[slot.kind, slot.site]] += count * shares[slot.roster]
        return found.ravel()

    def _by_roster(self, hours: tuple[RosterHours, ...]) -> dict[str, F8]:
        if hours not in self._shares:
            shares = on_duty(self._service, self._rosters, hours) @ self._halves  # [R, 2]
            self._shares[hours] = dict(zip(self._rosters, shares, strict=True))
        return self._shares[hours]
