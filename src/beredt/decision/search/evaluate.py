"""Layouts measured by simulation, on the same incidents.

A *block* is a short replication: so many days of incidents, with a warm-up before them. Whatever layout meets block b
meets the same incidents with the same luck: the simulation itself draws nothing, and every draw belongs to (seed,
block, incident, purpose). Differences between two layouts are therefore taken block by block (common random numbers).

What does not change between layouts is made once: roads, the expectation of every area, the groups, and each block's
incidents with their places, durations and hospitals.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import Protocol, TypeVar

from beredt.decision.search.layout import Layout
from beredt.decision.search.objective import Counted, Objective, counted_of, group_columns
from beredt.decision.search.space import Space
from beredt.decision.search.to_edits import service_of_layout
from beredt.demand.generate import generate_calls
from beredt.indicators.tally import tally_response_only
from beredt.model.study import Study
from beredt.simulation.case import Case, prepare_case
from beredt.simulation.study_roads import StudyRoads
from beredt.simulation.variant import MetOnce, Variant, meet_once, observe_variant, vary

K = TypeVar("K")
V = TypeVar("V")

KEPT_CALLS, KEPT_LAYOUTS = 300_000, 256
"""Incidents and layouts that are kept ready: some 150 bytes for an incident, half a megabyte for a layout."""


class Measure(Protocol):
    """Measures layouts on blocks; the same layout and block always give the same."""

    def __call__(self, layouts: Sequence[Layout], blocks: Sequence[int]) -> list[list[Counted]]:
        """For every layout, what it came to on every block."""
        ...


@dataclass(frozen=True, slots=True)
class BlockRules:
    """How long a block is: `days` that count, after `warmup_days` and before `cooldown_days` that do not."""

    days: int = 14
    warmup_days: int = 1
    cooldown_days: int = 0

    @property
    def simulated_days(self) -> int:
        """Days simulated for one layout on one block."""
        return self.warmup_days + self.days + self.cooldown_days


class SimulatedBlocks:
    """The `Measure` that simulates."""

    def __init__(
        self,
        study: Study,
        roads: StudyRoads,
        space: Space,
        objective: Objective,
        rules: BlockRules,
        seed: int,
        jobs: int,
    ) -> None:
        """Make ready what all layouts share.

        Args:
            study: whose roads hold every site of the space.
            roads: of the study.
            space: whose layouts are measured.
            objective: what is counted.
            rules: of a block.
            seed: of the incidents.
            jobs: threads; the results are the same.

        Raises:
            UnknownIdError: a group of the objective that the study does not have.
            StudyError: tables without what the simulation asks for.
        """
        self._study, self._roads, self._space, self._objective = _shortened(study, rules), roads, space, objective
        self._seed = seed
        self.case: Case = prepare_case(self._study, roads, space.service)
        self._columns = group_columns(objective, self.case.frame.group_ids)
        self._blocks: OrderedDict[int, MetOnce] = OrderedDict()
        self._variants: OrderedDict[Layout, Variant] = OrderedDict()
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(jobs) if jobs > 1 else None

    def __call__(self, layouts: Sequence[Layout], blocks: Sequence[int]) -> list[list[Counted]]:
        """As in `Measure`."""
        variants = [self._variant(layout) for layout in layouts]

        def on_block(block: int) -> list[Counted]:
            met = self._met(block)
            return [self._count(variant, met) for variant in variants]

        by_block = list(map(on_block, blocks) if self._pool is None else self._pool.map(on_block, blocks))
        return [list(row) for row in zip(*by_block, strict=True)] if by_block else [[] for _ in layouts]

    def _count(self, variant: Variant, met: MetOnce) -> Counted:
        response = tally_response_only(variant.frame, observe_variant(variant, met)).response
        return counted_of(self._objective, self._columns, response, met.incidents.call_t.size)

    def _variant(self, layout: Layout) -> Variant:
        if layout not in self._variants:
            service = service_of_layout(self._space, layout)
            self._variants[layout] = vary(self._study, self._roads, self._space.service, self.case, service)
            _cut(self._variants, KEPT_LAYOUTS)
        self._variants.move_to_end(layout)
        return self._variants[layout]

    def _met(self, block: int) -> MetOnce:
        with self._lock:
            if block in self._blocks:
                self._blocks.move_to_end(block)
                return self._blocks[block]
        met = meet_once(self.case, generate_calls(self.case.generated.demand, self._seed, block))
        with self._lock:
            self._blocks[block] = met
            _cut(self._blocks, max(1, KEPT_CALLS // max(met.incidents.call_t.size, 1)))
        return met


def _shortened(study: Study, rules: BlockRules) -> Study:
    days = {"days": rules.days, "warmup_days": rules.warmup_days, "cooldown_days": rules.cooldown_days}
    simulation = study.settings.simulation.model_copy(update=days)
    return replace(study, settings=study.settings.model_copy(update={"simulation": simulation}))


def _cut(kept: OrderedDict[K, V], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
