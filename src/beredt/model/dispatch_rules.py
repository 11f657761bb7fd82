"""Rules of dispatch that hold everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal

DispatchRule = Literal["nearest", "least_loss"]

NEVER_S = 86_400.0
"""Seconds that stand for never where a key must hold a number: this long and longer."""


@dataclass(frozen=True, slots=True)
class DispatchRules:
    """Rules of dispatch that hold everywhere.

    `divert` holds pairs (urgency of the new incident, urgency on the way): such a unit may be taken when it is
    `divert_margin_s` (≥ 0) sooner there than any other; `responder_release_s` (≥ 0) is how long a responder stays
    after the main unit has come.

    `rule` is nearest (the unit that is expected first) or least_loss: for incidents of the urgencies `least_loss_for`,
    of the units that come within the target the one whose loss costs the least expected coverage, at the
    `busy_fraction` (0 ≤ q < 1) of its time that a unit is busy; the nearest where none comes within it.

    By urgency (A, H, V): when the best unit is expected later than `cutoff_s` (infinite: never), the incident waits at
    most `cutoff_wait_s` for a nearer one. A unit that becomes free takes over an incident whose unit is still on the
    way when it is there at least `rebook_gain_s` sooner (infinite: never).
    """

    divert: tuple[tuple[str, str], ...]
    divert_margin_s: float
    responder_release_s: float
    rule: DispatchRule = "nearest"
    busy_fraction: float = 0.3
    least_loss_for: tuple[str, ...] = ("A", "H", "V")
    cutoff_s: tuple[float, float, float] = (inf, inf, inf)
    cutoff_wait_s: tuple[float, float, float] = (0.0, 0.0, 0.0)
    rebook_gain_s: float = inf


def seconds_or_never(seconds: float) -> float:
    """Seconds as a rule carries them: infinite from `NEVER_S` on."""
    return inf if seconds >= NEVER_S else seconds
