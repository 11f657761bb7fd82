"""Stamps that contradict each other, and which of them to doubt."""

from __future__ import annotations

import numpy as np

from beredt.missions.checks.sheet import I8, B, Sheet
from beredt.missions.checks.stamps import CHAIN, NO_TIME


def find_stamps_out_of_order(sheet: Sheet) -> None:
    """Mark stamps that lie before one that must come before them.

    Of the stamps of a row, the fewest are doubted that leave the others in order. Where several sets are equally
    few, every stamp of any of them is doubted: of two that have changed places nobody can say which is wrong.
    """
    if not sheet.context.has("stamp_order"):
        return
    at = np.flatnonzero(_out_of_order(sheet))
    if at.size:
        times = np.array([sheet.usable[stamp][at] for stamp in CHAIN])
        for stamp, doubted in zip(CHAIN, doubtful(times), strict=True):
            sheet.forbid("stamp_order", stamp, at[doubted])
    call, created = sheet.usable["call_t"], sheet.usable["created_t"]
    sheet.forbid("stamp_order", "created_t", (created < call) & (created != NO_TIME))


def doubtful(times: I8) -> B:
    """Which stamps are not in every longest chain of stamps in order.

    Args:
        times: [k, n] k stamps of n rows in the order in which they must come; NO_TIME where absent.

    Returns:
        bool[k, n]; False for absent stamps.
    """
    present = times != NO_TIME
    up, down = _longest(times, present), _longest(-times[::-1], present[::-1])[::-1]
    best = up.max(axis=0)
    # A stamp lies in some longest chain when the chains up to it and from it are together long enough …
    in_some = present & (up + down - 1 == best)
    # … and in every one when no other such stamp has its place in the chain.
    rivals = np.zeros_like(up)
    for k in range(len(up)):
        rivals[k] = (in_some & (up == up[k])).sum(axis=0)
    doubted: B = present & ~(in_some & (rivals == 1))
    return doubted


def _longest(times: I8, present: B) -> I8:
    """Length of the longest chain in order that ends with each stamp; 0 where it is absent."""
    length = present.astype(np.int64)
    for k in range(1, len(times)):
        for j in range(k):
            follows = present[j] & present[k] & (times[j] <= times[k])
            length[k] = np.where(follows, np.maximum(length[k], length[j] + 1), length[k])
    return length


def _out_of_order(sheet: Sheet) -> B:
    """Rows with any stamp before one that must come before it."""
    latest = sheet.usable[CHAIN[0]]
    found = np.zeros(sheet.height, np.bool_)
    for stamp in CHAIN[1:]:
        times = sheet.usable[stamp]
        found |= (times < latest) & (times != NO_TIME)
        latest = np.maximum(latest, times)
    return found
