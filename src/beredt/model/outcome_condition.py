"""A condition whose outcome depends on time."""

from __future__ import annotations

from dataclasses import dataclass

SURVIVAL, DELAY = "survival", "delay"


@dataclass(frozen=True, slots=True)
class OutcomeCondition:
    """A share (0–1) of the incidents of one true urgency, told by survival or by classes of delay.

    `measure` is survival (the share that `curve` gives for the response time, from the call to the first unit that
    stops the clock, with `before_call_min` minutes added) or delay (patients by minutes from the call until a unit is
    at the scene or, with `until` delivery, at the hospital, in classes that end at `class_min`, ascending).
    """

    id: str
    name: str
    urgency: str
    share: float
    measure: str
    curve: str | None = None
    before_call_min: float = 0.0
    until: str = "scene"
    class_min: tuple[float, ...] = ()
    source: str | None = None
