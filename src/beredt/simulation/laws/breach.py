"""What a law reads, and what it says where it is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.plain_asks import plain_abilities, plain_asks
from beredt.dispatch.world import Abilities, Asks, Incidents, Missions, Outcome, Stints, World

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Breach:
    """Where a law is broken first, and how often."""

    law: str
    what: str
    unit: int | None
    incident: int | None
    time_s: float  # simulated
    count: int


class Run(NamedTuple):
    """One run: what went in and what came out, without unused memory."""

    world: World
    incidents: Incidents
    outcome: Outcome
    missions: Missions
    stints: Stints


Law = Callable[[str, Run], Iterable[Breach]]
"""Takes its own name and a run; gives nothing where the law is kept."""


def run_of(world: World, incidents: Incidents, outcome: Outcome) -> Run:
    """What a run left behind, rows without use cut off."""
    missions = Missions._make(column[: outcome.mission_count] for column in outcome.missions)
    stints = Stints._make(column[: outcome.stint_count] for column in outcome.stints)
    return Run(world, incidents, outcome, missions, stints)


def asks_of(run: Run) -> Asks:
    """What the incidents asked for."""
    return run.incidents.asks or plain_asks(run.incidents, float(run.world.responder_release_s))


def abilities_of(run: Run) -> Abilities:
    """What the units can do."""
    return run.world.abilities or plain_abilities(run.world.unit_roles)


def delivered_at(run: Run) -> NDArray[np.int32]:
    """Road node of delivery of every mission, int32[M]: as meant, or the hospital that took the patient instead."""
    m, wards = run.missions, run.incidents.wards
    dest: NDArray[np.int32] = run.incidents.dest[m.incident]
    if wards is None:
        return dest
    return np.where(m.hospital >= 0, wards.node[m.hospital], dest).astype(np.int32)


def carries(run: Run) -> Mask:
    """Units that take patients along, bool[U]."""
    mask: Mask = abilities_of(run).carries != 0
    return mask


def of_incidents(law: str, broken: Mask, run: Run, what: str) -> Iterator[Breach]:
    """The first of the incidents that break a law, bool[I]; its time is that of the call."""
    found = np.flatnonzero(broken)
    if found.size:
        incident = int(found[0])
        yield Breach(law, what, None, incident, float(run.incidents.call_t[incident]), found.size)


def of_missions(law: str, broken: Mask, run: Run, what: str, **columns: Any) -> Iterator[Breach]:
    """The first of the missions that break a law, bool[M]; its time is that of the assignment.

    `what` may name columns in braces; the values of the mission are put in.
    """
    found = np.flatnonzero(broken)
    if found.size:
        row, m = int(found[0]), run.missions
        text = what.format(**{name: column[row] for name, column in columns.items()})
        yield Breach(law, text, int(m.unit[row]), int(m.incident[row]), float(m.assign_t[row]), found.size)
