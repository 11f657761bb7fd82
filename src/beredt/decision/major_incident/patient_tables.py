"""Where patients are, minute by minute, and the transport plan with what came of it."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.decision.major_incident.respond import Answered
from beredt.decision.major_incident.severity import SEVERITIES


def patients_table(answered: Answered) -> pl.DataFrame:
    """Patients by severity who have left and who are at a hospital, by minute."""
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


def hospitals_table(answered: Answered) -> pl.DataFrame:
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
