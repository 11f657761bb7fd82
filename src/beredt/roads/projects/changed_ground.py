"""The ground of a study on links of its own when some of its main roads are opened, closed or driven at another speed.

What people have nothing to do with stays as it was: all points, and the local roads between them. A closed road loses
its own links, also between its joints; a new one brings joints of its own, which local roads join as they would join a
new site. So opening a road never makes a way longer, and closing one never makes a way shorter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.roads.density import density_per_km2
from beredt.roads.ground import Ground
from beredt.roads.hand_links import MainRoads, hand_links
from beredt.roads.hung_site import hang_site_at
from beredt.roads.links import Links, both_ways, joined
from beredt.roads.local_links import local_links
from beredt.roads.remnants import hanging_links, outside_main_part
from beredt.roads.road_inputs import ChangedLinks

MOST_TOLD = 5


def changed_ground(today: Ground, roads: ChangedLinks, node_ids: Sequence[str]) -> Ground:
    """Today's ground with other main roads.

    Args:
        today: without any change.
        roads: main roads as they are now.
        node_ids: of the ground's own nodes.

    Raises:
        NetworkError: no road leads any more to a place to which one leads today.
    """
    _, main = hand_links(today.points[: today.nodes], roads.now, today.water)
    joints, opened = hand_links(today.points, _only_ways(roads.opened), today.water)
    points = np.concatenate([today.points, joints])
    density = np.concatenate([today.density, density_per_km2(joints, today.homes, today.people)])
    fresh = np.arange(len(today.points), len(points))
    local = local_links(today.points, today.density, today.water, today.rules, today.triangles)
    links = joined(
        both_ways(_open(main)), both_ways(_open(opened)), both_ways(local), both_ways(_joining(today, joints, fresh))
    )
    if len(today.lost):
        hung = hanging_links(today.points, today.density, today.lost, today.hooks, today.rules)
        links = joined(links, both_ways(hung))
    _refuse_cut_off(links, len(points), node_ids)
    return replace(today, points=points, density=density, links=links, new_points=fresh)


def _only_ways(roads: MainRoads) -> MainRoads:
    """New roads; one that is closed again brings no joints either."""
    way = np.isfinite(roads.minutes)
    return MainRoads(
        roads.start[way], roads.end[way], roads.km[way], roads.minutes[way], roads.factor[way], roads.join_km[way]
    )


def _open(links: Links) -> Links:
    way = np.isfinite(links.seconds)
    return Links(links.start[way], links.end[way], links.seconds[way], links.km[way])


def _joining(today: Ground, joints: NDArray[np.float64], numbers: NDArray[np.int64]) -> Links:
    """Local roads from each new joint to its neighbours of today; none where there are none near."""
    parts = [(number, hang_site_at(today, at)) for number, at in zip(numbers.tolist(), joints, strict=True)]
    parts = [(number, site) for number, site in parts if not site.hangs]
    nothing = Links(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0))
    if not parts:
        return nothing
    return Links(
        np.concatenate([np.full(len(site.end), number, np.int64) for number, site in parts]),
        np.concatenate([site.end for _, site in parts]),
        np.concatenate([site.seconds for _, site in parts]),
        np.concatenate([site.km for _, site in parts]),
    )


def _refuse_cut_off(links: Links, points: int, node_ids: Sequence[str]) -> None:
    outside = np.flatnonzero(outside_main_part(links, points))
    lost = [node_ids[node] for node in outside.tolist() if node < len(node_ids)]
    if lost:
        raise NetworkError(cut_off_message(lost))


def cut_off_message(lost: Sequence[str]) -> str:
    """What is wrong with a closure that leaves nodes without a road, and what to do."""
    named = ", ".join(lost[:MOST_TOLD]) + (f" and {len(lost) - MOST_TOLD} more" if len(lost) > MOST_TOLD else "")
    return (
        f"the closed roads leave {len(lost)} places without any road: {named}. "
        "Open another way to them in the same alternative, or close less"
    )
