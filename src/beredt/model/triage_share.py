"""How often incidents of a true urgency are given each urgency."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TriageShare:
    """Of the incidents whose true need has `true_urgency`, the share (0–1) that is given `given_urgency`."""

    true_urgency: str
    given_urgency: str
    share: float
    source: str | None = None
