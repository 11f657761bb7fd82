"""Edit: let units do planned tasks in standby time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.field import clock_seconds
from beredt.model.planned_task import PlannedTask
from beredt.model.reading.weekdays import parse_weekdays
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlannedTask(Edit):
    """Let units do tasks of one form; a form of the same id is replaced, and none a day ends it."""

    kind: ClassVar[str] = "set_planned_task"

    id: str
    wanted_kinds: tuple[str, ...]
    per_day: float
    municipalities: tuple[str, ...]
    window_s: float
    stay_s: float
    home_stations: tuple[str, ...] = ()
    weekdays: str = "mon-sun"
    start: str = "00:00"
    end: str = "24:00"
    from_age: int = 0
    late_s: float = 0
    stay_sigma: float = 0
    gives_way: str = "AHV"
    drops: str | None = None
    keep_home: int = 0
    max_drive_min: float = 30

    def objections(self, service: Service) -> Iterator[Objection]:
        """Hours that do not run forward within a day."""
        del service
        if clock_seconds(self.start) >= clock_seconds(self.end):
            message = f"the hours {self.start} to {self.end} do not run forward within a day"
            yield Objection("end", message, "give an end after the start, at the latest 24:00")

    def apply(self, service: Service) -> Service:
        """The service with the tasks, in the place of old ones or at the end."""
        tasks = {task.id: task for task in service.planned_tasks}
        tasks[self.id] = PlannedTask(
            id=self.id,
            kinds=self.wanted_kinds,
            per_day=float(self.per_day),
            municipalities=self.municipalities,
            window_s=float(self.window_s),
            stay_s=float(self.stay_s),
            stations=self.home_stations,
            weekdays=parse_weekdays(self.weekdays),
            start_s=clock_seconds(self.start),
            end_s=clock_seconds(self.end),
            from_age=self.from_age,
            late_s=float(self.late_s),
            stay_sigma=float(self.stay_sigma),
            gives_way=self.gives_way,
            drops=self.drops,
            keep_home=self.keep_home,
            max_drive_min=float(self.max_drive_min),
        )
        if self.per_day == 0:
            del tasks[self.id]
        return replace(service, planned_tasks=tuple(tasks.values()))
