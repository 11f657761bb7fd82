"""A network with sites beside it that only edits make."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.roads.ground import Ground
from beredt.roads.hung_site import HungSite, SiteWays, hang_site, ways_of_site
from beredt.roads.network import MOST_NODES, Network
from beredt.roads.road_inputs import NewNode


def with_sites(network: Network, ground: Ground, added: Sequence[NewNode]) -> Network:
    """The network with more nodes at its end; what was there before keeps its number and its ways.

    Args:
        network: of the ground, without any node beside it.
        ground: that it was made of.
        added: nodes with ids of their own; none give the network itself.

    Raises:
        NetworkError: more nodes than `hop` can number.
    """
    if not added:
        return network
    n, size = len(network.node_ids), len(network.node_ids) + len(added)
    if size > MOST_NODES:
        raise NetworkError(f"a network has at most {MOST_NODES} nodes, and with its new sites this one has {size}")
    seconds, km = np.zeros((size, size), np.float32), np.zeros((size, size), np.float32)
    hop = np.zeros((size, size), np.int16)
    seconds[:n, :n], km[:n, :n], hop[:n, :n] = network.seconds, network.km, network.hop
    hung: list[HungSite] = []
    for number, node in enumerate(added, n):
        site = hang_site(ground, node.lat, node.lon)
        put_site(seconds, km, hop, number, np.arange(number), ways_of_site(ground, site, hung))
        hung.append(site)
    return Network(
        node_ids=(*network.node_ids, *(node.node_id for node in added)),
        lat=np.append(network.lat, [node.lat for node in added]),
        lon=np.append(network.lon, [node.lon for node in added]),
        seconds=seconds,
        hop=hop,
        km=km,
        leg_s=np.append(network.leg_s, np.full(len(added), site_leg_s(network, ground))),
        remnants=(*network.remnants, *(node.node_id for node, site in zip(added, hung, strict=True) if site.hangs)),
    )


def site_leg_s(network: Network, ground: Ground) -> float:
    """Seconds that a trip takes at the end where a new site is; what lies between it and its road is in its link."""
    return float(network.leg_s[0] - (0.0 if ground.off_s is None else ground.off_s[0]))


def put_site(
    seconds: NDArray[np.float32],
    km: NDArray[np.float32],
    hop: NDArray[np.int16],
    number: int,
    numbers: NDArray[np.int64],
    ways: SiteWays,
) -> None:
    """Write the row and the column of a new site into tables as those of `Network`.

    Args:
        seconds: (S, S), changed in place, as are `km` and `hop`.
        km: (S, S)
        hop: (S, S)
        number: of the site in the tables.
        numbers: int64 (N + M,), numbers in the tables of those that the ways lead to.
        ways: of the site.
    """
    with_self = np.append(numbers, number)
    for table, there, back in ((seconds, ways.to_s, ways.from_s), (km, ways.to_km, ways.from_km)):
        table[number, numbers] = there
        table[numbers, number] = back
        table[number, number] = 0.0
    hop[number, numbers] = with_self[ways.towards]
    hop[numbers, number] = numbers[ways.first]
    hop[number, number] = number
