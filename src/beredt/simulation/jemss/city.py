"""Everything that is read of one city and its call trace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beredt.model.urgency import Urgency
from beredt.simulation.jemss.calls import Calls, read_calls
from beredt.simulation.jemss.city_files import find_city
from beredt.simulation.jemss.demand import Demand, read_demand
from beredt.simulation.jemss.faults import Faults
from beredt.simulation.jemss.network import CityRoads, read_roads
from beredt.simulation.jemss.places import CityMap, Places, read_ambulances, read_map, read_places
from beredt.simulation.jemss.priorities import Priorities, read_priorities, read_redispatch
from beredt.simulation.jemss.travel import Travel, read_travel


@dataclass(frozen=True, slots=True, eq=False)
class City:
    """A city model with a call trace, free of faults.

    `ambulances` int64 (units,): station of each, from 1. `divert`: pairs (urgency of the new call, urgency on the
    way) for which a unit may be called off. `files`: what was read, relative to the folder of the model.
    """

    name: str
    city_map: CityMap
    roads: CityRoads
    travel: Travel
    stations: Places
    hospitals: Places
    ambulances: NDArray[np.int64]
    priorities: Priorities
    divert: tuple[tuple[Urgency, Urgency], ...]
    demand: Demand
    calls: Calls
    files: tuple[str, ...]


def read_city(folder: Path, calls: Path, redispatch: str, rasters: Path | None) -> City:
    """Read a city model, its calls and, where given, its rasters.

    Args:
        folder: The model, such as `cities/auckland/models/1`, or the city with `models/1` in it.
        calls: The call trace.
        redispatch: Name of a file in `misc/redispatch`, without its ending.
        rasters: Folder of the rasters that demand files name; None to leave demand points out.

    Raises:
        ForeignFilesError: With everything that is wrong in any of the files.
        UnknownIdError: The city has no such redispatch file.
    """
    faults = Faults()
    files = find_city(folder, faults)
    city_map = read_map(files)
    priorities = read_priorities(files)
    travel = read_travel(files, priorities)
    roads = read_roads(files, city_map, len(travel.off_road_kmh))
    stations = read_places(files, "stations", city_map)
    hospitals = read_places(files, "hospitals", city_map)
    ambulances = read_ambulances(files, len(stations.names))
    divert = read_redispatch(files, redispatch)
    demand = read_demand(files, rasters, city_map)
    trace = read_calls(calls, city_map, len(hospitals.names), faults)
    if trace is not None and travel.timing and travel.timing[0][0] > trace.start_s:
        message = "no travel set holds when the calls begin"
        faults.add(files.used[-1], message, "let the first travel set start at or before startTime of the calls")
    faults.stop_if_any()
    assert city_map is not None
    assert roads is not None
    assert trace is not None
    return City(
        files.name, city_map, roads, travel, stations, hospitals, ambulances, priorities, divert, demand, trace,
        tuple(files.used),
    )  # fmt: skip
