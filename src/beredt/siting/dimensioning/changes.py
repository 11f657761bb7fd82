"""What an alternative proposes against what the rule gives: units round the clock, station by station.

Three differences are told of every station, all in units round the clock:

* **proposed**: the alternative's own units less those of the baseline, as its edits have them;
* **rule**: the fleet of the rule under the alternative less the fleet of the rule under the baseline: what the change
  of borders, stations and areas asks for when both sides are dimensioned alike;
* **gap**: the fleet of the rule under the alternative less the baseline's own units: what would have to be bought or
  could be given up, whatever the rule would have said before.

They are added up over the stations of each organisation that owns them under the alternative.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.siting.dimensioning.dimension_study import Dimensioned
from beredt.siting.dimensioning.rule import DAY_H, DimensionRule

F8 = NDArray[np.float64]

AGREES_WITHIN = 0.5
"""Units round the clock by which the rule may differ from a proposal and still give the same whole number of them."""


class Change(NamedTuple):
    """The change at one station, or of all stations of one organisation: units round the clock.

    `organisation`: that owns it under the alternative. `own`, `base_own`: the units of the alternative and of the
    baseline themselves; `rule_units`, `base_rule`: those of the rule.
    """

    station: str
    organisation: str
    own: float
    base_own: float
    rule_units: float
    base_rule: float

    @property
    def proposed(self) -> float:
        """What the alternative adds."""
        return self.own - self.base_own

    @property
    def rule(self) -> float:
        """What the rule adds."""
        return self.rule_units - self.base_rule

    @property
    def gap(self) -> float:
        """What the rule asks for beyond what there is."""
        return self.rule_units - self.base_own

    @property
    def agrees(self) -> bool:
        """Whether the rule adds what is proposed, to the nearest unit."""
        return abs(self.rule - self.proposed) < AGREES_WITHIN


def changes_of(one: Dimensioned, base: Dimensioned, rule: DimensionRule) -> tuple[Change, ...]:
    """Every station of either, in the order of the alternative.

    Args:
        one: the alternative with its borders.
        base: the baseline with its borders.
        rule: of both.
    """
    owner = {row.id: row.organisation for row in (*base.scenario.service.stations, *one.scenario.service.stations)}
    now, before = _by_station(one, rule), _by_station(base, rule)
    none = (0.0, 0.0)
    return tuple(
        Change(name, owner[name], now.get(name, none)[0], before.get(name, none)[0], now.get(name, none)[1],
               before.get(name, none)[1])
        for name in dict.fromkeys((*now, *before))
    )  # fmt: skip


def by_organisation(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Changes added up; `station` is empty."""
    found = []
    for name in dict.fromkeys(change.organisation for change in changes):
        mine = [change for change in changes if change.organisation == name]
        sums = (sum(getattr(one, field) for one in mine) for field in ("own", "base_own", "rule_units", "base_rule"))
        found.append(Change("", name, *sums))
    return tuple(found)


def _by_station(one: Dimensioned, rule: DimensionRule) -> dict[str, tuple[float, float]]:
    hours = np.array(rule.band_hours, np.float64) / DAY_H
    own, found = one.own_fleet @ hours, one.found.fleet.around_the_clock(rule)
    return {name: (float(own[s]), float(found[s])) for s, name in enumerate(one.scenario.stations)}
