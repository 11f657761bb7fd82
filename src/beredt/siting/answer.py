"""What a siting model answers, the same for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from beredt.siting.program import Status


@dataclass(frozen=True, slots=True, eq=False)
class SitingAnswer:
    """The best that was found, and how good it is proved to be.

    `model`: name, such as "mclp". `objective`: of the answer, in the unit that the model states. `bound`: nothing is
    better than this. `gap`: |objective − bound| / |objective|, 0 when proved. `status`: "proved" when the gap is at
    most the one asked for, else "stopped". `chosen`: units at each open site, in the order of the problem's sites.
    `by_period`: units at each open site in each period, where there is more than one. `served`: the site that serves
    each area, where the model says so. `seconds`: building, reducing and solving.
    `measures`: further figures by name, with their unit in the name.
    """

    model: str
    objective: float
    bound: float
    gap: float
    status: Status
    chosen: Mapping[str, int]
    seconds: float
    served: Mapping[str, str] = field(default_factory=dict)
    by_period: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What ``beredt site --json`` prints."""
        return {
            "model": self.model,
            "objective": self.objective,
            "bound": self.bound,
            "gap": self.gap,
            "status": self.status,
            "chosen": list(self.chosen),
            "units": dict(self.chosen),
            **({"periods": {name: dict(units) for name, units in self.by_period.items()}} if self.by_period else {}),
            "seconds": self.seconds,
            "measures": dict(self.measures),
        }
