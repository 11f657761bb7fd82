"""The table of speeds as arrays: km/h of a class at a limit, for a purpose at an hour of the week."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.errors import DefinitionError, UnknownIdError
from beredt.model.issue import Issue
from beredt.roads.imported.road_class import ROAD_CLASSES

BUNDLED = "ambulance_speeds.toml"
HOURS = 168
LAST_PERIOD = "free"


@dataclass(frozen=True, slots=True, eq=False)
class SpeedTable:
    """Speeds for C classes, U purposes and P periods.

    `share`, `most_kmh` float64 (C,); `factor` by purpose; `hour` float64 (P, C), factors on speed by traffic;
    `gives_way` by purpose, the part of traffic's loss that is left; `period_of_hour` int8 (168,), 0 for Monday 00:00;
    `periods`: their ids; `least_kmh`; `unpaved_factor`, `unpaved_most_kmh`; `grade_percent`, `grade_factor`: ascending
    steps, the factor from each on; `off_road_kmh`, `off_road_most_m`; `id`, `checksum`.
    """

    id: str
    share: NDArray[np.float64]
    most_kmh: NDArray[np.float64]
    least_kmh: float
    factor: Mapping[str, float]
    hour: NDArray[np.float64]
    gives_way: Mapping[str, float]
    period_of_hour: NDArray[np.int8]
    periods: tuple[str, ...]
    unpaved_factor: float
    unpaved_most_kmh: float
    grade_percent: NDArray[np.float64]
    grade_factor: NDArray[np.float64]
    off_road_kmh: float
    off_road_most_m: float
    checksum: str

    @property
    def purposes(self) -> tuple[str, ...]:
        """What one may drive for."""
        return tuple(self.factor)

    def period_at(self, hour_of_week: int) -> str:
        """The period of an hour of the week, 0 … 167. Raises UnknownIdError."""
        if not 0 <= hour_of_week < HOURS:
            raise UnknownIdError("hour of the week", str(hour_of_week), ("0", "167"))
        return self.periods[int(self.period_of_hour[hour_of_week])]

    def require_purpose(self, purpose: str) -> None:
        """Raise UnknownIdError where nobody drives for that."""
        if purpose not in self.factor:
            raise UnknownIdError("purpose of a drive", purpose, self.purposes)


def load_speeds(path: Path | None = None) -> SpeedTable:
    """The bundled table, or one of the same form. Raises DefinitionError with what is wrong in the file."""
    name = BUNDLED if path is None else path.name
    text = (files("beredt.roads.speeds") / BUNDLED).read_bytes() if path is None else path.read_bytes()
    try:
        return _table(tomllib.loads(text.decode()), hashlib.sha256(text).hexdigest())
    except (KeyError, TypeError, ValueError) as fault:
        message = f"the table of speeds cannot be read: {type(fault).__name__} {fault}"
        remedy = f"give the same tables and keys as the bundled {BUNDLED}"
        raise DefinitionError("table of speeds", [Issue(name, None, None, None, 1, message, remedy)]) from fault


def _table(table: Mapping[str, Any], checksum: str) -> SpeedTable:
    periods = tuple(row["id"] for row in table["period"])
    if periods[-1] != LAST_PERIOD or len(set(periods)) < len(periods):
        raise ValueError(f"periods have ids of their own, and the last one is {LAST_PERIOD}")
    group_of = {name: group for group, names in table["group"].items() for name in names}
    groups = [group_of.get(name, "local") for name in ROAD_CLASSES]
    factor, left = (
        {key: _above_0(key, value) for key, value in table[name].items()} for name in ("factor", "gives_way")
    )
    if set(factor) != set(left):
        raise ValueError("[factor] and [gives_way] name different purposes")
    return SpeedTable(
        id=table["id"],
        share=np.array([_above_0(name, table["share"][name]) for name in ROAD_CLASSES]),
        most_kmh=np.array([_above_0(name, table["most_kmh"][name]) for name in ROAD_CLASSES]),
        least_kmh=_above_0("least_kmh", table["least_kmh"]),
        factor=factor,
        hour=np.array([[_above_0(name, table["hour"][period][name]) for name in groups] for period in periods]),
        gives_way=left,
        period_of_hour=_period_of_hour(table["period"]),
        periods=periods,
        unpaved_factor=_above_0("unpaved.factor", table["unpaved"]["factor"]),
        unpaved_most_kmh=_above_0("unpaved.most_kmh", table["unpaved"]["most_kmh"]),
        grade_percent=np.array(table["gradient"]["percent"], dtype=np.float64),
        grade_factor=np.array([1.0, *(_above_0("gradient", value) for value in table["gradient"]["factor"])]),
        off_road_kmh=_above_0("off_road.kmh", table["off_road"]["kmh"]),
        off_road_most_m=_above_0("off_road.most_m", table["off_road"]["most_m"]),
        checksum=checksum,
    )


def _period_of_hour(rows: list[Mapping[str, Any]]) -> NDArray[np.int8]:
    """The first period that names an hour; the last one where none does."""
    periods = np.full(HOURS, len(rows) - 1, dtype=np.int8)
    for number in reversed(range(len(rows) - 1)):
        for weekday in rows[number]["weekdays"]:
            for hour in rows[number]["hours"]:
                if not (0 <= weekday <= 6 and 0 <= hour <= 23):
                    raise ValueError(f"no hour {hour} of weekday {weekday}")
                periods[weekday * 24 + hour] = number
    return periods


def _above_0(name: str, value: object) -> float:
    number = float(value)  # type: ignore[arg-type]  # TypeError is what the caller waits for
    if not number > 0 or not np.isfinite(number):
        raise ValueError(f"{name} = {value} is not above 0")
    return number
