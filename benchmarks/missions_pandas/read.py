"""A log as a frame, with the names that its columns have from here on and times as times."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

NAMES = {
    "amis_nr": "incident",
    "hastegrad": "urgency",
    "tidspunkt": "call_t",
    "tiltak_opprettet": "created_t",
    "ressurs_id": "unit",
    "stasjon": "station",
    "tiltak_type": "unit_kind",
    "varslet": "alerted_t",
    "rykker_ut": "rolling_t",
    "ank_hentested": "scene_t",
    "avg_hentested": "leave_t",
    "ank_levsted": "dest_t",
    "ledig": "free_t",
    "kommune": "municipality",
    "xcoor": "x",
    "ycoor": "y",
}
WORDS = ("hastegrad", "ressurs_id", "stasjon", "tiltak_type", "kommune")
STAMPS = ["call_t", "created_t", "alerted_t", "rolling_t", "scene_t", "leave_t", "dest_t", "free_t"]
CHAIN = [stamp for stamp in STAMPS if stamp != "created_t"]
FORMAT = "%d.%m.%Y %H:%M:%S"


def read(log: Path) -> pd.DataFrame:
    """Read it with pyarrow, and its times by pyarrow's own parser: pandas' takes twenty-five times as long."""
    words = dict.fromkeys(WORDS, "category")
    rows = pd.read_csv(
        log, sep=";", encoding="windows-1252", decimal=",", index_col=0, dtype=words, engine="pyarrow"
    ).rename(columns=NAMES)
    for stamp in STAMPS:
        told = pc.strptime(pa.array(rows[stamp], pa.string()), format=FORMAT, unit="ms", error_is_null=True)
        rows[stamp] = told.to_pandas().astype("datetime64[ms]").to_numpy()
    return rows
