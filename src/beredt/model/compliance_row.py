"""How many units should be at one station, for one number of free units."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComplianceRow:
    """With `free_units` (≥ 1) free, `configuration` number so (≥ 1) of a `table` puts `units` (≥ 1) at a `station`.

    Rows with the same table, free units and configuration make up the configuration.
    """

    table: str
    free_units: int
    configuration: int
    station: str
    units: int
