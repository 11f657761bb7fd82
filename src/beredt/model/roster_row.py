"""One repeated shift of a roster."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One repeated shift of a roster; rows with the same `id` make up the roster.

    `weekdays` are the days on which the shift starts, ascending, 1 = Monday to 7. `start_s` (0 to 86,340) and
    `end_s` (0 to 86,400) are seconds after midnight; an end before the start falls on the next day.
    """

    id: str
    weekdays: tuple[int, ...]
    start_s: int
    end_s: int

    @property
    def length_s(self) -> int:
        """Length of the shift in seconds, above 0 and at most 86,400. An end at the start would be a whole day."""
        return self.end_s - self.start_s if self.end_s > self.start_s else self.end_s - self.start_s + 86_400
