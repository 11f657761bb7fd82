"""What a block of a log is read with, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from beredt.missions.profile import Profile
from beredt.missions.read.binding import Binding


@dataclass(frozen=True, slots=True)
class Reading:
    """What every block of a log is read with. `key` hashes what must be hashed; `source` is the log's number."""

    profile: Profile
    binding: Binding
    source: int
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class RowsRead:
    """`rows` has those columns of ROWS that the log can fill; `corrections` and `findings` are what reading did.

    `inputs` counts rows of the log: one of them becomes several here where its cells list several units. `elapsed_s` is
    how long after the first call of the log its last one came, where only gaps are known.
    """

    rows: pl.DataFrame
    corrections: pl.DataFrame
    findings: pl.DataFrame
    inputs: int
    elapsed_s: float | None = None
