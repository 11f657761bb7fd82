"""The arrays that cross into the simulation kernel, and nothing else.

A `World` is one alternative made ready: roads, units, rosters and rules. `Incidents` is one
replication of demand as that alternative meets it. Both are plain NamedTuples of numpy arrays, since
numba compiles those to field loads; only `pack` makes them. Times are float64 seconds from the start of
the simulated period; every drawn duration is a whole number of milliseconds.

The rules that read these arrays stand in `docs/explanation/simulation-rules.md`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.policies import Policies
from beredt.dispatch.roads import F4, F8, I1, I2, I4, I8, Records, Roads

__all__ = [
    "ACUTE",
    "AFTER",
    "AHEAD",
    "CARRIER",
    "F4",
    "F8",
    "HOME",
    "I1",
    "I2",
    "I4",
    "I8",
    "LIVE",
    "MOVE",
    "NOT_DONE",
    "OFF_HOME",
    "ORDINARY",
    "OWN_FIRST",
    "OWN_ONLY",
    "PRIMARY",
    "RESPONDER",
    "SEAMLESS",
    "SECOND",
    "SPEED_RETURN",
    "SPEED_TRANSPORT",
    "STALE",
    "STANDBY",
    "STATIONS",
    "TASK",
    "TOGETHER",
    "URGENT",
    "Abilities",
    "Asks",
    "Crises",
    "Incidents",
    "Missions",
    "Outcome",
    "Policies",
    "Roads",
    "Stints",
    "Tasks",
    "Wards",
    "Water",
    "World",
]

ACUTE, URGENT, ORDINARY = 0, 1, 2

SEAMLESS, OWN_FIRST, OWN_ONLY = 0, 1, 2
"""Border policies, in `World.policy`."""

LIVE, STALE, STATIONS = 0, 1, 2
"""What a centre sees of a neighbour's units, in `World.view`."""

PRIMARY, SECOND, RESPONDER, CARRIER = 0, 1, 2, 3
"""Roles of a unit at an incident; the first three are also the wants of a world that says nothing more."""

TOGETHER, AHEAD, AFTER = 0, 1, 2
"""When a unit that is asked for is looked for, in `Asks.when`."""

SPEED_TRANSPORT, SPEED_RETURN = 3, 4
"""Rows of `World.speed` after the three urgencies."""


class Abilities(NamedTuple):
    """What units can do. U units, W wants."""

    wants: I1  # [W, U] 1 where the unit is one of those wanted
    answers: I1  # [3, U] 1 where the unit is sent to incidents of the urgency
    carries: I1  # [U] 1 where it may take a patient along
    flies: I1  # [U] 0 by road; 1 in a straight line through the air; 2 + b over water, as boats of class b of `Water`
    pace: F8  # [U] factor on all seconds of its drives
    start_s: F8  # [U] beyond mobilisation, when it stands still


class Crises(NamedTuple):
    """Rules of their own that centres have in a crisis. C centres; a crisis is looked for after every event."""

    begins_free: I4  # [C] it begins when so many units or fewer are free, -1 for never
    begins_waiting: I4  # [C] or when so many acute and urgent incidents are queued, `NO_END` for never
    ends_free: I4  # [C] it ends when so many or more are free
    least_s: F8  # [C] and not sooner than so long after it began; above 0
    policy: I1  # [C, C, 3] meanwhile, as `World.policy`
    margin_s: F8  # [C, C, 3]
    ask_s: F8  # [C, C, 3]
    reserve: I4  # [C]
    lends: I1  # [C] 0 when meanwhile no neighbour that has to ask is lent a unit
    tasks: I1  # [C] 0 when its units begin no planned tasks
    standby: I1  # [C] 0 when they go to no standby points


class Water(NamedTuple):
    """What boats need to know. R road nodes, L landing points, B classes of boats."""

    shore_s: F8  # [R] between each node and its landing point, by the crew on foot
    landing: I4  # [R] landing point nearest to each node
    km: F8  # [L, L] over water between landing points
    s_per_km: F8  # [B]


class World(NamedTuple):
    """One alternative, packed.

    U units, B bases (stations), C centres, P standby points, K duty changes, T changes of travel modes.
    """

    roads: Roads
    speed: F8  # [5] factor on road and leg seconds: A, H, V, transport, return
    mode_t: F8  # [T] ascending, the first at 0 or before: from then on the modes of that row hold
    mode_of: I1  # [T, 5] travel mode by purpose
    true_pace: F8  # [H] further factor by hour: H is 1, or 168 hours of the week
    believed_pace: F8  # [H] the same as a dispatcher reckons
    first_hour: int  # hour of the week at t = 0
    expected_mobilisation_s: F8  # [3] dispatcher's expectation at a station, by urgency
    expected_out_s: F8  # [3] the same for a unit already out
    base_node: I4  # [B] road node of each station
    base_leg: F8  # [B] leg to it
    unit_station: I4  # [U] home station
    unit_centre: I4  # [U] coordinating centre
    unit_roles: I1  # [U] bit mask over roles: 1 primary, 2 second, 4 responder
    unit_stops_clock: I1  # [U] 1 when arrival of this unit ends the response time
    on_at_start: I1  # [U] 1 when on duty at t = 0
    duty_t: F8  # [K] ascending
    duty_unit: I4  # [K]
    duty_on: I1  # [K] 1 comes on duty, 0 goes off
    reserve: I4  # [C] ordinary missions wait while this many or fewer units are free
    policy: I1  # [C, C, 3] asking centre, owning centre, urgency
    margin_s: F8  # [C, C, 3]
    ask_s: F8  # [C, C, 3]
    view: I1  # [C, C, 3]
    view_age_s: F8  # [C, C, 3] above 0 where view is STALE
    standby_node: I4  # [P]
    standby_leg: F8  # [P]
    standby_keep: I4  # [P] other free units of the home station that must stay
    standby_max_s: F8  # [P] longest drive to the point
    standby_home: I1  # [P, B] 1 when units of the station may go
    standby_days: I1  # [P] bit mask of the weekdays on which it takes units: bit 0 Monday
    standby_start_s: I4  # [P] from then on, seconds after midnight
    standby_end_s: I4  # [P] until before then; up to 86,400; before the start: over midnight
    divert: I1  # [3, 3] new urgency, urgency on the way: 1 when the unit may be taken
    divert_margin_s: float
    responder_release_s: float
    end_s: float  # the simulation stops here
    policies: Policies
    abilities: Abilities | None = None  # None: `unit_roles` say it all
    task_may: I1 | None = None  # [F, U] 1 where the unit may do planned tasks of a form; None: there are none
    crises: Crises | None = None  # None: no centre has rules of its own for them
    water: Water | None = None  # None: there are no boats


class Tasks(NamedTuple):
    """Planned tasks of one replication, in order of `open_t`. N tasks; urgencies are bits of a mask, bit 0 acute."""

    form: I4  # [N] row of `World.task_may`
    open_t: F8  # [N] ascending: from then on it may be begun
    due_t: F8  # [N] whoever comes later is late
    last_t: F8  # [N] nobody comes later
    stay_s: F8  # [N] at the place
    node: I4  # [N] road node
    leg: F8  # [N] leg to it
    gives_way: I1  # [N] urgencies for which a unit on the way there is sent
    drops: I1  # [N] urgencies for which it is sent once it is there
    keep: I4  # [N] other free units of its station that must stay
    max_drive_s: F8  # [N] longest drive there


class Wards(NamedTuple):
    """Places for patients at hospitals. H hospitals, I incidents."""

    node: I4  # [H] road node
    leg: F8  # [H] leg to it
    places: I4  # [H, 168] by hour of the week; `NO_END` where they are not counted
    by_pass_to: I4  # [H] the hospital that takes patients instead, -1 for none
    by_pass_from: I4  # [H] when so many units wait
    by_passed: I1  # [H] urgencies of the patients that are then taken there, bits of a mask
    hospital: I4  # [I] where the patient is taken, -1 for nowhere or another place
    stay_s: F8  # [I] how long the patient has the place


NO_END = 2**31 - 1
"""So many places that nobody waits."""


class Asks(NamedTuple):
    """What incidents ask for. I incidents, J asks for one unit more, those of an incident together and in order."""

    first_want: I1  # [I] want of the first unit
    carrier_want: I1  # [I] of the unit that a first unit calls for when it cannot take the patient along
    assess_s: F8  # [I] at the scene, until it does
    load_s: F8  # [I] at the scene, for the unit that is called
    lone_release_s: F8  # [I] how long the first unit stays after that
    incident: I4  # [J] ascending
    want: I1  # [J]
    when: I1  # [J] TOGETHER, AHEAD or AFTER
    after_s: F8  # [J] after the first unit has come, for AFTER
    stay_s: F8  # [J] at the scene
    release_s: F8  # [J] at the latest so long after the patient's unit has come; infinite: not released early
    escorts: I1  # [J] 1 where the unit goes along to the place of delivery
    meets: I1  # [J] 1 where it meets the patient's unit on its way when it would come too late; it must escort


class Incidents(NamedTuple):
    """One replication of demand, in order of the call. I incidents."""

    call_t: F8  # [I] ascending
    ready_t: F8  # [I] handling and any handover between centres done: a unit can be chosen
    ready_order: I4  # [I] incidents by (ready_t, index)
    urgency: I1  # [I]
    scene: I4  # [I] road node
    scene_leg: F8  # [I] leg to it
    centre: I4  # [I] responsible centre
    dest: I4  # [I] road node of delivery, -1 when nobody is transported
    dest_leg: F8  # [I] leg to it
    second: I1  # [I] 1 when a second unit is asked for
    mobilisation_s: F8  # [I] for a unit at its station
    out_s: F8  # [I] for a unit already out
    noise: F8  # [I] factor on every drive of this incident, mean 1
    on_scene_s: F8  # [I]
    handover_s: F8  # [I]
    second_on_scene_s: F8  # [I]
    target_s: F8  # [I] response time to be kept; infinite where there is none
    asks: Asks | None = None  # None: `second` and `urgency` say it all
    tasks: Tasks | None = None  # planned ones
    wards: Wards | None = None  # None: nobody waits at a hospital


NOT_DONE = np.inf
"""A time stamp that has not come (a diverted mission never arrives)."""


class Missions(NamedTuple):
    """One row per assignment, in order of assignment; rows beyond `count` are unused memory."""

    incident: I4
    unit: I4
    role: I1
    diverted: I1  # 1 when the unit was taken for something more urgent before it arrived
    cause: I1  # 0 chosen at once, 1 after asking the other centre, 2 from the queue, 3 unit taken off, 4 taken over
    from_node: I4  # where the drive joined the road (next node when on the move)
    assign_t: F8
    roll_t: F8
    scene_t: F8
    leave_t: F8
    dest_t: F8  # equals leave_t without transport
    free_t: F8  # the time of diversion for a diverted row
    drive_km: F8  # driven towards the scene (so far, when diverted)
    transport_km: F8  # from the scene to the delivery point
    road_t: F8  # on the road at from_node; as planned when it was diverted before
    mode: I1  # travel mode towards the scene
    leave_mode: I1  # and from it
    ask: I4  # row of `Asks` that the unit was sent for, -1 for a first unit or a carrier
    hospital: I4  # where the patient was taken past the one meant, -1: as meant
    met: I4  # decision node where it met the patient's unit on its way (at scene_t), -1: at the scene


class Stints(NamedTuple):
    """What a unit does between missions: one row per stretch of time, in order of its beginning."""

    unit: I4
    kind: I1
    start_t: F8
    road_t: F8  # on the road at from_node
    arrive_t: F8  # at the end of the drive, planned; after end_t when it was broken off
    end_t: F8
    from_node: I4
    to_node: I4
    km: F8  # driven before end_t
    point: I4  # standby point or planned task, -1 for other kinds
    previous: I4  # the unit's stint before this one, -1 for none
    mode: I1  # travel mode
    base: I4  # station that the unit belongs to meanwhile


HOME, STANDBY, OFF_HOME, MOVE, TASK = 0, 1, 2, 3, 4
"""Kinds of stint: at or on the way to the own station · to a standby point · home with the shift over · to a station
that becomes the own one (move-up) · to a planned task."""


class Outcome(NamedTuple):
    """What one run leaves behind. Incident arrays are in the order of `Incidents`."""

    missions: Missions
    mission_count: int
    stints: Stints
    stint_count: int
    asked: I4  # [I] number of the centre that was asked, -1 for none
    queued: I1  # [I] 1 when it has waited in a queue for want of a unit
    held: I1  # [I] 1 when an ordinary mission was held back by the reserve
    bumped: I4  # [I] times its unit was taken for something more urgent
    second_missing: I1  # [I] units asked for, together or after, that nobody could be
    units: Records  # [U] UNIT_TALLY: what each unit did
    tasks: Records  # [N] TASK_MARK: what became of each planned task
    crises: Records  # [C] CRISIS_NOW: how often each centre had one, and for how long; none without rules for them
