"""From the kernel's rows to the history of units: the one file of this room that knows the kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.flight import FLIGHT_S_PER_KM
from beredt.dispatch.world import (
    HOME,
    MOVE,
    NOT_DONE,
    OFF_HOME,
    PRIMARY,
    STANDBY,
    TASK,
    Incidents,
    Outcome,
    World,
)
from beredt.simulation.playback.history import Activity, Doing, Drive, Spot, UnitHistory
from beredt.simulation.playback.incident_rows import Answers, Calls
from beredt.simulation.playback.playback import (
    AT_HOSPITAL,
    AT_SCENE,
    AT_STANDBY,
    AT_STATION,
    AT_TASK,
    GOING_OFF,
    MOBILISING,
    MOVING,
    RETURNING,
    TO_HOSPITAL,
    TO_SCENE,
    TO_STANDBY,
    TO_TASK,
)
from beredt.simulation.playback.spots import Spots
from beredt.simulation.playback.ways import F8, I8, Way, Ways

HOUR_S = 3600.0
NO_POINT = -1

STINT_DOING = {
    HOME: (RETURNING, AT_STATION),
    STANDBY: (TO_STANDBY, AT_STANDBY),
    OFF_HOME: (GOING_OFF, GOING_OFF),
    MOVE: (MOVING, AT_STATION),
    TASK: (TO_TASK, AT_TASK),
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

    def __init__(
        self,
        world: World,
        incidents: Incidents,
        outcome: Outcome,
        ways: Ways,
        spots: Spots,
        own_id: I8 | None = None,
    ) -> None:
        """Lay out the rows of all units.

        Args:
            world: the alternative.
            incidents: the demand.
            outcome: what came of it.
            ways: the roads; nodes and modes as in `world.roads`.
            spots: where places lie.
            own_id: [I] the number that incidents go by, where it is not their place in order of the call.
        """
        self.ways = ways
        self._world, self._incidents, self._outcome, self._spots = world, incidents, outcome, spots
        self._missions, self._stints = outcome.missions, outcome.stints
        self._own_id = np.arange(len(incidents.call_t)) if own_id is None else own_id
        self._rows = _rows_of(outcome, len(world.unit_station))

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
        activities = [
            self._mission(int(rows.row[r])) if rows.is_mission[r] else self._stint(int(rows.row[r]))
            for r in range(at, max(last, at))
        ]
        return UnitHistory(self._stands(unit, first, at), at == first, tuple(activities))

    def calls(self) -> Calls:
        """All incidents."""
        inc, spot = self._incidents, self._spots.scenes
        return Calls(
            number=self._own_id,
            call_t=inc.call_t,
            ready_t=inc.ready_t,
            urgency=inc.urgency.astype(np.int64),
            lon=spot[:, 0],
            lat=spot[:, 1],
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

    def _stands(self, unit: int, first: int, r: int) -> Spot:
        """Where a unit stands when row r begins: where the last drive that it drove to its end led.

        A drive that was broken off before the unit stood here had not begun: it led nowhere.
        """
        for before in range(r - 1, first - 1, -1):
            if not self._rows.arrived[before]:
                continue
            row = int(self._rows.row[before])
            drives = (self._mission(row) if self._rows.is_mission[before] else self._stint(row)).drives
            if drives:
                return drives[-1].goal
        return _spot(self._spots.bases, int(self._world.unit_station[unit]))

    def _stint(self, row: int) -> Activity:
        s = self._stints
        start_t, arrive_t, end_t = float(s.start_t[row]), float(s.arrive_t[row]), float(s.end_t[row])
        kind, base, point = int(s.kind[row]), int(s.base[row]), int(s.point[row])
        on_the_way, there = STINT_DOING[kind]
        about = NO_POINT if kind == TASK else point if kind == STANDBY else base
        if arrive_t <= start_t:
            return Activity(start_t, end_t, (), (Doing(start_t, there, about),))
        mode, leg = int(s.mode[row]), self._stint_leg(kind, point, base)
        drive = _drive(
            start_t=start_t,
            road_t=float(s.road_t[row]),
            arrive_t=arrive_t,
            way=self._way(mode, int(s.from_node[row]), int(s.to_node[row])),
            leg_s=leg * self._off_pace(mode),
            goal=self._stint_goal(kind, point, base),
        )
        return Activity(start_t, end_t, (drive,), (Doing(start_t, on_the_way, about), Doing(arrive_t, there, about)))

    def _stint_leg(self, kind: int, point: int, base: int) -> float:
        tasks = self._incidents.tasks
        if kind == TASK and tasks is not None:
            return float(tasks.leg[point])
        return float(self._world.standby_leg[point] if kind == STANDBY else self._world.base_leg[base])

    def _stint_goal(self, kind: int, point: int, base: int) -> Spot:
        tasks = self._incidents.tasks
        if kind == TASK and tasks is not None:  # at its road node: a home is no place that is told
            node = int(tasks.node[point])
            return float(self.ways.lon[node]), float(self.ways.lat[node])
        return _spot(self._spots.standby, point) if kind == STANDBY else _spot(self._spots.bases, base)

    def _mission(self, row: int) -> Activity:
        m = self._missions
        i, end_t = int(m.incident[row]), float(m.free_t[row])
        assign_t, roll_t, scene_t = float(m.assign_t[row]), float(m.roll_t[row]), float(m.scene_t[row])
        leave_t, dest_t = float(m.leave_t[row]), float(m.dest_t[row])
        doing = [Doing(assign_t, MOBILISING, i)]
        drives = []
        if roll_t < NOT_DONE:
            doing.append(Doing(roll_t, TO_SCENE, i))
            drives.append(self._to_scene(row))
        if scene_t < NOT_DONE:
            doing.append(Doing(scene_t, AT_SCENE, i))
        if leave_t < dest_t < NOT_DONE:
            doing.append(Doing(leave_t, TO_HOSPITAL, i))
            drives.append(self._to_hospital(row))
        if dest_t < end_t:
            doing.append(Doing(dest_t, AT_HOSPITAL, i))
        return Activity(assign_t, end_t, tuple(drives), tuple(doing))

    def _to_scene(self, row: int) -> Drive:
        m, inc, world, i = self._missions, self._incidents, self._world, int(self._missions.incident[row])
        mode, roll_t, road_t = int(m.mode[row]), float(m.roll_t[row]), float(m.road_t[row])
        met = int(m.met[row])
        if met >= 0:  # drawn as if it had gone to the place where they met from the beginning
            way, goal = self._way(mode, int(m.from_node[row]), met), self._node(met)
            return _drive(start_t=roll_t, road_t=road_t, arrive_t=float(m.scene_t[row]), way=way, leg_s=0.0, goal=goal)
        way = self._way(mode, int(m.from_node[row]), int(inc.scene[i]))
        leg_s = float(inc.scene_leg[i]) * self._off_pace(mode)
        arrive_t = float(m.scene_t[row])
        if arrive_t == NOT_DONE:  # it was diverted: when it would have been there
            hour = (world.first_hour + int(roll_t // HOUR_S)) % len(world.true_pace)
            factor = world.speed[inc.urgency[i]] * world.true_pace[hour] * inc.noise[i]
            if (can := world.abilities) is not None:
                unit = int(m.unit[row])
                factor = can.pace[unit] * (inc.noise[i] if can.flies[unit] else factor)
            arrive_t = road_t + (float(way.s[-1]) + leg_s) * float(factor)
        goal = _spot(self._spots.scenes, i)
        return _drive(start_t=roll_t, road_t=road_t, arrive_t=arrive_t, way=way, leg_s=leg_s, goal=goal)

    def _to_hospital(self, row: int) -> Drive:
        m, inc, i = self._missions, self._incidents, int(self._missions.incident[row])
        mode, leave_t, dest_t = int(m.leave_mode[row]), float(m.leave_t[row]), float(m.dest_t[row])
        dest, dest_leg, goal = int(inc.dest[i]), float(inc.dest_leg[i]), _spot(self._spots.dests, i)
        hospital = int(m.hospital[row])
        if hospital >= 0 and inc.wards is not None:  # past the one that was meant
            dest, dest_leg = int(inc.wards.node[hospital]), float(inc.wards.leg[hospital])
            goal = self._node(dest)
        pace, met = self._off_pace(mode), int(m.met[row])
        way = self._way(mode, int(inc.scene[i]) if met < 0 else met, dest)
        out_s, leg_s = float(inc.scene_leg[i]) * pace if met < 0 else 0.0, dest_leg * pace
        whole_s = out_s + float(way.s[-1]) + leg_s
        road_t = leave_t + (dest_t - leave_t) * (out_s / whole_s if whole_s > 0 else 0.0)
        return _drive(start_t=leave_t, road_t=road_t, arrive_t=dest_t, way=way, leg_s=leg_s, goal=goal)

    def _node(self, node: int) -> Spot:
        return float(self.ways.lon[node]), float(self.ways.lat[node])

    def _flies(self, mode: int) -> bool:
        """Whether a mode comes after all modes of the roads: a flight, or a boat."""
        return mode >= len(self._world.roads.off_pace)

    def _off_pace(self, mode: int) -> float:
        """Seconds per unit of a leg; those of a flight are as by the first mode."""
        return float(self._world.roads.off_pace[0 if self._flies(mode) else mode])

    def _way(self, mode: int, origin: int, destination: int) -> Way:
        """The way that a unit drives, or flies or sails straight, between two road nodes."""
        if not self._flies(mode):
            return self.ways.way(mode, origin, destination)
        if origin == destination:
            return Way(np.array([origin], np.int64), np.zeros(1))
        km = self._world.roads.place_km[[origin, destination]].astype(np.float64)
        seconds = float(np.hypot(*(km[1] - km[0]))) * FLIGHT_S_PER_KM
        return Way(np.array([origin, destination], np.int64), np.array([0.0, seconds]))


def _drive(*, start_t: float, road_t: float, arrive_t: float, way: Way, leg_s: float, goal: Spot) -> Drive:
    """A drive that leaves the road when the way is done; the rest of the time is for the leg to its goal."""
    way_s = float(way.s[-1])
    share = way_s / (way_s + leg_s) if way_s + leg_s > 0 else 1.0
    return Drive(start_t, road_t, road_t + (arrive_t - road_t) * share, arrive_t, way, goal)


def _spot(places: F8, row: int) -> Spot:
    return float(places[row, 0]), float(places[row, 1])


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
