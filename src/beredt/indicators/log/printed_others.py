"""Printed figures that are no counts of missions, made again: response times, simultaneity, hours, use of stations.

Two printed shares of one whole are recomputed from each other. Of a mean, a median and a 90th percentile that are
printed for one place none can be worked out, but not every three can be of the same times: the median is no greater
than the 90th percentile, and since half the times are no less than the median and a tenth no less than the 90th
percentile, the mean is 0.4 medians and 0.1 90th percentiles at least. All three are flagged where that does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from beredt.indicators.log.printed_figures import printed_row, table_of_rows
from beredt.indicators.log.printed_values import Seen, Shown, printed_values
from beredt.model.published_figure import PublishedFigure

WHOLE_SHARE = 100.0
OTHER_SHARE: Mapping[str, str] = {"active_share": "standby_share", "standby_share": "active_share"}
THREE = ("response_mean", "median_response", "response_p90")
PER_MINUTE = 60.0
SHARES = frozenset({"share_within", "hour_share", *OTHER_SHARE})


def printed_others_table(figures: Iterable[PublishedFigure], shown: Shown) -> pl.DataFrame:
    """Rows of the table `printed_figures` about other things than missions.

    Args:
        figures: As printed; those that nothing in a log can be compared with are left out.
        shown: The log.
    """
    known = printed_values()
    own = [one for one in figures if one.indicator.partition(":")[0] in known]
    by_indicator = {one.indicator: one for one in own}
    return table_of_rows(
        [_row(one, by_indicator, known[one.indicator.partition(":")[0]](shown, _words(one))) for one in own]
    )


def _words(figure: PublishedFigure) -> list[str]:
    return figure.indicator.split(":")[1:]


def _row(figure: PublishedFigure, others: Mapping[str, PublishedFigure], seen: Seen) -> Mapping[str, Any]:
    recomputed, agrees, made_of = _recomputed(figure, others)
    value = None if seen.value is None else seen.value * factor_of(figure)
    return printed_row(figure, recomputed, made_of, value, seen.missing, "", agrees)


def factor_of(figure: PublishedFigure) -> float:
    """From shares and seconds to the unit that is printed."""
    if figure.indicator.partition(":")[0] in SHARES:
        return WHOLE_SHARE if figure.unit == "%" else 1.0
    return 1.0 / PER_MINUTE if figure.unit == "min" else 1.0


def _recomputed(
    figure: PublishedFigure, others: Mapping[str, PublishedFigure]
) -> tuple[float | None, bool | None, Sequence[str]]:
    """What another printed figure makes of it; else whether it can be right; and the ids of the others."""
    name, _, rest = figure.indicator.partition(":")
    if name in OTHER_SHARE:
        other = others.get(f"{OTHER_SHARE[name]}:{rest}")
        if other is None or other.unit != figure.unit:
            return None, None, ()
        return (WHOLE_SHARE if figure.unit == "%" else 1.0) - other.value, None, (other.id,)
    if name not in THREE:
        return None, None, ()
    three = [others.get(f"{one}:{rest}") for one in THREE]
    if None in three or len({one.unit for one in three if one}) > 1:
        return None, None, ()
    mean, median, p90 = (one.value for one in three if one)
    possible = median <= p90 and mean >= 0.4 * median + 0.1 * p90
    return None, possible, [one.id for one in three if one and one.id != figure.id]
