"""Changes of roads laid on the main roads of a study: which are open, how fast, and which are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from beredt.errors import NetworkError
from beredt.model.link import Link
from beredt.model.road_change import ClosedLink, OpenedLink, RoadState
from beredt.roads.hand_links import MainRoads
from beredt.roads.road_inputs import ChangedLinks


def resolve_links(links: Sequence[Link], state: RoadState, node: Mapping[str, int]) -> ChangedLinks:
    """Main roads under the changes, laid on one after the other.

    Args:
        links: of today.
        state: what is different.
        node: number of every place.

    Raises:
        NetworkError: a road drawn on a map, or one to a place that is not there.
    """
    roads = list(links)
    minutes = [link.minutes for link in links]
    for change in state:
        if isinstance(change, OpenedLink):
            if len(change.places) != 2 or change.km is None:
                raise NetworkError("this study has links of its own: a new road joins two places and has a length")
            roads.append(change.as_link())
            minutes.append(roads[-1].minutes)
            continue
        if len(change.places) != 2:
            raise NetworkError("this study has links of its own: a road is named by the two places that it joins")
        for number, link in enumerate(roads):
            if change.means(link):
                minutes[number] = np.inf if isinstance(change, ClosedLink) else link.km / change.kmh * 60.0
    today = len(links)
    return ChangedLinks(_laid(roads[:today], minutes[:today], node), _laid(roads[today:], minutes[today:], node))


def _laid(links: Sequence[Link], minutes: Sequence[float], node: Mapping[str, int]) -> MainRoads:
    unknown = sorted({end for link in links for end in (link.from_place, link.to_place)} - set(node))
    if unknown:
        raise NetworkError(f"a road leads to {', '.join(unknown)}, and there is no such place in places.csv")
    return MainRoads(
        start=np.array([node[link.from_place] for link in links], np.int64),
        end=np.array([node[link.to_place] for link in links], np.int64),
        km=np.array([link.km for link in links], np.float64),
        minutes=np.array(minutes, np.float64),
        factor=np.array([link.factor for link in links], np.float64),
        join_km=np.array([link.join_km for link in links], np.float64),
    )
