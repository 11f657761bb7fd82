"""What a search says of the layouts that it took for the best, and of all that it tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from beredt.decision.compare import mean_and_error, t_quantile
from beredt.decision.search.layout import Layout
from beredt.decision.search.race import Ran
from beredt.decision.search.sequential import Evidence

F8 = NDArray[np.float64]

Status = Literal["spent", "settled", "stopped"]
"""The budget is spent · every layout in sight was found to be worse · somebody stopped it."""

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Compared:
    """A difference of two layouts over independent blocks, more is better, with its t-interval."""

    difference: float
    low: float
    high: float
    blocks: int


@dataclass(frozen=True, slots=True)
class Incumbent:
    """The best layout at some time of the search, and why.

    `step`: how it differs from the one before, `today` for today's. `evidence`: paired differences to the one before,
    from its races; `interval`: their confidence sequence at the level of the race. `against_today`: on blocks that no
    race has seen; None for today's own. `level`: mean on the blocks beside today's, as people read it. `simulated`:
    spent then.
    """

    number: int
    layout: Layout
    step: str
    evidence: Evidence
    interval: tuple[float, float]
    against_today: Compared | None
    level: float
    simulated: int

    def as_json(self) -> dict[str, Any]:
        """What journals and answers say of it."""
        against = self.against_today
        return {
            "layout": self.layout.key,
            "step": self.step,
            "blocks": self.evidence.blocks,
            "gain": self.evidence.mean if self.evidence.blocks else None,
            "gain_low": _finite(self.interval[0]),
            "gain_high": _finite(self.interval[1]),
            "today_blocks": against.blocks if against else None,
            "against_today": _finite(against.difference) if against else None,
            "against_today_low": _finite(against.low) if against else None,
            "against_today_high": _finite(against.high) if against else None,
            "level": _finite(self.level),
            "simulated": self.simulated,
        }


@dataclass(frozen=True, slots=True)
class Tried:
    """A layout that ran against an incumbent, and how that ended."""

    against: int
    step: str
    ran: Ran


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search: its incumbents, the last of which is the answer, and all that was tried."""

    status: Status
    incumbents: tuple[Incumbent, ...]
    tried: tuple[Tried, ...]
    simulated: int
    calls: int

    @property
    def best(self) -> Incumbent:
        """The answer."""
        return self.incumbents[-1]


def unseen(layout: Layout) -> Incumbent:
    """Today's layout, before anything was simulated."""
    return Incumbent(0, layout, "today", Evidence(), (0.0, 0.0), None, float("nan"), 0)


def compared(differences: F8, confidence: float = CONFIDENCE) -> Compared:
    """Mean of paired differences (n,) with its t-interval, for blocks that were not chosen by what they say."""
    kept = differences[np.isfinite(differences)]
    mean, error = mean_and_error(kept)
    if not np.isfinite(error):
        return Compared(mean, float("nan"), float("nan"), len(kept))
    half = t_quantile(0.5 + confidence / 2.0, len(kept) - 1) * error
    return Compared(mean, mean - half, mean + half, len(kept))


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
