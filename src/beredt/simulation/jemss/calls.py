"""The calls of a trace, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.model.urgency import URGENCIES
from beredt.simulation.jemss.faults import Faults
from beredt.simulation.jemss.jemss_table import JemssTable
from beredt.simulation.jemss.places import CityMap
from beredt.simulation.jemss.priorities import DAY_S
from beredt.simulation.jemss.table_file import get_table, read_table_file

NO_HOSPITAL = -1
F8 = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """`trace` has the columns of the table trace (but the area), hospitals by their id; units wake at `start_s`."""

    trace: pl.DataFrame
    start_s: float


def read_calls(path: Path, city_map: CityMap | None, hospitals: int, faults: Faults) -> Calls | None:
    """The calls in a file; None where it has no such tables. Days become seconds by 86,400, exactly as float64."""
    file = path.name
    tables = read_table_file(path, file, faults)
    misc = get_table(tables, "miscData", file, faults)
    table = get_table(tables, "calls", file, faults)
    if misc is None or table is None:
        return None
    start = float(misc.numbers("startTime", low=0.0)[0])
    table.check_numbered()
    lon, lat = table.numbers("x"), table.numbers("y")
    if city_map is not None:
        city_map.check_inside(table, lon, lat)
    urgency = np.array(URGENCIES)[table.indices("priority", len(URGENCIES), "priority") - 1]
    arrival = table.numbers("arrivalTime", low=0.0)
    transported = table.flags(_either(table, "transport", "transfer"))
    hospital = table.indices("hospitalIndex", max(hospitals, 1), "hospital", or_none=True)
    handover = table.numbers(_either(table, "handoverDuration", "transferDuration"), low=0.0)
    delay = table.numbers("dispatchDelay", low=0.0)
    _check_order(table, arrival, delay, start)
    ids = pl.Series(hospital)
    trace = pl.DataFrame(
        {
            "incident": table.wholes("index"),
            "call_s": arrival * DAY_S,
            "urgency": urgency,
            "lat": lat,
            "lon": lon,
            "handling_s": delay * DAY_S,
            "mobilisation_s": np.zeros(table.height),
            "on_scene_s": table.numbers("onSceneDuration", low=0.0) * DAY_S,
            "transported": transported,
            "hospital": pl.select(
                pl.when(ids != NO_HOSPITAL).then(pl.format("hospital-{}", ids)).otherwise(None)
            ).to_series(),
            "handover_s": np.where(transported, handover, 0.0) * DAY_S,
        }
    )
    return Calls(trace, start * DAY_S)


def _either(table: JemssTable, name: str, former: str) -> str:
    """The name of a column, or the one it once had where the table uses that."""
    return former if name not in table.columns and former in table.columns else name


def _check_order(table: JemssTable, arrival: F8, delay: F8, start: float) -> None:
    """Calls come in order, none before the start; and no two at the same time of which one needs no handling."""
    table.note(
        np.diff(arrival, prepend=-np.inf) < 0.0,
        "arrivalTime",
        "the call came before the one in the row above",
        "sort the rows by arrivalTime, and number them anew",
    )
    table.note(arrival < start, "arrivalTime", "the call came before startTime", "lower startTime, or remove the row")
    together = np.diff(arrival, prepend=-np.inf) == 0.0
    if together.any() and (delay <= 0.0).any():
        table.note(
            together & ((delay <= 0.0) | (np.roll(delay, 1) <= 0.0)),
            "arrivalTime",
            "the call came with the one in the row above, and one of them takes no time to handle: nothing says which "
            "of the two gets a unit first",
            "give both a dispatchDelay above 0",
        )
