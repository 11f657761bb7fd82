"""A place where a free unit may wait."""

from __future__ import annotations

from dataclasses import dataclass

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class StandbyPoint:
    """A place where a free unit of one of `home_stations` may wait, if `keep_home` others stay at home.

    Nobody is sent who would drive longer than `max_drive_min` minutes, nor outside the hours: on `weekdays` (1 =
    Monday to 7, the day on which the hours begin) from `start_s` until before `end_s` (seconds after midnight, 0 to
    86,400; an end before the start falls on the next day). Who is there when the hours end stays until sent.
    """

    id: str
    name: str
    lat: float
    lon: float
    centre: str
    home_stations: tuple[str, ...]
    keep_home: int
    max_drive_min: float
    weekdays: tuple[int, ...] = EVERY_DAY
    start_s: int = 0
    end_s: int = 86_400
