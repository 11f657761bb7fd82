"""What an analyst chooses before a log is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from beredt.indicators.suppress import THRESHOLD

MUNICIPALITY, DISTRICT, TETTSTED, STATION = "municipality", "district", "tettsted", "station"
UNIT_KIND, HOUR, WEEKDAY, MONTH = "unit_kind", "hour", "weekday", "month"

BREAKDOWNS: tuple[tuple[str, ...], ...] = (
    *((), (MUNICIPALITY,), (DISTRICT,), (TETTSTED,), (STATION,), (UNIT_KIND,), (HOUR,), (WEEKDAY,), (MONTH,)),
    (MUNICIPALITY, MONTH),
)
"""What times are broken down by, urgency always beside: all together, by one thing, by two."""

UrbanBy = Literal["municipality", "position"]


@dataclass(frozen=True, slots=True)
class LogOptions:
    """Choices that change the figures, all of which a report states.

    `threshold`: counts below it are left out (0: none). `responders_stop_the_clock`: whether a unit that begins
    treatment but does not transport ends the response time. `urban_by`: whether the municipality or the place itself
    decides which target holds. `breakdowns`: each with at most two of the dimensions; a station and a kind of unit
    belong to missions, and are left out for incidents. `jobs`: threads, which change nothing.
    """

    threshold: int = THRESHOLD
    responders_stop_the_clock: bool = False
    urban_by: UrbanBy = "municipality"
    breakdowns: tuple[tuple[str, ...], ...] = BREAKDOWNS
    jobs: int = 2
