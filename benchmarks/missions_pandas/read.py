"""A log as a frame, with the names that its columns have from here on and times as times."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from benchmarks.missions_pandas.form import Form

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


def read(log: Path, form: Form) -> pd.DataFrame:
    """Read it by the quickest reader that pandas has, and its times in one of the forms."""
    words = dict.fromkeys(WORDS, "category")
    rows = pd.read_csv(
        log, sep=";", encoding="windows-1252", decimal=",", index_col=0, dtype=words, engine="pyarrow"
    ).rename(columns=NAMES)
    for stamp in STAMPS:
        rows[stamp] = form.read_times(rows[stamp])
    return rows
