"""What most analysts would do with a log of missions, in pandas: `python -m benchmarks.missions_pandas LOG.csv OUT`.

It does part of what `beredt missions import` and `report` do, in the usual way: read the text, make times of it, carry
stamps past midnight, mark stamps out of order and duplicates, make degrees of UTM, group units into incidents, find
the first unit at the scene, count municipality × urgency with mean, median, 90th percentile and share within 12
minutes for six intervals, and the same per hour and weekday; write missions and incidents as Parquet. It names no rule,
keeps no list of corrections, gives no interval, and needs the whole log in memory.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from pathlib import Path
from typing import Any

STAMPS = ["tidspunkt", "tiltak_opprettet", "varslet", "rykker_ut", "ank_hentested", "avg_hentested", "ank_levsted"]
STAMPS += ["ledig"]
INTERVALS = {
    "handling": ("tidspunkt", "varslet"),
    "mobilisation": ("varslet", "rykker_ut"),
    "travel": ("rykker_ut", "ank_hentested"),
    "response": ("tidspunkt", "ank_hentested"),
    "on_scene": ("ank_hentested", "avg_hentested"),
    "mission": ("varslet", "ledig"),
}
TARGET_S = 720.0


def main() -> None:
    """Do it, and print how long it took."""
    log, out = Path(sys.argv[1]), Path(sys.argv[2])
    begin = time.perf_counter()
    rows = read(log)
    read_s = time.perf_counter() - begin
    rows = clean(rows)
    incidents = group(rows)
    rows.to_parquet(out / "missions.parquet")
    incidents.to_parquet(out / "incidents.parquet")
    import_s = time.perf_counter() - begin
    for name, table in report(rows, incidents).items():
        table.to_csv(out / f"{name}.csv")
    seconds = time.perf_counter() - begin
    print(json.dumps({"rows": len(rows), "read_s": read_s, "import_s": import_s, "seconds": seconds}))


def read(log: Path) -> Any:
    """The log as a frame, with times as times."""
    import pandas as pd

    rows = pd.read_csv(log, sep=";", encoding="windows-1252", decimal=",", index_col=0)
    for stamp in STAMPS:
        rows[stamp] = pd.to_datetime(rows[stamp], format="%d.%m.%Y %H:%M:%S", errors="coerce")
    return rows


def clean(rows: Any) -> Any:
    """Stamps in order, in UTC; positions in degrees; duplicates marked."""
    import pandas as pd
    import pyproj

    day = pd.Timedelta(days=1)
    for before, after in itertools.pairwise(STAMPS):
        back = rows[before] - rows[after]
        rows[after] = rows[after].where(~((back > day / 2) & (back <= day)), rows[after] + day)
    for before, after in itertools.pairwise(STAMPS):
        rows[f"{after}_wrong"] = rows[after] < rows[before]
        rows[after] = rows[after].where(~rows[f"{after}_wrong"])
    for stamp in STAMPS:
        rows[stamp] = rows[stamp].dt.tz_localize("Europe/Oslo", ambiguous="NaT", nonexistent="shift_forward")
        rows[stamp] = rows[stamp].dt.tz_convert("UTC")
    transformer = pyproj.Transformer.from_crs("EPSG:25833", "EPSG:4326", always_xy=True)
    rows["lon"], rows["lat"] = transformer.transform(rows["xcoor"].to_numpy(), rows["ycoor"].to_numpy())
    rows["urgency"] = rows["hastegrad"].str[0]
    rows["duplicate"] = rows.duplicated(["amis_nr", "ressurs_id", "varslet"])
    return rows


def group(rows: Any) -> Any:
    """One row per incident, with its first stamps."""
    counted = rows[~rows["duplicate"]].sort_values(["tidspunkt", "amis_nr"])
    return counted.groupby("amis_nr", sort=False).agg(
        call=("tidspunkt", "min"),
        urgency=("urgency", "min"),
        municipality=("kommune", "first"),
        lat=("lat", "first"),
        lon=("lon", "first"),
        missions=("ressurs_id", "size"),
        units=("ressurs_id", "nunique"),
        first_alerted=("varslet", "min"),
        first_rolling=("rykker_ut", "min"),
        first_scene=("ank_hentested", "min"),
    )


def report(rows: Any, incidents: Any) -> dict[str, Any]:
    """Tables of intervals by municipality, hour and weekday."""
    incidents["response"] = (incidents["first_scene"] - incidents["call"]).dt.total_seconds()
    local = incidents["call"].dt.tz_convert("Europe/Oslo")
    incidents["hour"], incidents["weekday"] = local.dt.hour, local.dt.dayofweek
    for name, (start, end) in INTERVALS.items():
        rows[name] = (rows[end] - rows[start]).dt.total_seconds()
    tables = {}
    for by in ("municipality", "hour", "weekday"):
        grouped = incidents.groupby([by, "urgency"])["response"]
        tables[f"incidents by {by}"] = _figures(grouped)
    for name in INTERVALS:
        tables[f"missions {name}"] = _figures(rows.groupby(["kommune", "urgency"])[name])
    tables["stations"] = rows.groupby(["kommune", "urgency", "stasjon"]).size()
    return tables


def _figures(grouped: Any) -> Any:
    import pandas as pd

    share = grouped.apply(lambda seconds: (seconds <= TARGET_S).mean())
    return pd.DataFrame(
        {
            "n": grouped.count(),
            "mean": grouped.mean(),
            "median": grouped.median(),
            "p90": grouped.quantile(0.9),
            "share": share,
        }
    )


if __name__ == "__main__":
    main()
