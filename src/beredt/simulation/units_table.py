"""What every unit did in one replication, as a table."""

from __future__ import annotations

import polars as pl

from beredt.dispatch.roads import Records
from beredt.indicators.observed import Frame


def units_table(frame: Frame, units: Records, replication: int) -> pl.DataFrame:
    """Lay out the tally of one replication.

    Args:
        frame: of the alternative.
        units: [U] UNIT_TALLY, over the whole run with warm-up and cool-down.
        replication: its number, the first column.

    Returns:
        One row per unit, in the service's order: `unit_id`, `station_id`, then the fields of UNIT_TALLY.
    """
    own = {
        "replication": pl.Series([replication] * len(frame.unit_ids), dtype=pl.Int32),
        "unit_id": frame.unit_ids,
        "station_id": [frame.station_ids[station] for station in frame.unit_station],
    }
    return pl.DataFrame(own | {name: units[name] for name in units.dtype.names})
