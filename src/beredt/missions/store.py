"""A store: a folder that holds a log of missions in one form, whatever it was read from.

    store.json              what it is and where it came from; written last, so a folder without it is no store
    dictionary/*.csv        what every column means
    missions/part-*.parquet     one row per unit response, in order of the call; a part holds whole incidents
    incidents/part-*.parquet    one row per incident
    corrections.parquet     every value that a rule changed, with the value before
    findings.parquet        what was found, one line for each kind of finding

The tables' types stand in `beredt.missions.schema`, their meaning in `model/fields/missions/*.csv`.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

import polars as pl

from beredt.errors import StoreError
from beredt.missions.schema import CORRECTIONS, FINDINGS, INCIDENTS, MISSIONS, UNIT_STAMPS
from beredt.missions.store_info import FORMAT, StoreInfo
from beredt.missions.write_files import write_dictionary, write_json, write_parquet, write_part

INFO_FILE = "store.json"


@dataclass(frozen=True, slots=True)
class Store:
    """A store that is whole. Its tables are read when they are asked for, and lazily where they can be large."""

    path: Path
    info: StoreInfo

    def missions(self) -> pl.LazyFrame:
        """One row per unit response, with the columns of MISSIONS."""
        return _scan(self.path / "missions", MISSIONS)

    def incidents(self) -> pl.LazyFrame:
        """One row per incident, with the columns of INCIDENTS."""
        return _scan(self.path / "incidents", INCIDENTS)

    @property
    def corrections(self) -> pl.LazyFrame:
        """Every value that a rule changed, with the columns of CORRECTIONS."""
        return pl.scan_parquet(self.path / "corrections.parquet")

    @property
    def findings(self) -> pl.DataFrame:
        """What was found, with the columns of FINDINGS."""
        return pl.read_parquet(self.path / "findings.parquet")


def open_store(path: Path) -> Store:
    """Open a folder as a store.

    Raises:
        StoreError: It is no store, an unfinished one, or one of another version.
    """
    file = path / INFO_FILE
    if not file.is_file():
        half = " The import into it was not finished: run the same command again." if (path / "work").is_dir() else ""
        raise StoreError(path, f"there is no store: {INFO_FILE} is missing.{half}")
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        version = document["format"]
        if version != FORMAT:
            raise StoreError(path, f"the store has format {version}, this program reads {FORMAT}: import the log anew")
        return Store(path, StoreInfo.from_json(document))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(path, f"{INFO_FILE} cannot be read ({error}): import the log anew") from None


def write_store(
    path: Path,
    *,
    missions: pl.DataFrame,
    incidents: pl.DataFrame,
    info: StoreInfo,
    corrections: pl.DataFrame | None = None,
    findings: pl.DataFrame | None = None,
) -> Store:
    """Write whole tables as a store.

    Args:
        path: A folder that is new or empty.
        missions: The columns of MISSIONS, rows in any order.
        incidents: The columns of INCIDENTS.
        info: What is known of the source; everything that counts tables is counted here.
        corrections: The columns of CORRECTIONS [default: none].
        findings: The columns of FINDINGS [default: none].

    Raises:
        StoreError: The folder holds something else.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StoreError(path, "it exists and is not an empty folder: name a new one")
    missions = missions.match_to_schema(MISSIONS).sort("call_t", "incident", "row_id", nulls_last=True)
    incidents = incidents.match_to_schema(INCIDENTS).sort("call_t", "incident", nulls_last=True)
    write_part(missions, path / "missions" / part_name(0))
    write_part(incidents, path / "incidents" / part_name(0))
    write_parquet(_or_empty(corrections, CORRECTIONS), path / "corrections.parquet")
    write_parquet(_or_empty(findings, FINDINGS), path / "findings.parquet")
    counted = dataclasses.replace(
        info,
        missions=missions.height,
        unit_responses=missions.filter(is_unit_response()).height,
        incidents=incidents.height,
        incidents_without_unit=incidents.filter(pl.col("units") == 0).height,
    )
    finish_store(path, counted)
    return Store(path, counted)


def finish_store(path: Path, info: StoreInfo) -> None:
    """Make a store of a folder in which all tables stand: the dictionary, and at last store.json."""
    write_dictionary(path / "dictionary")
    write_json(info.as_json(), path / INFO_FILE)


def part_name(number: int) -> str:
    """File name of a part."""
    return f"part-{number:05}.parquet"


def is_unit_response() -> pl.Expr:
    """Whether a row of missions is a unit response: it names a unit, and that unit has any time stamp."""
    return (pl.col("unit") != "") & reduce(or_, (pl.col(stamp).is_not_null() for stamp in UNIT_STAMPS))


def _scan(folder: Path, schema: pl.Schema) -> pl.LazyFrame:
    parts = sorted(folder.glob("part-*.parquet"))
    return pl.scan_parquet(parts) if parts else pl.LazyFrame(schema=schema)


def _or_empty(table: pl.DataFrame | None, schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame(schema=schema) if table is None else table.match_to_schema(schema)
