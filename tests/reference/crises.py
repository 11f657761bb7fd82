"""Crises of centres: the section of that name of the rules."""

from __future__ import annotations

from beredt.dispatch.world import ORDINARY, Incidents, World
from tests.reference.borders import Borders
from tests.reference.desk import Decision, Desk
from tests.reference.fleet import Fleet


class CrisisWatch:
    """Looks after every event whether a centre has a crisis."""

    def __init__(self, world: World, incidents: Incidents, fleet: Fleet, borders: Borders, desk: Desk) -> None:
        self._world = world
        self._incidents = incidents
        self._fleet = fleet
        self._borders = borders
        self._desk = desk
        centres = 0 if world.crises is None else len(world.crises.least_s)
        self._since_t = [0.0] * centres
        self._begun = [0] * centres
        self._in_s = [0.0] * centres

    def look(self, t: float) -> None:
        """After an event."""
        rules = self._world.crises
        for centre in range(len(self._begun)):
            assert rules is not None
            free = self._fleet.free_ready_count(centre)
            if centre in self._borders.in_crisis:
                if free >= rules.ends_free[centre] and t >= self._since_t[centre] + float(rules.least_s[centre]):
                    self._borders.in_crisis.remove(centre)
                    self._in_s[centre] += t - self._since_t[centre]
                    self._decide_anew(centre, t)
            elif free <= rules.begins_free[centre] or self._waiting(centre) >= rules.begins_waiting[centre]:
                self._borders.in_crisis.add(centre)
                self._since_t[centre] = t
                self._begun[centre] += 1
                self._decide_anew(centre, t)

    def totals(self) -> list[tuple[int, float]]:
        """Of each centre: how many crises, and how long in all."""
        for centre in self._borders.in_crisis:
            self._in_s[centre] += self._world.end_s - self._since_t[centre]
        return [(begun, round(in_s, 3)) for begun, in_s in zip(self._begun, self._in_s, strict=True)]

    def _queued(self, centre: int) -> list[int]:
        return [incident for incident in self._desk.queue if self._incidents.centre[incident] == centre]

    def _waiting(self, centre: int) -> int:
        return len([one for one in self._queued(centre) if self._incidents.urgency[one] != ORDINARY])

    def _decide_anew(self, centre: int, t: float) -> None:
        """All that is queued: the most urgent first, by want, in order of the call."""

        def order(one: int) -> tuple[int, int, int]:
            return int(self._incidents.urgency[one]), self._desk.want[one], one

        for incident in sorted(self._queued(centre), key=order):
            self._desk.queue.remove(incident)
            self._desk.put_on_agenda(Decision(t, incident))
