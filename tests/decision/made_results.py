"""Results made by hand for comparisons with published figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from beredt.decision.frames import result_schema
from beredt.decision.published import published_table, published_values
from beredt.decision.today import Today
from beredt.model.published_figure import PublishedFigure
from beredt.model.study import Study
from beredt.roads.network import Network

# station, zone, urgency, counting, value; ± 10 each
FLOWS = (
    ("st-east", "vest", "A", "missions", 300.0),
    ("st-east", "vest", "H", "missions", 200.0),
    ("st-east", "vest", "V", "missions", 100.0),
    ("st-east", "sor", "A", "missions", 100.0),
    ("st-west", "vest", "A", "missions", 900.0),
    ("st-west", "ost-by", "A", "missions", 50.0),
    ("st-west", "ost-skog", "A", "missions", 25.0),
    ("st-east", "vest", "A", "first_units", 240.0),
)

# measure, urgency, group, hour, unit, value, low, high
INDICATORS = (
    ("share_within_12", "A", "ost", -1, "share", 0.80, 0.79, 0.81),
    ("share_within_12", "A", "all", -1, "share", 0.75, 0.74, 0.76),
    ("share_within_25", "A", "sor", -1, "share", 0.90, 0.85, 0.95),
    ("response_median_s", "A", "all", -1, "s", 600.0, 594.0, 606.0),
    ("incidents", "A", "vest", -1, "per year", 500.0, 490.0, 510.0),
    ("days_without_drawn_in", "", "west", -1, "days per year", 12.0, 8.0, 16.0),
    *(("incidents", "A", "all", hour, "per year", 2.0 if 9 <= hour < 19 else 1.0, 1.0, 1.0) for hour in range(24)),
)


def flows(rows: Sequence[tuple[str, str, str, str, float]] = FLOWS) -> pl.DataFrame:
    return pl.DataFrame(
        [("today", *row, row[-1] - 10.0, row[-1] + 10.0) for row in rows], schema=result_schema("flows"), orient="row"
    )


def indicators() -> pl.DataFrame:
    rows = [("today", *row, 5) for row in INDICATORS]
    rows += [("2", "share_within_12", "A", "ost", -1, "share", 0.1, 0.1, 0.1, 5)]
    return pl.DataFrame(rows, schema=result_schema("indicators"), orient="row")


def today_with(study: Study, network: Network, *figures: tuple[float, str, str]) -> Today:
    """Today with published figures (value, unit, indicator) named p0, p1, …"""
    published = tuple(
        PublishedFigure(f"p{i}", value, unit, indicator, "made up", None)
        for i, (value, unit, indicator) in enumerate(figures)
    )
    return Today(replace(study, published=published), network, indicators(), flows())


def compare(study: Study, network: Network, value: float, unit: str, indicator: str) -> dict[str, object]:
    """First row of the table for one published figure."""
    table = published_table(today_with(study, network, (value, unit, indicator)), published_values())
    return table.row(0, named=True)
