"""Patients at hospitals: the section of that name of the rules."""

from __future__ import annotations

import math

from beredt.dispatch.world import NO_END, NOT_DONE, Incidents, World
from tests.reference.desk import Decision, Desk
from tests.reference.drives import Site
from tests.reference.fleet import Fleet
from tests.reference.units import Mission

HOUR_S = 3600


class Hospitals:
    """Places, and who waits for one."""

    def __init__(self, world: World, incidents: Incidents, fleet: Fleet, desk: Desk) -> None:
        self._world = world
        self._incidents = incidents
        self._wards = incidents.wards
        self._fleet = fleet
        self._desk = desk
        hospitals = 0 if incidents.wards is None else len(incidents.wards.node)
        self._taken = [0] * hospitals
        self._doors: list[list[Mission]] = [[] for _ in range(hospitals)]

    def begin(self) -> None:
        """Hours with more places than the hour before are known beforehand."""
        if self._wards is None:
            return
        rises = []
        for hour in range(1, math.ceil(self._world.end_s / HOUR_S)):
            for hospital in range(len(self._taken)):
                before, now = (self._wards.places[hospital, self._week_hour(h)] for h in (hour - 1, hour))
                if now > before:
                    rises.append((hour * float(HOUR_S), hospital))
        for t, hospital in sorted(rises):
            self._desk.put_on_agenda(Decision(t, -1, let_in=hospital))

    def patient_planned(self, mission: Mission) -> None:
        """A unit will leave a scene with its patient for a hospital."""
        if self._wards is not None and self._wards.hospital[mission.incident] >= 0:
            self._desk.put_on_agenda(Decision(mission.leave_t, mission.incident, called_by=mission, leaves=True))

    def leaves(self, mission: Mission) -> bool:
        """It leaves: to the hospital meant, or past it. Whether its plan has changed."""
        assert self._wards is not None
        meant = int(self._wards.hospital[mission.incident])
        other, urgency = int(self._wards.by_pass_to[meant]), int(self._incidents.urgency[mission.incident])
        waiting = len(self._doors[meant])
        passes = (
            other >= 0
            and bool(self._wards.by_passed[meant] >> urgency & 1)
            and waiting >= self._wards.by_pass_from[meant]
            and len(self._doors[other]) < waiting
        )
        if passes:
            mission.hospital = other
            site = Site(int(self._wards.node[other]), float(self._wards.leg[other]))
            self._fleet.plan_transport(mission, mission.leave_t, site)
        self._desk.put_on_agenda(Decision(mission.dest_t, mission.incident, called_by=mission, arrives=True))
        return passes

    def arrives(self, mission: Mission, t: float) -> bool:
        """It is there: the patient gets a place or waits. Whether its plan has changed."""
        hospital = self._hospital(mission)
        places = self._places(hospital, t)
        if places == NO_END:
            return False
        if self._taken[hospital] < places:
            self._takes_place(hospital, mission, t)
            return False
        self._doors[hospital].append(mission)
        mission.free_t = NOT_DONE
        return True

    def let_go(self, hospital: int) -> None:
        """A patient leaves a place."""
        self._taken[hospital] -= 1

    def let_in(self, hospital: int, t: float) -> list[Mission]:
        """The most urgent who wait get the places that there are; the missions whose plan has changed."""
        changed = []
        while self._doors[hospital] and self._taken[hospital] < self._places(hospital, t):
            mission = min(self._doors[hospital], key=lambda one: int(self._incidents.urgency[one.incident]))  # stable
            self._doors[hospital].remove(mission)
            self._takes_place(hospital, mission, t)
            mission.free_t = t + float(self._incidents.handover_s[mission.incident])
            changed.append(mission)
        return changed

    def _takes_place(self, hospital: int, mission: Mission, t: float) -> None:
        assert self._wards is not None
        self._taken[hospital] += 1
        stay_s = float(self._wards.stay_s[mission.incident])
        self._desk.put_on_agenda(Decision(t + stay_s, -1, let_in=hospital, let_go=True))

    def _hospital(self, mission: Mission) -> int:
        assert self._wards is not None
        return mission.hospital if mission.hospital >= 0 else int(self._wards.hospital[mission.incident])

    def _places(self, hospital: int, t: float) -> int:
        assert self._wards is not None
        return int(self._wards.places[hospital, self._week_hour(math.floor(t / HOUR_S))])

    def _week_hour(self, hour: int) -> int:
        return (int(self._world.first_hour) + hour) % 168
