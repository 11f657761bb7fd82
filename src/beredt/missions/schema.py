"""The tables of a store as polars types. Their meaning stands in `model/fields/missions/<table>.csv`.

Words that repeat are categories: a log of fifty million missions has few units, stations and codes.
"""

from __future__ import annotations

import polars as pl

WORD = pl.Categorical()
"""A word that many rows share; the empty text where nothing is known."""

STAMP = pl.Datetime("ms", "UTC")
"""A point in time; null where the log has none."""

STAMPS = ("call_t", "created_t", "alerted_t", "rolling_t", "scene_t", "patient_t", "leave_t", "dest_t", "free_t")
"""The stamps of a mission in the order in which they happen."""

UNIT_STAMPS = STAMPS[2:]
"""Stamps of the unit itself: a row with a unit and any of these is a unit response."""

UNIT_KINDS = (
    *("ambulance", "single_responder", "doctor", "patient_transport"),
    *("operations_leader", "helicopter", "boat", "other"),
)

MISSIONS = pl.Schema(
    {
        "row_id": pl.Int64(),
        "source": pl.Int16(),
        "row": pl.Int64(),
        "part": pl.Int16(),
        "incident": pl.Int64(),
        "unit": WORD,
        "unit_kind": WORD,
        "station": WORD,
        "organisation": WORD,
        "urgency": WORD,
        "urgency_first": WORD,
        "planned": pl.Boolean(),
        "mission_type": WORD,
        **dict.fromkeys(STAMPS, STAMP),
        "cancelled": pl.Boolean(),
        "lat": pl.Float64(),
        "lon": pl.Float64(),
        "municipality": WORD,
        "district": WORD,
        "tettsted": WORD,
        "destination": WORD,
        "criterion": WORD,
        "triage": WORD,
        "comment": pl.String(),
        "age": pl.Int16(),
        "patient": pl.String(),
        "km": pl.Float32(),
        "marks": pl.UInt64(),
    }
)

INCIDENTS = pl.Schema(
    {
        "incident": pl.Int64(),
        "key": pl.String(),
        "call_t": STAMP,
        "urgency": WORD,
        "urgency_first": WORD,
        "lat": pl.Float64(),
        "lon": pl.Float64(),
        "municipality": WORD,
        "district": WORD,
        "tettsted": WORD,
        "criterion": WORD,
        "missions": pl.Int16(),
        "units": pl.Int16(),
        "rows_without_unit": pl.Int32(),
        "first_alerted_t": STAMP,
        "first_rolling_t": STAMP,
        "first_scene_t": STAMP,
        "first_responder_scene_t": STAMP,
        "marks": pl.UInt64(),
    }
)

CORRECTIONS = pl.Schema(
    {"row_id": pl.Int64(), "field": WORD, "before": pl.String(), "after": pl.String(), "rule": WORD}
)

FINDINGS = pl.Schema(
    {
        "rule": pl.String(),
        "source": pl.Int16(),
        "row": pl.Int64(),
        "field": pl.String(),
        "value": pl.String(),
        "count": pl.Int64(),
        "remedy": pl.String(),
        "lat": pl.Float64(),
        "lon": pl.Float64(),
    }
)

ROWS = pl.Schema(
    {
        **{name: dtype for name, dtype in MISSIONS.items() if name != "incident"},
        "key": pl.String(),
        "x": pl.Float64(),
        "y": pl.Float64(),
    }
)
"""What reading hands to cleaning: a row of a log, before incidents are made.

`key` is what the log names the incident by, "" where it names none; `x` and `y` are the scene's coordinates as they
stand in the log, null where the log gives degrees. Rows that name no unit have "" as `unit` and null stamps of the
unit. Stamps are UTC; a clock that the change to winter time makes ambiguous is taken as the earlier one. Of a
profile that gives only times of day, stamps are on the day of the row's date: cleaning carries them past midnight.
"""
