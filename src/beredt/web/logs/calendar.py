"""Days as people give them, on the clock of a log."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from beredt.errors import OptionError


def span_of(first: str, last: str, zone: str) -> tuple[str, str]:
    """From the first day to the last, both included, as moments in UTC, ISO 8601; "" for no limit.

    Raises:
        OptionError: What is given is no day.
    """
    begin = _midnight("since", first, zone)
    end = _midnight("until", last, zone, days=1)
    return begin, end


def _midnight(option: str, day: str, zone: str, days: int = 0) -> str:
    if not day:
        return ""
    try:
        at = date.fromisoformat(day) + timedelta(days=days)
    except (ValueError, OverflowError):
        raise OptionError(option, day, "it is no day", "write it as 2026-01-31") from None
    return datetime.combine(at, time(), ZoneInfo(zone)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
