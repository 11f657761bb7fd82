"""Tasks that units do in standby time: home visits, follow-up, help to care homes."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.model.standby_point import EVERY_DAY


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """So many tasks of one form a day, on some days, that give way to calls.

    `per_day` (≥ 0) tasks open between `start_s` and `end_s` (seconds after midnight), spread so that one task more
    moves none of the others; of a broken number the rest is a chance. Each is at somebody's home: of the people of
    `municipalities` who are `from_age` years or older. A task is in time when its unit is there at the latest
    `window_s` after it opened, late up to `late_s` after that, and not done at all later. It takes `stay_s` (the median
    of a lognormal with `stay_sigma`).

    Units of `kinds` at `stations` do it (none named: of all), as long as `keep_home` other free units of their station
    stay, and the drive takes no more than `max_drive_min`. A unit on the way leaves for incidents of the urgencies in
    `gives_way`, one at the place for those in `drops` (empty: what is begun is finished).
    """

    id: str
    kinds: tuple[str, ...]
    per_day: float
    municipalities: tuple[str, ...]
    window_s: float
    stay_s: float
    stations: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = EVERY_DAY
    start_s: int = 0
    end_s: int = 86_400
    from_age: int = 0
    late_s: float = 0.0
    stay_sigma: float = 0.0
    gives_way: str = "AHV"
    drops: str | None = "A"
    keep_home: int = 0
    max_drive_min: float = 30.0
    source: str | None = None
