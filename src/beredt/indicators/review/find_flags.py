"""Run rules of review over a stretch of a log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import polars as pl

from beredt.indicators.review.flags.again import flag_called_again
from beredt.indicators.review.flags.nearest import flag_nearest_not_sent
from beredt.indicators.review.flags.routing import flag_misrouted
from beredt.indicators.review.flags.times import (
    flag_late,
    flag_long_handover,
    flag_long_on_scene,
    flag_not_reached,
    flag_slow_handling,
    flag_slow_mobilisation,
    flag_urgency_raised,
    flag_wrongly_timed,
)
from beredt.indicators.review.looked_at import FLAGS, LookedAt

_FINDERS: Mapping[str, Callable[[LookedAt], pl.DataFrame]] = MappingProxyType(
    {
        "late": flag_late,
        "not_reached": flag_not_reached,
        "slow_handling": flag_slow_handling,
        "slow_mobilisation": flag_slow_mobilisation,
        "long_on_scene": flag_long_on_scene,
        "long_handover": flag_long_handover,
        "wrongly_timed": flag_wrongly_timed,
        "nearest_not_sent": flag_nearest_not_sent,
        "misrouted": flag_misrouted,
        "urgency_raised": flag_urgency_raised,
        "called_again": flag_called_again,
    }
)


def find_flags(seen: LookedAt, rules: Sequence[str]) -> pl.DataFrame:
    """Every flag of some rules, ordered by incident, rule and mission.

    Args:
        seen: A stretch of a log.
        rules: Names, as from `choose_rules`.

    Returns:
        The columns of FLAGS.
    """
    found = [_FINDERS[rule](seen) for rule in rules]
    return pl.concat(found or [pl.DataFrame(schema=FLAGS)]).sort("incident", "rule", "row_id", nulls_last=False)


def list_unused(seen: LookedAt, rules: Sequence[str]) -> dict[str, str]:
    """Rules that could look at nothing, and what they would need."""
    if "nearest_not_sent" in rules and seen.station_times is None:
        return {"nearest_not_sent": "the places of stations, from --study or --stations"}
    return {}
