"""The tables of times: every interval of a log, and the national indicator, which counts some of the same incidents."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import polars as pl

from beredt.indicators.log.interval_counts import RESPONSE
from beredt.indicators.log.interval_table import counts_of_interval, shown_interval
from beredt.indicators.log.national import national_counts, national_table
from beredt.indicators.log.options import MUNICIPALITY
from beredt.indicators.log.scan import LogTally
from beredt.indicators.suppress import Counts, Guard, protect_together

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

    def count(counting: str, name: str) -> Counts:
        return counts_of_interval(name, counted[counting], dimensions)

    def both() -> tuple[pl.DataFrame, pl.DataFrame]:
        asked = [count(*LINKED), *national_counts(tally.national, dimensions.keys[MUNICIPALITY][:-1])]
        found = guard(asked, threshold)
        return shown_interval(*LINKED, found[0]), national_table(found[1:], threshold)

    def rows(one: tuple[str, str], asked: Future[Counts]) -> pl.DataFrame:
        return shown_interval(*one, protect_together([asked.result()], threshold)[0])

    # Those that take longest first; threads change nothing. All are counted before the first is protected here, so that
    # what that takes comes when the durations are gone.
    order = sorted(wanted, key=lambda one: one[1] != RESPONSE)
    with ThreadPoolExecutor(max(1, tally.options.jobs)) as pool:
        linked = pool.submit(both)
        asked = {one: pool.submit(count, *one) for one in order if one != LINKED}
        parts = {one: pool.submit(rows, one, asked.pop(one)) for one in list(asked)}
        response, national = linked.result()
        found = {one: part.result() for one, part in parts.items()} | {LINKED: response}
    return {"intervals": pl.concat(found[one] for one in wanted), "national_indicator": national}
