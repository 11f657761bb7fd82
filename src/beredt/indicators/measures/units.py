"""Indicators of what units do, for all of them and for those of each organisation, centre and station."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.measures.block import Block, ratio, single
from beredt.indicators.moments import MS_PER_HOUR
from beredt.indicators.observed import F8, GROUP_ALL, Frame
from beredt.indicators.runs import Runs
from beredt.indicators.utilisation import METRES_PER_KM, UnitSum

HOURS = {
    "duty_h": UnitSum.DUTY,
    "overtime_h": UnitSum.OVERTIME,
    "active_h": UnitSum.ACTIVE,
    "standby_h": UnitSum.STANDBY,
    "driving_home_h": UnitSum.DRIVING_HOME,
    "idle_h": UnitSum.IDLE,
}
"""Times of units, by the name of their column and measure."""


def unit_values(sums: NDArray[np.int64], per_year: float) -> dict[str, F8]:
    """Hours, missions and km per year, and utilisation, from sums [..., len(UnitSum)]."""
    exact = sums.astype(np.float64)
    values = {name: exact[..., what] / MS_PER_HOUR * per_year for name, what in HOURS.items()}
    values["missions"] = exact[..., UnitSum.MISSIONS] * per_year
    values["km"] = exact[..., UnitSum.METRES] / METRES_PER_KM * per_year
    values["utilisation"] = ratio(exact[..., UnitSum.ACTIVE], exact[..., UnitSum.DUTY])
    return values


def unit_blocks(runs: Runs) -> Iterator[Block]:
    """Every measure for every fleet that has units."""
    sums = np.stack([tally.units for tally in runs.tallies])  # [R, U, what]
    for group, units in _fleets(runs.frame):
        for name, values in unit_values(sums[:, units].sum(axis=1), runs.per_year).items():
            if np.isfinite(values).any():
                yield single(name, group, values)


def _fleets(frame: Frame) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    yield GROUP_ALL, np.ones(len(frame.unit_ids), np.bool_)
    for kind, ids, of_unit in (
        ("organisation", frame.org_ids, frame.unit_org),
        ("centre", frame.centre_ids, frame.unit_centre),
        ("station", frame.station_ids, frame.unit_station),
    ):
        for number, name in enumerate(ids):
            mine = of_unit == number
            if mine.any():
                yield f"{kind}:{name}", mine
