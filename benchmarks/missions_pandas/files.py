"""The log and its tables as files: Parquet, and one Excel file with a sheet for each table that a person may read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from benchmarks.missions_pandas.notes import Notes

MOST_ROWS = 20_000
OF_MAPS = ("density", "reach_squares")


def write_log(rows: pd.DataFrame, incidents: pd.DataFrame, notes: Notes, out: Path) -> None:
    """Missions, incidents and every single correction."""
    rows.to_parquet(out / "missions.parquet", compression="lz4")
    incidents.to_parquet(out / "incidents.parquet", compression="lz4")
    if notes.corrections:
        pd.concat(notes.corrections).to_parquet(out / "corrections.parquet")


def write_tables(tables: Mapping[str, pd.DataFrame], out: Path) -> None:
    """Each table as a file of its own."""
    folder = out / "results"
    folder.mkdir()
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)


def write_excel(tables: Mapping[str, pd.DataFrame], out: Path) -> None:
    """Contents first, then the tables that are no maps and not too long, as Beredt does."""
    shown = {name: table for name, table in sorted(tables.items()) if len(table) <= MOST_ROWS and name not in OF_MAPS}
    contents = pd.DataFrame([(name, len(table), name in shown) for name, table in sorted(tables.items())])
    with pd.ExcelWriter(out / "tables.xlsx", engine="xlsxwriter") as book:
        contents.to_excel(book, sheet_name="contents", index=False, header=["table", "rows", "shown"])
        for name, table in shown.items():
            table.to_excel(book, sheet_name=name[:31], index=False, freeze_panes=(1, 1), autofilter=True)
