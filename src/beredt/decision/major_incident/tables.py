"""The answer as tables: figures with intervals, curves minute by minute, who came, where patients were taken."""

from __future__ import annotations

import polars as pl

from beredt.decision.frames import result_frame, result_schema
from beredt.decision.major_incident.arrival_tables import arrivals_table, mobilisation_table, sources_table
from beredt.decision.major_incident.measure_tables import measures_table, samples_table
from beredt.decision.major_incident.needed_table import needed_table
from beredt.decision.major_incident.patient_tables import hospitals_table, patients_table
from beredt.decision.major_incident.respond import Answered
from beredt.decision.major_incident.rest_table import rest_table
from beredt.decision.major_incident.severity import SEVERITIES

TABLES = (
    "major_incidents", "major_needed", "major_samples", "major_measures", "major_mobilisation", "major_sources",
    "major_arrivals", "major_patients", "major_hospitals", "major_rest",
)  # fmt: skip


def major_tables(answered: Answered) -> dict[str, pl.DataFrame]:
    """All tables of an answer, by name; `fields/results/` says what their columns hold."""
    tables = {
        "major_incidents": _incidents(answered),
        "major_needed": needed_table(answered) if answered.event.needed else result_frame("major_needed", ()),
        "major_samples": samples_table(answered),
        "major_measures": measures_table(answered),
        "major_mobilisation": mobilisation_table(answered),
        "major_sources": sources_table(answered),
        "major_arrivals": arrivals_table(answered),
        "major_patients": patients_table(answered),
        "major_hospitals": hospitals_table(answered),
        "major_rest": rest_table(answered),
    }
    event = pl.lit(answered.event.id).alias("event")
    return {name: _as_described(name, table.with_columns(event)) for name, table in tables.items()}


def _as_described(name: str, table: pl.DataFrame) -> pl.DataFrame:
    schema = result_schema(name)
    return table.select(*schema).cast(schema)  # type: ignore[arg-type]  # a plain dictionary of types


def no_major_tables() -> dict[str, pl.DataFrame]:
    """The same tables without a row: of a study that names no event."""
    return {name: result_frame(name, ()) for name in TABLES}


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
                "needed_units": sum(answered.event.needed[row].units for row in answered.event.needed_at(number)),
            }
        )
    return pl.DataFrame(rows)
