"""A simulated year as a store of missions, the form in which logs of real missions are kept.

So simulated and real missions are told by the same tables, figures and words. The store holds what a log would hold:
the incidents with a call in the days that count, with all units sent to them. Simulated time knows no time zone and
no clock changes; it is written as UTC, so that clock hours stay what they were. An incident lies where the people of
its area live, or where the call trace has it. Nothing in it is anybody's: it is generated, and says so.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.errors import StoreError
from beredt.indicators.observed import F8, I4, I8, Frame, Year
from beredt.missions.incident_table import RESPONDERS, STOPS_CLOCK
from beredt.missions.schema import INCIDENTS, MISSIONS, UNIT_KINDS
from beredt.missions.store import Store, write_store
from beredt.missions.store_info import StoreInfo
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.simulation.missions_table import counted

ZONE = "UTC"
PROFILE = "simulated"
OTHER = "other"
MS_PER_S = 1_000
METRES_PER_KM = 1_000

MISSION_STAMPS = {
    "created_t": "ready_t",
    "alerted_t": "assign_t",
    "rolling_t": "roll_t",
    "scene_t": "scene_t",
    "leave_t": "leave_t",
    "dest_t": "dest_t",
    "free_t": "free_t",
}
"""Stamps of the store, and the column of the year that each is. A mission is made when a unit can be chosen."""


def write_year(
    path: Path,
    study: Study,
    service: Service,
    frame: Frame,
    year: Year,
    *,
    alternative: str = TODAY,
    replication: int = 0,
    own_id: I8 | None = None,
) -> Store:
    """Write a simulated year as a store.

    Args:
        path: a folder that is new or empty.
        study: that was simulated.
        service: today's, or the alternative's.
        frame: of the service.
        year: what happened.
        alternative: its id.
        replication: its number.
        own_id: [I] the trace's own number of each incident, None for generated calls.

    Raises:
        StoreError: the folder holds something else.
    """
    missions, incidents = year_tables(study, service, frame, year, own_id)
    info = StoreInfo(
        profile=f"{PROFILE}:{study.settings.study.id}:{alternative}:{replication}",
        profile_sha256=study.fingerprint,
        zone=ZONE,
        crs="EPSG:4326",
        rows_in=missions.height + int(incidents["rows_without_unit"].sum()),
        generated=own_id is None,
    )
    return write_store(path, missions=missions, incidents=incidents, info=info)


def refuse_used_folder(path: Path) -> None:
    """Say before the work, not after it, that a store cannot be written where something stands.

    Raises:
        StoreError: the path is a file, or a folder that holds something.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StoreError(path, "it exists and is not an empty folder: name a new one")


def year_tables(
    study: Study, service: Service, frame: Frame, year: Year, own_id: I8 | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The tables missions and incidents of a simulated year; the arguments are those of `write_year`."""
    calls = np.flatnonzero(counted(frame, year))
    number = np.full(len(year.incidents.call_t), -1, np.int64)
    number[calls] = np.arange(len(calls))
    incidents = _incidents(study, service, frame, year, calls, own_id)
    return _missions(service, frame, year, number, incidents), _with_firsts(incidents, frame, year, number)


def _incidents(
    study: Study, service: Service, frame: Frame, year: Year, calls: NDArray[np.int64], own_id: I8 | None
) -> pl.DataFrame:
    """What is known of each incident before anybody is sent."""
    seen = year.incidents
    area = seen.area[calls]
    lat, lon = _scenes(study, service, area, calls)
    urgency = np.array(URGENCIES)[seen.urgency[calls]]
    return pl.DataFrame(
        {
            "incident": np.arange(len(calls)),
            "key": (calls if own_id is None else own_id[calls]).astype(str),
            "call_t": _stamps(frame, seen.call_t[calls]),
            "ready_t": _stamps(frame, seen.ready_t[calls]),
            "urgency": urgency,
            "urgency_first": urgency,
            "lat": lat,
            "lon": lon,
            "municipality": _words([row.municipality for row in service.areas], area),
            "district": _words([row.district or "" for row in service.areas], area),
        }
    )


def _scenes(study: Study, service: Service, area: I4, calls: NDArray[np.int64]) -> tuple[F8, F8]:
    """Latitude and longitude of incidents: the trace's own, or where the people of the area live."""
    if study.trace is not None:
        return study.trace["lat"].to_numpy()[calls], study.trace["lon"].to_numpy()[calls]
    return np.array([row.lat for row in service.areas])[area], np.array([row.lon for row in service.areas])[area]


def _missions(service: Service, frame: Frame, year: Year, number: I8, incidents: pl.DataFrame) -> pl.DataFrame:
    """One row per unit sent, in order of the incident and its assignment."""
    seen = year.missions
    kept = np.flatnonzero(number[seen.incident] >= 0)
    order = kept[np.lexsort((seen.unit[kept], seen.assign_t[kept], number[seen.incident[kept]]))]
    unit, incident = seen.unit[order], number[seen.incident[order]]
    transported = np.nan_to_num(seen.transport_km[order]) > 0.0
    transported |= seen.dest_t[order] > seen.leave_t[order]
    times = {stamp: getattr(seen, column) for stamp, column in MISSION_STAMPS.items() if stamp != "created_t"}
    stamps = {stamp: _stamps(frame, values[order]) for stamp, values in times.items()}
    stamps["dest_t"] = stamps["dest_t"].set(pl.Series(~transported), None)
    kinds = [unit.kind if unit.kind in UNIT_KINDS else OTHER for unit in service.units]
    of_incident = incidents[incident]
    rows = np.arange(len(order))
    table = pl.DataFrame(
        {
            "row_id": rows,
            "row": rows + 2,
            "incident": incident,
            "unit": _words(frame.unit_ids, unit),
            "unit_kind": _words(kinds, unit),
            "station": _words([row.station for row in service.units], unit),
            "organisation": _words(_owners(frame), unit),
            "mission_type": _words([row.kind for row in service.units], unit),
            **stamps,
            "created_t": of_incident["ready_t"],
            "cancelled": seen.diverted[order] != 0,
            "km": _km(seen.drive_km[order], seen.transport_km[order]),
            **{name: of_incident[name] for name in OF_INCIDENT},
        }
    ).with_columns(source=pl.lit(0), part=pl.lit(0), marks=pl.lit(0))
    return _fitted(table, MISSIONS)


OF_INCIDENT = ("call_t", "urgency", "urgency_first", "lat", "lon", "municipality", "district")
"""Columns of missions that say what the incident's say."""


def _with_firsts(incidents: pl.DataFrame, frame: Frame, year: Year, number: I8) -> pl.DataFrame:
    """The incidents with the first of their units' stamps; units that were taken off before do not arrive."""
    seen = year.missions
    kinds = np.array(frame.kind_ids)[frame.unit_kind][seen.unit]
    sent = (
        pl.DataFrame(
            {
                "incident": number[seen.incident],
                "unit": seen.unit,
                "first_alerted_t": _stamps(frame, seen.assign_t),
                "first_rolling_t": _stamps(frame, seen.roll_t),
                "first_scene_t": _stamps(frame, np.where(np.isin(kinds, STOPS_CLOCK), seen.scene_t, np.inf)),
                "first_responder_scene_t": _stamps(frame, np.where(np.isin(kinds, RESPONDERS), seen.scene_t, np.inf)),
            }
        )
        .filter(pl.col("incident") >= 0)
        .group_by("incident")
        .agg(
            pl.len().alias("missions"),
            pl.col("unit").n_unique().alias("units"),
            pl.col("^first_.*_t$").min(),
        )
    )
    table = incidents.join(sent, on="incident", how="left", maintain_order="left").with_columns(
        pl.col("missions", "units").fill_null(0), marks=pl.lit(0)
    )
    return _fitted(table.with_columns(rows_without_unit=(pl.col("missions") == 0).cast(pl.Int32)), INCIDENTS)


def _owners(frame: Frame) -> list[str]:
    return [frame.org_ids[org] for org in frame.unit_org.tolist()]


def _words(words: list[str] | tuple[str, ...], rows: NDArray[np.integer]) -> pl.Series:
    """The word of each row, without a text being made for each."""
    return pl.Series(list(words), dtype=pl.String).gather(rows)


def _km(drive_km: F8, transport_km: F8) -> F8:
    """Both to the metre, as tallies count them; nan where kilometres were not looked up."""
    metres = np.rint(drive_km * METRES_PER_KM) + np.rint(transport_km * METRES_PER_KM)
    km: F8 = metres / METRES_PER_KM
    return km


def _stamps(frame: Frame, seconds: F8) -> pl.Series:
    """Seconds of simulated time as UTC to the millisecond; null where the moment never came."""
    midnight_ms = int(datetime.combine(frame.start_date, time(), UTC).timestamp() * MS_PER_S)
    came = np.isfinite(seconds)
    ms = np.rint(np.where(came, seconds, 0.0) * MS_PER_S).astype(np.int64) - round(frame.start_s * MS_PER_S)
    stamps = pl.Series(ms + midnight_ms).cast(pl.Datetime("ms", "UTC"))
    return stamps.set(pl.Series(~came), None)


def _fitted(table: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """All columns of a schema in their types; words that nobody said are empty, the rest is null."""
    empty = {name: pl.lit("" if dtype == pl.Categorical else None, dtype) for name, dtype in schema.items()}
    return table.select(
        (pl.col(name).cast(dtype) if name in table.columns else empty[name].alias(name))
        for name, dtype in schema.items()
    )
