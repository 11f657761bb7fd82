"""Reading what JEMSS wrote, and running what it ran."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.model.read import load_study
from beredt.simulation.simulate_study import SimulationSummary, simulate_study

DAY_S = 86_400.0


def read_calls(source: Path | io.BytesIO) -> pl.DataFrame:
    """The table `calls` of a file."""
    return _table(source, "calls")


class Ambulances:
    """The table of ambulances, by its own column names."""

    def __init__(self, path: Path) -> None:
        self._rows = _table(path, "ambulances")

    def counts(self, column: str) -> list[int]:
        """Whole numbers by ambulance."""
        return self._rows[column].cast(pl.Int64).to_list()

    def seconds(self, status: str) -> NDArray[np.float64]:
        """Time in a status by ambulance."""
        days: NDArray[np.float64] = self._rows[f"statusDurations_{status}"].to_numpy()
        return days * DAY_S

    def kilometres(self, status: str) -> NDArray[np.float64]:
        """Distance in a status by ambulance."""
        km: NDArray[np.float64] = self._rows[f"statusDistances_{status}"].to_numpy()
        return km


def simulate_folder(study: Path, out: Path, relocation: str | None) -> SimulationSummary:
    """Simulate a study as the command line does."""
    return simulate_study(
        load_study(study),
        alternative=None,
        replications=None,
        jobs=1,
        out=out,
        progress=lambda _stage, _done, _total: None,
        relocation=relocation,
    )


def _table(source: Path | io.BytesIO, name: str) -> pl.DataFrame:
    raw = source.getvalue() if isinstance(source, io.BytesIO) else gzip.decompress(source.read_bytes())
    lines = raw.decode().splitlines()
    begin = next(number for number, line in enumerate(lines) if line.split(",")[0] == name) + 1
    end = next((number for number in range(begin, len(lines)) if not lines[number].strip(",")), len(lines))
    rows = [line.rstrip(",") if number == 0 else line for number, line in enumerate(lines[begin:end])]
    table = pl.read_csv("\n".join(rows).encode(), truncate_ragged_lines=True, infer_schema_length=None)
    return table.select(column for column in table.columns if column)
