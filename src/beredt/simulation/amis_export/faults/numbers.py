"""Faults of the numbers of incidents, in exports that have any."""

from __future__ import annotations

from random import Random

import polars as pl

from beredt.simulation.amis_export.export_row import NUMBER, ExportRow
from beredt.simulation.amis_export.faults.fault import Fault, Planted, rewritten

APART_DAYS = 30
"""Days between the two calls that get one number."""


def used_again(row: ExportRow, random: Random) -> Planted:
    """The incident has the number of another one, weeks away."""
    return rewritten(row, {NUMBER: str(row.truth["other_incident"])})


FAULTS = (
    Fault(
        "key_conflict",
        used_again,
        pl.col("other_row").is_not_null(),
        also={"key_conflict": 1},
        incidents=-1,
        needs="numbered",
    ),
)
