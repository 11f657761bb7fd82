"""Places must be within reach of each other by road.

The model knows no roads: whoever has built the network hands it in here, before anything is simulated on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from beredt.model.issue import Issue
from beredt.model.study import Study

TABLE_OF_NODE = {"station": "stations", "standby": "standby_points", "hospital": "hospitals", "area": "areas"}
"""Tables by the part of a node id before its colon."""


class TravelTable(Protocol):
    """What this check needs of a road network of N nodes.

    `node_ids` such as `station:asker`; `lat`, `lon` float64 (N,), degrees; `seconds[d, o]`, float32 (N, N), the time
    from node o to node d, infinite or NaN where there is no way; `remnants` the ids of nodes that no road reaches
    and that were hung on their nearest neighbour.
    """

    @property
    def node_ids(self) -> Sequence[str]: ...  # noqa: D102  # told above
    @property
    def lat(self) -> NDArray[np.float64]: ...  # noqa: D102  # told above
    @property
    def lon(self) -> NDArray[np.float64]: ...  # noqa: D102  # told above
    @property
    def seconds(self) -> NDArray[np.float32]: ...  # noqa: D102  # told above
    @property
    def remnants(self) -> Sequence[str]: ...  # noqa: D102  # told above


def check_reachable(study: Study, network: TravelTable) -> tuple[Issue, ...]:
    """What nobody can reach by road, in today's service and in the alternatives that the network was made for.

    A station, standby point or hospital is an error each; areas are one warning, since people there are served by
    a road that the map does not show.
    """
    issues: list[Issue] = []
    areas: list[int] = []
    for index in _cut_off(network):
        kind, _, key = network.node_ids[index].partition(":")
        if kind == "area":
            areas.append(index)
        elif kind in TABLE_OF_NODE:
            name = _names(study, TABLE_OF_NODE[kind]).get(key, key)
            issues.append(_issue(network, index, 1, f"nobody can reach {name}: no road leads there"))
    if areas:
        message = "no road leads to the area: it hangs on its nearest neighbour"
        issues.append(_issue(network, areas[0], len(areas), message))
    return tuple(issues)


def _cut_off(network: TravelTable) -> list[int]:
    """Nodes without a road of their own, or that half of the others cannot come from or get to."""
    count = len(network.node_ids)
    remnants = set(network.remnants)
    ways = np.isfinite(network.seconds)
    alone = (ways.sum(axis=0) * 2 <= count) | (ways.sum(axis=1) * 2 <= count)
    return [index for index in range(count) if network.node_ids[index] in remnants or (count > 1 and alone[index])]


def _names(study: Study, table: str) -> dict[str, str]:
    return {row.id: row.name for row in getattr(study.service, table)}


def _issue(network: TravelTable, index: int, count: int, message: str) -> Issue:
    kind, _, key = network.node_ids[index].partition(":")
    return Issue(
        file=TABLE_OF_NODE[kind],
        row=None,
        field="id",
        value=key,
        count=count,
        message=message,
        remedy="correct its place, or add a link and places near it",
        lat=float(network.lat[index]),
        lon=float(network.lon[index]),
        severity="warning" if kind == "area" else "error",
    )
