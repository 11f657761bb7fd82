"""What a log has no word of: nothing can be said of it, not even that it never happened."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from beredt.indicators.catalogue.count import Log

HANDLING = "handling"
"""The time from the call to the first alert: nothing, and no answer, where the alert stands for the call."""

NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "cancelled": "a log that says which missions were cancelled; this one says so of none",
        "urgency_first": "a log with the urgency at the call and at the end; in this one they never differ",
        "handling": "a log that tells when the call came; the clock of this one starts at the first alert",
    }
)


def list_untold(log: Log) -> frozenset[str]:
    """Those of NEEDS that a log never tells: no mission is cancelled, no urgency was ever changed, or no call told."""
    cancelled, changed = pl.collect_all(
        [
            log.missions.select(pl.col("cancelled").any()),
            log.incidents.select((pl.col("urgency_first") != pl.col("urgency")).any()),
        ]
    )
    told = {"cancelled": cancelled.item(), "urgency_first": changed.item(), HANDLING: log.tells_call}
    return frozenset(name for name, some in told.items() if not some)
