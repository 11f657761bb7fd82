"""What one run shows between its warm-up and its last call, read off the kernel's rows."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from beredt.dispatch.world import F8, I4, Incidents, Outcome
from beredt.simulation.kernel import simulate
from tests.published.plain_worlds import PlainIncidents, PlainWorld

WARM_UP_SHARE = 0.1
LONG_AFTER_S = 1e9
"""The run goes on until nobody waits any more, so that every call has its wait."""


class Seen:
    """One run of plain incidents in a plain world."""

    def __init__(self, world: PlainWorld, calls: PlainIncidents) -> None:
        last_t = float(calls.call_t[-1])
        self.world, self.begin_t, self.end_t = world, last_t * WARM_UP_SHARE, last_t
        self.incidents: Incidents = calls.packed(world)
        self.outcome: Outcome = simulate(world.packed(last_t + LONG_AFTER_S), self.incidents, km=False)
        self.counts = calls.call_t >= self.begin_t  # which calls

    @cached_property
    def order(self) -> I4:
        """Row of the mission of each incident; every incident has exactly one."""
        incident = self.outcome.missions.incident
        order = np.argsort(incident, kind="stable")
        assert np.array_equal(incident[order], np.arange(self.counts.size))
        return order.astype(np.int32)

    @cached_property
    def wait_s(self) -> F8:
        """From each call until a unit is sent."""
        wait: F8 = self.outcome.missions.assign_t[self.order] - self.incidents.call_t
        return wait

    def mean_wait_s(self, urgency: int) -> float:
        """Mean wait of the calls of one urgency that count."""
        return float(self.wait_s[self.counts & (self.incidents.urgency == urgency)].mean())

    def share(self, marked: np.ndarray, urgency: int | None = None) -> float:
        """Share of the calls that count, of one urgency or of all, that are marked."""
        of = self.counts if urgency is None else self.counts & (self.incidents.urgency == urgency)
        return float((marked[of] > 0).mean())

    @property
    def anybody_waited(self) -> bool:
        """Whether any call at all was queued or held back."""
        return bool(self.outcome.queued.any() or self.outcome.held.any())

    @cached_property
    def busy(self) -> F8:
        """Share of time each unit is on missions, [U]."""
        rows = self.outcome.missions
        start, stop = (np.clip(t, self.begin_t, self.end_t) for t in (rows.assign_t, rows.free_t))
        units = len(self.world.base_of)
        return np.bincount(rows.unit, stop - start, minlength=units) / (self.end_t - self.begin_t)

    @cached_property
    def dispatches(self) -> F8:
        """Share of calls for which each unit is sent to each place, [U, places]."""
        units, places = len(self.world.base_of), len(self.world.drive_s)
        unit = self.outcome.missions.unit[self.order][self.counts].astype(np.int64)
        place = self.incidents.scene[self.counts] - self.world.bases
        return np.bincount(unit * places + place, minlength=units * places).reshape(units, places) / place.size

    def at_work(self, most: int, *, way_home: bool = False) -> F8:
        """Share of time in which exactly 0, 1, …, `most` units are on missions (or on their way home): [most + 1]."""
        rows, stints = self.outcome.missions, self.outcome.stints
        spans = [(rows.assign_t, rows.free_t)]
        if way_home:
            spans.append((stints.start_t, np.minimum(stints.arrive_t, stints.end_t)))
        times = np.concatenate([t for span in spans for t in span])
        steps = np.concatenate([np.repeat([1, -1], start.size) for start, _ in spans])
        order = np.lexsort((-steps, times))  # a span may last no time at all
        number = np.cumsum(steps[order])[:-1]
        held_s = np.diff(np.clip(times[order], self.begin_t, self.end_t))
        held = np.bincount(np.minimum(number, most + 1), held_s, minlength=most + 2)
        return np.asarray(held[: most + 1] / (self.end_t - self.begin_t))
