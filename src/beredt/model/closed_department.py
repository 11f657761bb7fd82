"""Hours in which a hospital does not take patients who would be brought to it."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.model.standby_point import EVERY_DAY


@dataclass(frozen=True, slots=True)
class ClosedDepartment:
    """A share (0–1) of the patients of `urgency` (`*` for all) that is taken elsewhere in some hours, or for good.

    They go to the nearest open hospital of `instead`; where that is empty, of all others that take emergencies if
    `hospital` does, and of all others that do not if it does not. Hours are those of the call, as in `Pathway`.
    """

    hospital: str
    urgency: str
    share: float = 1.0
    instead: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = EVERY_DAY
    start_s: int = 0
    end_s: int = 86_400
    source: str | None = None
