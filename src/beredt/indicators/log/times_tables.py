"""The tables of times: every interval of a log, and the national indicator, which counts some of the same incidents."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from beredt.indicators.log.interval_counts import RESPONSE
from beredt.indicators.log.interval_table import interval_rows
from beredt.indicators.log.national import national_table
from beredt.indicators.log.options import MUNICIPALITY
from beredt.indicators.log.scan import LogTally
from beredt.indicators.suppress import Ledger
from beredt.indicators.suppression.ledger import until_settled

LINKED = ("incident", RESPONSE)
"""Acute responses by municipality are counted by the national indicator as well."""


def times_tables(tally: LogTally) -> dict[str, pl.DataFrame]:
    """The tables `intervals`, of missions and of incidents, and `national_indicator`, small counts left out.

    Args:
        tally: The log, counted.
    """
    threshold, dimensions = tally.options.threshold, tally.dimensions
    counted = {"incident": tally.incidents, "mission": tally.missions}
    wanted = [(counting, name) for counting, counts in counted.items() for name in counts.counted]

    def rows(counting: str, name: str, ledger: Ledger | None = None) -> pl.DataFrame:
        return interval_rows(counting, name, counted[counting], dimensions, threshold, ledger)

    def both(ledger: Ledger) -> tuple[pl.DataFrame, pl.DataFrame]:
        national = national_table(tally.national, dimensions.keys[MUNICIPALITY][:-1], threshold, ledger)
        return rows(*LINKED, ledger), national

    # Those that take longest first; threads change nothing.
    order = sorted(wanted, key=lambda one: one[1] != RESPONSE)
    with ThreadPoolExecutor(max(1, tally.options.jobs)) as pool:
        settled = pool.submit(until_settled, both)
        parts = {one: pool.submit(rows, *one) for one in order if one != LINKED}
        response, national = settled.result()
        found = {one: part.result() for one, part in parts.items()} | {LINKED: response}
    return {"intervals": pl.concat(found[one] for one in wanted), "national_indicator": national}
