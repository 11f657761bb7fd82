"""How long the parts of missions take, of a log: median and spread of a lognormal duration, told by percentiles.

The median is the log's median. Sigma is (ln p90 − ln p10) / 2.563, what the two percentiles of a normal distribution
lie apart: no single value far out moves either, so that a forgotten button does not become a long tail.

Which missions tell what:

* handling: from the call until the mission was made, where at least half of the incidents have that time, else until
  the first unit was alerted; not of planned missions. The second holds the wait for a free unit, too.
* mobilisation and mobilisation_out: of units that stood at home, or were out, as `places` tells.
* on_scene and handover: of ambulances that took somebody away, and on_scene also of those that came alone and did not.
* second_on_scene: of an ambulance beside another that took somebody away, from its arrival until it was free.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.change import Change, reason_to_keep
from beredt.decision.calibration.log import CalibrationLog
from beredt.demand.special import ndtri
from beredt.model.study import Study

F8 = NDArray[np.float64]

SHARES = np.array([0.1, 0.5, 0.9])
SCORES = ndtri(SHARES)
HALF = 0.5
SHORTEST_S, LONGEST_S = 1.0, 86_400.0
MOST_SIGMA = 3.0


def calibrate_intervals(study: Study, log: CalibrationLog, missions: pl.DataFrame) -> list[Change]:
    """Hold every interval against the log.

    The error is the mean, over the 10th, 50th and 90th percentile, of how far each is missed, as a share of it.
    """
    durations = durations_of(log, missions)
    changes = []
    for row in study.service.intervals:
        own = durations.filter((pl.col("interval") == row.interval) & (pl.col("urgency") == row.urgency))
        odd, even = (own.filter(pl.col("odd") == side)["seconds"].to_numpy() for side in (True, False))
        before = {"median_s": row.median_s, "sigma": row.sigma}
        after, errors = before, (float("nan"), float("nan"))
        if len(odd) and len(even):
            after = fit_lognormal(own["seconds"].to_numpy())
            errors = missed(before, even), missed(fit_lognormal(odd), even)
        key = {"interval": row.interval, "urgency": row.urgency}
        reason = reason_to_keep(len(odd), len(even), *errors)
        changes.append(Change("intervals", key, before, after, own.height, len(even), *errors, reason))
    return changes


def durations_of(log: CalibrationLog, missions: pl.DataFrame) -> pl.DataFrame:
    """Every duration that tells of an interval: interval, urgency, odd, seconds (1 s to a day)."""
    roles = with_roles(missions)
    home, out = (roles.filter(pl.col("stood") == stood) for stood in ("home", "out"))
    taking = roles.filter(pl.col("took"))
    alone = roles.filter(~pl.col("took") & pl.col("ambulance") & (pl.col("ambulances") == 1) & ~pl.col("cancelled"))
    beside = roles.filter(pl.col("beside"))
    parts = [
        _part("handling", _handling(log, missions), "handling"),
        _part("mobilisation", home, "mobilisation"),
        _part("mobilisation_out", out, "mobilisation"),
        _part("on_scene", pl.concat([taking, alone]), "on_scene"),
        _part("second_on_scene", beside, "second_on_scene"),
        _part("handover", taking, "handover"),
    ]
    return pl.concat(parts).filter(pl.col("seconds").is_between(SHORTEST_S, LONGEST_S))


def with_roles(missions: pl.DataFrame) -> pl.DataFrame:
    """Missions with what the unit was there for.

    `took`: the ambulance brought somebody away. `ambulances`: how many came to the incident's scene. `beside`: it came
    beside exactly one that brought somebody away, and did not itself; `second_on_scene` are its seconds at the scene.
    """
    came = pl.col("ambulance") & ~pl.col("cancelled") & pl.col("scene_at").is_not_null()
    took = came & pl.col("dest_at").is_not_null()
    marked = missions.with_columns(came=came, took=took).with_columns(
        ambulances=pl.col("came").sum().over("incident"), taking=pl.col("took").sum().over("incident")
    )
    beside = pl.col("came") & ~pl.col("took") & (pl.col("taking") == 1) & (pl.col("ambulances") == 2)
    return marked.with_columns(beside=beside, second_on_scene=pl.col("free_at") - pl.col("scene_at"))


def fit_lognormal(seconds: F8) -> dict[str, float]:
    """Median in seconds and sigma, both by percentiles; rounded to what a table shows."""
    low, middle, high = np.quantile(np.log(seconds), SHARES)
    sigma = float(np.clip((high - low) / (SCORES[2] - SCORES[0]), 0.0, MOST_SIGMA))
    return {"median_s": round(float(np.exp(middle)), 1), "sigma": round(sigma, 4)}


def missed(figures: dict[str, float], seconds: F8) -> float:
    """How far percentiles of a lognormal miss those of a sample, the mean over `SHARES` of shares."""
    told = figures["median_s"] * np.exp(figures["sigma"] * SCORES)
    seen = np.quantile(seconds, SHARES)
    return float(np.mean(np.abs(told / seen - 1.0)))


def _handling(log: CalibrationLog, missions: pl.DataFrame) -> pl.DataFrame:
    made = (
        missions.group_by("incident")
        .agg(
            pl.col("created_at", "alerted_at", "call_at").min(),
            pl.col("planned").any(),
        )
        .sort("incident")
    )
    known = made["created_at"].is_not_null().sum() >= HALF * made.height
    until = pl.col("created_at" if known else "alerted_at")
    seconds = made.filter(~pl.col("planned")).select("incident", handling=until - pl.col("call_at"))
    return seconds.join(log.incidents.select("incident", "urgency", "odd"), on="incident").sort("incident")


def _part(interval: str, rows: pl.DataFrame, column: str) -> pl.DataFrame:
    return rows.select(
        pl.lit(interval).alias("interval"), "urgency", "odd", pl.col(column).cast(pl.Float64).alias("seconds")
    )
