"""From nodes, main roads and rules to a finished network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.roads.density import density_per_km2
from beredt.roads.flat import Laying, laying_of
from beredt.roads.hand_links import hand_links
from beredt.roads.links import Links, both_ways, joined
from beredt.roads.local_links import LocalRules, local_links
from beredt.roads.network import MOST_NODES, Network
from beredt.roads.remnants import hanging_links, outside_main_part
from beredt.roads.road_inputs import RoadInputs
from beredt.roads.travel_times import travel_times


def make_network(inputs: RoadInputs) -> Network:
    """Lay main roads, fill in local roads, hang what is left over, and find all quickest ways.

    Raises NetworkError where there are no nodes or more than `hop` can number.
    """
    n = len(inputs.node_ids)
    if not 0 < n <= MOST_NODES:
        raise NetworkError(f"a network needs 1 to {MOST_NODES} nodes, and this one has {n}: use coarser areas")
    lay = laying_of(inputs.lat, inputs.lon)
    water = _flat_water(inputs.water, lay)
    sites = lay(inputs.lat, inputs.lon)
    joints, main = hand_links(sites, inputs.roads, water)
    points = np.concatenate([sites, joints])
    density = density_per_km2(points, sites[inputs.is_area], inputs.people[inputs.is_area])
    local = local_links(points, density, water, inputs.rules)
    links = joined(both_ways(main), both_ways(local))
    links, lost = _with_remnants(links, points, density, inputs.is_area, inputs.rules)
    times = travel_times(links, nodes=len(points), kept=n)
    return Network(
        node_ids=inputs.node_ids,
        lat=inputs.lat,
        lon=inputs.lon,
        seconds=times.seconds,
        hop=times.hop,
        km=times.km,
        leg_s=np.full(n, inputs.access_s / 2),
        remnants=tuple(inputs.node_ids[node] for node in lost.tolist() if node < n),
    )


def _flat_water(water: NDArray[np.float64], lay: Laying) -> NDArray[np.float64]:
    points = water.reshape(-1, 2)
    return lay(points[:, 0], points[:, 1]).reshape(-1, 2, 2)


def _with_remnants(
    links: Links,
    points: NDArray[np.float64],
    density: NDArray[np.float64],
    is_area: NDArray[np.bool_],
    rules: LocalRules,
) -> tuple[Links, NDArray[np.int64]]:
    """Links that reach every point, and the points that had to be hung on their nearest area."""
    outside = outside_main_part(links, len(points))
    lost = np.flatnonzero(outside)
    if len(lost) == 0:
        return links, lost
    reached = ~outside
    reached_areas = reached[: len(is_area)] & is_area
    hooks = np.flatnonzero(reached_areas if reached_areas.any() else reached)
    hung = hanging_links(points, density, lost, hooks, rules)
    return joined(links, both_ways(hung)), lost
