"""The ways of running a year that are compared. Each is made ready outside the clock and run once on it.

A contestant is a function that takes a `GeneratedYear` and returns the work to be timed: only the event loop, with all
that it reads and writes in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from benchmarks.generated_year import GeneratedYear
from benchmarks.simpy_model import SimpyModel
from beredt.dispatch.crossing import demand_of, land_of
from beredt.simulation.kernel import FULL, run_until, simulate
from beredt.simulation.state import grown_state, new_state
from tests.reference.twin import Twin

Contestant = Callable[[GeneratedYear], Callable[[], object]]

PAGE_BYTES = 4096


def kernel(year: GeneratedYear) -> Callable[[], object]:
    """`run_until` alone, in memory that is in place."""
    land, demand = land_of(year.world), demand_of(year.incidents, year.world)
    state, end_s, cancel = new_state(land, demand), year.world.end_s, np.zeros(1, np.int8)
    for array in _arrays(state):
        _bring_into_memory(array)

    def run() -> None:
        now = state
        while run_until(land, now, demand, end_s, cancel) == FULL:
            now = grown_state(now)

    return run


def whole_simulate(year: GeneratedYear) -> Callable[[], object]:
    """`simulate` as a study runs it: arrays to records, fresh memory, the event loop, kilometres."""
    return lambda: simulate(year.world, year.incidents)


def simpy_model(year: GeneratedYear) -> Callable[[], object]:
    """The same rules in SimPy."""
    return SimpyModel(year.world, year.incidents).run


def twin(year: GeneratedYear) -> Callable[[], object]:
    """The plain-Python twin that the tests hold the kernel to."""
    prepared = Twin(year.world, year.incidents)

    def loop() -> None:
        prepared.begin()
        while (event := prepared.next_event()) is not None:
            prepared.happen(event)

    return loop


def _arrays(part: Any) -> Iterator[np.ndarray[Any, Any]]:
    if isinstance(part, np.ndarray):
        yield part
    else:
        for inner in part:
            yield from _arrays(inner)


def _bring_into_memory(array: np.ndarray[Any, Any]) -> None:
    """Write to every page, unchanged: memory that was only asked for is not there yet."""
    pages = array.reshape(-1).view(np.uint8)[::PAGE_BYTES]
    pages += np.uint8(0)
