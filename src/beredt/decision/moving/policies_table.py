"""Table `policies`: rules for free units beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from beredt.decision.estimated import Estimated
from beredt.decision.frames import Cell, result_frame
from beredt.decision.moving.compare_rules import Compared

TABLE = "policies"
FIGURES = (
    "share_pp",
    "share_change_pp",
    "mean_s",
    "mean_change_s",
    "worst_share_pp",
    "moves_per_shift",
    "night_moves_per_shift",
    "km_per_shift",
    "rest_share",
)


def policies_table(alternative: str, rules: Sequence[Compared]) -> pl.DataFrame:
    """The table.

    Args:
        alternative: id, whose service it is.
        rules: compared, the first is what the others are compared with.
    """
    return result_frame(TABLE, _rows(alternative, rules))


def _rows(alternative: str, rules: Sequence[Compared]) -> Iterable[dict[str, Cell]]:
    for one in rules:
        row: dict[str, Cell] = {"alternative": alternative, "rule": one.rule, "worst": one.worst or None}
        for name in FIGURES:
            figure: Estimated = getattr(one, name)
            row |= figure.columns(name)
        yield row
