"""A kind of unit and what it can do."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.model.urgency import URGENCIES

EVERY_URGENCY = "".join(URGENCIES)


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit: whether it transports, stops the response clock, and the roles it may take at an incident.

    It is sent to incidents of the urgencies in `answers` only. `competence` and `equipment` are words that asks may
    require. Its drives take `pace` (> 0) times as long as those of others, and it needs `start_s` (≥ 0) beyond
    mobilisation when it stands still. One that `flies` goes straight at `kmh`; weather keeps it on the ground in a
    share `no_flight_share` (0–1) of incidents, and it flies from `flight_start_s` until before `flight_end_s` (seconds
    after midnight; an end before the start lies on the next day) only. One that `floats` goes at `kmh` over water
    between landing points, to incidents at most `shore_km` from one; weather and hours hold for it as for
    one that flies.
    """

    id: str
    name_en: str
    name_nb: str
    transports: bool
    stops_clock: bool
    primary: bool
    second: bool
    responder: bool
    answers: str = EVERY_URGENCY
    competence: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    pace: float = 1.0
    start_s: float = 0.0
    flies: bool = False
    kmh: float = 200.0
    no_flight_share: float = 0.0
    flight_start_s: int = 0
    flight_end_s: int = 86_400
    floats: bool = False
    shore_km: float = 0.5

    @property
    def ready(self) -> bool:
        """Whether it may be the first unit of an acute incident that asks for nothing special."""
        return self.primary and URGENCIES[0] in self.answers

    @property
    def words(self) -> frozenset[str]:
        """All that an ask may require of it."""
        return frozenset((*self.competence, *self.equipment))

    @property
    def stays_down(self) -> bool:
        """Whether there are incidents to which it does not come, though it does to others."""
        whole_day = (self.flight_start_s, self.flight_end_s) == (0, 86_400)
        return self.floats or (self.flies and (self.no_flight_share > 0.0 or not whole_day))
