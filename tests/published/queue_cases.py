"""Services at one place, and the formulas that know who waits there: see `beredt.coverage.erlang` and `.reserve`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from beredt.coverage import erlang
from beredt.coverage.reserve import reserve_waits
from beredt.dispatch.world import ACUTE, F8, ORDINARY, URGENT
from tests.published import draws
from tests.published.comparing import ExactCase, Values
from tests.published.plain_worlds import PlainIncidents, PlainWorld
from tests.published.seen import Seen


def at_one_place(units: int) -> PlainWorld:
    """All units and all incidents at one place."""
    return PlainWorld(drive_s=[[0.0]], base_of=[0] * units)


# ---- Erlang C: one place, calls wait in order ------------------------------------------------------------


def waiting_in_order(units: int, load: float, calls: int, seed: int) -> ExactCase:
    """M/M/n: who waits, how long, and how many wait longer than a tenth of a mission."""
    late_s = draws.MISSION_S / 10

    def replicate(random: Generator, calls: int) -> Values:
        calls_t, scene_s = draws.calls_at_random(random, load, calls), draws.exponential_s(random, calls)
        seen = Seen(at_one_place(units), PlainIncidents(calls_t, URGENT, 0, scene_s))
        return {
            "waits": seen.share(seen.outcome.queued),
            "mean wait": seen.mean_wait_s(URGENT),
            f"waits over {late_s:.0f} s": seen.share(seen.wait_s > late_s),
            "a unit is busy": float(seen.busy.mean()),
        }

    exact = {
        "waits": erlang.erlang_c(units, load),
        "mean wait": erlang.wait_mean_s(units, load, draws.MISSION_S),
        f"waits over {late_s:.0f} s": erlang.longer_wait_share(units, load, draws.MISSION_S, late_s),
        "a unit is busy": load / units,
    }
    return ExactCase(f"Erlang C, {units} units, {load:g} erlangs", exact, replicate, calls, seed)


# ---- Erlang B: a neighbour helps whenever all own units are busy -------------------------------------------


def helped_by_a_neighbour(units: int, load: float, calls: int, seed: int, *, whole: bool) -> ExactCase:
    """A centre that asks its neighbour, at no loss of time, when it has no free unit: these are lost to its own units.

    The neighbour has more units than it ever needs, so nobody waits. With `whole` missions of several parts, of which
    only the mean may count. None is ordinary: those wait for an own unit rather than ask.
    """
    drives_s = draws.DRIVES_S if whole else (0.0,)
    neighbours = 40
    world = PlainWorld(
        drive_s=[[drive_s, 60.0] for drive_s in drives_s],
        base_of=[0] * units + [1] * neighbours,
        centre_of=[0] * units + [1] * neighbours,
        ask=True,
    )

    def replicate(random: Generator, calls: int) -> Values:
        if whole:
            incidents = draws.whole_missions(random, load, calls)
        else:
            calls_t = draws.calls_at_random(random, load, calls)
            incidents = PlainIncidents(calls_t, random.integers(0, 2, calls), 0, draws.exponential_s(random, calls))
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
    world = PlainWorld(drive_s=[[drive_s] for drive_s in draws.DRIVES_S], base_of=[0] * units, way_home=way_home)

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
        incidents = draws.whole_missions(random, load, calls)
        if way_home:  # 560 s from the scene home instead of the drive to the hospital, which has the same mean
            incidents = replace(incidents, to_base=None, on_scene_s=draws.whole_ms(incidents.on_scene_s + 560.0))
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
        calls_t = draws.calls_at_random(random, load, calls)
        seen = Seen(world, PlainIncidents(calls_t, urgency, 0, draws.exponential_s(random, calls)))
        found = {f"{name}: mean wait": seen.mean_wait_s(number) for name, number in URGENCIES.items()}
        found["acute: waits"] = seen.share(seen.outcome.queued, ACUTE)
        found["ordinary: waits"] = seen.share(seen.outcome.held | seen.outcome.queued, ORDINARY)
        return found

    waits = reserve_waits(units, reserve, loads[:2], loads[2], draws.MISSION_S)
    means = [*waits.urgent_wait_s, waits.ordinary_wait_s]
    if reserve == 0:  # then another formula must say the same
        means = list(erlang.priority_waits_s(units, loads, draws.MISSION_S))
    exact = {f"{name}: mean wait": float(mean) for name, mean in zip(URGENCIES, means, strict=True)}
    exact |= {"acute: waits": waits.queued_share, "ordinary: waits": waits.held_share}
    kind = f"reserve of {reserve}" if reserve else "no reserve"
    shown = " + ".join(f"{part:g}" for part in loads)
    return ExactCase(f"Priorities, {units} units, {shown} erlangs, {kind}", exact, replicate, calls, seed)
