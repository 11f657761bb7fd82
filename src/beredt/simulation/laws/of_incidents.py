"""Laws about incidents: none is lost, none is served twice, and what is said of them adds up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import ACUTE, PRIMARY, RESPONDER, SECOND
from beredt.simulation.laws.breach import Breach, Law, Mask, Run, of_incidents

TAKEN_OVER = 4
"""In `Missions.cause`: the unit took the incident over from another one."""


def _count(run: Run, rows: Mask) -> NDArray[np.int64]:
    """Missions of each incident among some of all, int64[I]."""
    return np.bincount(run.missions.incident[rows], minlength=run.incidents.call_t.size)


def _served(run: Run) -> NDArray[np.int64]:
    return _count(run, (run.missions.role == PRIMARY) & (run.missions.diverted == 0))


def served_or_waiting(law: str, run: Run) -> Iterator[Breach]:
    """Who was ready for a decision has a unit, or is marked as waiting: queued, held back, or asked for elsewhere."""
    o = run.outcome
    waits = (o.queued != 0) | (o.held != 0) | (o.asked >= 0)
    due = run.incidents.ready_t < run.world.end_s
    lost = due & (_served(run) == 0) & ~waits
    yield from of_incidents(law, lost, run, "it was ready, has no unit and waits nowhere")


def served_once(law: str, run: Run) -> Iterator[Breach]:
    """At most one primary unit that was not taken away again."""
    yield from of_incidents(law, _served(run) > 1, run, "it has more than one primary unit")


def support_adds_up(law: str, run: Run) -> Iterator[Breach]:
    """A second unit is sent or noted as missing once, where one is asked for and a primary unit was sent."""
    m, o = run.missions, run.outcome
    wanted = (run.incidents.second != 0) & (_count(run, m.role == PRIMARY) > 0)
    off = _count(run, m.role == SECOND) + o.second_missing != wanted
    yield from of_incidents(law, off, run, "second units sent and missing are not the one asked for")


def one_responder(law: str, run: Run) -> Iterator[Breach]:
    """A single responder comes at most once, and only to acute incidents."""
    most = (run.incidents.urgency == ACUTE).astype(np.int64)
    too_many = _count(run, run.missions.role == RESPONDER) > most
    yield from of_incidents(law, too_many, run, "it has more single responders than it may have")


def bumps_are_diversions(law: str, run: Run) -> Iterator[Breach]:
    """A unit that was taken off an incident either went to another one, which is a bump, or another unit took over."""
    m = run.missions
    off = _count(run, m.diverted != 0) != run.outcome.bumped + _count(run, m.cause == TAKEN_OVER)
    yield from of_incidents(law, off, run, "units taken off are not its bumps and the units that took over")


INCIDENT_LAWS: tuple[tuple[str, Law], ...] = (
    ("every incident is served or waits", served_or_waiting),
    ("an incident has one primary unit", served_once),
    ("support adds up", support_adds_up),
    ("one responder, to the acute", one_responder),
    ("a bump is a diversion", bumps_are_diversions),
)
