"""The calls of one month of a store, as a store of its own."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import polars as pl

from beredt.errors import OptionError
from beredt.missions.intervals import local
from beredt.missions.store import Store, finish_store, is_unit_response, open_store, part_name
from beredt.missions.write_files import write_parquet

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def month_of_store(store: Store, month: str, folder: Path) -> Store:
    """Write the incidents with a call in a month, on the log's own clock, and all missions to them.

    What cleaning found is not known by month, and is left empty.

    Args:
        store: The whole log.
        month: Such as 2024-02.
        folder: New or empty; the caller removes it.

    Raises:
        OptionError: No month, or one without a call.
    """
    check_month(month)
    in_month = local("call_t", store.info.zone).dt.strftime("%Y-%m") == month
    incidents = store.incidents().filter(in_month).collect(engine="streaming")
    if incidents.is_empty():
        raise OptionError("--month", month, "the log has no call in that month", "give a month that it holds")
    own = incidents.lazy().select("incident")
    missions = store.missions().join(own, on="incident", how="semi").collect(engine="streaming")
    write_parquet(missions.sort("call_t", "incident", "row_id", nulls_last=True), folder / "missions" / part_name(0))
    write_parquet(incidents, folder / "incidents" / part_name(0))
    write_parquet(store.corrections.limit(0).collect(), folder / "corrections.parquet")
    write_parquet(store.findings.clear(), folder / "findings.parquet")
    info = dataclasses.replace(
        store.info,
        rules={},
        rows_in=missions.height + incidents.filter(pl.col("units") == 0).height,
        missions=missions.height,
        unit_responses=missions.filter(is_unit_response()).height,
        incidents=incidents.height,
        incidents_without_unit=incidents.filter(pl.col("units") == 0).height,
    )
    finish_store(folder, info)
    return open_store(folder)


def check_month(month: str) -> None:
    """Raise OptionError for what is no month."""
    if not _MONTH.fullmatch(month):
        raise OptionError("--month", month, "it is no month", "write it as 2024-02")
