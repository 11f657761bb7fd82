"""From nodes, main roads and rules to a finished network."""

from __future__ import annotations

import numpy as np

from beredt.errors import NetworkError
from beredt.roads.ground import Ground, ground_of
from beredt.roads.network import MOST_NODES, Network
from beredt.roads.road_inputs import RoadInputs
from beredt.roads.travel_times import travel_times
from beredt.roads.with_sites import with_sites


def make_network(inputs: RoadInputs) -> Network:
    """Lay main roads, fill in local roads, hang what is left over, and find all quickest ways.

    Sites that only edits make come last, and no way of others leads through them.

    Raises NetworkError where there are no nodes or more than `hop` can number.
    """
    n = len(inputs.node_ids)
    if not 0 < n <= MOST_NODES:
        raise NetworkError(f"a network needs 1 to {MOST_NODES} nodes, and this one has {n}: use coarser areas")
    ground = ground_of(inputs)
    return with_sites(network_of(ground, inputs), ground, inputs.added)


def network_of(ground: Ground, inputs: RoadInputs) -> Network:
    """All quickest ways on the ground, without the sites that edits make."""
    n, crossings = len(inputs.node_ids), ground.crossings
    if ground.thin is None:
        times = travel_times(ground.links, nodes=len(ground.points), kept=ground.nodes)
    else:
        times = travel_times(ground.thin, nodes=ground.thin_points, kept=ground.nodes)
    return Network(
        node_ids=(*inputs.node_ids, *(node.node_id for node in crossings)),
        lat=np.append(inputs.lat, [node.lat for node in crossings]),
        lon=np.append(inputs.lon, [node.lon for node in crossings]),
        seconds=times.seconds,
        hop=times.hop,
        km=times.km,
        leg_s=inputs.access_s / 2 + (np.zeros(ground.nodes) if ground.off_s is None else ground.off_s),
        remnants=tuple(inputs.node_ids[node] for node in ground.lost.tolist() if node < n),
    )
