"""What a row does not say: its call, its unit, its stamps; and missions that never came to the scene."""

from __future__ import annotations

import numpy as np

from beredt.missions.checks.sheet import B, Sheet
from beredt.missions.checks.stamps import NO_TIME
from beredt.missions.schema import UNIT_STAMPS

AT_SCENE = ("scene_t", "patient_t", "leave_t", "dest_t")


def find_missing(sheet: Sheet) -> None:
    """Mark rows without a call, without a unit and without stamps, then cancelled and broken-off missions, then the
    stamps that finished missions lack.
    """
    context, unit = sheet.context, sheet.has_unit()
    stamped = _any_of(sheet, UNIT_STAMPS)
    cancelled = sheet.rows["cancelled"].fill_null(value=False).to_numpy()
    if context.has("missing_call"):
        sheet.mark("missing_call", "call_t", sheet.stamps["call_t"] == NO_TIME)
    if context.has("no_unit"):
        sheet.mark("no_unit", "unit", ~unit)
    if context.has("no_stamps"):
        sheet.mark("no_stamps", "", unit & ~stamped)
    if context.has("cancelled"):
        sheet.mark("cancelled", "cancelled", cancelled)
    broken = unit & ~cancelled & ~_any_of(sheet, AT_SCENE) & _any_of(sheet, ("free_t",))
    broken &= _any_of(sheet, ("alerted_t", "rolling_t"))
    if context.has("broken_off"):
        sheet.mark("broken_off", "scene_t", broken)
    if context.has("missing_stamp"):
        finished = unit & stamped & ~cancelled & ~broken
        for stamp in context.required:
            sheet.mark("missing_stamp", stamp, finished & (sheet.stamps[stamp] == NO_TIME))


def _any_of(sheet: Sheet, stamps: tuple[str, ...]) -> B:
    found = np.zeros(sheet.height, np.bool_)
    for stamp in stamps:
        found |= sheet.stamps[stamp] != NO_TIME
    return found
