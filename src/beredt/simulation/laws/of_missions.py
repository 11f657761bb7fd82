"""Laws about single missions: the order of time, and who may be sent where."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from beredt.dispatch.world import CARRIER, NOT_DONE, OWN_FIRST, OWN_ONLY, PRIMARY
from beredt.simulation.laws.breach import Breach, Law, Run, abilities_of, asks_of, of_missions

FROM_QUEUE = 2
"""In `Missions.cause`: the incident waited."""


def sent_after_the_call(law: str, run: Run) -> Iterator[Breach]:
    """Nobody is sent before the incident is ready, nor at the end or later."""
    m, i = run.missions, run.incidents
    call_t, ready_t = i.call_t[m.incident], i.ready_t[m.incident]
    early = (call_t > ready_t) | (ready_t > m.assign_t) | (m.assign_t >= run.world.end_s)
    what = "sent while the call came at {call_t:.3f} s, ready for a decision at {ready_t:.3f} s"
    yield from of_missions(law, early, run, what, call_t=call_t, ready_t=ready_t)


def stamps_in_order(law: str, run: Run) -> Iterator[Breach]:
    """Assigned, rolling, at the scene, leaving, delivered, free: in this order, all finite."""
    m = run.missions
    stamps = np.stack([m.assign_t, m.roll_t, m.scene_t, m.leave_t, m.dest_t, m.free_t])
    whole = m.diverted == 0
    in_order = (stamps[1:] >= stamps[:-1]).all(axis=0) & np.isfinite(stamps).all(axis=0)
    what = "its time stamps are {stamps}"
    yield from of_missions(law, whole & ~in_order, run, what, stamps=stamps.T.round(3))


def diverted_never_arrives(law: str, run: Run) -> Iterator[Breach]:
    """A diverted mission is that of a first unit or a carrier, and has no stamp from the scene on."""
    m = run.missions
    later = (m.scene_t == NOT_DONE) & (m.leave_t == NOT_DONE) & (m.dest_t == NOT_DONE)
    good = later & ((m.role == PRIMARY) | (m.role == CARRIER)) & (m.free_t >= m.assign_t)
    yield from of_missions(law, (m.diverted != 0) & ~good, run, "it was diverted and yet went on")


def sent_in_their_roles(law: str, run: Run) -> Iterator[Breach]:
    """Units are sent only where they are wanted, and to urgencies that they answer."""
    m, can, asks = run.missions, abilities_of(run), asks_of(run)
    want = np.where(m.role == CARRIER, asks.carrier_want[m.incident], asks.first_want[m.incident])
    beside = (m.ask >= 0) & (m.ask < asks.want.size)
    want[beside] = asks.want[m.ask[beside]]
    wrong = (can.wants[want, m.unit] == 0) | (can.answers[run.incidents.urgency[m.incident], m.unit] == 0)
    yield from of_missions(law, wrong, run, "it was sent in role {role}, in which it is not wanted", role=m.role)


def borders_are_kept(law: str, run: Run) -> Iterator[Breach]:
    """Over an own-only border nobody comes; over an own-first border nobody comes without being asked."""
    m, w, i = run.missions, run.world, run.incidents
    centre, owner = i.centre[m.incident], w.unit_centre[m.unit]
    wrong = centre != owner
    for policies in (w.policy, *(() if w.crises is None else (w.crises.policy,))):  # by one of the two it was right
        policy = policies[centre, owner, i.urgency[m.incident]]
        unasked = (policy == OWN_FIRST) & (m.cause != FROM_QUEUE) & (run.outcome.asked[m.incident] < 0)
        wrong &= (policy == OWN_ONLY) | unasked
    what = "a unit of centre {owner} was sent for centre {centre} against their policy"
    yield from of_missions(law, wrong, run, what, owner=owner, centre=centre)


def nobody_drives_backwards(law: str, run: Run) -> Iterator[Breach]:
    """Kilometres are not below 0, but for the rounding of their tables."""
    km = run.missions.drive_km
    yield from of_missions(law, km < -1e-3, run, "it drove {km:.3f} km", km=km)


MISSION_LAWS: tuple[tuple[str, Law], ...] = (
    ("nobody is sent before the call", sent_after_the_call),
    ("time stamps are in order", stamps_in_order),
    ("a diverted unit does not arrive", diverted_never_arrives),
    ("units are sent in their roles", sent_in_their_roles),
    ("borders are kept", borders_are_kept),
    ("nobody drives backwards", nobody_drives_backwards),
)
