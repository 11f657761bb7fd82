"""Logs for tests of reports; everything in them is generated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from beredt.missions.schema import INCIDENTS, MISSIONS, STAMP
from beredt.missions.store import Store, write_store
from beredt.missions.store_info import Source, StoreInfo

START = datetime(2023, 1, 1, tzinfo=UTC)
PLACES = ("Nordby", "Sørby", "Utby")


def generated_log(folder: Path, incidents: int = 1500, *, with_missions: bool = True, seed: int = 1) -> Store:
    """Two years of calls in three places, the last of which has few; one unit for each call."""
    random = np.random.default_rng(seed)
    at_s = np.sort(random.uniform(0, 730 * 86_400, incidents))
    call = [START + timedelta(seconds=float(s)) for s in at_s]
    place = random.choice(PLACES[:2], incidents, p=[0.7, 0.3])
    place[5:8] = PLACES[2]
    urgency = random.choice(["A", "H", "V"], incidents, p=[0.4, 0.4, 0.2])
    number = np.arange(incidents)

    def later(low: float, high: float) -> pl.Series:
        return pl.Series(random.uniform(low, high, incidents) * 1000).cast(pl.Int64).cast(pl.Duration("ms"))

    base = pl.DataFrame(
        {
            "incident": number, "call_t": pl.Series(call, dtype=STAMP),
            "municipality": place, "urgency": urgency, "urgency_first": urgency,
            "lat": 59.9 + random.normal(0, 0.01, incidents), "lon": 10.6 + random.normal(0, 0.02, incidents),
        }
    )  # fmt: skip
    stamps = base.with_columns(alerted_t=pl.col("call_t") + later(30, 120)).with_columns(
        rolling_t=pl.col("alerted_t") + later(30, 120)
    )
    stamps = stamps.with_columns(scene_t=pl.col("rolling_t") + later(120, 1200))
    stamps = stamps.with_columns(free_t=pl.col("scene_t") + later(1200, 6000))
    station = random.choice(["Vest", "Øst"], incidents)
    unit = [f"{home}{one % 3}" for home, one in zip(station, number, strict=True)]
    missions = stamps.with_columns(
        row_id=pl.Series(number), row=pl.Series(number + 2), unit=pl.Series(unit),
        unit_kind=pl.lit("ambulance"), station=pl.Series(station), cancelled=pl.lit(False),
    )  # fmt: skip
    found = base.with_columns(
        missions=pl.lit(1 if with_missions else 0), units=pl.lit(1 if with_missions else 0),
        first_alerted_t=stamps["alerted_t"], first_rolling_t=stamps["rolling_t"], first_scene_t=stamps["scene_t"],
    )  # fmt: skip
    info = StoreInfo("generated", "", "Europe/Oslo", "EPSG:4326", (Source("log.csv", "0", incidents),), incidents)
    return write_store(
        folder,
        missions=_filled(missions if with_missions else missions.clear(), MISSIONS),
        incidents=_filled(found, INCIDENTS),
        info=info,
    )


def _filled(table: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """All columns of the schema: words empty, numbers 0 where nothing is said, the rest null."""
    whole = (pl.Int64, pl.Int16, pl.UInt64, pl.Int32)
    columns = []
    for name, dtype in schema.items():
        if name in table.columns:
            column = pl.col(name)
        elif name == "age":
            column = pl.lit(None)
        elif dtype.base_type() in whole:
            column = pl.lit(0)
        elif dtype.base_type() in (pl.Categorical,):
            column = pl.lit("")
        else:
            column = pl.lit(None)
        columns.append(column.cast(dtype).alias(name))
    return table.select(columns)
