"""Indicators of who serves whom: outside units in the local group, and missions across borders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from beredt.errors import UnknownIdError
from beredt.indicators.flows import Counting
from beredt.indicators.measures.block import URGENCY_LABELS, Block, single
from beredt.indicators.observed import F8, I4, Frame
from beredt.indicators.runs import Runs
from beredt.model.urgency import URGENCIES

COUNTING_NAMES = {Counting.MISSIONS: "missions", Counting.FIRST_UNITS: "first_units"}


def flow_blocks(runs: Runs) -> Iterator[Block]:
    """Missions by outside units into each group within the local one, and across each border, per year."""
    frame, flows = runs.frame, [tally.flows for tally in runs.tallies]
    outside = np.stack([flow.outside for flow in flows])
    centres, orgs = np.stack([flow.centres for flow in flows]), np.stack([flow.orgs for flow in flows])
    for counting, name in COUNTING_NAMES.items():
        for g in _groups_within_local(frame):
            yield from _by_urgency(runs, f"outside_{name}", frame.group_ids[g], outside[:, g, :, counting])
        for pair, group in _borders(frame.centre_ids, frame.unit_centre, frame.area_centre, "centre"):
            yield from _by_urgency(runs, f"{name}_across", group, centres[:, *pair, :, counting])
        for pair, group in _borders(frame.org_ids, frame.unit_org, frame.area_org, "organisation"):
            yield from _by_urgency(runs, f"{name}_across", group, orgs[:, *pair, :, counting])


def _borders(ids: Sequence[str], of_unit: I4, of_area: I4, kind: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Pairs of which one has units and the other has areas, with their name."""
    for here in np.unique(of_unit[of_unit >= 0]).tolist():
        for there in np.unique(of_area[of_area >= 0]).tolist():
            if here != there:
                yield (here, there), f"{kind}:{ids[here]}>{ids[there]}"


def missions_from_to(
    runs: Runs,
    stations: Sequence[str],
    zones: Sequence[str],
    urgencies: Sequence[str] = URGENCIES,
    counting: Counting = Counting.MISSIONS,
) -> F8:
    """Missions per year from some stations to some zones, one value per replication.

    Args:
        runs: Of one alternative.
        stations: Ids of stations.
        zones: Ids of zones, such as from `zones_in`.
        urgencies: Those that count.
        counting: All missions, or only the units that stopped the clock.

    Raises:
        UnknownIdError: There is no such station or zone.
    """
    here = [_place("station", name, runs.frame.station_ids) for name in stations]
    there = [_place("zone", name, runs.frame.zone_ids) for name in zones]
    codes = [_place("urgency", name, URGENCIES) for name in urgencies]
    chosen = np.ix_(here, there, codes, [counting])
    return np.array([tally.flows.stations[chosen].sum() for tally in runs.tallies]) * runs.per_year


def zones_in(frame: Frame, group: str) -> tuple[str, ...]:
    """Ids of the zones that lie wholly in a group of areas.

    Raises:
        UnknownIdError: There is no such group.
    """
    inside = frame.groups[_place("group", group, frame.group_ids)]
    wholly = np.ones(len(frame.zone_ids), np.bool_)
    wholly[frame.area_zone[~inside]] = False
    wholly &= np.isin(np.arange(len(frame.zone_ids)), frame.area_zone)
    return tuple(np.array(frame.zone_ids)[wholly].tolist())


def _groups_within_local(frame: Frame) -> list[int]:
    """Groups that have areas, all of them local."""
    within = frame.groups.any(axis=1) & ~(frame.groups & ~frame.area_local).any(axis=1)
    return np.flatnonzero(within).tolist()


def _by_urgency(runs: Runs, measure: str, group: str, counts: I4) -> Iterator[Block]:
    """One indicator per urgency and one for all, from counts [R, 3]."""
    for urgency, values in zip(URGENCY_LABELS, [*counts.T, counts.sum(axis=1)], strict=True):
        yield single(measure, group, values * runs.per_year, urgency)


def _place(what: str, name: str, ids: Sequence[str]) -> int:
    if name not in ids:
        raise UnknownIdError(what, name, ids)
    return ids.index(name)
