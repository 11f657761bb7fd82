"""What every unit is doing right now: the records that the dispatch rules read and the kernel changes."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.roads import Records

OFF, FREE, BUSY, GOING_OFF, ON_TASK = 0, 1, 2, 3, 4
"""Status of a unit: off duty at home · free, in a stint · on a mission · on the way home with its shift over · on the
way to a planned task, or at it."""

UNIT_NOW = np.dtype(
    [
        ("start_t", "f8"),  # route: rolls
        ("road_t", "f8"),  # on the road at from_node
        ("off_road_t", "f8"),  # leaves it at to_node
        ("arrive_t", "f8"),
        ("factor", "f8"),  # of the drive
        ("begin_km", "f8"),  # to from_node
        ("to_leg", "f8"),  # leg at to_node
        ("to_s", "f8"),  # the way, as `paths.Way`
        ("from_s", "f8"),
        ("from_node", "i4"),
        ("to_node", "i4"),
        ("leave", "i4"),
        ("enter", "i4"),
        ("arc", "i4"),
        ("out_by", "i4"),
        ("in_by", "i4"),
        ("cursor", "i4"),  # last decision node known to be passed: a place is looked up at rising times only
        ("from_x_km", "f4"),  # places of from_node and to_node on the plane
        ("from_y_km", "f4"),
        ("to_x_km", "f4"),
        ("to_y_km", "f4"),
        ("base", "i4"),  # station that the unit belongs to just now
        ("on_t", "f8"),  # when its shift began
        ("moves_day", "i4"),  # the day of the shift that its moves are counted in
        ("moves", "i4"),  # to another base, in this day of the shift
        ("moved_km", "f8"),  # of these
        ("off_t", "f8"),  # when it goes off duty next, where it is on duty
        ("incident", "i4"),  # where BUSY
        ("mission", "i4"),  # row of the mission, where BUSY
        ("stint", "i4"),  # row of the stint, or of the last one; -1 before the first
        ("free_node", "i4"),  # where the mission ends
        ("free_leg", "f8"),
        ("free_near", "i4"),  # column of that place in `Demand.near`, -1 for none
        ("from_near", "i4"),  # and of from_node
        ("point", "i4"),  # standby point or planned task of the stint, -1 for none
        ("mode", "i1"),  # travel mode of the drive
        ("status", "i1"),
        ("on_shift", "i1"),  # 1 when the latest duty change put it on duty
        ("kind", "i1"),  # of the stint, where FREE or GOING_OFF
        ("role", "i1"),  # where BUSY
        ("stays", "i1"),  # 1 when it stays with the patient, where BUSY
        ("gives_way", "i1"),  # where ON_TASK: urgencies for which it is sent from the way, bits of a mask
        ("drops", "i1"),  # and from the place
    ],
    align=True,
)


def empty_picture(units: int) -> Records:
    """All units off duty.

    Args:
        units: number of units.

    Returns:
        [units] UNIT_NOW.
    """
    rows = np.zeros(units, UNIT_NOW)
    rows["factor"] = 1.0
    for name in ("incident", "mission", "stint", "point"):
        rows[name] = -1
    return rows
