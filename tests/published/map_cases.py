"""Services on a map, where who goes follows from the roads: Larson's hypercube, see `beredt.coverage.hypercube`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from beredt.coverage.hypercube import Hypercube, hypercube
from beredt.dispatch.world import ACUTE, F8
from tests.published import draws
from tests.published.comparing import SENT, ExactCase, Values
from tests.published.plain_worlds import PlainIncidents, PlainWorld
from tests.published.seen import Seen

FAR_S, HELPERS = 50_000.0, 40
"""A far base with more units than it ever needs: it takes what finds all others busy, and counts as lost."""


@dataclass(frozen=True)
class Map:
    """One unit at each base, and places with their share of the load."""

    name: str
    drive_s: tuple[tuple[float, ...], ...]  # [places][bases]
    loads: tuple[float, ...]  # [places] erlangs

    def solved(self, *, queue: bool) -> Hypercube:
        """The exact answer: every place wants the unit that is nearest by road."""
        lists = np.argsort(np.array(self.drive_s), axis=1)
        return hypercube(np.array(self.loads) / draws.MISSION_S, lists, 1 / draws.MISSION_S, queue=queue)

    def world(self, *, queue: bool) -> PlainWorld:
        """The same as a world; without a queue the far base helps."""
        units = len(self.drive_s[0])
        if queue:
            return PlainWorld(self.drive_s, range(units))
        return PlainWorld([[*row, FAR_S] for row in self.drive_s], [*range(units), *[units] * HELPERS])


def on_the_map(place: Map, calls: int, seed: int, *, queue: bool) -> ExactCase:
    """Each unit's share of time busy, who waits or is lost, and how far those sent have to drive."""
    world, load = place.world(queue=queue), sum(place.loads)
    drive_s = np.array(place.drive_s).T

    def replicate(random: Generator, calls: int) -> Values:
        where = random.choice(len(place.loads), calls, p=np.array(place.loads) / load)
        calls_t = draws.calls_at_random(random, load, calls)
        seen = Seen(world, PlainIncidents(calls_t, ACUTE, where, draws.exponential_s(random, calls)))
        sent = seen.dispatches[: len(drive_s)]
        assert queue or not seen.anybody_waited
        all_busy = seen.share(seen.outcome.queued) if queue else float(seen.dispatches[len(drive_s) :].sum())
        return summary(seen.busy[: len(drive_s)], sent, all_busy)

    def summary(busy: F8, sent: F8, all_busy: float) -> Values:
        found = {f"unit {number} is busy": float(share) for number, share in enumerate(busy, start=1)}
        found["all are busy"] = all_busy
        found["mean drive"] = float((sent * drive_s).sum() / sent.sum())
        for unit, at in np.ndindex(sent.shape):
            found[f"unit {unit + 1} {SENT} {at + 1}"] = float(sent[unit, at])
        return found

    exact = place.solved(queue=queue)
    kind = "queue" if queue else "zero line"
    values = summary(exact.utilisation, exact.dispatches, exact.all_busy)
    return ExactCase(f"Hypercube, {place.name}, {kind}", values, replicate, calls, seed)


TWO_STATIONS = Map("two stations", ((180.0, 420.0), (500.0, 100.0)), (0.7, 0.4))
THREE_UNITS = Map("three units", ((60.0, 120.0, 180.0), (120.0, 60.0, 180.0), (120.0, 180.0, 60.0)), (1, 1, 1))


def town() -> Map:
    """Six bases and eight places in a town of 20 by 12 km, at 40 km/h along streets that run north and east."""
    bases = np.array([(2, 2), (9, 3), (17, 2), (4, 10), (11, 8), (19, 11)])
    places = np.array([(1, 5), (6, 1), (8, 6), (13, 3), (18, 5), (3, 11), (12, 11), (16, 9)])
    km = np.abs(places[:, None] - bases + np.array([0.13, 0.29])).sum(axis=2)
    return Map("six stations", tuple(map(tuple, (km * 90).round().tolist())), (0.3, 0.5, 0.9, 0.4, 0.3, 0.4, 0.6, 0.2))
