"""What does not fit between a roster and its log, as a table."""

from __future__ import annotations

import polars as pl

from beredt.indicators.log.report_table import report_table
from beredt.indicators.observing.roster_against_log import NOT_NAMED, NOT_OF_DAYS, SENT_OFF_DUTY
from beredt.indicators.observing.roster_file import UNKNOWN_UNIT, RosterFile

KINDS = {
    UNKNOWN_UNIT: "unknown_unit",
    NOT_NAMED: "not_named",
    NOT_OF_DAYS: "not_of_days",
    SENT_OFF_DUTY: "sent_off_duty",
}
"""Names by which language files tell of messages; any other message is told as it is."""

OTHER = "other"
_COLUMNS = ("file", "row", "field", "value", "count", "message", "remedy")


def roster_issues_table(roster: RosterFile) -> pl.DataFrame:
    """The table `roster_issues`: no row where roster and log fit together."""
    rows = [(KINDS.get(one.message, OTHER), *(getattr(one, name) for name in _COLUMNS)) for one in roster.issues]
    schema = {"kind": pl.String, **dict.fromkeys(_COLUMNS, pl.String), "row": pl.Int64, "count": pl.Int64}
    return report_table("roster_issues", pl.DataFrame(rows, schema=schema, orient="row"))
