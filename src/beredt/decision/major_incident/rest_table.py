"""What is left for everybody else, minute by minute."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.decision.major_incident.estimate import estimate, finite
from beredt.decision.major_incident.respond import Answered
from beredt.decision.major_incident.tally import REACHES_MIN


def rest_table(answered: Answered) -> pl.DataFrame:
    """People with a free unit within some minutes, and free units, with the event and on the same day without it."""
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
                        "change_low": finite(change.low),
                        "change_high": finite(change.high),
                        **free,
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None)
