"""What clocks showed made UTC, as times without a zone: summer time, and stamps that passed midnight."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.notes import Notes
from benchmarks.missions_pandas.read import CHAIN, STAMPS

ZONE = "Europe/Oslo"
DAY, HOUR = pd.Timedelta(days=1), pd.Timedelta(hours=1)


def later(latest: Any, stamp: Any) -> Any:
    """The later of two columns of moments, the other where there is but one."""
    return latest.where(~(stamp > latest) & latest.notna(), stamp)


def make_utc(rows: pd.DataFrame, notes: Notes) -> dict[str, Any]:
    """Make UTC of all stamps; of a time that came twice the earlier, which rows those are is given back."""
    twice = {}
    for stamp in STAMPS:
        here = rows[stamp].dt.tz_localize(ZONE, ambiguous="NaT", nonexistent="NaT")
        odd = rows.index[here.isna() & rows[stamp].notna()]
        utc = here.dt.tz_convert("UTC").dt.tz_localize(None)
        twice[stamp] = odd[:0]
        if len(odd):
            shown = rows.loc[odd, stamp]
            never = shown.dt.tz_localize(ZONE, ambiguous=np.ones(len(odd), bool), nonexistent="NaT").isna()
            moved = shown.dt.tz_localize(ZONE, ambiguous=np.ones(len(odd), bool), nonexistent=HOUR)
            utc[odd] = moved.dt.tz_convert("UTC").dt.tz_localize(None)
            notes.correct("missing_clock", stamp, shown[never])
            twice[stamp] = odd[~never]
            notes.find("ambiguous_clock", stamp, ~never)
        rows[stamp] = utc
    return twice


def carry_past_midnight(rows: pd.DataFrame, notes: Notes) -> None:
    """To the next day what lies nearly a day before the latest stamp before it."""
    latest = rows[CHAIN[0]]
    for stamp in CHAIN[1:]:
        back = latest - rows[stamp]
        wrong = (back > DAY / 2) & (back <= DAY)
        notes.correct("midnight", stamp, rows.loc[wrong, stamp])
        rows.loc[wrong, stamp] += DAY
        latest = later(latest, rows[stamp])


def settle_clocks(rows: pd.DataFrame, twice: dict[str, Any]) -> None:
    """Of a time that came twice the later where the earlier lies before the stamp that it follows."""
    affected = rows.index[np.isin(rows.index, np.concatenate([at.to_numpy() for at in twice.values()]))]
    told = rows.loc[affected, STAMPS].copy()
    latest = told[CHAIN[0]]
    for stamp in [*CHAIN[1:], "created_t"]:
        before = told["call_t"] if stamp == "created_t" else latest
        wrong = told.index.isin(twice[stamp]) & (told[stamp] < before) & (told[stamp] + HOUR >= before)
        told.loc[wrong, stamp] += HOUR
        latest = later(latest, told[stamp])
    rows.loc[affected, STAMPS] = told


def local_of(moments: Any) -> Any:
    """What the clock on the wall shows."""
    return moments.dt.tz_localize("UTC").dt.tz_convert(ZONE).dt.tz_localize(None)
