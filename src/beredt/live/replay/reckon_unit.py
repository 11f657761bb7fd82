"""What a unit did: its missions by their stamps, and what it is reckoned to have done between them.

It drives home by the study's roads when it is free, stands at its station after that, and is on duty by the study's
roster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from beredt.dispatch.world import SPEED_RETURN, SPEED_TRANSPORT
from beredt.live.ground.ground import Ground
from beredt.live.ground.where import Where, home_of
from beredt.live.picture.duty import Duty
from beredt.live.replay.made_events import RECKONED, STAMPED, MadeEvents
from beredt.live.replay.past import Stretch
from beredt.live.replay.reckoned_drive import reckon_drive
from beredt.live.replay.store_rows import BEFORE_DAYS, LATER, Row
from beredt.model.urgency import URGENCIES, urgency_code

DRIVES = {"alerted_t": "mobilising", "rolling_t": "to_scene", "scene_t": "at_scene", "leave_t": "to_hospital",
          "dest_t": "at_hospital"}  # fmt: skip


def tell_unit(made: MadeEvents, ground: Ground, duty: Duty, unit: str, rows: Sequence[Row], stretch: Stretch) -> None:
    """Add all that a unit did: its missions by their stamps, and what it is reckoned to have done between them.

    Args:
        made: what events and drives are added to.
        ground: the study whose stations and roads they are.
        duty: when the study's units are on duty.
        unit: its id in the study.
        rows: its responses, in order of alert.
        stretch: which days.
    """
    number = ground.unit_index[unit]
    home = home_of(ground, number)
    idle_ms: int | None = stretch.begin_ms - BEFORE_DAYS * 86_400_000
    where = home
    shifts = duty.shifts(unit, stretch.first - timedelta(days=BEFORE_DAYS + 1), stretch.days + BEFORE_DAYS + 2)
    for row, next_ms in zip(rows, [*(row["begin"] for row in rows[1:]), LATER], strict=False):
        if idle_ms is not None:
            where = _idle(made, ground, unit, where, home, shifts, (idle_ms, row["begin"]))
        idle_ms, where = _mission(made, ground, unit, row, where, next_ms)
    if idle_ms is not None:
        _idle(made, ground, unit, where, home, shifts, (idle_ms, stretch.end_ms))


def _mission(
    made: MadeEvents, ground: Ground, unit: str, row: Row, where: Where, next_ms: int
) -> tuple[int | None, Where]:
    """A mission; when the unit is idle after it (None: not before the next one), and where it is then."""
    incident = f"i-{row['incident']}"
    for stamp, status in DRIVES.items():
        at_ms = row[stamp] if stamp != "alerted_t" else row["begin"]
        if at_ms is not None and at_ms < next_ms and (stamp != "leave_t" or row["dest_t"] is not None):
            made.say(at_ms, STAMPED, kind="unit_status", unit=unit, status=status, incident=incident)
    scene = _scene(ground, row)
    if scene is not None and row["rolling_t"] is not None and row["urgency"] in URGENCIES:
        end_ms = min(row["scene_t"] or LATER, row["free_t"] or LATER, next_ms)
        purpose = urgency_code(row["urgency"])
        drive = reckon_drive(ground, where, scene, purpose, row["rolling_t"], end_ms)
        made.drives.setdefault(unit, []).append(drive)
        if row["scene_t"] is None:
            stopped_ms = min(end_ms, drive.arrive_ms)
            where = Where(drive.node(stopped_ms), 0.0, False, 0.0)
        else:
            where = scene
    elif scene is not None:
        where = scene
    if row["dest_t"] is not None:
        where = _hospital(ground, row, where)
    if row["free_t"] is None:
        made.noted["missions_without_an_end"] += 1
    return (row["free_t"] if row["free_t"] is not None and row["free_t"] <= next_ms else None), where


def _idle(
    made: MadeEvents,
    ground: Ground,
    unit: str,
    where: Where,
    home: Where,
    shifts: Sequence[tuple[int, int]],
    between: tuple[int, int],
) -> Where:
    """What a unit does from a moment until it is sent, and where it is then: home by the road, or there."""
    begin_ms, end_ms = between
    drive = None if where is home else reckon_drive(ground, where, home, SPEED_RETURN, begin_ms, end_ms)
    arrive_ms = begin_ms if drive is None else drive.arrive_ms
    moments = sorted({begin_ms, arrive_ms, *(at for shift in shifts for at in shift if begin_ms < at)})
    said = ""
    for at_ms in (one for one in moments if begin_ms <= one < end_ms or one == begin_ms):
        on = any(begins <= at_ms < ends for begins, ends in shifts)
        status = ("at_station" if at_ms >= arrive_ms else "returning") if on else "off_duty"
        if status != said:
            made.say(at_ms, RECKONED, kind="unit_status", unit=unit, status=status)
            said = status
    if drive is None:
        return home
    made.drives.setdefault(unit, []).append(replace(drive, end_ms=min(end_ms, arrive_ms)))
    return home if end_ms >= arrive_ms else Where(drive.node(end_ms), 0.0, False, 0.0)


def _scene(ground: Ground, row: Row) -> Where | None:
    if row["lat"] is None or row["lon"] is None:
        return None
    area, _ = ground.nearest_area(row["lat"], row["lon"])
    return Where(int(ground.area_node[area]), float(ground.area_leg[area]), False, 0.0)


def _hospital(ground: Ground, row: Row, scene: Where) -> Where:
    """Where a patient was delivered.

    The study's hospital of the log's name; else, of those that the study's rules may choose for the area and urgency,
    the one whose expected drive is nearest to the stamped one.
    """
    hospitals, rules = ground.service.hospitals, ground.rules
    said = (row["destination"] or "").casefold()
    named = [at for at, one in enumerate(hospitals) if said and said in (one.id.casefold(), one.name.casefold())]
    if named:
        return Where(int(rules.hospital_node[named[0]]), float(rules.hospital_leg[named[0]]), False, 0.0)
    if row["lat"] is None or row["lon"] is None or row["urgency"] not in URGENCIES:
        return scene
    area, _ = ground.nearest_area(row["lat"], row["lon"])
    k = urgency_code(row["urgency"])
    chance = np.diff(rules.choice_below[rules.area_zone[area], k], prepend=0.0)
    may = np.unique(rules.nearest[area, k][chance > 0.0])
    road_s = ground.world.roads.seconds[0, rules.hospital_node[may], scene.node].astype(np.float64)
    whole_s = (scene.leg_s + road_s + rules.hospital_leg[may]) * ground.factor(SPEED_TRANSPORT, row["dest_t"])
    driven_s = 0.0 if row["leave_t"] is None else (row["dest_t"] - row["leave_t"]) / 1000
    at = int(may[np.abs(whole_s - driven_s).argmin()])
    return Where(int(rules.hospital_node[at]), float(rules.hospital_leg[at]), False, 0.0)
