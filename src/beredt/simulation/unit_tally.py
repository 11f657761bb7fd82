"""What every unit did in a run: how often it was sent, and how long and how far it was under way in each status."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import entry_point
from beredt.dispatch.roads import F8, Records
from beredt.dispatch.world import CARRIER, HOME, MOVE, OFF_HOME, PRIMARY, TASK
from beredt.simulation.missions import FROM_QUEUE, TAKEN_OFF

COUNTS = ("dispatches", "from_station", "on_road", "on_release", "taken_off", "served", "transported", "moves")
SECONDS = (
    "at_station_s",
    "waiting_out_s",
    "homeward_s",
    "moving_s",
    "mobilising_s",
    "to_scene_s",
    "at_scene_s",
    "transport_s",
    "handover_s",
    "to_task_s",
    "at_task_s",
)
KILOMETRES = ("to_scene_km", "transport_km", "homeward_km", "moving_km", "to_task_km")

UNIT_TALLY = np.dtype([(name, "i8") for name in COUNTS] + [(name, "f8") for name in (*SECONDS, *KILOMETRES)])
"""One row per unit.

`dispatches` are missions begun: `from_station` (its crew indoors), `on_road` (anywhere else, also off another mission)
and `on_release` (for an incident that waited). `taken_off` were broken off before the scene; `served` reached it.
`moves` are drives to another base. `at_station_s` is standing at the own base, `waiting_out_s` at a standby point or
where the unit became free; `homeward` counts every drive to the own base or to a standby point, off duty too. Planned
tasks stand apart.
"""


@entry_point
def tally_units(
    missions: Records,
    stints: Records,
    drive_km: F8,
    transport_km: F8,
    stint_km: F8,
    last_stint: Records,
    units: Records,
) -> None:
    """Count what every unit did.

    Args:
        missions: [M] MISSION, in order of assignment.
        stints: [S] STINT, in order of their beginning, all ended.
        drive_km: [M] towards the scene.
        transport_km: [M].
        stint_km: [S].
        last_stint: [U] room; -1 in every cell.
        units: [U] UNIT_TALLY, zeros; filled here.
    """
    next_stint = 0
    for r in range(missions.size):
        row = missions[r]
        u = row.unit
        while next_stint < stints.size and stints[next_stint].start_t <= row.assign_t:
            last_stint[stints[next_stint].unit] = next_stint
            next_stint += 1
        tally = units[u]
        tally.dispatches += 1
        if (row.role == PRIMARY or row.role == CARRIER) and row.cause == FROM_QUEUE:
            tally.on_release += 1
        else:
            stint = last_stint[u]
            stood = stint >= 0 and stints[stint].end_t == row.assign_t and stints[stint].arrive_t <= row.assign_t
            if stood and row.cause != TAKEN_OFF and (stints[stint].kind == HOME or stints[stint].kind == MOVE):
                tally.from_station += 1
            else:
                tally.on_road += 1
        tally.to_scene_km += drive_km[r]
        if row.diverted:
            tally.taken_off += 1
            roll_t = min(row.roll_t, row.free_t)
            tally.mobilising_s += roll_t - row.assign_t
            tally.to_scene_s += row.free_t - roll_t
            continue
        tally.served += 1
        tally.mobilising_s += row.roll_t - row.assign_t
        tally.to_scene_s += row.scene_t - row.roll_t
        tally.at_scene_s += row.leave_t - row.scene_t
        tally.transport_s += row.dest_t - row.leave_t
        tally.handover_s += row.free_t - row.dest_t
        if row.dest_t > row.leave_t:
            tally.transported += 1
        tally.transport_km += transport_km[r]
    for r in range(stints.size):
        row = stints[r]
        tally = units[row.unit]
        driving_s = max(0.0, min(row.arrive_t, row.end_t) - row.start_t)
        standing_s = row.end_t - row.start_t - driving_s
        if row.kind == MOVE:
            tally.moves += 1
            tally.moving_s += driving_s
            tally.moving_km += stint_km[r]
        elif row.kind == TASK:
            tally.to_task_s += driving_s
            tally.to_task_km += stint_km[r]
        else:
            tally.homeward_s += driving_s
            tally.homeward_km += stint_km[r]
        if row.kind == HOME or row.kind == MOVE:
            tally.at_station_s += standing_s
        elif row.kind == TASK:
            tally.at_task_s += standing_s
        elif row.kind != OFF_HOME:
            tally.waiting_out_s += standing_s
