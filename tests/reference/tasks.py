"""Planned tasks: the section of that name of the rules."""

from __future__ import annotations

import math
from dataclasses import dataclass

from beredt.dispatch.world import SPEED_RETURN, TASK, Incidents, World
from tests.reference.borders import Borders
from tests.reference.desk import Decision, Desk
from tests.reference.drives import Place, Site
from tests.reference.fleet import Fleet
from tests.reference.units import Unit


@dataclass
class Task:
    """One task, and what became of it."""

    number: int
    form: int
    open_t: float
    due_t: float
    last_t: float
    stay_s: float
    site: Site
    gives_way: int
    drops: int
    keep: int
    max_drive_s: float
    waits: bool = False
    state: int = 0  # planned · waits · begun · done
    unit: int = -1
    begun_t: float = math.nan
    given_up: int = 0


class Tasks:
    """All of them."""

    def __init__(self, world: World, incidents: Incidents, fleet: Fleet, desk: Desk, borders: Borders) -> None:
        self._world = world
        self._borders = borders
        self._fleet = fleet
        self._desk = desk
        self.duty_changes_done = 0
        told = incidents.tasks
        self.tasks = [] if told is None else [
            Task(
                number,
                int(told.form[number]),
                float(told.open_t[number]),
                float(told.due_t[number]),
                float(told.last_t[number]),
                float(told.stay_s[number]),
                Site(int(told.node[number]), float(told.leg[number])),
                int(told.gives_way[number]),
                int(told.drops[number]),
                int(told.keep[number]),
                float(told.max_drive_s[number]),
            )
            for number in range(len(told.open_t))
        ]  # fmt: skip

    def begin(self) -> None:
        """All openings are known beforehand."""
        for task in self.tasks:
            self._desk.put_on_agenda(Decision(task.open_t, -1, task=task.number))

    def opens(self, number: int, t: float) -> None:
        """The task may be begun: by the free unit that is there first, or it waits."""
        task = self.tasks[number]
        if task.last_t < t:
            return
        found: list[tuple[float, int, Place]] = []
        for unit in self._fleet.free_units():
            assert unit.stint is not None
            place = unit.stint.place_at(t, self._fleet.mode(unit, SPEED_RETURN, t))
            drive_s = self._drive_s(unit, task, place, t)
            if drive_s is not None:
                found.append((drive_s, unit.number, place))
        if not found:
            task.waits, task.state, task.unit, task.begun_t = True, 1, -1, math.nan
            return
        _, number, place = min(found, key=lambda one: one[:2])
        unit = self._fleet.units[number]
        self._fleet.end_stint(unit, t)
        self._set_out(unit, task, place, t)

    def take(self, unit: Unit, site: Site, t: float) -> bool:
        """A unit that becomes free, and finds no incident, takes the task that is due first."""
        place = Place(site.node, site.leg, 0.0, 0.0)
        open_to_it = [task for task in self.tasks if task.waits and self._drive_s(unit, task, place, t) is not None]
        if not open_to_it:
            return False
        self._set_out(unit, min(open_to_it, key=lambda task: (task.due_t, task.number)), place, t)
        return True

    def done(self, unit: Unit, t: float) -> Site:
        """The unit has done its task, and stands where it was."""
        assert unit.task is not None
        task = self.tasks[unit.task]
        task.state = 3
        self._fleet.end_stint(unit, t)
        return task.site

    def given_up(self, unit: Unit, t: float) -> None:
        """The unit leaves its task for an incident."""
        assert unit.task is not None
        task = self.tasks[unit.task]
        task.given_up += 1
        task.state, task.unit, task.begun_t = 1, -1, math.nan
        self._desk.put_on_agenda(Decision(t, -1, task=task.number))

    def free_t(self, unit: Unit) -> float:
        """When it will have done its task."""
        assert unit.task is not None
        assert unit.stint is not None
        return unit.stint.drive.arrive_t + self.tasks[unit.task].stay_s

    def leaves_for(self, unit: Unit, urgency: int, t: float) -> bool:
        """Whether a unit is at a task that it leaves for an incident of this urgency."""
        if unit.task is None or unit.stint is None:
            return False
        task = self.tasks[unit.task]
        return bool((task.drops if unit.stint.stands(t) else task.gives_way) >> urgency & 1)

    def _set_out(self, unit: Unit, task: Task, place: Place, t: float) -> None:
        task.waits = False
        self._fleet.drive(unit, TASK, place, task.site, t, task.number)
        assert unit.stint is not None
        task.state, task.unit, task.begun_t = 2, unit.number, unit.stint.drive.arrive_t

    def _drive_s(self, unit: Unit, task: Task, place: Place, t: float) -> float | None:
        """Seconds of its drive to the task; None when it may not begin it now."""
        assert self._world.task_may is not None
        drive_s = self._fleet.return_s(unit, place, task.site, t)
        others = [
            other for other in self._fleet.free_ready() if other.number != unit.number and other.station == unit.station
        ]
        if (
            self._world.task_may[task.form, unit.number]
            and self._borders.allows("tasks", unit.centre)
            and drive_s <= task.max_drive_s
            and t + drive_s <= task.last_t
            and t + drive_s + task.stay_s <= self._off_t(unit)
            and len(others) >= task.keep
        ):
            return drive_s
        return None

    def _off_t(self, unit: Unit) -> float:
        """When its shift ends."""
        world = self._world
        for row in range(self.duty_changes_done, len(world.duty_t)):
            if world.duty_unit[row] == unit.number and not world.duty_on[row]:
                return float(world.duty_t[row])
        return math.inf
