"""What one centre may do with the units of another, by urgency of the incident."""

from __future__ import annotations

from beredt.dispatch.world import OWN_FIRST, OWN_ONLY, SEAMLESS, Crises, World


class Borders:
    """The border rules of a world, and those of a crisis; a centre is always seamless with itself."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.in_crisis: set[int] = set()

    def _now(self, centre: int) -> World | Crises:
        """Whose rules hold at a centre."""
        if centre in self.in_crisis:
            assert self._world.crises is not None
            return self._world.crises
        return self._world

    def reserve(self, centre: int) -> int:
        """Ordinary incidents wait while so many or fewer units are free."""
        return int(self._now(centre).reserve[centre])

    def allows(self, what: str, centre: int) -> bool:
        """Whether a centre lends units, begins tasks or uses standby points."""
        return centre not in self.in_crisis or bool(getattr(self._world.crises, what)[centre])

    def seamless(self, asking: int, owning: int, urgency: int) -> bool:
        """Whether the asking centre sends the other's units as if they were its own."""
        return self._policy(asking, owning, urgency) == SEAMLESS

    def own_first(self, asking: int, owning: int, urgency: int) -> bool:
        """Whether the asking centre has to ask, and does so when that is quicker."""
        return self._policy(asking, owning, urgency) == OWN_FIRST

    def own_only(self, asking: int, owning: int, urgency: int) -> bool:
        """Whether units of the other centre never come."""
        return self._policy(asking, owning, urgency) == OWN_ONLY

    def ask_s(self, asking: int, owning: int, urgency: int) -> float:
        """Seconds from the question to the answer."""
        return float(self._now(asking).ask_s[asking, owning, urgency])

    def margin_s(self, asking: int, owning: int, urgency: int) -> float:
        """Seconds that the other's unit must save before it is worth asking."""
        return float(self._now(asking).margin_s[asking, owning, urgency])

    def view(self, asking: int, owning: int, urgency: int) -> int:
        """What the asking centre sees of the other's units: live, stale or stations."""
        return int(self._world.view[asking, owning, urgency])

    def view_age_s(self, asking: int, owning: int, urgency: int) -> float:
        """Seconds between two refreshes of a stale view."""
        return float(self._world.view_age_s[asking, owning, urgency])

    def _policy(self, asking: int, owning: int, urgency: int) -> int:
        return SEAMLESS if asking == owning else int(self._now(asking).policy[asking, owning, urgency])
