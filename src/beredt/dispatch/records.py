"""The form that compiled rules read: a few arrays of records instead of many columns.

A compiled function that takes dozens of arrays takes minutes to compile, and a unit's fields lie far apart in memory.
So `World` and `Incidents` become record arrays (`crossing`); the field names stay the same.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.policies import Policies
from beredt.dispatch.roads import F4, F8, I1, I4, Records, Roads

BASE = np.dtype([("leg", "f8"), ("node", "i4")], align=True)

UNIT = np.dtype(
    [
        ("station", "i4"),
        ("centre", "i4"),
        ("pace", "f8"),
        ("start_s", "f8"),
        ("off_t", "f8"),  # when it goes off duty first
        ("ready", "i1"),  # may be the plain first unit of an acute incident
        ("serves", "i1"),  # may be the first unit or the carrier of some incident
        ("carries", "i1"),
        ("flies", "i1"),  # as `Abilities`
        ("on_at_start", "i1"),
    ],
    align=True,
)

BORDER = np.dtype(
    [("margin_s", "f8"), ("ask_s", "f8"), ("view_age_s", "f8"), ("policy", "i1"), ("sight", "i1")], align=True
)

RULING = np.dtype([("reserve", "i4"), ("lends", "i1"), ("tasks", "i1"), ("standby", "i1")], align=True)
"""What holds at a centre, plainly or in a crisis, beside its borders; as `Crises`."""

CRISIS = np.dtype([("least_s", "f8"), ("begins_free", "i4"), ("begins_waiting", "i4"), ("ends_free", "i4")], align=True)
"""When a crisis begins and ends, as `Crises`."""

STANDBY_POINT = np.dtype(
    [
        ("max_s", "f8"),
        ("leg", "f8"),
        ("node", "i4"),
        ("keep", "i4"),
        ("start_s", "i4"),
        ("end_s", "i4"),
        ("days", "i1"),
    ],
    align=True,
)

DUTY = np.dtype([("t", "f8"), ("off_t", "f8"), ("unit", "i4"), ("on", "i1")], align=True)
"""`off_t` is when the unit goes off duty next, infinite for never."""

INCIDENT = np.dtype(
    [
        ("noise", "f8"),
        ("mobilisation_s", "f8"),
        ("out_s", "f8"),
        ("on_scene_s", "f8"),
        ("handover_s", "f8"),
        ("assess_s", "f8"),
        ("load_s", "f8"),
        ("lone_release_s", "f8"),
        ("scene_leg", "f8"),
        ("dest_leg", "f8"),
        ("ready_t", "f8"),
        ("due_t", "f8"),  # when a unit should be there
        ("x_km", "f4"),  # of the scene, as `Roads.place_km`
        ("y_km", "f4"),
        ("scene", "i4"),
        ("dest", "i4"),
        ("dest_near", "i4"),  # column of the delivery place in `Demand.near`, -1 for none
        ("centre", "i4"),
        ("on_s", "f8"),  # the way from the scene to the delivery place, as `ON_WAY`
        ("on_leave", "i2"),
        ("on_enter", "i2"),
        ("on_by", "i1"),
        ("first_ask", "i4"),  # its rows of `Demand.asks`: from this one
        ("last_ask", "i4"),  # until before this one
        ("urgency", "i1"),
        ("first_want", "i1"),
        ("carrier_want", "i1"),
    ],
    align=True,
)

ASK = np.dtype(
    [
        ("after_s", "f8"),
        ("stay_s", "f8"),
        ("release_s", "f8"),
        ("incident", "i4"),
        ("want", "i1"),
        ("when", "i1"),
        ("escorts", "i1"),
        ("meets", "i1"),
    ],
    align=True,
)
"""One unit more that an incident asks for, as `Asks`."""


PLANNED_TASK = np.dtype(
    [
        ("open_t", "f8"),
        ("due_t", "f8"),
        ("last_t", "f8"),
        ("stay_s", "f8"),
        ("max_drive_s", "f8"),
        ("leg", "f8"),
        ("node", "i4"),
        ("form", "i4"),
        ("keep", "i4"),
        ("gives_way", "i1"),
        ("drops", "i1"),
    ],
    align=True,
)
"""As `Tasks`."""

WARD = np.dtype(
    [("leg", "f8"), ("node", "i4"), ("by_pass_to", "i4"), ("by_pass_from", "i4"), ("by_passed", "i1")], align=True
)
PATIENT = np.dtype([("stay_s", "f8"), ("hospital", "i4")], align=True)
"""As `Wards`."""

RISE = np.dtype([("t", "f8"), ("hospital", "i4")], align=True)
"""An hour from which on a hospital has more places than in the hour before."""

MISSION = np.dtype(
    [
        ("assign_t", "f8"),
        ("roll_t", "f8"),
        ("road_t", "f8"),  # on the road at from_node, as planned
        ("scene_t", "f8"),
        ("leave_t", "f8"),
        ("dest_t", "f8"),
        ("free_t", "f8"),
        ("begin_km", "f8"),  # to from_node
        ("end_km", "f8"),  # from end_node: below 0 when it was not there yet
        ("incident", "i4"),
        ("from_node", "i4"),
        ("end_node", "i4"),  # how far towards the scene it came
        ("unit", "i4"),
        ("ask", "i4"),
        ("hospital", "i4"),
        ("met", "i4"),  # below -1: one of `staying.SOUGHT` and `TRIED`
        ("leave", "i2"),  # the way to the scene, as `paths.Way`: decision nodes where it leaves and enters chains
        ("enter", "i2"),
        ("leave_on", "i2"),  # the way from the scene to the delivery point
        ("enter_on", "i2"),
        ("mode", "i1"),  # travel mode towards the scene
        ("leave_mode", "i1"),  # and from it
        ("by", "i1"),  # arcs taken at both ends of the way to the scene: out_by + 2·in_by
        ("by_on", "i1"),
        ("role", "i1"),
        ("diverted", "i1"),
        ("cause", "i1"),
    ],
    align=True,
)
"""`Missions` as records; kilometres follow from the nodes."""

STINT = np.dtype(
    [
        ("start_t", "f8"),
        ("road_t", "f8"),
        ("arrive_t", "f8"),
        ("end_t", "f8"),
        ("factor", "f8"),
        ("begin_km", "f8"),  # to begin_node
        ("end_km", "f8"),  # from end_node: below 0 when it was not there yet
        ("to_leg", "f8"),
        ("unit", "i4"),
        ("from_node", "i4"),
        ("to_node", "i4"),
        ("begin_node", "i4"),  # where on the route this stint took over
        ("end_node", "i4"),  # how far it came
        ("previous", "i4"),
        ("base", "i4"),  # where the unit belongs meanwhile
        ("point", "i4"),
        ("leave", "i2"),  # the way from from_node, as in MISSION
        ("enter", "i2"),
        ("by", "i1"),
        ("mode", "i1"),
        ("kind", "i1"),
    ],
    align=True,
)
"""`Stints` as records; kilometres follow from the nodes."""


MOVING = np.dtype([("least_s", "f8"), ("unit", "i4")], align=True)
"""A free unit on the move that may be the nearest, and a time that it cannot beat."""

ON_WAY = np.dtype([("on_s", "f8"), ("on_leave", "i2"), ("on_enter", "i2"), ("on_by", "i1")], align=True)
"""A way from a scene to its delivery place as `paths.Way`: seconds (NaN where it is not known), decision nodes where it
leaves and enters chains, and the arcs taken at both ends as out_by + 2·in_by."""


class Land(NamedTuple):
    """`World` as records. U units, B bases, C centres, P standby points, K duty changes, T changes of modes.

    W wants, V of them those of first units and carriers. Where centres have rules for a crisis, each has two rows of
    rules: R is 2C, and row C + c holds while centre c has one; else R is C.
    """

    roads: Roads
    speed: F8  # [5]
    mode_t: F8  # [T]
    mode_of: I1  # [T, 5]
    true_pace: F8  # [H]
    believed_pace: F8  # [H]
    bases: Records  # [B] BASE
    expected_s: F8  # [2, 3] mobilisation expected of a unit at home, and of one already out
    units: Records  # [U] UNIT
    borders: Records  # [R, C, 3] BORDER
    may: I1  # [W, 3, U] 1 where a unit may be sent for a want and an urgency
    first_wants: I4  # [V] wants of first units and carriers
    seen: I4  # [R, C + 1, 3, W, U] units at hand: centre, answering centre + 1 (0: none), urgency, want
    seen_count: I4  # [R, C + 1, 3, W]
    askable: I4  # [R, 3, W, U] units of other centres that centre c may ask for
    askable_count: I4  # [R, 3, W]
    rulings: Records  # [R] RULING
    crises: Records  # [C] CRISIS, or none
    standby: Records  # [P] STANDBY_POINT
    standby_home: I1  # [P, B]
    divert: I1  # [3, 3]
    duty: Records  # [K] DUTY
    divert_margin_s: float
    first_hour: int
    policies: Policies
    task_may: I1  # [F, U]


class Near(NamedTuple):
    """Ways to and from scenes worked out beforehand. I incidents, B bases, D delivery places."""

    seconds: F8  # [I, B + D] by the incident's mode
    by: I1  # [I, B + D] arcs taken at both ends, out_by + 2·in_by; -1 for a way within one chain, to be looked up
    dest: I4  # [I] column of the delivery place, -1 for none
    on: Records  # [I] ON_WAY


class Demand(NamedTuple):
    """`Incidents` as records."""

    incidents: Records  # [I] INCIDENT
    asks: Records  # [J] ASK, by incident
    ready: Records  # [I] READY, in order of `ready_order`
    near: F8 | F4  # [I, B + D] seconds to the scene by its mode from bases and delivery places; [0, 0] when not known
    near_by: I1  # [I, B + D] how those ways go, see `Near`
    tasks: Records  # [N] PLANNED_TASK
    wards: Records  # [H] WARD, or none where nobody waits at a hospital
    places: I4  # [H, 168]
    rises: Records  # RISE, in order of time
    patients: Records  # [I] PATIENT, or none


READY = np.dtype([("t", "f8"), ("incident", "i8")])
