"""Small logs: a few lines of a story as a store, and generated logs for twins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from beredt.missions.schema import INCIDENTS, MISSIONS
from beredt.missions.store import Store, write_store
from beredt.missions.store_info import StoreInfo

START = datetime(2023, 1, 2, 8, 0, tzinfo=UTC)
ZONE = "Europe/Oslo"
WORDS = (
    *("organisation", "mission_type", "municipality", "district", "tettsted"),
    *("destination", "criterion", "triage"),
)


def at(minutes: float | None) -> datetime | None:
    """Minutes after the beginning of the story."""
    return None if minutes is None else START + timedelta(minutes=minutes)


def store_of(
    path: Path,
    missions: list[dict[str, Any]],
    incidents: list[dict[str, Any]] | None = None,
    call_from: str = "call_t",
) -> Store:
    """A store of missions given by what matters of them; times in minutes after START.

    Without `incidents` they are made of the missions, in the plainest way.
    """
    frame = pl.DataFrame([_mission(number, one) for number, one in enumerate(missions)], schema=MISSIONS)
    own = [_incident(number, frame) for number in sorted(set(frame["incident"]))]
    extras = incidents or [{}] * len(own)
    table = pl.DataFrame([{**row, **extra} for row, extra in zip(own, extras, strict=True)], schema=INCIDENTS)
    info = StoreInfo("story", "", ZONE, "EPSG:4326", call_from=call_from)
    return write_store(path, missions=frame, incidents=table, info=info)


def _mission(number: int, given: dict[str, Any]) -> dict[str, Any]:
    words = dict.fromkeys(WORDS, "")
    row = {
        "row_id": number, "source": 0, "row": number + 2, "part": 0, "incident": number, "unit": f"unit-{number}",
        "unit_kind": "ambulance", "station": "", "urgency": "A", "cancelled": False, "marks": 0, **words, **given,
    }  # fmt: skip
    row.setdefault("urgency_first", row["urgency"])
    return {name: at(value) if name.endswith("_t") else value for name, value in row.items()}


def _incident(number: int, missions: pl.DataFrame) -> dict[str, Any]:
    own = missions.filter(pl.col("incident") == number)
    ambulances = own.filter(pl.col("unit_kind") == "ambulance")
    first = own.row(0, named=True)
    return {
        "incident": number,
        "key": "",
        "call_t": own["call_t"].min(),
        "urgency": min(own["urgency"].cast(pl.String)),
        "urgency_first": min(own["urgency_first"].cast(pl.String)),
        **{name: first[name] for name in ("lat", "lon", "municipality", "district", "tettsted", "criterion")},
        "missions": own.height,
        "units": own["unit"].n_unique(),
        "rows_without_unit": 0,
        "first_alerted_t": own["alerted_t"].min(),
        "first_rolling_t": own["rolling_t"].min(),
        "first_scene_t": ambulances["scene_t"].min(),
        "first_responder_scene_t": own.filter(pl.col("unit_kind") == "single_responder")["scene_t"].min(),
        "marks": 0,
    }


def generated_log(
    path: Path, count: int, seed: int, municipalities: tuple[str, ...] = ("asker", "baerum", "oslo"), days: int = 400
) -> Store:
    """A generated log: as many incidents, one unit each, with stamps that are now and then missing."""
    random = np.random.default_rng(seed)
    call = np.sort(random.uniform(0, days * 1440, count))
    minutes = {
        "handling": random.lognormal(0.7, 0.5, count), "mobilisation": random.lognormal(0.3, 0.4, count),
        "travel": random.lognormal(1.9, 0.5, count), "on_scene": random.lognormal(2.8, 0.5, count),
    }  # fmt: skip
    rows = []
    for i in range(count):
        alerted = call[i] + minutes["handling"][i]
        rolling = alerted + minutes["mobilisation"][i]
        scene = rolling + minutes["travel"][i]
        urgency = str(random.choice(["A", "H", "V", ""], p=[0.45, 0.35, 0.18, 0.02]))
        rows.append(
            {
                "call_t": round(call[i], 3), "alerted_t": round(alerted, 3),
                "rolling_t": round(rolling, 3) if random.random() > 0.05 else None,
                "scene_t": round(scene, 3) if random.random() > 0.05 else None,
                "leave_t": round(scene + minutes["on_scene"][i], 3),
                "free_t": round(scene + minutes["on_scene"][i] + 30, 3),
                "urgency": urgency,
                "municipality": str(random.choice(municipalities)),
                "station": str(random.choice(["baerum", "smestad", "asker"])),
            }
        )  # fmt: skip
    return store_of(path, rows)
