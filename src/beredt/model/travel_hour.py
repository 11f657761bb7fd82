"""How driving times differ in one hour of the week."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TravelHour:
    """Factors on driving times in an hour of the week, 0 (Monday 00:00–01:00) to 167.

    Drives really take `true_factor` (above 0) times as long; whoever chooses a unit reckons with `believed_factor`.
    An hour without a row has the factors 1.
    """

    hour_of_week: int
    true_factor: float
    believed_factor: float
