"""Which way of driving each purpose uses, from some moment on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TravelPeriod:
    """From `start_s` (≥ 0, s) until the next period, `mode_of` gives the travel mode of each purpose.

    Purposes are A, H, V, transport and return.
    """

    start_s: float
    mode_of: Mapping[str, str]
