"""From the kernel's rows to the history of units: the one file of this room that knows the kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import (
    HOME,
    NOT_DONE,
    OFF_HOME,
    PRIMARY,
    SPEED_RETURN,
    SPEED_TRANSPORT,
    STANDBY,
    Incidents,
    Outcome,
    World,
)
from beredt.simulation.playback.history import Activity, Doing, Drive, Spot, UnitHistory
from beredt.simulation.playback.incident_rows import Answers, Calls
from beredt.simulation.playback.paths import pass_times
from beredt.simulation.playback.playback import (
    AT_HOSPITAL,
    AT_SCENE,
    AT_STANDBY,
    AT_STATION,
    GOING_OFF,
    MOBILISING,
    MOVING,
    RETURNING,
    TO_HOSPITAL,
    TO_SCENE,
    TO_STANDBY,
)
from beredt.simulation.playback.ways import F8, I8, TableWays, Ways

MOVE = 3
"""Kind of stint: to another base, or there."""

STINT_DOING = {
    HOME: (RETURNING, AT_STATION),
    STANDBY: (TO_STANDBY, AT_STANDBY),
    OFF_HOME: (GOING_OFF, GOING_OFF),
    MOVE: (MOVING, AT_STATION),
}
"""Status on the way and after it, by kind of stint."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Missions and stints of all units in one table, by (unit, begin). R rows; of `first` each unit's first row."""

    is_mission: NDArray[np.bool_]  # [R]
    row: I8  # [R] of the mission or stint
    start_t: F8  # [R]
    end_t: F8  # [R]
    arrived: NDArray[np.bool_]  # [R] whether the unit stands still when it ends
    first: I8  # [U + 1]


class KernelHistory:
    """Reads what a run left behind, unit by unit."""

    def __init__(self, world: World, incidents: Incidents, outcome: Outcome, lon: F8, lat: F8) -> None:
        """Lay out the rows of all units.

        Args:
            world: the alternative.
            incidents: the demand.
            outcome: what came of it.
            lon: [N] degrees, of the road nodes.
            lat: [N] degrees.
        """
        self.ways: Ways = TableWays(lon, lat, world.seconds, world.hop)
        self._world, self._incidents, self._outcome = world, incidents, outcome
        self._missions, self._stints = outcome.missions, outcome.stints
        self._rows = _rows_of(outcome, len(world.unit_home))

    def spot(self, node: int) -> Spot:
        """Where a place at a node lies."""
        return float(self.ways.lon[node]), float(self.ways.lat[node])

    def unit(self, unit: int, from_t: float, to_t: float) -> UnitHistory:
        """What a unit did in a stretch of time, and enough before it to know where it came from.

        Args:
            unit: its number.
            from_t: s, the beginning.
            to_t: s, the end.
        """
        rows, first, stop = self._rows, int(self._rows.first[unit]), int(self._rows.first[unit + 1])
        # The last row begun by then, or the one before it that began from a standstill.
        at = max(first + int(np.searchsorted(rows.start_t[first:stop], from_t, side="right")) - 1, first)
        while at > first and not rows.arrived[at - 1]:
            at -= 1
        last = first + int(np.searchsorted(rows.start_t[first:stop], to_t, side="left"))
        home = self.spot(int(self._world.unit_home[unit]))
        begin = home if at == first else self.spot(self._end_node(at - 1))
        activities: list[Activity] = []
        drive: Drive | None = None
        for r in range(at, max(last, at)):
            standing = r == first or bool(rows.arrived[r - 1])
            activity = (
                self._mission(int(rows.row[r]), None if standing else drive)
                if rows.is_mission[r]
                else self._stint(int(rows.row[r]))
            )
            drive = activity.drives[-1] if activity.drives else drive
            activities.append(activity)
        return UnitHistory(begin, at == first, tuple(activities))

    def calls(self) -> Calls:
        """All incidents."""
        inc, node = self._incidents, self._incidents.scene
        return Calls(
            call_t=inc.call_t,
            ready_t=inc.ready_t,
            urgency=inc.urgency.astype(np.int64),
            lon=self.ways.lon[node],
            lat=self.ways.lat[node],
            queued=self._outcome.queued.astype(np.int64),
            held=self._outcome.held.astype(np.int64),
            bumped=self._outcome.bumped.astype(np.int64),
        )

    def answers(self) -> Answers:
        """All units sent, in order of assignment."""
        m = self._missions
        return Answers(
            incident=m.incident.astype(np.int64),
            unit=m.unit.astype(np.int64),
            primary=m.role == PRIMARY,
            diverted=m.diverted != 0,
            stops_clock=self._world.unit_stops_clock[m.unit] != 0,
            assign_t=m.assign_t,
            scene_t=m.scene_t,
            free_t=m.free_t,
        )

    def _end_node(self, r: int) -> int:
        """Node where the unit stands still at the end of a row."""
        row = self._rows.row[r]
        if not self._rows.is_mission[r]:
            return int(self._stints.to_node[row])
        i = int(self._missions.incident[row])
        transports = self._missions.role[row] == PRIMARY and self._incidents.dest[i] >= 0
        return int(self._incidents.dest[i] if transports else self._incidents.scene[i])

    def _stint(self, row: int) -> Activity:
        s, world = self._stints, self._world
        start_t, arrive_t, end_t = float(s.start_t[row]), float(s.arrive_t[row]), float(s.end_t[row])
        kind, to_node = int(s.kind[row]), int(s.to_node[row])
        about = int(s.point[row]) if kind in (STANDBY, MOVE) else int(world.unit_station[s.unit[row]])
        on_the_way, there = STINT_DOING[kind]
        if arrive_t <= start_t:
            return Activity(start_t, end_t, (), (Doing(start_t, there, about),))
        drive = Drive(
            start_t=start_t,
            road_t=float(s.road_t[row]),
            off_road_t=arrive_t - float(world.leg_s[to_node] * world.speed[SPEED_RETURN]),
            arrive_t=arrive_t,
            from_node=int(s.from_node[row]),
            to_node=to_node,
            mode=0,
            goal=self.spot(to_node),
        )
        return Activity(start_t, end_t, (drive,), (Doing(start_t, on_the_way, about), Doing(arrive_t, there, about)))

    def _mission(self, row: int, before: Drive | None) -> Activity:
        """One mission; `before` is the drive that it broke off, None for one that began from a standstill."""
        m = self._missions
        i, end_t = int(m.incident[row]), float(m.free_t[row])
        assign_t, roll_t, scene_t = float(m.assign_t[row]), float(m.roll_t[row]), float(m.scene_t[row])
        leave_t, dest_t = float(m.leave_t[row]), float(m.dest_t[row])
        doing = [Doing(assign_t, MOBILISING, i)]
        drives = []
        if roll_t < NOT_DONE:
            doing.append(Doing(roll_t, TO_SCENE, i))
            drives.append(self._to_scene(row, before))
        if scene_t < NOT_DONE:
            doing.append(Doing(scene_t, AT_SCENE, i))
        if leave_t < dest_t < NOT_DONE:
            doing.append(Doing(leave_t, TO_HOSPITAL, i))
            drives.append(self._to_hospital(i, leave_t, dest_t))
        if dest_t < end_t:
            doing.append(Doing(dest_t, AT_HOSPITAL, i))
        return Activity(assign_t, end_t, tuple(drives), tuple(doing))

    def _to_scene(self, row: int, before: Drive | None) -> Drive:
        m, world = self._missions, self._world
        i, from_node = int(m.incident[row]), int(m.from_node[row])
        scene = int(self._incidents.scene[i])
        factor = float(world.speed[self._incidents.urgency[i]] * self._incidents.noise[i])
        road_s, leg_s = float(world.seconds[scene, from_node]) * factor, float(world.leg_s[scene]) * factor
        roll_t, scene_t = float(m.roll_t[row]), float(m.scene_t[row])
        if scene_t < NOT_DONE:
            road_t = scene_t - leg_s - road_s
        else:
            rest_s = None if before is None else self._rest_s(before, from_node, float(m.assign_t[row]))
            road_t = roll_t + (float(world.leg_s[from_node]) * factor if rest_s is None else rest_s)
        return Drive(
            start_t=roll_t,
            road_t=max(road_t, roll_t),
            off_road_t=road_t + road_s,
            arrive_t=road_t + road_s + leg_s,
            from_node=from_node,
            to_node=scene,
            mode=0,
            goal=self.spot(scene),
        )

    def _to_hospital(self, i: int, leave_t: float, dest_t: float) -> Drive:
        world, scene, dest = self._world, int(self._incidents.scene[i]), int(self._incidents.dest[i])
        factor = float(world.speed[SPEED_TRANSPORT] * self._incidents.noise[i])
        return Drive(
            start_t=leave_t,
            road_t=leave_t + float(world.leg_s[scene]) * factor,
            off_road_t=dest_t - float(world.leg_s[dest]) * factor,
            arrive_t=dest_t,
            from_node=scene,
            to_node=dest,
            mode=0,
            goal=self.spot(dest),
        )

    def _rest_s(self, before: Drive, node: int, t: float) -> float | None:
        """Seconds at time t from a place on a drive to the node that the rule of places names; None: not on its way."""
        if node == before.to_node and t >= before.off_road_t:
            return t - before.off_road_t
        way = self.ways.way(before.mode, before.from_node, before.to_node)
        found = np.flatnonzero(way.nodes == node)
        return max(float(pass_times(before, way)[found[0]]) - t, 0.0) if found.size else None


def _rows_of(outcome: Outcome, units: int) -> Rows:
    m, s = outcome.missions, outcome.stints
    is_mission = np.repeat([False, True], [len(s.unit), len(m.unit)])
    unit = np.concatenate([s.unit, m.unit])
    start_t, end_t = np.concatenate([s.start_t, m.assign_t]), np.concatenate([s.end_t, m.free_t])
    arrived = np.concatenate([s.end_t >= s.arrive_t, m.diverted == 0])
    row = np.concatenate([np.arange(len(s.unit)), np.arange(len(m.unit))])
    # Of two that begin and end at once the stint comes first: it was given up for the mission.
    order = np.lexsort((row, is_mission, end_t, start_t, unit))
    return Rows(
        is_mission=is_mission[order],
        row=row[order],
        start_t=start_t[order],
        end_t=end_t[order],
        arrived=arrived[order],
        first=np.searchsorted(unit[order], np.arange(units + 1)),
    )
