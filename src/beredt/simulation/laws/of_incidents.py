"""Laws about incidents: none is lost, none is served twice, and what is said of them adds up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import AHEAD, CARRIER, NOT_DONE, PRIMARY, TOGETHER
from beredt.simulation.laws.breach import Breach, Law, Mask, Run, asks_of, carries, of_incidents

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


def carried_once(law: str, run: Run) -> Iterator[Breach]:
    """A unit is called for a patient at most once, and only where the first unit came and cannot take the patient."""
    m, i = run.missions, run.incidents
    called = _count(run, (m.role == CARRIER) & (m.diverted == 0))
    lone = (m.role == PRIMARY) & (m.diverted == 0) & (i.dest[m.incident] >= 0) & ~carries(run)[m.unit]
    came = _count(run, lone & (m.scene_t < run.world.end_s))
    bad = (called > 1) | ((called > 0) & (came == 0))
    yield from of_incidents(law, bad, run, "units were called to carry a patient whom nobody waits with")


def support_adds_up(law: str, run: Run) -> Iterator[Breach]:
    """Every ask finds one unit at most; those together are sent or noted as missing once a first unit was sent."""
    m, o, asks = run.missions, run.outcome, asks_of(run)
    count = len(run.incidents.call_t)
    sent = np.bincount(m.ask[m.ask >= 0], minlength=asks.incident.size)
    twice = np.bincount(asks.incident[sent > 1], minlength=count)
    begun = _count(run, m.role == PRIMARY) > 0
    missed = o.second_missing.astype(np.int64)
    not_ahead = asks.when != AHEAD
    found = np.bincount(asks.incident[not_ahead], (sent > 0)[not_ahead], minlength=count).astype(np.int64)
    least = np.bincount(asks.incident[asks.when == TOGETHER], minlength=count) * begun
    most = np.bincount(asks.incident[not_ahead], minlength=count) * begun
    looked = found + missed
    off = (twice > 0) | (looked < least) | (looked > most)
    yield from of_incidents(law, off, run, "units sent and missing are not those asked for")


def supported_when_served(law: str, run: Run) -> Iterator[Breach]:
    """Whoever comes beside the first unit was asked for, for this incident."""
    m, asks = run.missions, asks_of(run)
    beside = (m.role != PRIMARY) & (m.role != CARRIER)
    known = (m.ask >= 0) & (m.ask < asks.incident.size)
    own = np.zeros(m.ask.size, np.bool_)
    own[known] = asks.incident[m.ask[known]] == m.incident[known]
    wrong = _count(run, beside != own) > 0
    yield from of_incidents(law, wrong, run, "a unit came beside the first one without being asked for")


def nobody_is_left_alone(law: str, run: Run) -> Iterator[Breach]:
    """A first unit that cannot take the patient does not leave before another one has come."""
    m, i = run.missions, run.incidents
    lone = (m.role == PRIMARY) & (m.diverted == 0) & (i.dest[m.incident] >= 0) & ~carries(run)[m.unit]
    called = (m.role == CARRIER) & (m.diverted == 0)
    come_t = np.full(len(i.call_t), NOT_DONE)
    come_t[m.incident[called]] = m.scene_t[called]
    left = lone & (m.leave_t < np.minimum(come_t[m.incident], run.world.end_s))
    yield from of_incidents(law, _count(run, left) > 0, run, "its first unit left before anybody took the patient")


def bumps_are_diversions(law: str, run: Run) -> Iterator[Breach]:
    """A unit that was taken off an incident either went to another one, which is a bump, or another unit took over."""
    m = run.missions
    off = _count(run, m.diverted != 0) != run.outcome.bumped + _count(run, m.cause == TAKEN_OVER)
    yield from of_incidents(law, off, run, "units taken off are not its bumps and the units that took over")


INCIDENT_LAWS: tuple[tuple[str, Law], ...] = (
    ("every incident is served or waits", served_or_waiting),
    ("an incident has one primary unit", served_once),
    ("a patient is carried by one unit", carried_once),
    ("support adds up", support_adds_up),
    ("nobody comes unasked", supported_when_served),
    ("no patient is left alone", nobody_is_left_alone),
    ("a bump is a diversion", bumps_are_diversions),
)
