"""The kernel beside exact formulas: worlds that a formula describes, and what the formula says of them.

The formulas stand in `beredt.coverage`, with their sources. `python -m benchmarks exact` prints all cases as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from beredt.coverage import erlang
from beredt.coverage.hypercube import Hypercube, hypercube
from beredt.coverage.reserve import reserve_waits
from beredt.dispatch.world import ACUTE, F8, ORDINARY, URGENT
from beredt.indicators.estimate import Estimate, estimate
from tests.published.plain_worlds import PlainIncidents, PlainWorld
from tests.published.seen import Seen

MISSION_S = 2400.0
"""Mean duration of a mission in every case."""

CONFIDENCE = 0.999
"""Of each interval: of a thousand right values one is missed by chance."""

SENT = "sent to place"
"""Part of the name of a quantity that tells how often one unit is sent to one place."""

Values = Mapping[str, float]
"""Quantity → value; shares are between 0 and 1, and what ends in "wait" or "drive" is in seconds."""


@dataclass(frozen=True)
class ExactCase:
    """One world and its formula."""

    title: str
    exact: Values
    replicate: Callable[[Generator, int], Values]  # a source of chance, the number of calls → the same quantities
    calls: int  # of each replication
    seed: int
    replications: int = 20


@dataclass(frozen=True)
class Compared:
    """One quantity, exact and simulated."""

    case: str
    quantity: str
    exact: float
    simulated: float
    low: float
    high: float

    @property
    def agrees(self) -> bool:
        """Whether the exact value lies in the interval."""
        return self.would_pass(1.0)

    def would_pass(self, factor: float) -> bool:
        """Whether the exact value, made wrong by a factor, would lie in the interval."""
        return self.low <= self.exact * factor <= self.high

    @property
    def room(self) -> float:
        """Part of the exact value by which it could be wrong, either way, and still lie in the interval."""
        return max(self.high / self.exact - 1.0, 1.0 - self.low / self.exact)


def compare(case: ExactCase) -> tuple[Compared, ...]:
    """Run all replications of a case, each with its own chance, and set them beside the exact values."""
    runs = [
        case.replicate(np.random.default_rng([case.seed, number]), case.calls) for number in range(case.replications)
    ]
    found: Estimate = estimate(np.array([[run[name] for run in runs] for name in case.exact]), CONFIDENCE)
    return tuple(
        Compared(case.title, name, exact, *(float(column[row]) for column in found[:3]))
        for row, (name, exact) in enumerate(case.exact.items())
    )


def whole_ms(values_s: F8) -> F8:
    """Durations and times of the kernel are whole milliseconds."""
    return np.round(values_s, 3)


def calls_at_random(random: Generator, load: float, calls: int) -> F8:
    """Times of Poisson calls that bring so many erlangs, s."""
    return whole_ms(np.cumsum(random.exponential(MISSION_S / load, calls)))


def exponential_s(random: Generator, calls: int) -> F8:
    """Exponential durations with the mean of a mission."""
    return whole_ms(random.exponential(MISSION_S, calls))


def at_one_place(units: int) -> PlainWorld:
    """All units and all incidents at one place."""
    return PlainWorld(drive_s=[[0.0]], base_of=[0] * units)


def lognormal_s(random: Generator, mean_s: float, sigma: float, calls: int) -> F8:
    """Lognormal values with a given mean."""
    return mean_s * random.lognormal(-sigma * sigma / 2, sigma, calls)


DRIVES_S = (300.0, 480.0, 900.0)
"""From the one base to three places, for whole missions."""


def whole_missions(random: Generator, load: float, calls: int) -> PlainIncidents:
    """Missions of several parts: mobilisation, drive, work at the scene, drive to the hospital at the base, handover.

    Drives of 300, 480 or 900 s, twice, with a lognormal factor; the parts have means of 120 + 560 + 600 + 560 + 560 s,
    2400 s together.
    """
    return PlainIncidents(
        call_t=calls_at_random(random, load, calls),
        urgency=random.integers(0, 2, calls),
        place=random.integers(0, 3, calls),
        noise=lognormal_s(random, 1.0, 0.25, calls),
        mobilisation_s=whole_ms(random.uniform(0.0, 240.0, calls)),
        on_scene_s=whole_ms(lognormal_s(random, 600.0, 0.8, calls)),
        handover_s=whole_ms(lognormal_s(random, 560.0, 0.5, calls)),
        to_base=0,
    )


# ---- Erlang C: one place, calls wait in order ------------------------------------------------------------


def waiting_in_order(units: int, load: float, calls: int, seed: int) -> ExactCase:
    """M/M/n: who waits, how long, and how many wait longer than a tenth of a mission."""
    late_s = MISSION_S / 10

    def replicate(random: Generator, calls: int) -> Values:
        calls_t, scene_s = calls_at_random(random, load, calls), exponential_s(random, calls)
        seen = Seen(at_one_place(units), PlainIncidents(calls_t, URGENT, 0, scene_s))
        return {
            "waits": seen.share(seen.outcome.queued),
            "mean wait": seen.mean_wait_s(URGENT),
            f"waits over {late_s:.0f} s": seen.share(seen.wait_s > late_s),
            "a unit is busy": float(seen.busy.mean()),
        }

    exact = {
        "waits": erlang.erlang_c(units, load),
        "mean wait": erlang.wait_mean_s(units, load, MISSION_S),
        f"waits over {late_s:.0f} s": erlang.longer_wait_share(units, load, MISSION_S, late_s),
        "a unit is busy": load / units,
    }
    return ExactCase(f"Erlang C, {units} units, {load:g} erlangs", exact, replicate, calls, seed)


# ---- Erlang B: a neighbour helps whenever all own units are busy -------------------------------------------


def helped_by_a_neighbour(units: int, load: float, calls: int, seed: int, *, whole: bool) -> ExactCase:
    """A centre that asks its neighbour, at no loss of time, when it has no free unit: these are lost to its own units.

    The neighbour has more units than it ever needs, so nobody waits. With `whole` missions of several parts, of which
    only the mean may count. None is ordinary: those wait for an own unit rather than ask.
    """
    drives_s = DRIVES_S if whole else (0.0,)
    neighbours = 40
    world = PlainWorld(
        drive_s=[[drive_s, 60.0] for drive_s in drives_s],
        base_of=[0] * units + [1] * neighbours,
        centre_of=[0] * units + [1] * neighbours,
        ask=True,
    )

    def replicate(random: Generator, calls: int) -> Values:
        if whole:
            incidents = whole_missions(random, load, calls)
        else:
            calls_t = calls_at_random(random, load, calls)
            incidents = PlainIncidents(calls_t, random.integers(0, 2, calls), 0, exponential_s(random, calls))
        seen = Seen(world, incidents)
        assert not seen.anybody_waited
        found = {"helped by the neighbour": seen.share(seen.outcome.asked >= 0)}
        found["an own unit is busy"] = float(seen.busy[:units].mean())
        if not whole:
            found |= {"first unit is busy": float(seen.busy[0]), "last unit is busy": float(seen.busy[units - 1])}
        return found

    lost = [erlang.erlang_b(n, load) for n in range(units + 1)]
    exact = {"helped by the neighbour": lost[-1], "an own unit is busy": load * (1 - lost[-1]) / units}
    if not whole:  # of equal units the first in the list is taken, and the next carries what the first leave over
        exact |= {"first unit is busy": load * (lost[0] - lost[1]), "last unit is busy": load * (lost[-2] - lost[-1])}
    kind = "missions of five parts" if whole else "exponential missions"
    return ExactCase(f"Erlang B, {units} units, {load:g} erlangs, {kind}", exact, replicate, calls, seed)


# ---- M/G/∞: more units than are ever needed ----------------------------------------------------------------


def units_without_end(load: float, calls: int, seed: int, *, way_home: bool) -> ExactCase:
    """The number at work is Poisson; so is the number out, when nobody is transported and units drive home."""
    few, many, units = round(0.8 * load), round(1.25 * load), 90
    world = PlainWorld(drive_s=[[drive_s] for drive_s in DRIVES_S], base_of=[0] * units, way_home=way_home)

    def summary(shares: F8) -> Values:
        number, what = np.arange(shares.size), "out" if way_home else "at work"
        mean = float((shares * number).sum())
        return {
            f"mean number {what}": mean,
            "variance of it": float((shares * (number - mean) ** 2).sum()),
            f"{few} or fewer {what}": float(shares[: few + 1].sum()),
            f"{many} or more {what}": float(shares[many:].sum()),
        }

    def replicate(random: Generator, calls: int) -> Values:
        incidents = whole_missions(random, load, calls)
        if way_home:  # 560 s from the scene home instead of the drive to the hospital, which has the same mean
            incidents = replace(incidents, to_base=None, on_scene_s=whole_ms(incidents.on_scene_s + 560.0))
        seen = Seen(world, incidents)
        assert not seen.anybody_waited
        return summary(seen.at_work(units, way_home=way_home))

    kind = "way home included" if way_home else "missions of five parts"
    exact = summary(erlang.busy_share(load, units))
    return ExactCase(f"M/G/∞, {load:g} erlangs, {kind}", exact, replicate, calls, seed)


# ---- Priorities, with and without a reserve ----------------------------------------------------------------

URGENCIES = {"acute": ACUTE, "urgent": URGENT, "ordinary": ORDINARY}


def waiting_by_urgency(units: int, reserve: int, loads: tuple[float, float, float], calls: int, seed: int) -> ExactCase:
    """The most urgent first; with a reserve, ordinary calls wait while so many units or fewer are free."""
    load = sum(loads)
    world = PlainWorld(drive_s=[[0.0]], base_of=[0] * units, reserve=reserve)

    def replicate(random: Generator, calls: int) -> Values:
        urgency = random.choice(3, calls, p=np.array(loads) / load)
        calls_t = calls_at_random(random, load, calls)
        seen = Seen(world, PlainIncidents(calls_t, urgency, 0, exponential_s(random, calls)))
        found = {f"{name}: mean wait": seen.mean_wait_s(number) for name, number in URGENCIES.items()}
        found["acute: waits"] = seen.share(seen.outcome.queued, ACUTE)
        found["ordinary: waits"] = seen.share(seen.outcome.held, ORDINARY)
        return found

    waits = reserve_waits(units, reserve, loads[:2], loads[2], MISSION_S)
    means = [*waits.urgent_wait_s, waits.ordinary_wait_s]
    if reserve == 0:  # then another formula must say the same
        means = list(erlang.priority_waits_s(units, loads, MISSION_S))
    exact = {f"{name}: mean wait": float(mean) for name, mean in zip(URGENCIES, means, strict=True)}
    exact |= {"acute: waits": waits.queued_share, "ordinary: waits": waits.held_share}
    kind = f"reserve of {reserve}" if reserve else "no reserve"
    shown = " + ".join(f"{part:g}" for part in loads)
    return ExactCase(f"Priorities, {units} units, {shown} erlangs, {kind}", exact, replicate, calls, seed)


# ---- Hypercube: who goes follows from the roads -------------------------------------------------------------

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
        return hypercube(np.array(self.loads) / MISSION_S, lists, 1 / MISSION_S, queue=queue)

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
        calls_t = calls_at_random(random, load, calls)
        seen = Seen(world, PlainIncidents(calls_t, ACUTE, where, exponential_s(random, calls)))
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


def all_cases() -> tuple[ExactCase, ...]:
    """Every case, in the order of the table: so many calls that an error of a few percent shows."""
    return (
        waiting_in_order(5, 3.0, calls=300_000, seed=1),
        waiting_in_order(12, 8.4, calls=300_000, seed=2),
        helped_by_a_neighbour(5, 4.0, calls=100_000, seed=3, whole=False),
        helped_by_a_neighbour(10, 8.0, calls=100_000, seed=4, whole=True),
        units_without_end(20.0, calls=150_000, seed=5, way_home=False),
        units_without_end(20.0, calls=150_000, seed=6, way_home=True),
        waiting_by_urgency(4, 0, (0.6, 0.8, 1.0), calls=300_000, seed=7),
        waiting_by_urgency(6, 2, (1.2, 1.3, 0.7), calls=300_000, seed=8),
        on_the_map(TWO_STATIONS, 100_000, seed=9, queue=False),
        on_the_map(TWO_STATIONS, 100_000, seed=10, queue=True),
        on_the_map(THREE_UNITS, 100_000, seed=11, queue=False),
        on_the_map(town(), 100_000, seed=12, queue=False),
        on_the_map(town(), 100_000, seed=13, queue=True),
    )
