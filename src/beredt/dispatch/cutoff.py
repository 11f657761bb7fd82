"""Waiting for a nearer unit: an incident that every free unit is far from may wait for one that becomes free."""

from __future__ import annotations

from beredt.dispatch.compiled import leaf


@leaf
def should_wait(expected_s: float, ready_t: float, t: float, cutoff_s: float, cutoff_wait_s: float) -> bool:
    """Whether an incident waits in the queue for a nearer unit.

    Args:
        expected_s: seconds until the best unit would be there; infinite for none.
        ready_t: when a unit could first be chosen (s).
        t: now (s).
        cutoff_s: of its urgency; a unit expected later than this is not sent at once. Infinite: always at once.
        cutoff_wait_s: of its urgency; from ready_t + this on, the best unit is sent however far it is.
    """
    return expected_s > cutoff_s and t < ready_t + cutoff_wait_s
