"""Calls that reach the wrong centre first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misrouting:
    """Calls that reach the wrong centre first: within `band_km` of a border a `share` (0–1) of calls is handed over.

    The hand-over takes between `delay_min_s` and `delay_max_s`, evenly spread. An assumption, labelled so. Only when it
    is `simulated` are calls delayed by it: otherwise no response time, and so no verdict, rests on it.
    """

    band_km: float
    share: float
    delay_min_s: float
    delay_max_s: float
    simulated: bool = False
