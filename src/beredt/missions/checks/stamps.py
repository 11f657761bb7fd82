"""The order in which the stamps of a mission must come, and how they stand in arrays."""

from __future__ import annotations

CHAIN = ("call_t", "alerted_t", "rolling_t", "scene_t", "patient_t", "leave_t", "dest_t", "free_t")
"""Stamps that never come before an earlier one of the list.

`created_t` is not among them: a unit may be alerted before its mission has been written down. It only follows the call.
"""

NO_TIME = -(2**63)
"""An absent stamp in an array of milliseconds: before every other, so that it never is a maximum."""

SECOND_MS = 1_000
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
