"""Codes that the profile does not know, and stations that are in no list."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.missions.checks.sheet import Sheet
from beredt.missions.schema import UNIT_KINDS, WORD
from beredt.model.urgency import URGENCIES


def check_codes(sheet: Sheet) -> None:
    """Look at urgencies, kinds of unit and stations.

    Reading has put the program's own code where the profile knows what was written, and left the rest as written.
    """
    for field in ("urgency", "urgency_first"):
        _replace_unknown(sheet, "unknown_urgency", field, URGENCIES, "")
    _replace_unknown(sheet, "unknown_unit_kind", "unit_kind", UNIT_KINDS, "other")
    first, last = pl.col("urgency_first"), pl.col("urgency")
    sheet.rows = sheet.rows.with_columns(pl.when(first == "").then(last).otherwise(first).alias("urgency_first"))
    if sheet.context.stations and sheet.context.has("unknown_station"):
        strange = _others(sheet.rows["station"], (*sheet.context.stations, ""))
        if strange.any():
            at = strange.arg_true()
            sheet.mark("unknown_station", "station", at.to_numpy(), _text(sheet.rows["station"].gather(at)))


def _replace_unknown(sheet: Sheet, rule: str, field: str, known: tuple[str, ...], instead: str) -> None:
    column = sheet.rows[field]
    strange = _others(column, (*known, ""))
    if not strange.any():
        return
    at = strange.arg_true()
    written = _text(column.gather(at))
    if sheet.context.has(rule):
        sheet.mark(rule, field, at.to_numpy(), written)
    sheet.change(rule, field, at.to_numpy().astype(np.int64), written, pl.Series([instead] * at.len(), dtype=pl.String))
    word = pl.lit(instead).cast(WORD)
    sheet.rows = sheet.rows.with_columns(pl.when(strange).then(word).otherwise(pl.col(field)).alias(field))


def _others(column: pl.Series, known: tuple[str, ...]) -> pl.Series:
    """Whether a word is none of those known."""
    words = column.unique().cast(pl.String)
    others = words.filter(~words.is_in(known))
    if not others.len():
        return pl.repeat(value=False, n=column.len(), dtype=pl.Boolean, eager=True)
    return column.is_in(others.to_list())


def _text(words: pl.Series) -> pl.Series:
    return words.cast(pl.String)
