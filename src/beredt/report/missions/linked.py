"""The same count in two tables of a report: what one of them leaves out the other does not tell."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.indicators.log.national import NATIONAL, RURAL, URBAN
from beredt.indicators.suppress import ALL

SAME = {URBAN: "response_urban", RURAL: "response_rural"}
"""Indicators of the built-in catalogue that count what the table `national_indicator` counts, by its class."""

_COUNTS = ("among", "left_out_rows", "size", "cases", "exposure", "value", "low", "high", "meets")


def without_national(catalogue: Mapping[str, pl.DataFrame], national: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Tables of a catalogue without what the national indicator leaves out of the log as a whole.

    The table of the national indicator is parted by municipality, so that it may have to leave out more. Where it
    tells neither how many count nor how many of them were in time, the catalogue tells nothing of them either, in no
    month and in no chart.

    Args:
        catalogue: Tables by name, as from `catalogue_tables`.
        national: The table `national_indicator`.
    """
    whole = national.filter((pl.col("variant") == NATIONAL) & (pl.col("year") == ALL) & (pl.col("municipality") == ALL))
    hidden = whole.filter(pl.col("counted").is_null() | pl.col("within").is_null())["where"].to_list()
    names = [SAME[where] for where in hidden if where in SAME]
    if not names:
        return dict(catalogue)
    own = pl.col("indicator").is_in(names)
    values, reasons = catalogue["catalogue"], catalogue["catalogue_left_out"]
    chart = catalogue["catalogue_chart"]
    return {
        **catalogue,
        "catalogue": values.with_columns(
            *(pl.when(~own).then(column).alias(column) for column in _COUNTS), left_out=own | pl.col("left_out")
        ),
        "catalogue_left_out": reasons.with_columns(
            *(pl.when(~own).then(column).alias(column) for column in ("n", "share")), left_out=own | pl.col("left_out")
        ),
        "catalogue_chart": chart.filter(~own),
    }
