"""The tables of times: every interval of a log, and the national indicator, which counts some of the same incidents."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from beredt.indicators.log.interval_counts import RESPONSE
from beredt.indicators.log.interval_table import counts_of_interval, interval_rows, shown_interval
from beredt.indicators.log.national import national_counts, national_table
from beredt.indicators.log.options import MUNICIPALITY
from beredt.indicators.log.scan import LogTally
from beredt.indicators.suppress import Guard, protect_together

LINKED = ("incident", RESPONSE)
"""Acute responses by municipality are counted by the national indicator as well."""


def times_tables(tally: LogTally, guard: Guard = protect_together) -> dict[str, pl.DataFrame]:
    """The tables `intervals`, of missions and of incidents, and `national_indicator`, small counts left out.

    Args:
        tally: The log, counted.
        guard: Leaves small counts out of what takes longest; it may wait for somebody else who does.
    """
    threshold, dimensions = tally.options.threshold, tally.dimensions
    counted = {"incident": tally.incidents, "mission": tally.missions}
    wanted = [(counting, name) for counting, counts in counted.items() for name in counts.counted]

    def rows(counting: str, name: str) -> pl.DataFrame:
        return interval_rows(counting, name, counted[counting], dimensions, threshold)

    def both() -> tuple[pl.DataFrame, pl.DataFrame]:
        asked = [
            counts_of_interval(LINKED[1], counted[LINKED[0]], dimensions),
            *national_counts(tally.national, dimensions.keys[MUNICIPALITY][:-1]),
        ]
        found = guard(asked, threshold)
        return shown_interval(*LINKED, found[0]), national_table(found[1:], threshold)

    # Those that take longest first; threads change nothing.
    order = sorted(wanted, key=lambda one: one[1] != RESPONSE)
    with ThreadPoolExecutor(max(1, tally.options.jobs)) as pool:
        linked = pool.submit(both)
        parts = {one: pool.submit(rows, *one) for one in order if one != LINKED}
        response, national = linked.result()
        found = {one: part.result() for one, part in parts.items()} | {LINKED: response}
    return {"intervals": pl.concat(found[one] for one in wanted), "national_indicator": national}
