"""What a network is made of before any way is looked for: points on the ground and the links between them.

A site that only an edit makes is no part of the ground. It joins the ground's roads as a leaf, so that no way of
anybody else leads through it: opening a station builds no road, and today's travel times are the same whatever is
proposed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.roads.density import density_per_km2
from beredt.roads.flat import Laying, laying_of
from beredt.roads.hand_links import hand_links
from beredt.roads.links import Links, both_ways, joined
from beredt.roads.local_links import LocalRules, local_links, triangles_of
from beredt.roads.remnants import hanging_links, outside_main_part
from beredt.roads.road_inputs import NewNode, RoadInputs


def _none() -> NDArray[np.int64]:
    return np.empty(0, np.int64)


class Beside(NamedTuple):
    """How a place beside the roads of a map joins them: `kmh` off the road; farther than `most_km` it hangs."""

    kmh: float
    most_km: float


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """P points: the network's own `nodes`, then the joints of main roads.

    `lay`: from degrees to flat km. `points`: float64 (P, 2), flat km. `density`: float64 (P,), people per km² around
    each. `triangles`: int64 (T, 3), the natural neighbours among them. `links`: one-way, every point reached, sorted
    and without parallels. `lost`: int64, points that had to be hung on an area; `hooks`: int64, where more could hang.
    `homes`: float64 (A, 2), flat km, where the `people`, float64 (A,), live. `water`: float64 (W, 2, 2), flat km.

    On roads of a map `beside` says how places join them, at a `hook`; `links_back` are the links turned round, where
    they do not all lead both ways; `thin` are links between the nodes and the fewest joints that will do, numbered
    below `thin_points`, between which all ways are as quick and as long; `off_s`: float64 (nodes,), seconds between
    each node's place and its road; `crossings`: nodes that are neither sites nor areas, the last ones of `nodes`.

    `new_points`: int64, points of roads that an alternative opens: a new site may join there, too, beside where it
    would join today's roads.
    """

    lay: Laying
    nodes: int
    points: NDArray[np.float64]
    density: NDArray[np.float64]
    triangles: NDArray[np.int64]
    links: Links
    lost: NDArray[np.int64]
    hooks: NDArray[np.int64]
    homes: NDArray[np.float64]
    people: NDArray[np.float64]
    water: NDArray[np.float64]
    rules: LocalRules
    beside: Beside | None = None
    links_back: Links | None = None
    thin: Links | None = None
    thin_points: int = 0
    off_s: NDArray[np.float64] | None = None
    crossings: tuple[NewNode, ...] = ()
    new_points: NDArray[np.int64] = field(default_factory=_none)


def ground_of(inputs: RoadInputs) -> Ground:
    """Lay main roads, fill in local roads, and hang what no road reaches. `inputs` has at least one node."""
    if inputs.road_map is not None:
        from beredt.roads.map_ground import map_ground  # only where it is needed: it reads a large file

        return map_ground(inputs, inputs.road_map)
    if inputs.changed_links is not None:
        from beredt.roads.projects.changed_ground import changed_ground

        return changed_ground(ground_of(replace(inputs, changed_links=None)), inputs.changed_links, inputs.node_ids)
    lay = laying_of(inputs.lat, inputs.lon)
    water = lay(inputs.water.reshape(-1, 2)[:, 0], inputs.water.reshape(-1, 2)[:, 1]).reshape(-1, 2, 2)
    sites = lay(inputs.lat, inputs.lon)
    joints, main = hand_links(sites, inputs.roads, water)
    points = np.concatenate([sites, joints])
    homes, people = sites[inputs.is_area], inputs.people[inputs.is_area]
    density = density_per_km2(points, homes, people)
    triangles = triangles_of(points)
    links = joined(both_ways(main), both_ways(local_links(points, density, water, inputs.rules, triangles)))
    outside = outside_main_part(links, len(points))
    lost, hooks = np.flatnonzero(outside), _hooks(~outside, inputs.is_area)
    if len(lost):
        links = joined(links, both_ways(hanging_links(points, density, lost, hooks, inputs.rules)))
    return Ground(
        lay, len(sites), points, density, triangles, links, lost, hooks, homes, people, water, inputs.rules
    )  # fmt: skip


def _hooks(reached: NDArray[np.bool_], is_area: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Points on which others can be hung: areas in reach, or whatever is in reach where no area is."""
    areas = reached[: len(is_area)] & is_area
    return np.flatnonzero(areas if areas.any() else reached)
