"""What incidents ask for, of a log: the share with transport, and the share with a second ambulance.

Transport is told of incidents at which an ambulance arrived. A second unit that nobody could send is in no log, so
that its share is told of quiet moments alone: of the quarter of incidents at whose call the fewest other units were at
work. Shares are (x + k·p₀) / (n + k): the study's own share p₀ weighs as much as k = `PRIOR` incidents.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.change import Change, reason_to_keep
from beredt.model.need import Need
from beredt.model.study import Study

B = NDArray[np.bool_]

PRIOR = 20.0
QUIET = 0.25
FIELDS = ("transport_share", "second_unit_share")

NO_DELIVERY = "no_delivery"
"""Reason to keep a share of transport: the log has no time of delivery at all."""


def calibrate_needs(study: Study, missions: pl.DataFrame) -> list[Change]:
    """Hold both shares of every urgency against the log; the error is how far the share of even weeks is missed."""
    incidents = asked_for(missions)
    delivers = bool(incidents["transport_share"].sum())
    changes = []
    for need in study.service.needs:
        own = incidents.filter(pl.col("urgency") == need.urgency)
        for field in FIELDS:
            rows = own if field == "transport_share" else own.filter("quiet")
            change = _change(need, field, rows)
            if field == "transport_share" and not delivers:
                change = Change(
                    change.table,
                    change.key,
                    change.before,
                    change.before,
                    0,
                    0,
                    float("nan"),
                    float("nan"),
                    NO_DELIVERY,
                )
            changes.append(change)
    return changes


def asked_for(missions: pl.DataFrame) -> pl.DataFrame:
    """Incidents at which an ambulance arrived.

    Columns incident, urgency, odd, transport_share and second_unit_share (whether there was any), and quiet.
    """
    came = missions.filter(pl.col("ambulance") & ~pl.col("cancelled") & pl.col("scene_at").is_not_null())
    found = (
        came.group_by("incident")
        .agg(
            pl.col("urgency").first(),
            pl.col("odd").first(),
            pl.col("alerted_at").min(),
            transport_share=pl.col("dest_at").is_not_null().any(),
            second_unit_share=pl.col("unit").n_unique() > 1,
        )
        .sort("incident")
    )
    busy = busy_units(missions, found["alerted_at"].fill_null(float("nan")).to_numpy())
    return found.with_columns(quiet=pl.Series(busy <= np.nanquantile(busy, QUIET)))


def busy_units(missions: pl.DataFrame, moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ambulances at work just before each moment (seconds); nan where the moment is."""
    work = missions.filter(pl.col("ambulance")).select("alerted_at", "free_at").drop_nulls()
    begins, ends = np.sort(work["alerted_at"].to_numpy()), np.sort(work["free_at"].to_numpy())
    before = np.searchsorted(begins, moments, side="left") - np.searchsorted(ends, moments, side="left")
    return np.where(np.isnan(moments), np.nan, before.astype(np.float64))


def _change(need: Need, field: str, rows: pl.DataFrame) -> Change:
    own = float(getattr(need, field))
    odd, even = (rows.filter(pl.col("odd") == side)[field] for side in (True, False))
    errors = float("nan"), float("nan")
    if len(even):
        seen = float(even.sum()) / len(even)
        errors = abs(own - seen), abs(_share(odd, own) - seen)
    return Change(
        "needs",
        {"urgency": need.urgency},
        {field: own},
        {field: round(_share(rows[field], own), 4)},
        rows.height,
        len(even),
        *errors,
        reason_to_keep(len(odd), len(even), *errors),
    )


def _share(rows: pl.Series, own: float) -> float:
    return (float(rows.sum()) + PRIOR * own) / (len(rows) + PRIOR)
