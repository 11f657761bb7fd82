"""Reserves that are whole again: the section *When a reserve is restored* of the rules."""

from __future__ import annotations

from beredt.dispatch.world import ORDINARY, Incidents, World
from tests.reference.borders import Borders
from tests.reference.desk import Decision, Desk
from tests.reference.fleet import Fleet


class ReserveWatch:
    """Looks after every event whether a centre that holds back need not do so any more."""

    def __init__(self, world: World, incidents: Incidents, fleet: Fleet, borders: Borders, desk: Desk) -> None:
        self._centres = len(world.reserve)
        self._incidents = incidents
        self._fleet = fleet
        self._borders = borders
        self._desk = desk

    def look(self, t: float) -> None:
        """After an event."""
        for centre in range(self._centres):
            if centre in self._desk.holding_back and self.is_whole(centre):
                self._desk.holding_back.remove(centre)
                for incident in self._ordinary_within_reach_of(centre):
                    self._desk.queue.remove(incident)
                    self._desk.put_on_agenda(Decision(t, incident))

    def is_whole(self, centre: int) -> bool:
        """Whether a centre has more free units than it keeps for what is urgent."""
        return self._fleet.free_ready_count(centre) > self._borders.reserve(centre)

    def serves_queue_of(self, owner: int, centre: int) -> bool:
        """Whether units of one centre take ordinary incidents of another out of its queue."""
        if self._borders.seamless(centre, owner, ORDINARY):
            return True
        return self._borders.own_first(centre, owner, ORDINARY) and self._borders.allows("lends", owner)

    def _ordinary_within_reach_of(self, owner: int) -> list[int]:
        """In order of their calls."""
        found = [
            (float(self._incidents.call_t[incident]), incident)
            for incident in self._desk.queue
            if self._incidents.urgency[incident] == ORDINARY
            and self.serves_queue_of(owner, int(self._incidents.centre[incident]))
        ]
        return [incident for _, incident in sorted(found)]
