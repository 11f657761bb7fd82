"""Records of any log that is to be linked: when, where, who, as far as it says."""

from __future__ import annotations

import polars as pl

from beredt.missions.schema import STAMP
from beredt.missions.store import Store

RECORDS = pl.Schema(
    {
        "row": pl.Int64(),
        "key": pl.String(),
        "patient": pl.String(),
        "start": STAMP,
        "end": STAMP,
        "lat": pl.Float64(),
        "lon": pl.Float64(),
        "municipality": pl.String(),
        "age": pl.Float64(),
        "sex": pl.String(),
    }
)
"""A record: its row in the log (from 1, unique), what it names the case by, the patient's keyed hash, its first and
last
moment, place (degrees, WGS84), municipality, age (years) and sex; null for everything that it does not say."""


def records_of_store(store: Store) -> pl.DataFrame:
    """The incidents of a store as records: from the call until the first unit was at the delivery point, or free.

    The row is the number of the incident. Age and patient are those of the first mission that names one.
    """
    patients = (
        store.missions()
        .sort("incident", "row_id")
        .group_by("incident")
        .agg(
            pl.col("age").drop_nulls().first(),
            pl.col("patient").drop_nulls().first(),
            end=pl.coalesce(pl.col("dest_t").min(), pl.col("free_t").max()),
        )
    )
    found = (
        store.incidents()
        .join(patients, on="incident", how="left")
        .select(
            row="incident",
            key=pl.when(pl.col("key") != "").then("key"),
            patient="patient",
            start="call_t",
            end="end",
            lat="lat",
            lon="lon",
            municipality=pl.col("municipality").cast(pl.String).replace("", None),
            age=pl.col("age").cast(pl.Float64),
            sex=pl.lit(None, pl.String),
        )
        .collect()
    )
    return found.match_to_schema(RECORDS).sort("start", "row", nulls_last=True)
