"""Small stores made of a few words per mission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from beredt.missions.schema import INCIDENTS, MISSIONS, STAMPS
from beredt.missions.store import Store, write_store
from beredt.missions.store_info import StoreInfo

START = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
INFO = StoreInfo("made", "0" * 64, "Europe/Oslo", "EPSG:25833")
_WORDS = [name for name, dtype in MISSIONS.items() if dtype == pl.Categorical]
_BLANK = dict.fromkeys(MISSIONS) | dict.fromkeys(_WORDS, "") | {"source": 0, "part": 0, "cancelled": False, "marks": 0}
_SHARED = ("urgency", "urgency_first", "lat", "lon", "municipality", "district", "tettsted", "criterion")


def at(minutes: float) -> datetime:
    """A time so many minutes after the start."""
    return START + timedelta(minutes=minutes)


def make_store(path: Path, rows: Sequence[Mapping[str, Any]], **info: Any) -> Store:
    """Write a store of missions.

    Args:
        path: New folder.
        rows: Columns of the table missions that are not blank: stamps in minutes after START, `urgency_first` the same
            as `urgency` unless given, `key` for the incident's name.
        info: What differs from INFO.
    """
    full = []
    for number, row in enumerate(rows):
        stamps = {name: at(row[name]) for name in STAMPS if row.get(name) is not None}
        given = {"incident": number, "urgency_first": row.get("urgency", ""), "unit_kind": "ambulance"} | dict(row)
        full.append(_BLANK | {"row_id": number, "row": number + 2} | given | stamps)
    missions = pl.DataFrame([{name: row[name] for name in MISSIONS} for row in full], schema=MISSIONS)
    return write_store(
        path,
        missions=missions,
        incidents=pl.DataFrame(_incidents(full), schema=INCIDENTS),
        info=StoreInfo(
            **{**{name: getattr(INFO, name) for name in ("profile", "profile_sha256", "zone", "crs")}, **info}
        ),
    )


def _incidents(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["incident"], []).append(row)
    return [_incident(number, of) for number, of in found.items()]


def _incident(number: int, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    def first(stamp: str, *kinds: str) -> datetime | None:
        return min((row[stamp] for row in rows if row[stamp] and row["unit_kind"] in kinds), default=None)

    every = tuple({row["unit_kind"] for row in rows})
    units = {row["unit"] for row in rows if row["unit"]}
    return {
        "incident": number,
        "key": rows[0].get("key", ""),
        "call_t": min((row["call_t"] for row in rows if row["call_t"]), default=None),
        **{name: rows[0][name] for name in _SHARED},
        "missions": len(rows),
        "units": len(units),
        "rows_without_unit": 0,
        "first_alerted_t": first("alerted_t", *every),
        "first_rolling_t": first("rolling_t", *every),
        "first_scene_t": first("scene_t", "ambulance"),
        "first_responder_scene_t": first("scene_t", "single_responder", "doctor", "helicopter"),
        "marks": 0,
    }
