"""What an analyst would do with a log of missions, in pandas: `python -m benchmarks.missions_pandas LOG.csv OUT`.

It does most of what `beredt missions import` and `report` do, column by column and never row by row: text to times,
DST, midnight, codes, positions, stamps out of order, too late or missing, duplicates, units of an incident, overlapping
missions of a unit, a list of corrections and of findings; missions and incidents as Parquet; and tables of every
interval by six dimensions and urgency, with mean, median, 90th percentile and share within the target. It does less
than Beredt does: no rule can be switched off, stamps out of order are found by comparing neighbours only, positions are
not mended, no figure has an interval, no small count is suppressed, and the whole log must fit into memory.
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
    "transport": ("avg_hentested", "ank_levsted"),
    "handover": ("ank_levsted", "ledig"),
    "mission": ("varslet", "ledig"),
}
DIMENSIONS = ("kommune", "stasjon", "hour", "weekday", "month")
URGENCY = {"A": "A", "H": "H", "V1": "V", "V2": "V"}
KINDS = {
    "Ambulanse": "ambulance",
    "Akuttbil": "single_responder",
    "Legebil": "doctor",
    "Syketransport": "patient_transport",
}
TARGET_S, LONGEST_H = 720.0, 12


def main() -> None:
    """Do it, and print how long it took."""
    log, out = Path(sys.argv[1]), Path(sys.argv[2])
    begin = time.perf_counter()
    rows = read(log)
    read_s = time.perf_counter() - begin
    corrections: list[Any] = []
    findings: dict[str, int] = {}
    rows = clean(rows, corrections, findings)
    incidents = group(rows, findings)
    write(rows, incidents, corrections, findings, out)
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


def clean(rows: Any, corrections: list[Any], findings: dict[str, int]) -> Any:
    """Codes, clocks, stamps and positions."""
    import pandas as pd
    import pyproj

    for column, codes in (("hastegrad", URGENCY), ("tiltak_type", KINDS)):
        known = rows[column].map(codes)
        correct(corrections, rows, column, known.isna() & rows[column].notna(), "unknown code")
        findings[f"unknown {column}"] = int((known.isna() & rows[column].notna()).sum())
        rows[f"{column}_coded"] = known
    day, longest = pd.Timedelta(days=1), pd.Timedelta(hours=LONGEST_H)
    for before, after in itertools.pairwise(STAMPS):
        back = rows[before] - rows[after]
        wrong = (back > day / 2) & (back <= day)
        correct(corrections, rows, after, wrong, "midnight")
        rows[after] = rows[after].where(~wrong, rows[after] + day)
        findings[f"midnight {after}"] = int(wrong.sum())
    for stamp in STAMPS:
        rows[stamp] = rows[stamp].dt.tz_localize("Europe/Oslo", ambiguous="NaT", nonexistent="shift_forward")
        rows[stamp] = rows[stamp].dt.tz_convert("UTC")
    for before, after in itertools.pairwise(STAMPS):
        step = rows[after] - rows[before]
        for name, wrong in (("order", step < pd.Timedelta(0)), ("long", step > longest)):
            rows[f"{after} {name}"] = wrong
            findings[f"{name} {after}"] = int(wrong.sum())
            rows[after] = rows[after].where(~wrong)
    for stamp in ("varslet", "rykker_ut", "ank_hentested", "ledig"):
        rows[f"{stamp} missing"] = rows[stamp].isna()
        findings[f"missing {stamp}"] = int(rows[stamp].isna().sum())
    transformer = pyproj.Transformer.from_crs("EPSG:25833", "EPSG:4326", always_xy=True)
    rows["lon"], rows["lat"] = transformer.transform(rows["xcoor"].to_numpy(), rows["ycoor"].to_numpy())
    rows["outside"] = ~(rows["lat"].between(57.5, 72) & rows["lon"].between(4, 32))
    findings["outside"] = int(rows["outside"].sum())
    rows["duplicate"] = rows.duplicated(["amis_nr", "ressurs_id", *STAMPS])
    findings["duplicate"] = int(rows["duplicate"].sum())
    return overlaps(near_duplicates(rows, findings), findings)


def near_duplicates(rows: Any, findings: dict[str, int]) -> Any:
    """The same unit alerted twice to an incident within a minute."""
    import pandas as pd

    rows = rows.sort_values(["amis_nr", "ressurs_id", "varslet"])
    same = (rows["amis_nr"] == rows["amis_nr"].shift()) & (rows["ressurs_id"] == rows["ressurs_id"].shift())
    rows["near_duplicate"] = same & (rows["varslet"] - rows["varslet"].shift() <= pd.Timedelta(minutes=1))
    findings["near_duplicate"] = int(rows["near_duplicate"].sum())
    return rows


def overlaps(rows: Any, findings: dict[str, int]) -> Any:
    """A unit that rolls before it is free."""
    rows = rows.sort_values(["ressurs_id", "rykker_ut"])
    same = rows["ressurs_id"] == rows["ressurs_id"].shift()
    rows["overlap"] = same & (rows["rykker_ut"] < rows["ledig"].shift())
    findings["overlap"] = int(rows["overlap"].sum())
    return rows.sort_index()


def correct(corrections: list[Any], rows: Any, column: str, wrong: Any, rule: str) -> None:
    """Keep what stood in the cells that are changed."""
    import pandas as pd

    if wrong.any():
        before = rows.loc[wrong, column].astype(str)
        corrections.append(pd.DataFrame({"row": before.index, "column": column, "before": before, "rule": rule}))


def group(rows: Any, findings: dict[str, int]) -> Any:
    """One row per incident, with its first stamps."""
    counted = rows[~rows["duplicate"]].sort_values(["tidspunkt", "amis_nr"])
    incidents = counted.groupby("amis_nr", sort=False).agg(
        call=("tidspunkt", "min"),
        urgency=("hastegrad_coded", "min"),
        kommune=("kommune", "first"),
        lat=("lat", "first"),
        lon=("lon", "first"),
        missions=("ressurs_id", "size"),
        units=("ressurs_id", "nunique"),
        first_alerted=("varslet", "min"),
        first_rolling=("rykker_ut", "min"),
    )
    ambulances = counted[counted["tiltak_type_coded"] == "ambulance"].groupby("amis_nr", sort=False)
    incidents["first_scene"] = ambulances["ank_hentested"].min()
    findings["without scene"] = int(incidents["first_scene"].isna().sum())
    return incidents


def write(rows: Any, incidents: Any, corrections: list[Any], findings: dict[str, int], out: Path) -> None:
    """Everything as files."""
    import pandas as pd

    rows.to_parquet(out / "missions.parquet")
    incidents.to_parquet(out / "incidents.parquet")
    if corrections:
        pd.concat(corrections).to_parquet(out / "corrections.parquet")
    pd.Series(findings).to_csv(out / "findings.csv")


def report(rows: Any, incidents: Any) -> dict[str, Any]:
    """Tables of intervals, of incidents and of missions, by every dimension and urgency."""
    incidents["response"] = (incidents["first_scene"] - incidents["call"]).dt.total_seconds()
    for frame, call in ((incidents, "call"), (rows, "tidspunkt")):
        local = frame[call].dt.tz_convert("Europe/Oslo")
        frame["hour"], frame["weekday"], frame["month"] = local.dt.hour, local.dt.day_of_week, local.dt.month
    for name, (start, end) in INTERVALS.items():
        rows[name] = (rows[end] - rows[start]).dt.total_seconds()
    tables = {"stations": rows.groupby(["kommune", "hastegrad_coded", "stasjon"]).size()}
    for by in DIMENSIONS:
        if by in incidents:
            tables[f"incidents by {by}"] = _figures(incidents.groupby([by, "urgency"])["response"])
        for name in INTERVALS:
            tables[f"{name} by {by}"] = _figures(rows.groupby([by, "hastegrad_coded"])[name])
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
