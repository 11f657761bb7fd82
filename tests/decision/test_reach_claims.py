"""Published claims about reach, held against arrivals that were made up."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from beredt.decision.reach_claims import reach_claims_table
from beredt.indicators.reach_seen.arrivals import Arrivals
from beredt.indicators.square_grid import SquareGrid
from beredt.model.dictionary import load_fields
from beredt.model.published_figure import PublishedFigure
from beredt.model.study import Study


def claim(study: Study, indicator: str, minutes: float = 10.0) -> Study:
    figure = dataclasses.replace(study.published[0], id="claim", value=minutes, unit="min", indicator=indicator)
    assert isinstance(figure, PublishedFigure)
    return dataclasses.replace(study, published=(study.published[0], figure))


def told(study: Study, minutes: Sequence[float], where: str = "ost", station: int = 0) -> dict[str, Any]:
    """The claim's row, counted from the call, for arrivals of a station somewhere in a municipality."""
    area = next(row for row, one in enumerate(study.service.areas) if one.municipality == where)
    rows = pl.DataFrame(
        {"response": [one * 60.0 for one in minutes], "travel": [None] * len(minutes)},
        schema={"response": pl.Float32, "travel": pl.Float32},
    ).with_columns(
        station=pl.lit(station, pl.Int32),
        area=pl.lit(area, pl.Int32),
        zone=pl.lit(0, pl.Int32),
        east=pl.lit(0, pl.Int32),
        north=pl.lit(0, pl.Int32),
    )
    stations = tuple(row.id for row in study.service.stations)
    table = reach_claims_table(study, Arrivals(rows, stations, (), SquareGrid(33, 1000), ("A",)))
    assert table.columns == [field.name for field in load_fields("missions_report/reach_claims")]
    return table.filter(pl.col("interval") == "response").row(0, named=True)


CLAIM = "reach:st-east:municipality:ost"


def test_a_claim_that_half_the_arrivals_keep_is_reproduced(tiny: Study) -> None:
    row = told(claim(tiny, CLAIM), [8.0] * 6 + [12.0] * 6)
    assert (row["arrivals"], row["share"], row["verdict"], row["missing"]) == (12, 0.5, "reproduced", "")


def test_one_arrival_touches_and_its_share_is_not_told(tiny: Study) -> None:
    row = told(claim(tiny, CLAIM), [8.0] + [12.0] * 9)
    assert (row["share"], row["verdict"]) == (None, "touched")


def test_where_nobody_was_in_time_a_claim_is_not_reproduced(tiny: Study) -> None:
    assert told(claim(tiny, CLAIM), [10.1] * 9)["verdict"] == "not_reproduced"


def test_few_arrivals_say_nothing(tiny: Study) -> None:
    row = told(claim(tiny, CLAIM), [8.0] * 4)
    assert (row["verdict"], row["arrivals"], row["missing"]) == (None, None, "too_few")


def test_other_stations_and_places_do_not_count(tiny: Study) -> None:
    assert told(claim(tiny, CLAIM), [8.0] * 9, station=1)["missing"] == "too_few"
    assert told(claim(tiny, CLAIM), [8.0] * 9, where="vest")["missing"] == "too_few"


@pytest.mark.parametrize(
    "indicator", ["reach:st-east:municipality:nowhere", "reach:nowhere:municipality:ost", "reach:st-east"]
)
def test_what_the_study_does_not_know_is_said(tiny: Study, indicator: str) -> None:
    row = told(claim(tiny, indicator), [8.0] * 9)
    assert (row["verdict"], row["missing"]) == (None, "unknown_place")
