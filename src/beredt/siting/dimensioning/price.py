"""What a border costs: the fleet that the rule asks for with it, less the one that it asks for without any.

Both fleets come from all replications together. How much of the difference is chance, the replications by themselves
tell: a year r, looked at alone, would have asked for

    N_r = N + Σ_c h_c·[year r breaks the rule in cell c] − Σ_c h_c·[in year r a unit could go from cell c]

with N the fleet that was found, c its cells of station and band, h_c the hours of the band by 24, so that units are
counted round the clock. One unit more or fewer per cell is looked at, no further. Both fleets meet the same calls, so
that the differences of a year are paired and their mean has the interval of `indicators.estimate`.

That is a first order: it leaves out what the search itself would have done with other years. `repeated` does not: both
searches, from the formula on, are made again with further sets of years that share no call with the first or with each
other (see :mod:`beredt.siting.dimensioning.repeat`); each set gives two fleets and one paired difference, and the mean
of the differences has a t-interval over the sets.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.estimate import Estimate, estimate, paired_difference
from beredt.siting.dimensioning.fleet import fte_of_unit
from beredt.siting.dimensioning.rule import DAY_H, DimensionRule
from beredt.siting.dimensioning.search import Found
from beredt.siting.dimensioning.shares import TARGET, Shares, breaks_by_replication

F8 = NDArray[np.float64]

NOT_REPEATED = estimate(np.array([np.nan]))
"""No search was made again: nothing is known."""


class Price(NamedTuple):
    """The price of the borders of one alternative.

    `units`: difference of the two fleets, round the clock. `yearly`: the mean difference of the years by themselves,
    in units round the clock, with its interval, to first order. `yearly_fte`: the same in full-time positions.
    `repeated`: the mean difference of whole searches with other years, in units round the clock, with its interval;
    unknown where none was made. `target_share`: what
    the borders take from the share of acute calls within their target while the fleet stays as it is; negative is a
    loss.
    """

    units: float
    yearly: Estimate
    yearly_fte: Estimate
    target_share: Estimate
    repeated: Estimate


def price_of_borders(with_borders: Found, without: Found, same_fleet: Shares, rule: DimensionRule) -> Price:
    """Put two proved fleets of one alternative side by side.

    Args:
        with_borders: found with the alternative's borders.
        without: found without any border, on the same calls.
        same_fleet: what the fleet found with borders keeps where there is none.
        rule: that both keep.
    """
    fte = fte_of_unit(rule)
    own, none = units_by_replication(with_borders, rule), units_by_replication(without, rule)
    both = (found.fleet.around_the_clock(rule).sum() for found in (with_borders, without))
    own_share, free_share = with_borders.shares.overall()[TARGET], same_fleet.overall()[TARGET]
    first, second = both
    return Price(
        units=float(first - second),
        yearly=paired_difference(own, none),
        yearly_fte=paired_difference(own * fte, none * fte),
        target_share=paired_difference(own_share, free_share),
        repeated=NOT_REPEATED,
    )


def units_by_replication(found: Found, rule: DimensionRule) -> F8:
    """Units round the clock that every replication by itself would have asked for, to first order; float64 (R,)."""
    hours = np.array(rule.band_hours, np.float64) / DAY_H
    broken = breaks_by_replication(found.shares, rule, found.asked)  # [2, S, P, R]
    more = (broken.any(axis=0) * hours[:, np.newaxis]).sum(axis=(0, 1))
    fewer = np.zeros(broken.shape[-1])
    for (station, band), shares in found.without.items():
        now = breaks_by_replication(shares, rule, found.asked)
        could_go = ~(now & ~broken).any(axis=(0, 1, 2)) & ~broken[:, station, band].any(axis=0)
        fewer += could_go * hours[band]
    units: F8 = found.fleet.around_the_clock(rule).sum() + more - fewer
    return units
