"""What depends on the hour: modes, paces, hours of standby points, quiet hours. At t = 0 it is a midnight."""

from __future__ import annotations

import math

from beredt.dispatch.world import World

DAY_S, HOUR_S = 86_400, 3_600


class Hours:
    """The clock and the calendar of a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def mode(self, purpose: int, t: float) -> int:
        """The travel mode of a drive for a purpose that begins at `t`."""
        (row,) = [row for row, from_t in enumerate(self._world.mode_t) if from_t <= t][-1:]
        return int(self._world.mode_of[row, purpose])

    def true_pace(self, t: float) -> float:
        """Factor on a drive that begins at `t`."""
        return float(self._world.true_pace[self._hour(t) % len(self._world.true_pace)])

    def believed_pace(self, t: float) -> float:
        """The same as a dispatcher reckons."""
        return float(self._world.believed_pace[self._hour(t) % len(self._world.believed_pace)])

    def standby_open(self, point: int, t: float) -> bool:
        """Whether a standby point takes units; hours over midnight belong to the day on which they begin."""
        start_s, end_s = int(self._world.standby_start_s[point]), int(self._world.standby_end_s[point])
        today, second = (self._hour(t) // 24) % 7, t % DAY_S
        day_before = (today - 1) % 7
        if start_s <= end_s:
            return self._on_weekday(point, today) and start_s <= second < end_s
        began_today = self._on_weekday(point, today) and second >= start_s
        return began_today or (self._on_weekday(point, day_before) and second < end_s)

    def quiet(self, t: float) -> bool:
        """Whether no unit may be moved."""
        limits, second = self._world.policies.limits, t % DAY_S
        if limits.quiet_start_s <= limits.quiet_end_s:
            return limits.quiet_start_s <= second < limits.quiet_end_s
        return second >= limits.quiet_start_s or second < limits.quiet_end_s

    def _hour(self, t: float) -> int:
        return int(self._world.first_hour) + math.floor(t / HOUR_S)

    def _on_weekday(self, point: int, weekday: int) -> bool:
        return bool(self._world.standby_days[point] >> weekday & 1)
