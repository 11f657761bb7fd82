"""Missions from stations to zones, as counts that can be added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from beredt.report.context import ReportContext

URGENT = ("A", "H")
"""Urgencies that are shown together: those sent with haste."""


@dataclass(frozen=True, slots=True)
class FlowCounts:
    """Missions a year from every station to every zone, of the urgencies that were asked for together."""

    counts: Mapping[tuple[str, str], float]

    def stations(self) -> tuple[str, ...]:
        """Stations with missions, the busiest first."""
        return self._ordered(0)

    def of_station(self, station: str) -> float:
        """All missions of a station."""
        return sum(count for (one, _), count in self.counts.items() if one == station)

    def get(self, station: str, zone: str) -> float:
        """Missions of a station in a zone, 0 without any."""
        return self.counts.get((station, zone), 0.0)

    def _ordered(self, place: int) -> tuple[str, ...]:
        totals: dict[str, float] = {}
        for key, count in self.counts.items():
            totals[key[place]] = totals.get(key[place], 0.0) + count
        return tuple(sorted(totals, key=lambda one: (-totals[one], one)))


def flow_counts(
    ctx: ReportContext, alternative: str, counting: str = "missions", urgencies: Sequence[str] = URGENT
) -> FlowCounts | None:
    """The counts of an alternative; None without the table."""
    table = ctx.results.find_table("flows")
    if table is None:
        return None
    own = table.filter(
        (pl.col("alternative") == alternative)
        & (pl.col("counting") == counting)
        & pl.col("urgency").is_in(list(urgencies))
    )
    summed = own.group_by("station", "zone", maintain_order=True).agg(pl.col("value").sum()).sort("station", "zone")
    return FlowCounts({(station, zone): float(value) for station, zone, value in summed.iter_rows()})
