"""Tables of places, and of the times between them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beredt.errors import DefinitionError, OptionError
from beredt.model.issue import Issue


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """k named places: `id`, and `lat`, `lon` float64 (k,), degrees."""

    id: list[str]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TimesBetween:
    """`seconds` float64 (origins, ends), inf where no way leads; metres off the road of both, float64.

    `table_s`: seconds that the engine worked on the table.
    """

    seconds: NDArray[np.float64]
    from_off_m: NDArray[np.float64]
    to_off_m: NDArray[np.float64]
    table_s: float = 0.0

    @property
    def unreachable(self) -> int:
        """Pairs without a way."""
        return int(np.count_nonzero(~np.isfinite(self.seconds)))

    @property
    def farthest_off_m(self) -> float:
        """The greatest distance of any place from its road."""
        return float(max(self.from_off_m.max(initial=0.0), self.to_off_m.max(initial=0.0)))


def read_places(path: Path) -> Places:
    """A CSV or Parquet file with the columns id, lat and lon. Raises DefinitionError with what is wrong in it."""
    import polars as pl

    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema_length=None)
        names = table["id"].cast(pl.String).to_list()
        lat, lon = (table[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in ("lat", "lon"))
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise _faulty(path, None, None, 1, f"the places cannot be read: {fault}".splitlines()[0]) from fault
    lost = np.flatnonzero(~((np.abs(lat) <= 90) & (np.abs(lon) <= 180)))
    if len(lost):
        row = int(lost[0])
        found = f"{names[row]}: {lat[row]}, {lon[row]}"
        raise _faulty(path, row + 2, found, len(lost), "no place on earth")
    return Places(names, lat, lon)


def _faulty(path: Path, row: int | None, value: str | None, count: int, message: str) -> DefinitionError:
    remedy = "give CSV or Parquet with the columns id, lat and lon, in degrees"
    return DefinitionError("table of places", [Issue(path.name, row, None, value, count, message, remedy)])


def write_times(path: Path, origins: Places, ends: Places, times: TimesBetween) -> None:
    """One row per pair: from, to, seconds (empty without a way). Raises OptionError for another ending."""
    import polars as pl

    shape = times.seconds.shape
    table = pl.DataFrame(
        {
            "from": np.repeat(np.array(origins.id, dtype=object), shape[1]).tolist(),
            "to": ends.id * shape[0],
            "seconds": np.where(np.isfinite(times.seconds), np.round(times.seconds, 3), np.nan).ravel(),
            "from_off_m": np.repeat(np.round(times.from_off_m, 1), shape[1]),
            "to_off_m": np.tile(np.round(times.to_off_m, 1), shape[0]),
        },
        schema_overrides={"from": pl.String, "to": pl.String},
    ).with_columns(pl.col("seconds").fill_nan(None))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        table.write_csv(path)
    elif path.suffix == ".parquet":
        table.write_parquet(path)
    else:
        raise OptionError("--out", str(path), "the file is of no known form", "let it end in .csv or .parquet")
