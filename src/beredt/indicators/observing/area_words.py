"""The area of an incident: where its position lies, or else what its log calls the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from beredt.indicators.observed import NONE, Frame
from beredt.indicators.observing.area_finder import make_area_finder
from beredt.indicators.observing.fleet import lookup, plain
from beredt.indicators.observing.frame import area_name, unplaced
from beredt.model.study import Study

AreaOf = Callable[[pl.DataFrame], pl.Series]
"""Rows of the store's table incidents to rows of a frame's areas, Int32; -1 where there is none."""


def areas_by_words(frame: Frame) -> AreaOf:
    """By the municipality and district that the log names, for a frame of a log without a study."""
    rows = {name: row for row, name in enumerate(frame.area_ids)}

    def area_of(incidents: pl.DataFrame) -> pl.Series:
        pairs = _pairs(incidents, "municipality", "district")
        return _found(pairs, {pair: rows.get(area_name(*pair), NONE) for pair in pairs.unique().iter_rows()})

    return area_of


def areas_by_position(frame: Frame, study: Study) -> AreaOf:
    """By position among the areas of a study; without one, by the municipality that the log names."""
    finder = make_area_finder(study.service.areas)
    rows = {name: row for row, name in enumerate(frame.area_ids)}
    towns = lookup((row.id, row.name) for row in study.service.municipalities)
    towns = {**lookup((row.id, row.number) for row in study.service.municipalities), **towns}

    def row_of(word: str) -> int:
        town = towns.get(plain(word), "")
        return rows.get(unplaced(town), NONE)

    def area_of(incidents: pl.DataFrame) -> pl.Series:
        lat, lon = (incidents[name].fill_null(float("nan")).to_numpy() for name in ("lat", "lon"))
        placed = pl.Series("area", finder.find(lat, lon))
        lost = (placed == NONE).arg_true()
        if not lost.is_empty():
            words = _pairs(incidents[lost], "municipality")
            placed[lost] = _found(words, {(word,): row_of(word) for (word,) in words.unique().iter_rows()})
        return placed

    return area_of


def _pairs(incidents: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return incidents.select(pl.col(columns).cast(pl.String).fill_null(""))


def _found(words: pl.DataFrame, rows: Mapping[tuple[str, ...], int]) -> pl.Series:
    """The row of each tuple of words."""
    table = pl.DataFrame(
        [[*words_, row] for words_, row in rows.items()], schema=[*words.columns, ("area", pl.Int32)], orient="row"
    )
    return words.join(table, on=words.columns, how="left", maintain_order="left")["area"]
