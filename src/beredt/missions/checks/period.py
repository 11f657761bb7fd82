"""Stamps from before the log began or after it was written."""

from __future__ import annotations

from datetime import datetime

from beredt.missions.checks.sheet import Sheet
from beredt.missions.checks.stamps import NO_TIME
from beredt.missions.schema import STAMPS


def find_stamps_outside_period(sheet: Sheet) -> None:
    """Mark stamps that stand for no time, such as 1900-01-01, and stamps of the future."""
    earliest, latest = _ms(sheet.context.earliest), sheet.context.latest
    for stamp in STAMPS:
        times = sheet.usable[stamp]
        if sheet.context.has("early_stamp"):
            sheet.forbid("early_stamp", stamp, (times < earliest) & (times != NO_TIME))
        if latest is not None and sheet.context.has("future_stamp"):
            sheet.forbid("future_stamp", stamp, times > _ms(latest))


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
