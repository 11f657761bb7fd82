"""Limits on moving free units about: crews should not be driven from base to base all day and night."""

from __future__ import annotations

from typing import NamedTuple

from beredt.dispatch.compiled import leaf

DAY_S = 86_400


class MoveLimits(NamedTuple):
    """Limits on moves to another base; infinite (or as many as you like) where there is none."""

    most_moves: int  # of a unit in one shift, of a day at most
    most_move_s: float  # of one move, driving seconds
    most_move_km: float  # of one move
    most_shift_km: float  # of a unit in one shift, moves only
    quiet_start_s: int  # seconds after midnight; equal to quiet_end_s: no quiet hours
    quiet_end_s: int  # up to this, not including it; before quiet_start_s: over midnight


NO_LIMIT = 2**31 - 1
"""`most_moves` without a limit."""


@leaf
def is_quiet(limits: MoveLimits, t: float) -> bool:
    """Whether no move may begin at time t (s from a midnight)."""
    at = t % DAY_S
    start, end = limits.quiet_start_s, limits.quiet_end_s
    if start <= end:
        return start <= at < end
    return at >= start or at < end


@leaf
def may_move(limits: MoveLimits, moves: int, shift_km: float, move_s: float, move_km: float, t: float) -> bool:
    """Whether a unit may be moved to another base.

    Args:
        limits: what is allowed.
        moves: moves of this unit in this shift so far.
        shift_km: kilometres of these moves (planned, or driven).
        move_s: driving seconds of this one.
        move_km: its kilometres; 0 will do where no limit is in kilometres.
        t: s from a midnight.
    """
    if moves >= limits.most_moves or move_s > limits.most_move_s or move_km > limits.most_move_km:
        return False
    return shift_km + move_km <= limits.most_shift_km and not is_quiet(limits, t)
