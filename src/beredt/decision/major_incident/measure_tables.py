"""What a sample is told by, and these figures over all samples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from beredt.decision.major_incident.estimate import finite, told
from beredt.decision.major_incident.respond import Answered
from beredt.decision.major_incident.tally import Tally
from beredt.dispatch.world import F8

MINUTE_MEASURES = ("first_min", "many_min", "treat_min", "reds_min", "last_away_min")
SHARE_MEASURES = ("in_target_change", "people_change_12", "people_change_25")
MEASURES = (
    *MINUTE_MEASURES, "units", "delivered", "free_change", "people_change_12", "people_change_25", "response_change_s",
    "in_target_change",
)  # fmt: skip
"""What a sample is told by; `…_change` is with the event less the same day without it, over the minutes followed."""


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


def samples_table(answered: Answered) -> pl.DataFrame:
    """Every figure of every moment."""
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
                    **{name: finite(measure_of(tally, name)) for name in MEASURES},
                    "patients": int(tally.asked.sum()),
                    "without_room": int(tally.without_room.sum()),
                    "waiting": int((tally.asked - tally.without_room - tally.away[-1]).sum()),
                    "on_the_way": int((tally.away[-1] - tally.delivered[-1]).sum()),
                    "others": tally.others,
                    "unanswered_with": tally.unanswered_with,
                    "unanswered_without": tally.unanswered_without,
                    "response_with_s": finite(tally.response_with_s),
                    "response_without_s": finite(tally.response_without_s),
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def measures_table(answered: Answered) -> pl.DataFrame:
    """Every figure of every alternative, and its difference from today, sample by sample."""
    rows = [
        {"alternative": key, "measure": name, **told(_all(tallies, name), _all(answered.of_today(tallies), name))}
        for key, tallies in answered.tallies.items()
        for name in MEASURES
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _all(tallies: Sequence[Tally], measure: str) -> F8:
    return np.array([measure_of(one, measure) for one in tallies])
