"""What a study is made of, and so which of its tables it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RoadForm = Literal["links", "map", "graph"]
DemandSource = Literal["rates", "trace"]


@dataclass(frozen=True, slots=True)
class StudyForm:
    """Where roads and incidents come from.

    `roads` is links (main-road links, joined by local roads), map (roads imported from OpenStreetMap or NVDB) or graph
    (a road network node by node, as in another simulator); `demand` is
    rates (incidents drawn from population and rates) or trace (incidents taken one by one from a call trace).
    """

    roads: RoadForm = "links"
    demand: DemandSource = "rates"

    def asks(self, word: str) -> bool:
        """Whether a study of this form is meant by `word`: every, none, links, map, network (links or map), graph,
        rates or trace.
        """
        network = {"network"} if self.roads in {"links", "map"} else set()
        return word == "every" or word in {self.roads, self.demand} | network
