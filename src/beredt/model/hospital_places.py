"""How many patients a hospital has places for, by the hour."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.model.standby_point import EVERY_DAY


@dataclass(frozen=True, slots=True)
class HospitalPlaces:
    """Places for patients who come by ambulance, in whole hours from `start_s` until before `end_s`.

    A patient has a place from the handover on, for `stay_s` (the median of a lognormal with `stay_sigma`; the row of
    the hour of the call, or the first of the hospital). Who comes when all are taken waits, with the crew. What walk-in
    patients take is left out of `places`. In hours without a row nobody counts, and nobody waits.
    """

    hospital: str
    places: int
    stay_s: float
    stay_sigma: float = 0.0
    weekdays: tuple[int, ...] = EVERY_DAY
    start_s: int = 0
    end_s: int = 86_400
    source: str | None = None
