"""Incidents by urgency and one thing at a time, held against counting them one by one."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from beredt.indicators.log.incident_counts import incident_counts_table
from beredt.missions.schema import STAMP, WORD

ZONE = "Europe/Oslo"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

CALLS = st.none() | st.datetimes(datetime(2023, 10, 28), datetime(2024, 1, 3)).map(lambda one: one.replace(tzinfo=UTC))
ROWS = st.lists(
    st.tuples(CALLS, st.sampled_from(["A", "H", "V", "", "Z", None]), st.sampled_from(["asker", "baerum", "", None])),
    max_size=40,
)


def keys_of(call: datetime | None, place: str | None) -> dict[str, str]:
    """What an incident counts under."""
    here = call and call.astimezone(ZoneInfo(ZONE))
    return {
        "municipality": place or "none",
        "hour": f"{here.hour:02d}" if here else "none",
        "weekday": WEEKDAYS[here.weekday()] if here else "none",
        "month": f"{here.year:04d}-{here.month:02d}" if here else "none",
    }


@given(ROWS)
def test_the_slow_twin_agrees(rows: list[tuple[datetime | None, str | None, str | None]]) -> None:
    expected: Counter[tuple[str, str, str]] = Counter()
    for call, urgency, place in rows:
        known = urgency if urgency in ("A", "H", "V") else "none"
        for by, key in [("", ""), *keys_of(call, place).items()]:
            expected[by, key, ""] += 1
            # Those of no urgency have a row of their own in all together alone.
            if known != "none" or not by:
                expected[by, key, known] += 1
    log = pl.LazyFrame(
        {name: [row[place] for row in rows] for place, name in enumerate(("call_t", "urgency", "municipality"))},
        schema={"call_t": STAMP, "urgency": WORD, "municipality": WORD},
    )
    table = incident_counts_table(log, ZONE, threshold=0)
    assert dict(zip(table.select("by", "key", "urgency").iter_rows(), table["n"], strict=True)) == expected
