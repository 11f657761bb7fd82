"""Who came to the scene: the mobilisation curve, by station, and every single arrival."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from beredt.decision.major_incident.estimate import estimate, finite, middle
from beredt.decision.major_incident.respond import Answered
from beredt.decision.major_incident.tally import Tally

BAND = (0.1, 0.9)
"""Parts of the samples between which a band lies."""

ALL, PATIENTS = -2, -1
"""In the place of a row of what is needed: every arrival; those to patients."""


def mobilisation_table(answered: Answered) -> pl.DataFrame:
    """Arrivals by minute: of all units, and of what is needed."""
    rows = []
    for key, tallies in answered.tallies.items():
        for needed in (ALL, *range(len(answered.event.needed))):
            for minute in answered.assumptions.minutes:
                came = np.array([_came(one, needed, minute) for one in tallies], np.float64)
                low, high = np.quantile(came, BAND, method="inverted_cdf")
                whole = estimate(came)
                rows.append(
                    {
                        "alternative": key,
                        "needed": _name(answered, needed),
                        "minute": minute,
                        "units": whole.mean,
                        "units_low": finite(whole.low),
                        "units_high": finite(whole.high),
                        "median": middle(came),
                        "band_low": float(low),
                        "band_high": float(high),
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None)


def _came(tally: Tally, needed: int, minute: float) -> int:
    wanted = True if needed == ALL else tally.arrival_needed == needed
    return int(((tally.arrival_min <= minute) & wanted).sum())


def _name(answered: Answered, needed: int) -> str | None:
    return answered.event.needed[needed].id if needed >= 0 else None


def sources_table(answered: Answered) -> pl.DataFrame:
    """Who came: arrivals by station and what for, and how soon its first unit was there."""
    rows = []
    for key, tallies in answered.tallies.items():
        prepared = answered.prepared[key]
        at = {station.id: station for station in prepared.service.stations}
        own = set(prepared.called_in)
        came: dict[tuple[int, str, bool], list[list[float]]] = {}
        for sample, tally in enumerate(tallies):
            for minute, unit, needed in _arrivals(tally):
                where = (needed, prepared.service.units[unit].station, unit in own)
                came.setdefault(where, [[] for _ in tallies])[sample].append(minute)
        for (needed, station, called), minutes in came.items():
            first = np.array([min(one, default=np.inf) for one in minutes])
            rows.append(
                {
                    "alternative": key,
                    "needed": _name(answered, needed),
                    "organisation": at[station].organisation,
                    "centre": at[station].centre,
                    "station": station,
                    "called_in": called,
                    "units": sum(map(len, minutes)) / len(tallies),
                    "samples_with": int(np.isfinite(first).sum()),
                    "first_min": float(first[np.isfinite(first)].mean()),
                }
            )
    schema = {
        "alternative": pl.String,
        "needed": pl.String,
        "organisation": pl.String,
        "centre": pl.String,
        "station": pl.String,
        "called_in": pl.Boolean,
        "units": pl.Float64,
        "samples_with": pl.Int64,
        "first_min": pl.Float64,
    }
    order = pl.Enum(list(answered.tallies))
    table = pl.DataFrame(rows, schema=schema)
    keys = [
        pl.col("alternative").cast(order),
        -pl.col("units"),
        pl.col("station"),
        pl.col("called_in"),
        pl.col("needed").fill_null(""),
    ]
    return table.sort(keys)


def _arrivals(tally: Tally) -> Sequence[tuple[float, int, int]]:
    columns = (tally.arrival_min, tally.arrival_unit, tally.arrival_needed)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def arrivals_table(answered: Answered) -> pl.DataFrame:
    """Every arrival of every sample, and after them what is needed and never came."""
    rows: list[dict[str, object]] = []
    places = [one.id for one in answered.event.incidents]
    for key, tallies in answered.tallies.items():
        prepared = answered.prepared[key]
        at = {station.id: station for station in prepared.service.stations}
        for sample, tally in enumerate(tallies):
            of_sample: list[dict[str, object]] = []
            for (minute, number, needed), place in zip(_arrivals(tally), tally.arrival_place.tolist(), strict=True):
                unit = prepared.service.units[number]
                of_sample.append(
                    {
                        "minute": minute,
                        "incident": places[place],
                        "needed": _name(answered, needed),
                        "unit": unit.id,
                        "kind": unit.kind,
                        "station": unit.station,
                        "organisation": at[unit.station].organisation,
                        "called_in": number in prepared.called_in,
                    }
                )
            never = np.flatnonzero(np.isinf(tally.needed_min)).tolist()
            of_sample += [
                {"incident": places[tally.needed_place[row]], "needed": _name(answered, int(tally.needed_row[row]))}
                for row in never
            ]
            rows += [
                {"alternative": key, "sample": sample, "number": number, **row}
                for number, row in enumerate(of_sample, start=1)
            ]
    schema = {
        "alternative": pl.String,
        "sample": pl.Int64,
        "number": pl.Int64,
        "minute": pl.Float64,
        "incident": pl.String,
        "needed": pl.String,
        "unit": pl.String,
        "kind": pl.String,
        "station": pl.String,
        "organisation": pl.String,
        "called_in": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=schema)
