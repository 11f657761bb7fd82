"""Steps from one stamp to the next that take longer than such a step ever does."""

from __future__ import annotations

import numpy as np

from beredt.missions.checks.sheet import B, Sheet
from beredt.missions.checks.stamps import CHAIN, NO_TIME, SECOND_MS


def find_long_intervals(sheet: Sheet) -> None:
    """Mark the later stamp of a step that is too long: buttons are forgotten far more often than pressed early.

    A step is from the last stamp that is present and not in doubt. Missions that are ordered ahead (ordinary or
    planned ones, or of unknown urgency) may wait longer for their unit.
    """
    if not sheet.context.has("long_interval"):
        return
    ahead = _ordered_ahead(sheet)
    before = sheet.usable[CHAIN[0]]
    for stamp in CHAIN[1:]:
        _find(sheet, stamp, before, ahead)
        before = np.maximum(before, sheet.usable[stamp])
    _find(sheet, "created_t", sheet.usable["call_t"], ahead)


def _find(sheet: Sheet, stamp: str, before: np.ndarray, ahead: B) -> None:
    limit = sheet.context.limits_s.get(stamp)
    if limit is None:
        return
    times = sheet.usable[stamp]
    known = (times != NO_TIME) & (before != NO_TIME)
    step = np.where(known, times, 0) - np.where(known, before, 0)
    late = step > limit * SECOND_MS
    if stamp in ("created_t", "alerted_t") and late.any():
        late &= ~ahead | (step > sheet.context.ahead_limit_s * SECOND_MS)
    sheet.forbid("long_interval", stamp, late)


def _ordered_ahead(sheet: Sheet) -> B:
    planned = sheet.rows["planned"].fill_null(value=False)
    found: B = (sheet.rows["urgency"].is_in(["V", ""]) | planned).to_numpy()
    return found
