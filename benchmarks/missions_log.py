"""A generated log of missions of any size, as an export of a centre would look: the figures mean nothing, only the time
that it takes to read them does.

Units work near their stations, as units do: most missions to a municipality come from its own, some from the next ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq
from numpy.typing import NDArray

CHUNK = 500_000
UNITS_A_STATION = 4
NEARNESS = 0.7
"""How many of the missions to a municipality a station has, of those that nearer ones leave over."""

FAULTY = 0.01
"""Share of rows with a stamp that is missing, out of order, or of another day."""

I8 = NDArray[np.int64]

YEAR_MS = int(365.25 * 86_400_000)
HOURS = np.array([6, 5, 5, 4, 4, 4, 5, 7, 10, 12, 13, 13, 13, 12, 12, 12, 12, 11, 11, 10, 9, 9, 8, 7], float)
URGENCIES = pl.Series(["A", "H", "V1", "V2"])
KINDS = pl.Series(["Ambulanse", "Akuttbil", "Legebil", "Syketransport"])
_START_MS = int(np.datetime64(datetime(2015, 1, 1), "ms").astype(np.int64))


@dataclass(frozen=True, slots=True)
class Land:
    """A service to generate a log of. However long a log is, its days are equally full: a longer one covers more."""

    missions_a_year: int
    stations: int
    municipalities: int


COUNTRY = Land(missions_a_year=5_000_000, stations=600, municipalities=350)
REGION = Land(missions_a_year=400_000, stations=60, municipalities=60)


def chunks(missions: int, land: Land = COUNTRY, seed: int = 1) -> Iterator[pl.DataFrame]:
    """Rows in order of the call, half a million at a time: one per unit, 1.3 to an incident."""
    random = np.random.default_rng(seed)
    begin, done = _START_MS, 0
    while done < missions:
        count = min(CHUNK, missions - done)
        span = count * YEAR_MS // land.missions_a_year
        yield _chunk(random, land, count, begin, span, done)
        begin, done = begin + span, done + count


def _chunk(random: np.random.Generator, land: Land, count: int, begin: int, span: int, before: int) -> pl.DataFrame:
    incidents = count * 10 // 13 + 1
    day = random.integers(0, max(span // 86_400_000, 1), incidents)
    hour = random.choice(24, incidents, p=HOURS / HOURS.sum())
    call = np.sort(begin + (day * 86_400 + hour * 3_600 + random.integers(0, 3_600, incidents)) * 1_000)
    sent = np.sort(np.concatenate([np.arange(incidents), random.integers(0, incidents, count - incidents)]))[:count]
    municipality = random.integers(0, land.municipalities, incidents)
    east = 20_000.0 + 300_000.0 * ((municipality * 37) % land.municipalities) / land.municipalities
    north = 6_480_000.0 + 500_000.0 * ((municipality * 101) % land.municipalities) / land.municipalities
    east, north = (np.round(place + random.normal(0, 4_000, incidents), 1) for place in (east, north))
    station = _stations(random, municipality[sent], land)
    unit = station * UNITS_A_STATION + _turns(station)
    units = range(land.stations * UNITS_A_STATION)
    stamps = _stamps(random, call[sent])
    return pl.DataFrame(
        {
            "": np.arange(before, before + count),
            "amis_nr": before + sent,
            "hastegrad": URGENCIES.gather(random.choice(4, incidents, p=[0.42, 0.38, 0.1, 0.1])[sent]),
            "tidspunkt": stamps[0],
            "tiltak_opprettet": stamps[1],
            "ressurs_id": pl.Series([f"{u // UNITS_A_STATION}-{u % UNITS_A_STATION}" for u in units]).gather(unit),
            "stasjon": pl.Series([f"Stasjon Å{number}" for number in range(land.stations)]).gather(station),
            "tiltak_type": KINDS.gather(random.choice(4, count, p=[0.85, 0.05, 0.02, 0.08])),
            "varslet": stamps[2],
            "rykker_ut": stamps[3],
            "ank_hentested": stamps[4],
            "avg_hentested": stamps[5],
            "ank_levsted": stamps[6],
            "ledig": stamps[7],
            "kommune": pl.Series([f"Kommune {m}" for m in range(land.municipalities)]).gather(municipality[sent]),
            "xcoor": east[sent],
            "ycoor": north[sent],
        }
    )


def _stations(random: np.random.Generator, municipality: I8, land: Land) -> I8:
    """The station that each unit comes from: the municipality's own most often, then the next on either side."""
    own = municipality * land.stations // land.municipalities
    away = random.geometric(NEARNESS, municipality.size) - 1
    return (own + np.where(random.random(municipality.size) < 0.5, away, -away)) % land.stations


def _turns(station: I8) -> I8:
    """The unit of its station that goes: its units take turns."""
    order = np.argsort(station, kind="stable")
    before = np.searchsorted(station[order], station[order])
    turn = np.empty_like(station)
    turn[order] = (np.arange(station.size) - before) % UNITS_A_STATION
    return turn


def _stamps(random: np.random.Generator, call: np.ndarray) -> list[pl.Series]:
    """Call to free; one row in a hundred has a stamp at fault."""
    steps = ((40, 0.5), (80, 0.6), (90, 0.5), (480, 0.6), (1_200, 0.4), (900, 0.5), (1_000, 0.5))
    times = [call]
    for median_s, spread in steps:
        drawn = median_s * np.exp(spread * random.standard_normal(call.size))
        times.append(times[-1] + drawn.astype(np.int64) * 1_000)
    faulty = np.flatnonzero(random.random(call.size) < FAULTY)
    which, kind = random.integers(3, 7, faulty.size), random.integers(0, 3, faulty.size)
    columns = [pl.Series(column).cast(pl.Datetime("ms")) for column in times]
    for number in range(3, 7):
        for fault, shift_ms in ((0, None), (1, -7_200_000), (2, -86_400_000)):
            rows = faulty[(which == number) & (kind == fault)]
            changed = None if shift_ms is None else pl.Series(times[number][rows] + shift_ms).cast(pl.Datetime("ms"))
            columns[number] = columns[number].scatter(rows, changed)
    return columns


def write_csv(missions: int, path: Path, land: Land = COUNTRY) -> None:
    """The log as an export: windows-1252, semicolons, dates with the day first, decimal commas."""
    with path.open("wb") as stream:
        for number, chunk in enumerate(chunks(missions, land)):
            text = chunk.write_csv(
                separator=";",
                datetime_format="%d.%m.%Y %H:%M:%S",
                decimal_comma=True,
                include_header=number == 0,
            )
            stream.write(text.encode("windows-1252"))


def write_parquet(missions: int, path: Path, land: Land = COUNTRY) -> None:
    """The log in Parquet: the same rows, with types."""
    writer: pq.ParquetWriter | None = None
    for chunk in chunks(missions, land):
        table = chunk.to_arrow()
        if writer is None:
            writer = pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()
