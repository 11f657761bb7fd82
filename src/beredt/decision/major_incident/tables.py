"""The answer as tables: figures with intervals, curves minute by minute, who came, where patients were taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isfinite

import numpy as np
import polars as pl

from beredt.decision.compare import mean_and_error, t_quantile
from beredt.decision.frames import result_frame, result_schema
from beredt.decision.major_incident.respond import Answered
from beredt.decision.major_incident.severity import SEVERITIES
from beredt.decision.major_incident.tally import REACHES_MIN, Tally
from beredt.dispatch.world import F8
from beredt.model.alternative import TODAY

CONFIDENCE = 0.95
BAND = (0.1, 0.9)
"""Parts of the samples between which a band lies."""

MINUTE_MEASURES = ("first_min", "many_min", "command_min", "reds_min", "last_away_min")
SHARE_MEASURES = ("in_target_change", "people_change_12", "people_change_25")
MEASURES = (
    *MINUTE_MEASURES, "units", "delivered", "free_change", "people_change_12", "people_change_25", "response_change_s",
    "in_target_change",
)  # fmt: skip
"""What a sample is told by; `…_change` is with the event less the same day without it, over the minutes followed."""


TABLES = (
    "major_incidents", "major_samples", "major_measures", "major_mobilisation", "major_sources", "major_patients",
    "major_hospitals", "major_rest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimated:
    """A mean over the `samples` that have a value, with its interval (95 %); NaN where it is not known."""

    mean: float
    low: float
    high: float
    samples: int


def major_tables(answered: Answered) -> dict[str, pl.DataFrame]:
    """All tables of an answer, by name; `fields/results/` says what their columns hold."""
    tables = {
        "major_incidents": _incidents(answered),
        "major_samples": _samples(answered),
        "major_measures": _measures(answered),
        "major_mobilisation": _mobilisation(answered),
        "major_sources": _sources(answered),
        "major_patients": _patients(answered),
        "major_hospitals": _hospitals(answered),
        "major_rest": _rest(answered),
    }
    event = pl.lit(answered.event.id).alias("event")
    return {name: _as_described(name, table.with_columns(event)) for name, table in tables.items()}


def _as_described(name: str, table: pl.DataFrame) -> pl.DataFrame:
    schema = result_schema(name)
    return table.select(*schema).cast(schema)  # type: ignore[arg-type]  # a plain dictionary of types


def no_major_tables() -> dict[str, pl.DataFrame]:
    """The same tables without a row: of a study that names no event."""
    return {name: result_frame(name, ()) for name in TABLES}


def measure_of(tally: Tally, measure: str) -> float:
    """A figure of a sample; infinite for what never came within the minutes followed, NaN for what was not asked."""
    changes = {
        "units": float(len(tally.arrival_min)),
        "delivered": float(tally.delivered[-1].sum()),
        "free_change": float((tally.free_with - tally.free_without).mean()),
        "people_change_12": float((tally.people_with - tally.people_without)[:, 0].mean()),
        "people_change_25": float((tally.people_with - tally.people_without)[:, 1].mean()),
        "response_change_s": tally.response_with_s - tally.response_without_s,
        "in_target_change": tally.in_target_with - tally.in_target_without,
    }
    return changes[measure] if measure in changes else float(getattr(tally, measure))


def estimate(values: F8) -> Estimated:
    """Mean and Student's t interval of the finite ones of some values."""
    known = values[np.isfinite(values)]
    mean, error = mean_and_error(known)
    if not isfinite(error):
        return Estimated(mean, float("nan"), float("nan"), len(known))
    half = t_quantile(0.5 + CONFIDENCE / 2.0, len(known) - 1) * error
    return Estimated(mean, mean - half, mean + half, len(known))


def _incidents(answered: Answered) -> pl.DataFrame:
    """What was asked; how many units that takes is today's, in the hour in which it takes most."""
    tallies = next(iter(answered.tallies.values()))
    rows = []
    for number, one in enumerate(answered.event.incidents):
        rows.append(
            {
                "incident": one.id,
                "place": one.scene.name,
                "area": one.scene.area_id,
                "lat": one.scene.lat,
                "lon": one.scene.lon,
                "after_min": one.after_min,
                **dict(zip(SEVERITIES, one.patients, strict=True)),
                "units": max(int(tally.units[number]) for tally in tallies),
                "command_units": answered.assumptions.command_units,
            }
        )
    return pl.DataFrame(rows)


def _samples(answered: Answered) -> pl.DataFrame:
    rows = []
    for key, tallies in answered.tallies.items():
        first = answered.prepared[key].land.first_hour
        for sample, tally in enumerate(tallies):
            alarm_s = float(answered.alarm_s[sample])
            hour = first + int(alarm_s // 3600.0)
            rows.append(
                {
                    "alternative": key,
                    "sample": sample,
                    "alarm_s": alarm_s,
                    "weekday": hour // 24 % 7 + 1,
                    "hour": hour % 24,
                    **{name: _number(measure_of(tally, name)) for name in MEASURES},
                    "patients": int(tally.asked.sum()),
                    "without_room": int(tally.without_room.sum()),
                    "waiting": int((tally.asked - tally.without_room - tally.away[-1]).sum()),
                    "on_the_way": int((tally.away[-1] - tally.delivered[-1]).sum()),
                    "others": tally.others,
                    "unanswered_with": tally.unanswered_with,
                    "unanswered_without": tally.unanswered_without,
                    "response_with_s": _number(tally.response_with_s),
                    "response_without_s": _number(tally.response_without_s),
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def _measures(answered: Answered) -> pl.DataFrame:
    """Every figure of every alternative, and its difference from today, sample by sample."""
    rows = []
    for key, tallies in answered.tallies.items():
        for name in MEASURES:
            values = np.array([measure_of(one, name) for one in tallies])
            whole, asked = estimate(values), values[~np.isnan(values)]
            today = np.array([measure_of(one, name) for one in answered.tallies.get(TODAY, tallies)])
            pairs = np.isfinite(values) & np.isfinite(today)
            change = estimate(values[pairs] - today[pairs])
            rows.append(
                {
                    "alternative": key,
                    "measure": name,
                    "mean": _number(whole.mean),
                    "low": _number(whole.low),
                    "high": _number(whole.high),
                    "median": _number(float(_middle(asked))),
                    "samples": len(asked),
                    "reached": whole.samples,
                    "difference": _number(change.mean),
                    "difference_low": _number(change.low),
                    "difference_high": _number(change.high),
                    "pairs": change.samples,
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def _middle(values: F8) -> float:
    """The middle value (the lower of two), which may be infinite."""
    return float(np.sort(values)[(len(values) - 1) // 2]) if values.size else float("nan")


def _mobilisation(answered: Answered) -> pl.DataFrame:
    rows = []
    for key, tallies in answered.tallies.items():
        for minute in answered.assumptions.minutes:
            came = np.array([int((one.arrival_min <= minute).sum()) for one in tallies], np.float64)
            low, high = np.quantile(came, BAND, method="inverted_cdf")
            whole = estimate(came)
            rows.append(
                {
                    "alternative": key,
                    "minute": minute,
                    "units": whole.mean,
                    "units_low": _number(whole.low),
                    "units_high": _number(whole.high),
                    "median": _middle(came),
                    "band_low": float(low),
                    "band_high": float(high),
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def _sources(answered: Answered) -> pl.DataFrame:
    """Who came: arrivals by station, and how soon its first unit was there."""
    rows = []
    for key, tallies in answered.tallies.items():
        service = answered.prepared[key].service
        at = {station.id: station for station in service.stations}
        own = set(answered.prepared[key].called_in)
        came: dict[tuple[str, bool], list[list[float]]] = {}
        for sample, tally in enumerate(tallies):
            for minute, unit in zip(tally.arrival_min.tolist(), tally.arrival_unit.tolist(), strict=True):
                of = came.setdefault((service.units[unit].station, unit in own), [[] for _ in tallies])
                of[sample].append(minute)
        for (station, called), minutes in came.items():
            first = np.array([min(one, default=np.inf) for one in minutes])
            rows.append(
                {
                    "alternative": key,
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
    keys = [pl.col("alternative").cast(order), -pl.col("units"), pl.col("station"), pl.col("called_in")]
    return table.sort(keys)


def _patients(answered: Answered) -> pl.DataFrame:
    rows = []
    for key, tallies in answered.tallies.items():
        for moment, minute in enumerate(answered.assumptions.minutes):
            for severity, name in enumerate(SEVERITIES):
                rows.append(
                    {
                        "alternative": key,
                        "minute": minute,
                        "severity": name,
                        "patients": int(tallies[0].asked[severity]),
                        "away": float(np.mean([one.away[moment, severity] for one in tallies])),
                        "delivered": float(np.mean([one.delivered[moment, severity] for one in tallies])),
                    }
                )
    return pl.DataFrame(rows)


def _hospitals(answered: Answered) -> pl.DataFrame:
    """The plans and what came of them, means over samples; a row without a hospital for patients without room."""
    rows: list[dict[str, object]] = []
    for key, tallies in answered.tallies.items():
        nowhere = np.zeros((1, len(SEVERITIES)))
        room, delivered = (
            np.concatenate([np.mean([getattr(one, name) for one in tallies], axis=0), nowhere])
            for name in ("room", "to_hospital")
        )
        planned = np.mean([one.planned for one in tallies], axis=0)
        names = [*(one.id for one in answered.prepared[key].service.hospitals), None]
        rows += [
            {
                "alternative": key,
                "hospital": name,
                "severity": SEVERITIES[severity],
                "capacity": float(room[number, severity]),
                "planned": float(planned[number, severity]),
                "delivered": float(delivered[number, severity]),
            }
            for severity in range(len(SEVERITIES))
            for number, name in enumerate(names)
            if planned[number, severity]
        ]
    schema = {"alternative": pl.String, "hospital": pl.String, "severity": pl.String, "capacity": pl.Float64,
              "planned": pl.Float64, "delivered": pl.Float64}  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def _rest(answered: Answered) -> pl.DataFrame:
    rows = []
    for key, tallies in answered.tallies.items():
        for moment, minute in enumerate(answered.assumptions.minutes):
            free = {name: float(np.mean([getattr(one, name)[moment] for one in tallies]))
                    for name in ("free_with", "free_without")}  # fmt: skip
            for number, reach in enumerate(REACHES_MIN):
                people_with, people_without = (
                    np.array([getattr(one, name)[moment, number] for one in tallies])
                    for name in ("people_with", "people_without")
                )
                change = estimate(people_with - people_without)
                rows.append(
                    {
                        "alternative": key,
                        "minute": minute,
                        "within_min": int(reach),
                        "people_with": float(people_with.mean()),
                        "people_without": float(people_without.mean()),
                        "change": change.mean,
                        "change_low": _number(change.low),
                        "change_high": _number(change.high),
                        **free,
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None)


def _number(value: float) -> float | None:
    return value if isfinite(value) else None


def facts_of(answered: Answered) -> Mapping[str, object]:
    """What was assumed, for `results.json` and `--json`."""
    assumed = asdict(answered.assumptions)
    assumed["capacity"] = {key: list(value) for key, value in answered.assumptions.capacity.items()}
    when = answered.event.when
    return {
        "event": answered.event.id,
        "weekday": when.weekday,
        "clock_s": when.clock_s,
        "samples": len(answered.alarm_s),
        "alternatives": list(answered.tallies),
        "assumptions": {
            key: list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
            for key, value in assumed.items()
        },
    }
