"""When what is needed was there: over all samples, and beside today."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from beredt.decision.major_incident.estimate import told
from beredt.decision.major_incident.respond import Answered
from beredt.decision.major_incident.tally import Tally
from beredt.dispatch.world import F8


def needed_table(answered: Answered) -> pl.DataFrame:
    """Minutes until all units of each need are there."""
    rows = []
    for key, tallies in answered.tallies.items():
        for row, one in enumerate(answered.event.needed):
            came = [int(np.isfinite(tally.needed_min[tally.needed_row == row]).sum()) for tally in tallies]
            rows.append(
                {
                    "alternative": key,
                    "needed": one.id,
                    "wanted": " ".join(one.wanted) or None,
                    "incident": one.incident,
                    "units": int((tallies[0].needed_row == row).sum()),
                    "stay_min": one.stay_min,
                    "waited": one.waited,
                    "came": sum(came) / len(came),
                    **told(_last_min(tallies, row), _last_min(answered.of_today(tallies), row)),
                }
            )
    schema = {"incident": pl.String, "wanted": pl.String}
    return pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None)


def _last_min(tallies: Sequence[Tally], row: int) -> F8:
    return np.array([tally.needed_min[tally.needed_row == row].max() for tally in tallies])
