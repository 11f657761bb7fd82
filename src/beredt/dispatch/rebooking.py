"""Taking over: a unit that becomes free nearer to a patient than the unit on its way there takes the mission over.

The greatest gain first; of equal gains the incident with the lower number.
"""

from __future__ import annotations

from beredt.dispatch.compiled import leaf


@leaf
def gain_s(scene_t: float, t: float, expected_s: float) -> float:
    """Seconds by which a unit that is free at t is at the scene before the unit that will be there at scene_t."""
    return (scene_t - t) - expected_s


@leaf
def is_better_gain(value_s: float, incident: int, best_s: float, best: int, least_gain_s: float) -> bool:
    """Whether taking over this incident gains enough, and more than the best so far.

    Args:
        value_s: from `gain_s`.
        incident: its number.
        best_s: gain of the best so far; any number when there is none.
        best: its incident, -1 for none.
        least_gain_s: a smaller gain is not worth it; infinite: nothing is taken over.
    """
    if value_s < least_gain_s:
        return False
    return best < 0 or value_s > best_s or (value_s == best_s and incident < best)
