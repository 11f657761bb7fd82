"""Ways of driving: how fast beside the road, which purpose uses which, and from when on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.model.urgency import URGENCIES, Urgency
from beredt.simulation.jemss.city_files import CityFiles
from beredt.simulation.jemss.jemss_table import JemssTable
from beredt.simulation.jemss.priorities import DAY_S, Priorities, urgencies_of
from beredt.simulation.jemss.table_file import get_table

HOURS_PER_DAY = 24.0


@dataclass(frozen=True, slots=True)
class Travel:
    """`off_road_kmh`: float64 (M,) of the M modes. `sets`: set number → purpose → mode, both counted from 1; purposes
    are A, H, V, transport and return. `timing`: (from when on in seconds, set number), ascending.
    """

    off_road_kmh: NDArray[np.float64]
    sets: Mapping[int, Mapping[str, int]]
    timing: tuple[tuple[float, int], ...]


def read_travel(files: CityFiles, priorities: Priorities) -> Travel:
    """How units of a city drive. Hospital transport, return and relocation go as calls of low priority do."""
    tables, file = files.read("travel", "travel", "travel_1")
    names = ("travelModes", "travelSets", "travelSetsTiming")
    modes, sets, timing = (get_table(tables, name, file, files.faults) for name in names)
    if modes is None or sets is None or timing is None:
        return Travel(np.empty(0), {}, ())
    modes.check_counted("travelModeIndex")
    off_road_kmh = modes.numbers("offRoadSpeed", above=0.0) / HOURS_PER_DAY
    by_set = _sets(sets, modes.height)
    starts = timing.numbers("startTime")
    chosen = timing.indices("travelSetIndex", max(by_set), "travel set")
    timing.note(
        np.diff(starts, prepend=-np.inf) <= 0.0,
        "startTime",
        "the times do not rise",
        "sort the rows by startTime, each time once",
    )
    return Travel(
        off_road_kmh,
        {number: _purposes(modes_of, priorities) for number, modes_of in by_set.items()},
        tuple((float(start) * DAY_S, int(one)) for start, one in zip(starts, chosen, strict=True)),
    )


def _sets(table: JemssTable, modes: int) -> dict[int, dict[Urgency, int]]:
    """Set number → urgency → mode."""
    numbers = table.wholes("travelSetIndex")
    urgencies = urgencies_of(table, "priority")
    chosen = table.indices("travelModeIndex", modes, "travel mode")
    sets: dict[int, dict[Urgency, int]] = {}
    twice = np.zeros(table.height, dtype=np.bool_)
    for row, (number, urgency, mode) in enumerate(zip(numbers, urgencies, chosen, strict=True)):
        modes_of = sets.setdefault(int(number), {})
        twice[row] = urgency in modes_of
        modes_of.setdefault(urgency, int(mode))
    table.note(twice, "priority", "a second row for this set and priority", "keep one of the two")
    if sorted(sets) != list(range(1, len(sets) + 1)):
        message = "the sets are not numbered 1, 2, 3, …"
        table.faults.add(table.file, message, "number them", row=table.header_line, field="travelSets.travelSetIndex")
    for number, modes_of in sets.items():
        missing = [urgency for urgency in URGENCIES if urgency not in modes_of]
        if missing:
            message = f"travel set {number} has {len(modes_of)} of {len(URGENCIES)} priorities"
            remedy = "add a row for every set and priority"
            table.faults.add(table.file, message, remedy, row=table.header_line, field="travelSets.priority")
    return sets


def _purposes(modes: Mapping[Urgency, int], priorities: Priorities) -> dict[str, int]:
    to_scene: dict[str, int] = {
        urgency: modes[priorities.travel_as.get(urgency) or urgency]
        for urgency in URGENCIES
        if (priorities.travel_as.get(urgency) or urgency) in modes
    }
    low = modes.get("V", 1)
    return {**to_scene, "transport": low, "return": low}
