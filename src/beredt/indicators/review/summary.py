"""How many cases of a queue stand where, by the rule that flagged them. Small counts are left out."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from beredt.indicators.log.report_table import report_table
from beredt.indicators.review.queued import STATUSES, QueuedCase
from beredt.indicators.review.rules import load_review_rules
from beredt.indicators.suppress import ALL, THRESHOLD, Split, protect

COUNTS = ("cases", *STATUSES)


def summary_table(cases: Iterable[QueuedCase], threshold: int = THRESHOLD) -> pl.DataFrame:
    """The table `review_summary`: cases by rule and status, and all of them together under the rule "".

    A case that several rules have flagged counts for each of them, and once among all.

    Args:
        cases: Of a queue.
        threshold: Counts below it are left out, and what would give them away.
    """
    counted = {rule: dict.fromkeys(COUNTS, 0) for rule in (ALL, *load_review_rules())}
    for case in cases:
        for rule in (ALL, *case.rules):
            own = counted.setdefault(rule, dict.fromkeys(COUNTS, 0))
            own["cases"] += 1
            own[case.status] += 1
    rows = [{"rule": rule, **counts} for rule, counts in counted.items() if counts["cases"] or rule == ALL]
    table = pl.DataFrame(rows, schema={"rule": pl.String, **dict.fromkeys(COUNTS, pl.Int64)})
    found = protect(table, ["rule"], list(COUNTS), {}, threshold=threshold, splits=[Split("cases", STATUSES)])
    left_out = found.hidden.select(pl.any_horizontal(COUNTS)).to_series()
    shown = found.table.with_columns(
        pl.when(~found.hidden[name]).then(pl.col(name)).alias(name) for name in COUNTS
    ).with_columns(left_out=left_out)
    return report_table("review_summary", shown)
