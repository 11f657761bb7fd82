"""What a study is made of, and so which of its tables it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RoadForm = Literal["links", "graph"]
DemandSource = Literal["rates", "trace"]


@dataclass(frozen=True, slots=True)
class StudyForm:
    """Where roads and incidents come from.

    `roads` is links (main-road links, joined by local roads) or graph (a road network node by node); `demand` is
    rates (incidents drawn from population and rates) or trace (incidents taken one by one from a call trace).
    """

    roads: RoadForm = "links"
    demand: DemandSource = "rates"

    def asks(self, word: str) -> bool:
        """Whether a study of this form is meant by `word`: every, none, links, graph, rates or trace."""
        return word == "every" or word in {self.roads, self.demand}
